#include "distributions/mixture_quantile.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <random>
#include <thread>

#include "distributions/examples.hpp"
#include "wagefit/distributions/operations.hpp"
#include "wagefit/numerics/normal.hpp"

using Catch::Matchers::WithinRel;
using namespace wagefit;
using test::epsilon;
using test::infinity;

namespace {

/// Error of the wage `x` as the quantile of `z`, in eps of the smaller tail's probability and of the wage.
double error(const Distribution& d, double x, double z) {
    const double probability = normal::cdf(-std::abs(z)), reached = z <= 0.0 ? d.cdf(x) : d.sf(x);
    return std::abs(reached - probability) / (epsilon * (probability + x * pdf(d, x)));
}

/// The bracketed root is closed to 2 eps of the wage, and the rounding of a sum and of z (z^2 / 2 ulp) comes to it.
double bound(double z) { return 4.0 + 0.5 * z * z; }

void check_quantile(const Mixture& d, double z) {
    INFO("z " << z << ", wage " << d.value(z) << ", bracketed " << d.bracketed_value(z));
    CHECK(error(d, d.value(z), z) <= bound(z));
}

std::shared_ptr<const Curve> scaled_curve(double k) {
    CurveKnots knots = test::five_knots();
    for (double& wage : knots.wage) wage *= k;
    return std::make_shared<const Curve>(knots, open_support);
}

/// Two to fourteen knots, percentiles and wages anywhere; the logs of slopes and of chords vary over `unevenness`.
std::shared_ptr<const Curve> random_curve(std::mt19937_64& random, double unevenness) {
    std::uniform_real_distribution<double> unit(0.0, 1.0);
    CurveKnots knots;
    double z = -2.0, wage = 20'000.0 * std::exp(unit(random));
    const auto n = 2 + static_cast<std::size_t>(12.0 * unit(random));
    for (std::size_t i = 0; i < n; ++i) {
        knots.z.push_back(z);
        knots.wage.push_back(wage);
        const double slope = 0.4 * std::exp(unevenness * (unit(random) - 0.5));
        knots.slope_left.push_back(slope);
        knots.slope_right.push_back(slope);
        const double step = 0.05 + 0.6 * unit(random);
        z += step;
        wage *= std::exp(0.4 * step * std::exp(unevenness * (unit(random) - 0.5)));
    }
    return std::make_shared<const Curve>(knots, open_support);
}

Mixture random_mixture(std::uint64_t seed, std::size_t n, double unevenness = 1.0) {
    std::mt19937_64 random(seed);
    std::vector<DistributionPtr> parts;
    std::vector<double> weights;
    for (std::size_t i = 0; i < n; ++i) {
        parts.push_back(random_curve(random, unevenness));
        weights.push_back(std::exp(std::normal_distribution<double>(0.0, 1.0)(random)));
    }
    return Mixture(parts, weights);
}

/// Share of scores from -6 to 6 whose quantiles the table gives, all of which must be right.
double share_tabled(const Mixture& d) {
    const auto table = MixtureQuantile::of(d.components(), d.weights());
    REQUIRE(table != nullptr);
    int n = 0, found = 0;
    for (double z = -6.0; z <= 6.0; z += 0.0317, ++n) {
        const auto x = table->value(z);
        if (!x) continue;
        ++found;
        INFO("z " << z << ", wage " << *x << ", bracketed " << d.bracketed_value(z));
        CHECK(error(d, *x, z) <= bound(z));
        const double sensitivity = normal::cdf(-std::abs(z)) / (*x * pdf(d, *x));
        CHECK_THAT(*x, WithinRel(d.bracketed_value(z), epsilon * (4.0 + 2.0 * bound(z) * sensitivity)));
    }
    return static_cast<double>(found) / n;
}

}  // namespace

TEST_CASE("sums over pieces are the mixture's probability and its derivatives", "[mixture]") {
    const Mixture d = random_mixture(GENERATE(1, 2, 3), 11);
    const auto table = PieceTable::of(d.components(), d.weights());
    REQUIRE(table != nullptr);
    for (const double z : {-5.0, -1.3, -0.2, 0.4, 1.9, 6.0}) {
        const double x = d.bracketed_value(z), step = 1e-6;
        const MixtureSums sums = table->sums(x, 1.0), later = table->sums(x * std::exp(step), 1.0);
        const double ulp = epsilon * x * pdf(d, x);  // x / wage is rounded
        CHECK(std::abs(sums.probability - d.cdf(x)) <= 4.0 * (epsilon * d.cdf(x) + ulp));
        CHECK(std::abs(table->sums(x, -1.0).probability - d.sf(x)) <= 4.0 * (epsilon * d.sf(x) + ulp));
        CHECK_THAT(sums.slope, WithinRel(x * pdf(d, x), 1e-12));       // feeds steps that are small themselves
        const double scale = 0.5 * (later.slope + sums.slope) / 0.01;  // bends over a hundredth of log wage at the most
        CHECK(std::abs((later.slope - sums.slope) / step - 0.5 * (sums.bend + later.bend)) <= 1e-6 * scale);
        CHECK(sums.lowest <= z);
        CHECK(sums.highest >= z);
        CHECK(sums.below >= 0.0);
        CHECK(sums.above > 0.0);
    }
}

TEST_CASE("the table gives nearly every quantile of a mixture of curves, each right", "[mixture]") {
    const Mixture d = random_mixture(GENERATE(1, 2, 3, 4, 5, 6), GENERATE(2, 3, 8, 51, 130));
    CHECK(share_tabled(d) > 0.97);  // two curves may cross, or keep apart
}

