#include "wagefit/factors/transported.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <limits>

#include "factors/models.hpp"
#include "wagefit/distributions/operations.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/numerics/normal.hpp"

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using namespace wagefit;

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();

/// A person at -0.1 +- 0.5 among a workforce at 0.2 +- 0.8, paid by a lognormal of spread 0.4: itself lognormal.
Transported lognormal_person() {
    auto transport =
        std::make_shared<const Transport>(std::make_shared<Lognormal>(40'000.0, 0.4), NormalMixture(0.2, 0.8));
    return {transport, NormalMixture(-0.1, 0.5)};
}

Lognormal lognormal_twin() { return {40'000.0 * std::exp(0.4 * (-0.1 - 0.2) / 0.8), 0.4 * 0.5 / 0.8}; }

/// A workforce of two groups, paid by a curve; the person belongs to one of three.
Transported curve_person(const DistributionPtr& anchor) {
    const NormalMixture workforce({Eigen::Array2d(-0.2, 0.3), Eigen::Array2d(0.6, 0.4)}, 0.28);
    const NormalMixture person({Eigen::Array3d(-0.1, 0.0, 0.35), Eigen::Array3d(0.25, 0.25, 0.5)}, 0.28);
    return {std::make_shared<const Transport>(anchor, workforce), person};
}

/// Three percentiles tied: an atom.
DistributionPtr tied_curve() {
    Figures facts;
    facts.mean = 45'000.0;
    facts.quantiles = {{0.10, 30'000.0}, {0.25, 40'000.0}, {0.50, 40'000.0}, {0.75, 52'000.0}, {0.90, 66'000.0}};
    return fit_curve(facts).curve;
}

}  // namespace

TEST_CASE("a normal person paid by a lognormal anchor is lognormal", "[transported]") {
    const Transported pay = lognormal_person();
    const Lognormal twin = lognormal_twin();
    const double z = GENERATE(-30.0, -3.0, -0.4, 0.0, 1.7, 6.0, 30.0);
    const double x = twin.value(z);
    CAPTURE(z);
    // The logarithm of the wage carries z times 0.25 with a few roundings of its argument.
    CHECK_THAT(pay.value(z), WithinRel(x, 1e-14));
    CHECK_THAT(pay.score(x), WithinAbs(z, 1e-14 * (1.0 + std::abs(z))));
    CHECK_THAT(pay.log_pdf(x), WithinRel(twin.log_pdf(x), 1e-13));
}

TEST_CASE("moments, spread and inequality of a lognormal person", "[transported]") {
    const Transported pay = lognormal_person();
    const Lognormal twin = lognormal_twin();
    // Quadrature to rounding: 15 nodes over two spreads.
    CHECK_THAT(mean(pay), WithinRel(mean(twin), 1e-14));
    CHECK_THAT(moment(pay, 2.0), WithinRel(moment(twin, 2.0), 1e-13));
    CHECK_THAT(moment(pay, -1.0), WithinRel(moment(twin, -1.0), 1e-13));
    CHECK_THAT(moment(pay, 12.0), WithinRel(moment(twin, 12.0), 1e-12));
    CHECK_THAT(variance(pay), WithinRel(variance(twin), 1e-12));
    CHECK_THAT(gini(pay), WithinRel(std::erf(0.25 / 2.0), 1e-13));
    CHECK_THAT(log_moments(pay).variance, WithinRel(0.0625, 1e-12));
}

TEST_CASE("partial means agree with the closed form on every kind of range", "[transported]") {
    struct Range {
        double low, high;
    };
    const Range range =
        GENERATE(Range{-inf, inf}, Range{-inf, -1.3}, Range{0.4, inf}, Range{-0.01, 0.01}, Range{-2.5, 1.0},
                 Range{5.0, inf}, Range{-inf, -6.0}, Range{1.0, 1.0}, Range{20.0, 21.0});
    CAPTURE(range.low, range.high);
    const double expected = lognormal_twin().partial_moment(1.0, range.low, range.high);
    CHECK_THAT(lognormal_person().partial_moment(1.0, range.low, range.high), WithinRel(expected, 1e-12));
}

TEST_CASE("quadrature over the index agrees with quadrature over the person's normal score", "[transported]") {
    const Transported pay = curve_person(GENERATE(test::technicians_curve(), tied_curve()));
    const double k = GENERATE(1.0, 2.0, -1.0);
    const auto score_wise = [&](double a, double b) { return pay.Distribution::partial_moment(k, a, b); };
    // Two quadratures of piecewise smooth integrands with different nodes; panels of one spread reach 1e-12.
    CHECK_THAT(pay.partial_moment(k, -inf, inf), WithinRel(score_wise(-inf, inf), 1e-11));
    CHECK_THAT(pay.partial_moment(k, -0.7, 1.2), WithinRel(score_wise(-0.7, 1.2), 1e-11));
    CHECK_THAT(pay.half_mean_difference(), WithinRel(pay.Distribution::half_mean_difference(), 1e-11));
}

TEST_CASE("score undoes value and breakpoints map to the anchor's", "[transported]") {
    const DistributionPtr anchor = test::technicians_curve();
    const Transported pay = curve_person(anchor);
    const double z = GENERATE(-8.0, -2.0, -0.1, 0.6, 3.0, 8.0);
    CHECK_THAT(pay.score(pay.value(z)), WithinAbs(z, 1e-13));  // the curve's own round trip times slopes of order 1
    const auto breaks = pay.breakpoints();
    const auto anchor_breaks = anchor->breakpoints();
    REQUIRE(breaks.size() == anchor_breaks.size());
    for (std::size_t i = 0; i < breaks.size(); ++i)
        CHECK_THAT(pay.value(breaks[i]), WithinRel(anchor->value(anchor_breaks[i]), 1e-13));
}

TEST_CASE("atoms keep their wage and all probability adds up", "[transported]") {
    const DistributionPtr anchor = tied_curve();
    const Transported pay = curve_person(anchor);
    REQUIRE(anchor->atoms().size() == 1);
    REQUIRE(pay.atoms().size() == 1);
    const Atom atom = pay.atoms().front();
    CHECK(atom.value == 40'000.0);
    CHECK_THAT(atom.probability, WithinAbs(pay.cdf(40'000.0) - normal::cdf(pay.score_left(40'000.0)), 1e-15));
    CHECK(pay.value(0.5 * (pay.score_left(40'000.0) + pay.score(40'000.0))) == 40'000.0);
    CHECK(pay.cdf(std::nextafter(40'000.0, 0.0)) < pay.cdf(40'000.0) - 0.5 * atom.probability);
}

TEST_CASE("nodes carry the whole probability and the mean", "[transported]") {
    const Transported pay = curve_person(test::technicians_curve());
    const ExpectationNodes nodes = pay.nodes();
    double probability = 0.0, total = 0.0;
    for (std::size_t i = 0; i < nodes.value.size(); ++i) {
        probability += nodes.weight[i];
        total += nodes.weight[i] * nodes.value[i];
    }
    CHECK_THAT(probability, WithinRel(1.0, 1e-13));
    CHECK_THAT(total, WithinRel(mean(pay), 1e-13));
}

TEST_CASE("scaling a person's pay scales every wage", "[transported]") {
    const Transported pay = curve_person(test::technicians_curve());
    const DistributionPtr hourly = pay.scaled(1.0 / 2080.0);
    CHECK_THAT(hourly->value(0.3), WithinRel(pay.value(0.3) / 2080.0, 1e-14));
    CHECK_THAT(mean(*hourly), WithinRel(mean(pay) / 2080.0, 1e-13));
}

TEST_CASE("a person far outside the workforce is integrated all the same", "[transported]") {
    auto transport =
        std::make_shared<const Transport>(std::make_shared<Lognormal>(40'000.0, 0.4), NormalMixture(0.0, 0.4));
    const double shift = GENERATE(-8.0, 8.0);
    const Transported pay(transport, NormalMixture(shift, 0.4));
    CHECK_THAT(mean(pay), WithinRel(mean(Lognormal(40'000.0 * std::exp(shift), 0.4)), 1e-12));
}

TEST_CASE("the support is the anchor's and nothing lies outside", "[transported]") {
    Figures facts = test::technicians();
    facts.lower = 15'080.0;
    facts.upper = 200'000.0;
    const Transported pay = curve_person(fit_curve(facts).curve);
    CHECK(pay.support().lower == 15'080.0);
    CHECK(pay.support().upper == 200'000.0);
    CHECK(pay.cdf(15'000.0) == 0.0);
    CHECK(pay.sf(200'000.0) == 0.0);
}

TEST_CASE("a person needs a transport", "[transported]") {
    CHECK_THROWS_AS(Transported(nullptr, NormalMixture(0.0, 1.0)), FactError);
}
