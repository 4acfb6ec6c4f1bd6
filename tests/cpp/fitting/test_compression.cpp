#include "fitting/compression.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <vector>

#include "wagefit/numerics/normal.hpp"

using namespace wagefit;
using Catch::Matchers::WithinAbs;

namespace {

constexpr double scale = 0.4;

/// Knots at -2, -1.5 and between and beyond the facts at positions 2, 4 and 6.
const std::vector<double> z{-2.0, -1.5, -1.3, -1.0, -0.5, 0.0, 1.0, 2.0};
const std::vector<std::size_t> fact_knots{2, 4, 6};

/// Facts on lines with slopes of `low` and `high` scales; every other knot 0.01 above or below the line it is near.
std::vector<double> values(double low, double high) {
    std::vector<double> g;
    for (const double at : z) g.push_back(scale * (at <= -0.5 ? low : high) * (at + 0.5));
    g[0] -= 0.01;
    g[1] += 0.01;
    g[3] += 0.01;
    g[5] -= 0.01;
    return g;
}

std::vector<double> compressed(std::vector<double> g) {
    compress(make_compression(z, fact_knots), scale, g);
    return g;
}

}  // namespace

TEST_CASE("a stretch as wide as the scale or wider stays as it was", "[compression]") {
    const std::vector<double> before = values(1.0, 1.7), after = compressed(before);
    for (std::size_t i = 0; i < z.size(); ++i) CHECK_THAT(after[i], WithinAbs(before[i], 1e-15));
}

TEST_CASE("half the scale between facts leaves a quarter of the distance to the chord", "[compression]") {
    const std::vector<double> before = values(0.5, 0.5), after = compressed(before);
    CHECK_THAT(after[3], WithinAbs(before[3] - 0.0075, 1e-15));
    CHECK_THAT(after[5], WithinAbs(before[5] + 0.0075, 1e-15));
    for (const std::size_t fact : fact_knots) CHECK(after[fact] == before[fact]);
    CHECK(after[7] == before[7]);  // nothing changes above the last fact
}

TEST_CASE("a tie leaves no distance to the chord, between facts and below", "[compression]") {
    const std::vector<double> after = compressed(values(0.0, 1.0));
    for (std::size_t knot = 0; knot < 5; ++knot) CHECK_THAT(after[knot], WithinAbs(0.0, 1e-15));
}

TEST_CASE("below P10 a compressed stretch goes on more compressed still", "[compression]") {
    const std::vector<double> before = values(0.5, 1.0), after = compressed(before);
    const double y = before[2], line = scale * 0.5 * (z[0] - z[2]);
    CHECK_THAT(after[0], WithinAbs(y + std::pow(0.5, 0.75) * (line - 0.0025), 1e-15));
}

TEST_CASE("below a fact above P10 the chord itself goes on", "[compression]") {
    std::vector<double> above = z;
    for (double& each : above) each += 0.5;  // the first fact at -0.8
    std::vector<double> g = values(0.5, 1.0);
    const double line = g[2] + scale * 0.5 * (z[0] - z[2]);
    compress(make_compression(above, fact_knots), scale, g);
    CHECK_THAT(g[0], WithinAbs(line - 0.0025, 1e-15));
}

TEST_CASE("the chord below the first fact spans half a unit of z or all facts", "[compression]") {
    CHECK(make_compression(z, fact_knots).lower_end == 4);
    CHECK(make_compression(z, {2, 3, 4}).lower_end == 4);
    CHECK(make_compression(z, {2, 3}).lower_end == 3);
}

TEST_CASE("a fact within 0.08 of P10 counts as P10", "[compression]") {
    const double tenth = normal::quantile(0.1);
    CHECK(make_compression({tenth - 1.0, tenth, 0.0}, {1, 2}).reaches_floor);
    CHECK(make_compression({tenth - 1.0, tenth + 0.079, 0.0}, {1, 2}).reaches_floor);
    CHECK_FALSE(make_compression({tenth - 1.0, tenth + 0.081, 0.0}, {1, 2}).reaches_floor);
}

TEST_CASE("a lone fact compresses nothing", "[compression]") {
    std::vector<double> g = values(0.5, 0.5);
    const std::vector<double> before = g;
    compress(make_compression(z, {3}), scale, g);
    CHECK(g == before);
}
