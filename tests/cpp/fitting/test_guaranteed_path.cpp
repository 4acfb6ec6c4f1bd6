#include "fitting/guaranteed_path.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>

#include "distributions/examples.hpp"
#include "wagefit/distributions/operations.hpp"

using Catch::Matchers::WithinRel;
using namespace wagefit;

namespace {

constexpr double mean_tolerance = 1e-12;  // to which the bend meets the mean

// Ends of the feasible means of the five percentiles without an upper end of the support.
const double least_mean = 0.15 * 26'550.0 + 0.25 * 32'070.0 + 0.25 * 40'350.0 + 0.15 * 52'730.0 + 0.10 * 66'260.0;

}  // namespace

TEST_CASE("a bend reaches every mean between the ends without moving a fact", "[guaranteed_path]") {
    const double ratio = GENERATE(1.0 + 1e-9, 1.0 + 1e-6, 1.001, 1.1, 1.3, 3.0, 100.0, 1e6);
    const CurveKnots knots = test::five_knots();
    const BentCurve bent = bend_to_mean(knots, knots.z, {0.0, test::infinity}, ratio * least_mean);
    CAPTURE(ratio);
    REQUIRE(bent.curve);
    CHECK_THAT(mean(*bent.curve), WithinRel(ratio * least_mean, mean_tolerance));
    CHECK(bent.gamma > 0.0);
    for (std::size_t i = 0; i < knots.z.size(); ++i) CHECK(bent.curve->value(knots.z[i]) == knots.wage[i]);
    double previous = 0.0;
    for (double z = -5.0; z < 5.0; z += 0.01) {
        const double x = bent.curve->value(z);
        CHECK(x >= previous * (1.0 - 4.0 * test::epsilon));
        previous = x;
    }
}

TEST_CASE("a bend multiplies the log distances in the tails beyond the facts", "[guaranteed_path]") {
    const CurveKnots knots = test::five_knots();
    const std::vector<double> quartiles(knots.z.begin() + 1, knots.z.end() - 1);
    const double least = 0.25 * (32'070.0 + 40'350.0 + 52'730.0);  // nobody below P25, nobody above P75
    const Curve before(knots, {0.0, test::infinity});
    const auto distance = [&](const Curve& curve, double z) { return std::log(curve.value(z) / before.value(z)); };
    const auto below = [&](const Curve& curve, double z) { return std::log(32'070.0 / curve.value(z)); };
    const auto above = [&](const Curve& curve, double z) { return std::log(curve.value(z) / 52'730.0); };
    constexpr double of_logs = 1e-12;
    SECTION("of both tails for a mean near the least") {
        const BentCurve bent = bend_to_mean(knots, quartiles, {0.0, test::infinity}, 1.1 * least);
        REQUIRE(bent.curve);
        for (const double z : {-3.0, -1.5, -1.1, -0.8})  // beyond P10, and between it and P25
            CHECK_THAT(below(*bent.curve, z), WithinRel(bent.gamma * below(before, z), of_logs));
        for (const double z : {0.8, 1.1, 1.5, 3.0})
            CHECK_THAT(above(*bent.curve, z), WithinRel(above(before, z) / bent.gamma, of_logs));
    }
    SECTION("of the upper tail alone where that is enough") {
        const BentCurve bent = bend_to_mean(knots, quartiles, {0.0, test::infinity}, 1.5 * least);
        REQUIRE(bent.curve);
        for (const double z : {-3.0, -1.1, -0.3, 0.3}) CHECK(distance(*bent.curve, z) == 0.0);
        for (const double z : {0.8, 1.1, 1.5, 3.0})
            CHECK_THAT(above(*bent.curve, z), WithinRel(above(before, z) / bent.gamma, of_logs));
    }
}

TEST_CASE("a smaller mean needs a stronger bend", "[guaranteed_path]") {
    const CurveKnots knots = test::five_knots();
    double previous = 0.0;
    for (const double ratio : {1.5, 1.2, 1.1, 1.01, 1.001}) {
        const BentCurve bent = bend_to_mean(knots, knots.z, {0.0, test::infinity}, ratio * least_mean);
        REQUIRE(bent.curve);
        CHECK(bent.gamma > previous);
        previous = bent.gamma;
    }
}

TEST_CASE("a bend keeps to a bounded support", "[guaranteed_path]") {
    const CurveKnots knots = test::five_knots();
    const double least = least_mean + 0.1 * 15'080.0;
    const double greatest =
        0.1 * 26'550.0 + 0.15 * 32'070.0 + 0.25 * 40'350.0 + 0.25 * 52'730.0 + 0.15 * 66'260.0 + 0.1 * 90'000.0;
    const double part = GENERATE(1e-6, 0.01, 0.5, 0.99, 1.0 - 1e-6);
    const double target = least + part * (greatest - least);
    const BentCurve bent = bend_to_mean(knots, knots.z, {15'080.0, 90'000.0}, target);
    REQUIRE(bent.curve);
    CHECK_THAT(mean(*bent.curve), WithinRel(target, mean_tolerance));
    CHECK(bent.curve->value(-30.0) >= 15'080.0);
    CHECK(bent.curve->value(30.0) <= 90'000.0);
}