/// Eight ulp: where a slope is small, rounding log(x / wage), here up to 3, moves z by more than an ulp of x does.
TEST_CASE("quantiles of uneven curves are right within a few ulp of the wage", "[mixture]") {
    const Mixture d = random_mixture(GENERATE(range(1, 40)), GENERATE(2, 9), 5.0);
    const auto table = MixtureQuantile::of(d.components(), d.weights());
    REQUIRE(table != nullptr);
    for (double z = -4.0; z <= 4.0; z += 0.0731) {
        const auto x = table->value(z);
        if (!x) continue;
        const double p = normal::cdf(-std::abs(z)), rounding = 2.0 * bound(z) * epsilon * p;
        const auto excess = [&](double wage) { return z <= 0.0 ? d.cdf(wage) - p : p - d.sf(wage); };
        INFO("z " << z << ", wage " << *x << ", bracketed " << d.bracketed_value(z));
        CHECK(excess(*x * (1.0 + 8.0 * epsilon)) >= -rounding);
        CHECK(excess(*x * (1.0 - 8.0 * epsilon)) <= rounding);
    }
}

TEST_CASE("components of a weight of a millionth of a millionth count in the tails", "[mixture]") {
    const Mixture d({scaled_curve(1.0), scaled_curve(30.0), scaled_curve(1.0 / 30.0)}, {1.0, 1e-12, 1e-12});
    CHECK(share_tabled(d) > 0.7);  // the rest is where the light ones part from the heavy one
    for (const double z : {-8.0, -6.9, 6.9, 8.0}) check_quantile(d, z);
}

TEST_CASE("quantiles of small probability", "[mixture]") {
    const Mixture d = random_mixture(7, 51);
    for (const double p : {1e-300, 1e-30, 1e-12, 1e-9, 1e-6}) {
        check_quantile(d, normal::quantile(p));
        check_quantile(d, normal::isf(p));
    }
    CHECK(d.value(-9.0) == d.bracketed_value(-9.0));  // beyond the table
    CHECK(d.value(9.0) == d.bracketed_value(9.0));
    CHECK(d.value(infinity) == infinity);
    CHECK(d.value(-infinity) == 0.0);
    CHECK(std::isnan(d.value(std::nan(""))));
}

TEST_CASE("components far apart leave flat stretches to the bracket", "[mixture]") {
    const Mixture d({scaled_curve(1.0), scaled_curve(1e3), scaled_curve(1e6)}, {1.0, 1.0, 2.0});
    CHECK(share_tabled(d) > 0.9);
    for (const double p : {0.25, 0.5}) {
        const double plateau = normal::quantile(p);
        CHECK(d.value(plateau) == d.bracketed_value(plateau));
        for (const double away : {1e-14, 1e-10, 1e-6, 1e-3}) {
            check_quantile(d, normal::quantile(p - away));
            check_quantile(d, normal::quantile(p + away));
        }
    }
}

TEST_CASE("near ties are followed to rounding error of the wage", "[mixture]") {
    CurveKnots knots = test::five_knots();
    knots.wage[1] = knots.wage[2] * (1.0 - GENERATE(1e-13, 1e-10, 1e-6));
    knots.slope_left[1] = knots.slope_left[2] = knots.slope_right[1] = knots.slope_right[2] = 1e-6;
    const Mixture d({std::make_shared<const Curve>(knots, open_support), scaled_curve(1.1)}, {1.0, 1.0});
    double previous = 0.0;
    for (double z = -4.0; z < 4.0; z += 0.013) {
        const double x = d.value(z), p = normal::cdf(z);
        CHECK(x >= previous * (1.0 - 4.0 * epsilon));
        CHECK(d.cdf(x * (1.0 + 4.0 * epsilon)) >= p - 8.0 * epsilon);
        CHECK(d.cdf(x * (1.0 - 4.0 * epsilon)) <= p + 8.0 * epsilon);
        previous = x;
    }
}

TEST_CASE("one component, or copies of one, are the component", "[mixture]") {
    const DistributionPtr one = test::smooth_curve(), copy = test::smooth_curve();
    const Mixture single({one}, {3.0}), copies({one, copy, copy}, {1.0, 2.0, 4.0});
    for (double z = -4.0; z < 4.0; z += 0.05) {
        CHECK(single.value(z) == one->value(z));
        CHECK(copies.value(z) == one->value(z));
    }
}

TEST_CASE("atoms, gaps, closed supports and other families have no table", "[mixture]") {
    const DistributionPtr other =
        GENERATE(DistributionPtr(test::tied_curve()), DistributionPtr(test::gapped_curve()),
                 DistributionPtr(test::bounded_curve()), DistributionPtr(std::make_shared<Lognormal>(4e4, 0.3)));
    const std::vector<DistributionPtr> parts{test::smooth_curve(), other};
    CHECK(MixtureQuantile::of(parts, std::vector{0.5, 0.5}) == nullptr);
    const Mixture d(parts, {1.0, 1.0});
    for (double z = -3.0; z < 3.0; z += 0.1) CHECK(d.value(z) == d.bracketed_value(z));
}

TEST_CASE("threads that ask for the first quantile at once get the same", "[mixture]") {
    const Mixture d = random_mixture(9, 20);
    std::vector<double> found(4);
    std::vector<std::thread> threads;
    for (double& x : found) threads.emplace_back([&x, &d] { x = d.value(0.3); });
    for (std::thread& thread : threads) thread.join();
    CHECK(std::count(found.begin(), found.end(), found.front()) == 4);
}
