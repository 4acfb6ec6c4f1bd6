#include <Eigen/Core>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>

#include "numbers.hpp"
#include "numerics/quadrature.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/numerics/gauss_rule.hpp"

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using Eigen::ArrayXd;
using Eigen::Index;
using wagefit::DiscreteRule;
using wagefit::FactError;
using wagefit::gauss_rule;
using wagefit::test::infinity;

namespace {

double moment(const ArrayXd& points, const ArrayXd& weights, Index degree) {
    return (weights * points.pow(static_cast<double>(degree))).sum();
}

/// A random discrete distribution on [-1, 1].
DiscreteRule sample(Index size, unsigned seed) {
    std::mt19937_64 engine(seed);
    std::uniform_real_distribution<double> uniform(-1.0, 1.0);
    DiscreteRule rule{ArrayXd(size), ArrayXd(size)};
    for (Index i = 0; i < size; ++i) {
        rule.points[i] = uniform(engine);
        rule.weights[i] = 1.0 + uniform(engine);
    }
    rule.weights /= rule.weights.sum();
    return rule;
}

}  // namespace

TEST_CASE("gauss_rule keeps the moments up to 2n - 1", "[gauss_rule]") {
    const Index n = GENERATE(1, 2, 3, 5, 10, 16, 32);
    const DiscreteRule full = sample(1000, 7);
    const DiscreteRule rule = gauss_rule(full.points, full.weights, n);
    REQUIRE(rule.points.size() == n);
    for (Index degree = 0; degree < 2 * n; ++degree) {
        CAPTURE(n, degree);
        // Sums of 1000 terms below 1e-2 on [-1, 1]: rounding stays below 1000 eps / 4.
        CHECK_THAT(moment(rule.points, rule.weights, degree),
                   WithinAbs(moment(full.points, full.weights, degree), 5e-14));
    }
}

TEST_CASE("gauss_rule reduces a fine rule for the uniform distribution to Gauss-Legendre", "[gauss_rule]") {
    const wagefit::GaussLegendre fine(40), coarse(8);
    const DiscreteRule rule = gauss_rule(fine.nodes, fine.weights, 8);
    CHECK((rule.points - coarse.nodes).abs().maxCoeff() < 1e-14);  // eigenvalues of a matrix of norm 1
    CHECK((rule.weights - coarse.weights).abs().maxCoeff() < 1e-14);
}

TEST_CASE("gauss_rule commutes with shifting and scaling", "[gauss_rule]") {
    const DiscreteRule full = sample(200, 3);
    const DiscreteRule rule = gauss_rule(full.points, full.weights, 6);
    const DiscreteRule moved = gauss_rule(4e4 + 1e4 * full.points, 5.0 * full.weights, 6);
    CHECK((moved.points - (4e4 + 1e4 * rule.points)).abs().maxCoeff() < 1e-9);  // 1e4 x 1e-14, and 4e4 eps
    CHECK((moved.weights - 5.0 * rule.weights).abs().maxCoeff() < 1e-12);
    CHECK_THAT(moved.weights.sum(), WithinRel(5.0, 1e-14));
}

TEST_CASE("gauss_rule returns few points as they are", "[gauss_rule]") {
    const ArrayXd points{{3.0, 1.0, 2.0, 1.0, 5.0}}, weights{{0.25, 0.125, 0.0, 0.125, 0.5}};
    const Index n = GENERATE(3, 4, 100);
    const DiscreteRule rule = gauss_rule(points, weights, n);
    CHECK((rule.points == ArrayXd{{1.0, 3.0, 5.0}}).all());
    CHECK((rule.weights == ArrayXd{{0.25, 0.25, 0.5}}).all());
}

TEST_CASE("gauss_rule of one point is that point", "[gauss_rule]") {
    const ArrayXd points = ArrayXd::Constant(4, 7.5), weights = ArrayXd::Constant(4, 0.25);
    const DiscreteRule rule = gauss_rule(points, weights, 32);
    REQUIRE(rule.points.size() == 1);
    CHECK(rule.points[0] == 7.5);
    CHECK(rule.weights[0] == 1.0);
}

TEST_CASE("gauss_rule tells clusters of nearly equal points apart from their spread", "[gauss_rule]") {
    const double tiny = 1e-13;
    const ArrayXd points{{-1.0, -1.0 + tiny, 0.0, tiny, 1.0 - tiny, 1.0}}, weights = ArrayXd::Constant(6, 1.0 / 6.0);
    const DiscreteRule rule = gauss_rule(points, weights, 5);
    CHECK((rule.points.tail(rule.points.size() - 1) > rule.points.head(rule.points.size() - 1)).all());
    for (Index degree = 0; degree < 10; ++degree)
        CHECK_THAT(moment(rule.points, rule.weights, degree), WithinAbs(moment(points, weights, degree), 1e-14));
}

TEST_CASE("gauss_rule of 32 nodes stands for a sum of many factors under a normal residual", "[gauss_rule]") {
    // Sum of six independent factors of three levels: 729 points. E cos(X + s Z) = E cos(X) exp(-s^2 / 2).
    ArrayXd points = ArrayXd::Zero(1), weights = ArrayXd::Ones(1);
    for (int factor = 1; factor <= 6; ++factor) {
        const ArrayXd levels = ArrayXd{{-0.11, 0.0, 0.17}} * factor / 3.0, shares{{0.2, 0.5, 0.3}};
        ArrayXd next(points.size() * 3), next_weights(points.size() * 3);
        for (Index i = 0; i < 3; ++i) {
            next.segment(i * points.size(), points.size()) = points + levels[i];
            next_weights.segment(i * points.size(), points.size()) = weights * shares[i];
        }
        points = next;
        weights = next_weights;
    }
    const DiscreteRule rule = gauss_rule(points, weights, 32);
    REQUIRE(rule.points.size() == 32);
    const double exact = (weights * points.cos()).sum(), compressed = (rule.weights * rule.points.cos()).sum();
    CHECK_THAT(compressed, WithinAbs(exact, 1e-14));  // 729 terms that sum to at most 1
}

TEST_CASE("gauss_rule refuses what is no distribution", "[gauss_rule]") {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    const ArrayXd two{{1.0, 2.0}}, one{{1.0}}, none(0);
    CHECK_THROWS_AS(gauss_rule(two, one, 2), FactError);
    CHECK_THROWS_AS(gauss_rule(none, none, 2), FactError);
    CHECK_THROWS_AS(gauss_rule(two, two, 0), FactError);
    CHECK_THROWS_AS(gauss_rule(two, ArrayXd::Zero(2), 2), FactError);
    CHECK_THROWS_AS(gauss_rule(two, ArrayXd{{1.0, -1.0}}, 2), FactError);
    CHECK_THROWS_AS(gauss_rule(two, ArrayXd{{1.0, nan}}, 2), FactError);
    CHECK_THROWS_AS(gauss_rule(ArrayXd{{1.0, infinity}}, two, 2), FactError);
}
