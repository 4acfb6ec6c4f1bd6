#include "distributions/score_segments.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "distributions/examples.hpp"

using namespace wagefit;

namespace {

/// Scores in no order: a fine grid, each breakpoint with its neighbors among the doubles, far tails, and NaN.
std::vector<double> scores_of(const Distribution& d) {
    std::vector<double> z{std::numeric_limits<double>::quiet_NaN(), -40.0, 9.0, -test::infinity, test::infinity};
    for (const double knot : d.breakpoints())
        for (const double each : {std::nextafter(knot, -9.0), knot, std::nextafter(knot, 9.0)}) z.push_back(each);
    for (std::size_t i = 0; i < 5'003; ++i) z.push_back(std::remainder(static_cast<double>(i) * 0.618034, 1.0) * 8.0);
    return z;
}

void check_bits(const Distribution& d) {
    const std::vector<double> z = scores_of(d);
    for (const std::size_t n : {z.size(), std::size_t{1}, std::size_t{63}, std::size_t{64}, std::size_t{131}}) {
        std::vector<double> x(z.begin(), z.begin() + static_cast<std::ptrdiff_t>(n));
        d.replace_scores(x);
        for (std::size_t i = 0; i < n; ++i) {
            INFO("score " << z[i]);
            const double alone = d.value(z[i]);
            REQUIRE((x[i] == alone || (std::isnan(x[i]) && std::isnan(alone))));
        }
    }
}

/// `n` knots a step of `step` apart, and one at 3.
Curve crowded_curve(std::size_t n, double step) {
    CurveKnots knots;
    for (std::size_t i = 0; i < n; ++i) knots.z.push_back(step * static_cast<double>(i));
    knots.z.push_back(3.0);
    for (const double z : knots.z) knots.wage.push_back(40'000.0 * std::exp(0.4 * z + 0.01 * std::sin(9.0 * z)));
    knots.slope_left.assign(n + 1, 0.4);
    knots.slope_right = knots.slope_left;
    return {knots, open_support};
}

}  // namespace

TEST_CASE("wages at many scores have the bits of wages at each", "[score_segments]") {
    for (const auto& example : test::examples()) {
        INFO(example.name);
        if (example.distribution->name() != "curve" && example.distribution->name() != "lognormal") continue;
        check_bits(*example.distribution);
    }
}

TEST_CASE("several knots in one cell of the grid are told apart", "[score_segments]") {
    for (const double step : {1e-9, 1e-4, 3e-3, 0.02}) {
        check_bits(crowded_curve(5, step));
        check_bits(crowded_curve(100, step));  // more than a grid takes, for the smaller steps
    }
    check_bits(Curve({{0.5}, {40'000.0}, {0.4}, {0.4}}, open_support));
}
