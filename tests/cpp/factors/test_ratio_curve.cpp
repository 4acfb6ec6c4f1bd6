#include "wagefit/factors/ratio_curve.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <limits>

#include "wagefit/errors.hpp"

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using namespace wagefit;

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// Knots of a concave rise such as pay over years of experience.
std::vector<RatioKnot> concave_knots() {
    std::vector<RatioKnot> knots;
    for (const double years : {0.0, 1.0, 2.0, 3.0, 5.0, 8.0, 10.0, 15.0, 20.0, 25.0})
        knots.push_back({years, std::exp(0.036 * years - 0.00072 * years * years), unknown});
    return knots;
}

}  // namespace

TEST_CASE("the curve goes through its knots", "[ratio_curve]") {
    const RatioCurve curve(concave_knots());
    for (const RatioKnot& knot : curve.knots()) CHECK_THAT(curve.ratio(knot.at), WithinRel(knot.ratio, 1e-15));
}

TEST_CASE("between concave knots the curve rises and is concave", "[ratio_curve]") {
    const RatioCurve curve(concave_knots());
    const double h = 1.0 / 64.0;
    for (double at = h; at + h <= 25.0; at += h) {
        CAPTURE(at);
        CHECK(curve.log_ratio(at + h) > curve.log_ratio(at));
        const double second = curve.log_ratio(at + h) - 2.0 * curve.log_ratio(at) + curve.log_ratio(at - h);
        CHECK(second <= 1e-15);  // three roundings of numbers below 1/2
    }
}

TEST_CASE("knots on a parabola, such as Mincer's, give the parabola", "[ratio_curve]") {
    const RatioCurve curve(concave_knots());
    for (double at = 0.0; at <= 25.0; at += 0.25) {
        CAPTURE(at);
        // Slopes are differences of logs below 1/2 over a year or more: a few roundings each.
        CHECK_THAT(curve.log_ratio(at), WithinAbs(0.036 * at - 0.00072 * at * at, 2e-15));
    }
}

TEST_CASE("monotone knots that are not concave give a monotone curve", "[ratio_curve]") {
    const RatioCurve curve(
        {{0.0, 1.0, unknown}, {1.0, 1.01, unknown}, {2.0, 1.5, unknown}, {3.0, 1.5, unknown}, {9.0, 1.6, unknown}});
    for (double at = 0.0; at < 9.0; at += 0.03125) {
        CAPTURE(at);
        CHECK(curve.log_ratio(at + 0.03125) >= curve.log_ratio(at) - 1e-16);  // rounding where it is flat
    }
    CHECK_THAT(curve.ratio(2.5), WithinRel(1.5, 1e-15));
}

TEST_CASE("two knots give a straight line in logs", "[ratio_curve]") {
    const RatioCurve curve({{0.0, 1.0, 0.0}, {4.0, std::exp(0.4), 0.02}});
    CHECK_THAT(curve.log_ratio(1.0), WithinRel(0.1, 1e-15));
}

TEST_CASE("on the logarithmic scale equal elasticities give a power", "[ratio_curve]") {
    std::vector<RatioKnot> knots;
    for (const double size : {1.0, 7.0, 50.0, 1000.0})
        knots.push_back({size, std::pow(size, 0.06), 0.01 * std::log(size) * std::pow(size, 0.06)});
    const RatioCurve curve(knots, AmountScale::logarithmic);
    const double size = GENERATE(1.5, 7.0, 20.0, 600.0);
    CHECK_THAT(curve.ratio(size), WithinRel(std::pow(size, 0.06), 1e-14));
    CHECK_THAT(curve.ratio_error(size), WithinRel(0.01 * std::log(size) * std::pow(size, 0.06), 1e-13));
    CHECK(curve.ratio(5000.0) == curve.ratio(1000.0));
    CHECK(curve.ratio(0.0) == 1.0);
    CHECK_THROWS_AS(RatioCurve({{0.0, 1.0, 0.0}, {1.0, 1.1, 0.0}}, AmountScale::logarithmic), FactError);
}

TEST_CASE("a falling curve mirrors a rising one", "[ratio_curve]") {
    const RatioCurve up({{0.0, 1.0, unknown}, {1.0, 1.3, unknown}, {4.0, 1.5, unknown}});
    const RatioCurve down({{0.0, 1.0, unknown}, {1.0, 1.0 / 1.3, unknown}, {4.0, 1.0 / 1.5, unknown}});
    const double at = GENERATE(0.3, 1.7, 3.9);
    CHECK_THAT(down.log_ratio(at), WithinAbs(-up.log_ratio(at), 1e-15));
}

TEST_CASE("beyond its knots the curve is held", "[ratio_curve]") {
    const RatioCurve curve(concave_knots());
    CHECK(curve.log_ratio(60.0) == curve.log_ratio(25.0));
    CHECK(curve.log_ratio(-3.0) == curve.log_ratio(0.0));
}

TEST_CASE("errors are interpolated in logs and unknown where a neighbor's is", "[ratio_curve]") {
    const RatioCurve curve({{0.0, 1.0, 0.0}, {2.0, 1.2, 0.06}, {6.0, 1.5, unknown}});
    CHECK(curve.ratio_error(0.0) == 0.0);
    CHECK(curve.ratio_error(2.0) == 0.06);
    CHECK_THAT(curve.ratio_error(1.0), WithinRel(curve.ratio(1.0) * 0.5 * 0.06 / 1.2, 1e-14));
    CHECK(std::isnan(curve.ratio_error(3.0)));
    CHECK(std::isnan(curve.ratio_error(99.0)));
}

TEST_CASE("meaningless curves are refused", "[ratio_curve]") {
    const double nan = std::nan("");
    CHECK_THROWS_AS(RatioCurve({{0.0, 1.0, 0.0}}), FactError);
    CHECK_THROWS_AS(RatioCurve({{0.0, 1.0, 0.0}, {0.0, 1.1, 0.0}}), FactError);
    CHECK_THROWS_AS(RatioCurve({{0.0, 1.0, 0.0}, {1.0, -1.1, 0.0}}), FactError);
    CHECK_THROWS_AS(RatioCurve({{0.0, 1.0, 0.0}, {1.0, nan, 0.0}}), FactError);
    CHECK_THROWS_AS(RatioCurve({{0.0, 1.0, 0.0}, {nan, 1.1, 0.0}}), FactError);
    CHECK_THROWS_AS(RatioCurve({{0.0, 1.0, 0.0}, {1.0, 1.1, -0.1}}), FactError);
    CHECK_THROWS_AS(RatioCurve(concave_knots()).log_ratio(nan), FactError);
}
