#include "wagefit/factors/workforce.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>

#include "factors/models.hpp"
#include "wagefit/factors/normal_mixture.hpp"

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using namespace wagefit;

namespace {

std::vector<double> log_ratios(const Factor& factor) {
    std::vector<double> logs;
    for (const Level& level : factor.levels) logs.push_back(std::log(level.ratio));
    return logs;
}

std::vector<DiscreteRule> five_laws() {
    std::vector<DiscreteRule> laws;
    for (const Factor& factor : test::five_factors()) laws.push_back(effect_law(factor, log_ratios(factor)));
    return laws;
}

/// Every combination of levels, one by one.
DiscreteRule enumerated(const std::vector<DiscreteRule>& laws) {
    std::vector<double> points{0.0}, weights{1.0};
    for (const DiscreteRule& law : laws) {
        std::vector<double> next_points, next_weights;
        for (std::size_t i = 0; i < points.size(); ++i) {
            for (Eigen::Index j = 0; j < law.points.size(); ++j) {
                next_points.push_back(points[i] + law.points[j]);
                next_weights.push_back(weights[i] * law.weights[j]);
            }
        }
        points = std::move(next_points);
        weights = std::move(next_weights);
    }
    const auto n = std::ssize(points);
    return {Eigen::Map<Eigen::ArrayXd>(points.data(), n), Eigen::Map<Eigen::ArrayXd>(weights.data(), n)};
}

}  // namespace

TEST_CASE("the law of a factor has its levels with their shares, without empty ones", "[workforce]") {
    const Factor factor = test::five_factors()[4];
    const DiscreteRule law = effect_law(factor, log_ratios(factor));
    REQUIRE(law.points.size() == 2);
    CHECK(law.points[0] == std::log(0.979));
    CHECK(law.weights[1] == 0.26);
}

TEST_CASE("smoothed by a residual, 32 nodes are the whole workforce", "[workforce]") {
    const auto laws = five_laws();
    const DiscreteRule every = enumerated(laws);
    REQUIRE(every.points.size() == 180);
    const NormalMixture exact(every, 0.29), compressed(workforce_sums(laws, 32).all, 0.29);
    const double x = GENERATE(-1.5, -0.6, -0.1, 0.2, 0.5, 0.9, 1.8);
    CAPTURE(x);
    CHECK_THAT(compressed.cdf(x), WithinAbs(exact.cdf(x), 1e-14));  // the design's bound on the error of 32 nodes
    CHECK_THAT(compressed.sf(x), WithinAbs(exact.sf(x), 1e-14));
}

TEST_CASE("the others are every factor but one", "[workforce]") {
    const auto laws = five_laws();
    const WorkforceSums sums = workforce_sums(laws, 32);
    REQUIRE(sums.others.size() == laws.size());
    for (std::size_t f = 0; f < laws.size(); ++f) {
        std::vector<DiscreteRule> rest = laws;
        rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(f));
        const NormalMixture exact(enumerated(rest), 0.29), compressed(sums.others[f], 0.29);
        CAPTURE(f);
        CHECK_THAT(compressed.cdf(0.3), WithinAbs(exact.cdf(0.3), 1e-14));
        CHECK_THAT(compressed.variance(), WithinRel(exact.variance(), 1e-13));
    }
}

TEST_CASE("a single factor leaves nothing as the others", "[workforce]") {
    const WorkforceSums sums = workforce_sums({five_laws()[1]}, 32);
    REQUIRE(sums.others[0].points.size() == 1);
    CHECK(sums.others[0].points[0] == 0.0);
    CHECK(sums.all.points.size() == 3);
}
