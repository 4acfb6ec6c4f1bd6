#include "distributions/rational_segment.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>

#include "distributions/integration.hpp"
#include "distributions/normal_panels.hpp"
#include "numbers.hpp"

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using namespace wagefit;
using test::epsilon;

namespace {

/// Fraction of the rise at the fractions `t` and `s` of the run from either end, in extended precision, with end slopes
/// `a` and `b` over the mean slope: Gregory & Delbourgo's quotient with D = 1.
long double fraction(long double t, long double s, long double a, long double b) {
    return (t * t + a * t * s) / (1.0L + (a + b - 2.0L) * t * s);
}

RationalSegment segment(double rise, double a, double b) {
    const double z0 = -0.6, z1 = 0.7, mean_slope = rise / (z1 - z0);
    return {z0, z1, 0.0, rise, a * mean_slope, b * mean_slope};
}

}  // namespace

TEST_CASE("a segment meets its ends with its slopes", "[rational_segment]") {
    const double a = GENERATE(1e-6, 0.3, 1.0, 2.0, 1e6), b = GENERATE(1e-6, 0.7, 1.0, 3.0, 1e6);
    const RationalSegment piece = segment(0.4, a, b);
    CHECK(piece.value(piece.z0) == piece.y0);
    CHECK(piece.value(piece.z1) == piece.y1);
    CHECK_THAT(piece.slope(piece.z0), WithinRel(piece.slope0, 4.0 * epsilon));
    CHECK_THAT(piece.slope(piece.z1), WithinRel(piece.slope1, 4.0 * epsilon));
}

TEST_CASE("a segment is the quotient of its definition", "[rational_segment]") {
    const double a = GENERATE(1e-12, 1e-3, 0.5, 1.0, 2.0, 1e3, 1e12), b = GENERATE(1e-12, 0.1, 1.0, 5.0, 1e12);
    const RationalSegment piece = segment(0.4, a, b);
    for (int i = 1; i < 64; ++i) {
        const double z = piece.z0 + (piece.z1 - piece.z0) * i / 64.0;
        const long double run = static_cast<long double>(piece.z1) - piece.z0;
        const long double t = (z - static_cast<long double>(piece.z0)) / run;
        const auto expected = static_cast<double>(0.4L * fraction(t, 1.0L - t, a, b));
        // t and 1 - t carry a relative error of eps each, the slopes another.
        CHECK_THAT(piece.value(z), WithinRel(expected, 12.0 * epsilon));
    }
}

TEST_CASE("a straight segment is a line", "[rational_segment]") {
    const RationalSegment piece = segment(1.3, 1.0, 1.0);
    for (double z = piece.z0; z <= piece.z1; z += 0.01) {
        CHECK_THAT(piece.value(z), WithinAbs(z - piece.z0, 4.0 * epsilon));
        CHECK_THAT(piece.slope(z), WithinRel(1.0, 8.0 * epsilon));
        CHECK_THAT(piece.inverse(z - piece.z0), WithinAbs(z, 4.0 * epsilon));
    }
}

TEST_CASE("the inverse undoes the value however steep or flat the ends are", "[rational_segment]") {
    const double a = GENERATE(1e-15, 1e-8, 1e-3, 0.5, 1.0, 2.0, 1e3, 1e8, 1e15);
    const double b = GENERATE(1e-15, 1e-8, 1e-3, 0.5, 1.0, 2.0, 1e3, 1e8, 1e15);
    const double rise = GENERATE(1e-13, 0.4, 12.0);
    const RationalSegment piece = segment(rise, a, b);
    double worst = 0.0;
    for (int i = 1; i < 200; ++i) {
        const double z = piece.z0 + (piece.z1 - piece.z0) * i / 200.0, y = piece.value(z);
        // y is a double: its rounding moves z by eps y over the slope, or it is the end itself.
        const double resolution = epsilon * (std::abs(z) + piece.z1 - piece.z0 + std::abs(y) / piece.slope(z));
        worst = std::max(worst, std::abs(piece.inverse(y) - z) / resolution);
    }
    CHECK(worst <= 8.0);
}

