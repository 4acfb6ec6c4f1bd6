#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <numbers>

#include "numerics/quadrature.hpp"
#include "wagefit/errors.hpp"

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using wagefit::GaussLegendre;

TEST_CASE("GaussLegendre is exact for polynomials of degree 2n - 1", "[quadrature]") {
    const std::size_t n = GENERATE(1U, 2U, 3U, 4U, 7U, 15U, 16U, 32U, 64U);
    const GaussLegendre rule(n);
    for (std::size_t degree = 0; degree < 2 * n; ++degree) {
        CAPTURE(n, degree);
        const double power = static_cast<double>(degree);
        const double integral = degree % 2 == 0 ? 2.0 / (power + 1.0) : 0.0;
        const double sum = rule.integrate([power](double x) { return std::pow(x, power); }, -1.0, 1.0);
        CHECK_THAT(sum, WithinAbs(integral, 2e-15));  // rounding of a sum of positive terms below 2
    }
}

TEST_CASE("GaussLegendre misses degree 2n by the known amount", "[quadrature]") {
    // 2^(2n+1) (n!)^4 / ((2n+1) ((2n)!)^2), Abramowitz and Stegun 25.4.30 with f = x^(2n).
    const GaussLegendre rule(3);
    const double sum = rule.integrate([](double x) { return std::pow(x, 6); }, -1.0, 1.0);
    CHECK_THAT(2.0 / 7.0 - sum, WithinRel(128.0 * 1296.0 / (7.0 * 720.0 * 720.0), 1e-13));  // two digits cancel
}

TEST_CASE("GaussLegendre matches the closed forms of few nodes", "[quadrature]") {
    const GaussLegendre one(1), two(2), three(3);
    const double eps = 4e-16;  // two roundings
    CHECK(one.nodes[0] == 0.0);
    CHECK(one.weights[0] == 2.0);
    CHECK_THAT(two.nodes[1], WithinAbs(std::sqrt(1.0 / 3.0), eps));
    CHECK_THAT(two.weights[1], WithinAbs(1.0, eps));
    CHECK_THAT(three.nodes[2], WithinAbs(std::sqrt(0.6), eps));
    CHECK_THAT(three.weights[1], WithinAbs(8.0 / 9.0, eps));
}

TEST_CASE("GaussLegendre has ascending, symmetric nodes and positive weights", "[quadrature]") {
    const std::size_t n = GENERATE(5U, 100U, 501U);
    const GaussLegendre rule(n);
    const Eigen::Index size = rule.nodes.size();
    CHECK((rule.nodes.tail(size - 1) > rule.nodes.head(size - 1)).all());
    CHECK((rule.nodes == -rule.nodes.reverse()).all());
    CHECK((rule.weights > 0.0).all());
    CHECK_THAT(rule.weights.sum(), WithinRel(2.0, 1e-13));  // n roundings of half an ulp of 2
}

TEST_CASE("GaussLegendre integrates a smooth function on any interval", "[quadrature]") {
    const GaussLegendre rule(20);
    CHECK_THAT(rule.integrate([](double x) { return std::exp(x); }, -1.0, 3.0),
               WithinRel(std::exp(3.0) - std::exp(-1.0), 1e-15));
    CHECK_THAT(rule.integrate([](double x) { return std::sin(x); }, 0.0, std::numbers::pi), WithinRel(2.0, 1e-15));
    CHECK(rule.integrate([](double x) { return x; }, 2.0, 2.0) == 0.0);
}

TEST_CASE("GaussLegendre refuses a rule without nodes", "[quadrature]") {
    CHECK_THROWS_AS(GaussLegendre(0), wagefit::FactError);
}
