#include "wagefit/factors/normal_mixture.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <limits>

#include "wagefit/errors.hpp"
#include "wagefit/numerics/normal.hpp"

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using namespace wagefit;

namespace {

NormalMixture three_components() {
    return {DiscreteRule{Eigen::Array3d(-0.4, 0.1, 0.6), Eigen::Array3d(0.3, 0.5, 0.2)}, 0.3};
}

}  // namespace

TEST_CASE("a mixture of one component is the normal distribution", "[normal_mixture]") {
    const NormalMixture single(1.5, 0.25);
    const double z = GENERATE(-300.0, -38.0, -5.0, -0.25, 0.0, 0.75, 6.0, 38.0, 300.0);
    const double x = 1.5 + 0.25 * z;
    CHECK(single.score(x) == z);  // exact: every number here is a multiple of a power of two
    CHECK(single.inverse(z) == x);
    CHECK_THAT(single.cdf(x), WithinRel(normal::cdf(z), 1e-15));
    CHECK_THAT(single.log_pdf(x), WithinRel(normal::log_pdf(z) - std::log(0.25), 1e-15));
}

TEST_CASE("equal components are one component", "[normal_mixture]") {
    const NormalMixture twice({Eigen::Array2d(0.2, 0.2), Eigen::Array2d(0.5, 0.5)}, 2.0);
    CHECK(twice.score(1.2) == NormalMixture(0.2, 2.0).score(1.2));
}

TEST_CASE("the score of a mixture agrees with 50-digit references", "[normal_mixture]") {
    // Phi^-1 of the cdf of `three_components`, by mpmath with 60 digits; at +-20 the probabilities underflow.
    struct Row {
        double x, score;
    };
    const Row row =
        GENERATE(Row{-20.0, -65.3517545784405108}, Row{-3.0, -8.80276441210477638}, Row{-1.0, -2.46313083133445802},
                 Row{-0.4, -0.938549723292553489}, Row{0.05, 0.00887665085898126459}, Row{1.0, 2.07663452025864401},
                 Row{4.0, 11.4734091116116066}, Row{20.0, 64.6915441515441485});
    INFO("x = " << row.x);
    // A few roundings of a probability near 1/2, or of an argument of up to 70 spreads in the tails.
    CHECK_THAT(three_components().score(row.x), WithinRel(row.score, 1e-15) || WithinAbs(row.score, 5e-16));
}

TEST_CASE("inverse undoes score far into both tails", "[normal_mixture]") {
    const NormalMixture mixture = three_components();
    const double z = GENERATE(-200.0, -39.0, -37.0, -8.0, -1.0, -1e-3, 0.0, 0.4, 3.0, 9.0, 37.5, 60.0, 500.0);
    // The index is determined to rounding of its size over the slope, which lies between 1 / 0.3 and 1 / 0.6.
    CHECK_THAT(mixture.score(mixture.inverse(z)), WithinAbs(z, 4e-15 * (1.0 + std::abs(z))));
}

TEST_CASE("infinite scores are infinite indices", "[normal_mixture]") {
    constexpr double inf = std::numeric_limits<double>::infinity();
    CHECK(three_components().score(-inf) == -inf);
    CHECK(three_components().score(inf) == inf);
    CHECK(three_components().inverse(-inf) == -inf);
    CHECK(three_components().inverse(inf) == inf);
}

TEST_CASE("the density is the derivative of the cdf, also in logs where it underflows", "[normal_mixture]") {
    const NormalMixture mixture = three_components();
    const double x = GENERATE(-1.2, -0.2, 0.3, 1.1);
    const double h = 1e-5;
    // Central difference: h^2 f'' / 6 is below 1e-9, rounding 1e-16 / h below 1e-11.
    CHECK_THAT(mixture.pdf(x), WithinRel((mixture.cdf(x + h) - mixture.cdf(x - h)) / (2.0 * h), 1e-8));
    // At 40 spreads only the nearest component counts.
    const double far = 0.6 + 40.0 * 0.3;
    CHECK_THAT(mixture.log_pdf(far), WithinRel(std::log(0.2 / 0.3) + normal::log_pdf(40.0), 1e-12));
}

TEST_CASE("moments are those of the components", "[normal_mixture]") {
    CHECK_THAT(three_components().mean(), WithinAbs(0.05, 1e-16));
    CHECK_THAT(three_components().variance(), WithinRel(0.09 + 0.125 - 0.0025, 1e-15));
}

TEST_CASE("a component of weight zero does not count", "[normal_mixture]") {
    const NormalMixture mixture({Eigen::Array2d(0.0, 1e3), Eigen::Array2d(1.0, 0.0)}, 1.0);
    CHECK(mixture.score(50.0) == 50.0);
}

TEST_CASE("meaningless mixtures are refused", "[normal_mixture]") {
    const Eigen::Array2d means(0.0, 1.0), weights(0.5, 0.5);
    const double nan = std::nan("");
    CHECK_THROWS_AS(NormalMixture({Eigen::ArrayXd(0), Eigen::ArrayXd(0)}, 1.0), FactError);
    CHECK_THROWS_AS(NormalMixture({means, Eigen::ArrayXd::Ones(1)}, 1.0), FactError);
    CHECK_THROWS_AS(NormalMixture({means, Eigen::Array2d(0.5, 0.6)}, 1.0), FactError);
    CHECK_THROWS_AS(NormalMixture({means, Eigen::Array2d(-0.5, 1.5)}, 1.0), FactError);
    CHECK_THROWS_AS(NormalMixture({Eigen::Array2d(0.0, nan), weights}, 1.0), FactError);
    CHECK_THROWS_AS(NormalMixture({means, weights}, 0.0), FactError);
    CHECK_THROWS_AS(NormalMixture({means, weights}, nan), FactError);
}
