#include "factors/index_grid.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>

#include "factors/models.hpp"
#include "wagefit/distributions/operations.hpp"
#include "wagefit/errors.hpp"

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using namespace wagefit;

namespace {

NormalMixture workforce() { return {DiscreteRule{Eigen::Array2d(-0.2, 0.3), Eigen::Array2d(0.6, 0.4)}, 0.28}; }

/// A lognormal workforce, where the mean of a level at effect e is that of another lognormal.
struct LognormalCase {
    Lognormal anchor{40'000.0, 0.4};
    NormalMixture index{0.0, 0.8};
    NormalMixture others{0.1, 0.5};

    [[nodiscard]] double log_mean(double effect) const {
        return std::log(40'000.0) + 0.5 * (effect + 0.1) + 0.5 * 0.25 * 0.25;
    }
};

}  // namespace

TEST_CASE("over the whole workforce the grid gives the anchor's mean", "[index_grid]") {
    const auto anchor = test::technicians_curve();
    const IndexGrid grid = make_index_grid(*anchor, workforce());
    double probability = 0.0, pay = 0.0;
    for (Eigen::Index i = 0; i < grid.index.size(); ++i) {
        const double weight = grid.weight[i] * workforce().pdf(grid.index[i]);
        probability += weight;
        pay += weight * grid.wage[i];
    }
    CHECK_THAT(probability, WithinRel(1.0, 1e-14));
    CHECK_THAT(pay, WithinRel(44'010.0, 1e-13));
}

TEST_CASE("panels do not straddle the anchor's breakpoints", "[index_grid]") {
    const auto anchor = test::technicians_curve();
    const IndexGrid grid = make_index_grid(*anchor, workforce());
    for (const double u : anchor->breakpoints()) {
        const double l = workforce().inverse(u);
        double nearest = 1.0;
        for (const double edge : grid.edges) nearest = std::min(nearest, std::abs(edge - l));
        CHECK(nearest == 0.0);
    }
}

TEST_CASE("level means of a lognormal workforce have a closed form", "[index_grid]") {
    const LognormalCase example;
    const LevelMean mean(make_index_grid(example.anchor, example.index), example.others);
    const double effect = GENERATE(-1.5, -0.3, 0.0, 0.2, 1.4);
    CHECK_THAT(mean.at(effect).log_mean, WithinAbs(example.log_mean(effect), 1e-13));
    CHECK_THAT(mean.at(effect).slope, WithinRel(0.5, 1e-12));
}

TEST_CASE("the slope is the derivative of the log mean", "[index_grid]") {
    const IndexGrid grid = make_index_grid(*test::technicians_curve(), workforce());
    const LevelMean mean(grid, {DiscreteRule{Eigen::Array2d(-0.1, 0.2), Eigen::Array2d(0.5, 0.5)}, 0.28});
    const double effect = GENERATE(-0.4, 0.0, 0.5);
    const double h = 1e-4;
    // Central difference: h^2 times a third derivative of order 1.
    CHECK_THAT(mean.at(effect).slope,
               WithinAbs((mean.at(effect + h).log_mean - mean.at(effect - h).log_mean) / (2.0 * h), 1e-7));
}

TEST_CASE("the effect with a given mean is found from afar", "[index_grid]") {
    const LognormalCase example;
    const LevelMean mean(make_index_grid(example.anchor, example.index), example.others);
    CHECK_THAT(mean.effect_with(example.log_mean(0.7), -0.5), WithinAbs(0.7, 1e-12));
}

TEST_CASE("a mean that no effect gives is an error", "[index_grid]") {
    Figures facts = test::technicians();
    facts.upper = 100'000.0;
    const LevelMean mean(make_index_grid(*fit_curve(facts).curve, workforce()), NormalMixture(0.0, 0.28));
    CHECK_THROWS_AS(mean.effect_with(std::log(150'000.0), 0.0), ConvergenceError);
}
