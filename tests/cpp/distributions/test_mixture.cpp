#include "wagefit/distributions/mixture.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>

#include "distributions/examples.hpp"
#include "wagefit/distributions/operations.hpp"
#include "wagefit/errors.hpp"

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using namespace wagefit;
using test::epsilon;
using test::infinity;

namespace {}  // namespace

TEST_CASE("a mixture's probabilities are weighted sums", "[mixture]") {
    const std::vector<DistributionPtr> parts{test::tied_curve(), std::make_shared<Lognormal>(41'631.0, 0.33336),
                                             test::closed_curve()};
    const Mixture d(parts, {1.0, 2.0, 5.0});
    for (const double x : {0.0, 20'000.0, 26'550.0, 40'349.0, 40'350.0, 50'000.0, 66'260.0, 1e6, 1e300}) {
        const auto sum = [&](double (Distribution::*f)(double) const) {
            return 0.125 * (*parts[0].*f)(x) + 0.25 * (*parts[1].*f)(x) + 0.625 * (*parts[2].*f)(x);
        };
        CHECK_THAT(d.cdf(x), WithinRel(sum(&Distribution::cdf), 4.0 * epsilon));
        CHECK_THAT(d.sf(x), WithinRel(sum(&Distribution::sf), 4.0 * epsilon));
    }
}

TEST_CASE("a mixture of identical components is the component", "[mixture]") {
    const DistributionPtr one = GENERATE(DistributionPtr(test::smooth_curve()), DistributionPtr(test::tied_curve()),
                                         DistributionPtr(test::gapped_curve()), DistributionPtr(test::closed_curve()));
    const Mixture d({one, one, one}, {1.0, 2.0, 4.0});
    for (double z = -4.0; z < 4.0; z += 0.05) CHECK_THAT(d.value(z), WithinRel(one->value(z), 1e-14));
    CHECK_THAT(mean(d), WithinRel(mean(*one), 1e-14));
    CHECK_THAT(gini(d), WithinRel(gini(*one), 1e-10));  // the tolerance of its adaptive quadrature
    CHECK_THAT(lorenz(d, 0.3), WithinRel(lorenz(*one, 0.3), 1e-12));
}

TEST_CASE("in a gap the quantile is the left end", "[mixture]") {
    const DistributionPtr low = std::make_shared<Truncated>(test::smooth_curve(), 20'000.0, 30'000.0);
    const DistributionPtr high = std::make_shared<Truncated>(test::smooth_curve(), 50'000.0, 60'000.0);
    const Mixture d({low, high}, {1.0, 1.0});
    CHECK_THAT(d.value(0.0), WithinRel(30'000.0, 1e-12));
    CHECK(d.value(1e-12) >= 50'000.0 * (1.0 - 1e-12));
    CHECK(d.value(-1e-12) <= 30'000.0);
    CHECK(d.log_pdf(40'000.0) == -infinity);
    CHECK(d.cdf(40'000.0) == 0.5);
}

TEST_CASE("atoms of a mixture keep their share", "[mixture]") {
    const Mixture d({test::tied_curve(), test::tied_curve(), test::closed_curve()}, {1.0, 1.0, 2.0});
    REQUIRE(d.atoms().size() == 3);
    CHECK_THAT(d.atoms()[0].probability, WithinAbs(0.05, 4.0 * epsilon));
    CHECK_THAT(d.atoms()[1].probability, WithinAbs(0.125, 4.0 * epsilon));
    CHECK_THAT(d.atoms()[2].probability, WithinAbs(0.05, 4.0 * epsilon));
}

TEST_CASE("components of weight zero are dropped", "[mixture]") {
    const Mixture d({test::smooth_curve(), test::closed_curve()}, {3.0, 0.0});
    CHECK(d.components().size() == 1);
    CHECK(d.weights() == std::vector{1.0});
    CHECK(d.atoms().empty());
    CHECK(d.support().upper == infinity);
}

TEST_CASE("a mixture made again from its own weights has the same weights", "[mixture]") {
    const auto part = std::make_shared<Lognormal>(41'631.0, 0.33336);
    for (std::size_t n = 2; n < 60; ++n) {
        std::vector<double> weights;
        for (std::size_t i = 0; i < n; ++i) weights.push_back(1.0 / static_cast<double>(3 * i + 7));
        const Mixture once(std::vector<DistributionPtr>(n, part), weights),
            again(std::vector<DistributionPtr>(n, part), once.weights());
        REQUIRE(again.weights() == once.weights());
    }
}

TEST_CASE("weights must be shares", "[mixture]") {
    const std::vector<DistributionPtr> two{test::smooth_curve(), test::tied_curve()};
    CHECK_THROWS_AS(Mixture({}, {}), FactError);
    CHECK_THROWS_AS(Mixture(two, {1.0}), FactError);
    CHECK_THROWS_AS(Mixture(two, {1.0, -1.0}), FactError);
    CHECK_THROWS_AS(Mixture(two, {1.0, std::nan("")}), FactError);
    CHECK_THROWS_AS(Mixture(two, {1.0, infinity}), FactError);
    CHECK_THROWS_AS(Mixture(two, {0.0, 0.0}), FactError);
}