TEST_CASE("values ascend on neighboring scores", "[rational_segment]") {
    const double a = GENERATE(1e-12, 1e-3, 1.0, 1e3, 1e12), b = GENERATE(1e-12, 1e-3, 1.0, 1e3, 1e12);
    const RationalSegment piece = segment(0.4, a, b);
    for (const double z : {-0.59, -0.3, -1e-9, 0.05, 0.4, 0.69}) {
        double previous = piece.value(z), at = z;
        for (int i = 0; i < 50; ++i) {
            at = std::nextafter(at, 1.0);
            const double y = piece.value(at);
            CHECK(y >= previous * (1.0 - 6.0 * epsilon));
            previous = y;
        }
    }
    double previous = 0.0;
    for (int i = 1; i <= 1000; ++i) {
        const double y = piece.value(piece.z0 + (piece.z1 - piece.z0) * i / 1000.0);
        CHECK(y > previous);
        previous = y;
    }
}

TEST_CASE("panels lead from end to end in few steps", "[rational_segment]") {
    const double a = GENERATE(0.0, 1e-15, 1.0, 1e8, 1e16, 1e100), b = GENERATE(0.0, 1.0, 1e8, 1e16, 1e100);
    const double k = GENERATE(-5.0, 1.0, 1e9);
    const RationalSegment piece = segment(0.4, a, b);
    const auto edges = piece.panels(piece.z0, piece.z1, k);
    CHECK(edges.front() == piece.z0);
    CHECK(edges.back() == piece.z1);
    // Beside each of the two poles a rise of 1500, all that a double can hold, in steps of 0.4: 2 x 3750; and layers
    // that widen threefold from the nearest double to the middle, some 300 an end.
    CHECK(edges.size() < 8200);
    for (std::size_t i = 1; i < edges.size(); ++i) CHECK(edges[i - 1] < edges[i]);
    const auto part = piece.panels(-0.2, 0.3, k);
    CHECK(part.front() == -0.2);
    CHECK(part.back() == 0.3);
}

namespace {

/// Relative deviation of the panels' quadrature of exp(k y) phi from a fine one.
double quadrature_error(const RationalSegment& piece, double k) {
    const auto integrand = [&](double z) { return std::exp(k * piece.value(z)); };
    const auto weighted = [&](double z) { return integrand(z) * normal::pdf(z); };
    const double found = integrate_normal(piece.panels(piece.z0, piece.z1, k), integrand);
    return std::abs(found / test::fine_integral(weighted, piece.z0, piece.z1) - 1.0);
}

// Fifteen nodes a panel leave a few 1e-15, and as much is rounding, times the rise of k y where z rounds in a steep
// layer.
double rounding(double k, double rise) { return 1e-13 * (1.0 + std::abs(k) * rise); }

}  // namespace

TEST_CASE("panels integrate wages a factor of 150 apart to rounding error", "[rational_segment]") {
    const double a = GENERATE(1e-9, 1e-3, 0.5, 1.0, 4.0, 1e3), b = GENERATE(1e-9, 0.1, 1.0, 10.0, 1e3);
    const double rise = GENERATE(1e-6, 0.4, 5.0), k = GENERATE(-2.0, 1.0, 3.0);
    CAPTURE(a, b, rise, k);
    CHECK(quadrature_error(segment(rise, a, b), k) <= rounding(k, rise));
}

TEST_CASE("panels integrate the steepest ends to rounding error", "[rational_segment]") {
    // No steeper at the larger rises: z itself rounds within a layer of one over the slope.
    const double a = GENERATE(1e-12, 1.0, 1e6, 1e9, 1e12), b = GENERATE(1e-12, 1.0, 1e6, 1e9, 1e12);
    const double rise = GENERATE(1e-12, 1e-3, 0.4), k = GENERATE(-2.0, 1.0, 3.0);
    CAPTURE(a, b, rise, k);
    CHECK(quadrature_error(segment(rise, a, b), k) <= rounding(k, rise));
}
