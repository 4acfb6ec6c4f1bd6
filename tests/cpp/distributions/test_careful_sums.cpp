#include "distributions/careful_sums.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <cmath>

#include "distributions/kernels/careful_sums.hpp"
#include "integration.hpp"
#include "simd/kernels.hpp"
#include "wagefit/numerics/normal.hpp"

using namespace wagefit;

namespace {

/// From z = -0.7 to 0.9, of end slopes `a` and `b` over the mean slope.
RationalSegment steep_piece(double rise, double a, double b) {
    const double chord = rise / 1.6;
    return {-0.7, 0.9, 0.0, rise, a * chord, b * chord};
}

// Fifteen nodes a panel leave a few 1e-15, and as much is rounding, times the rise of k y where z rounds in a steep
// layer.
double moment_rounding(double k, double rise) { return 1e-14 * (1.0 + std::abs(k) * rise); }

}  // namespace

TEST_CASE("careful moments are integrals of powers of the wage", "[careful_sums]") {
    const double a = GENERATE(1e-9, 1e-3, 1.0, 1e3), b = GENERATE(1e-9, 0.1, 1.0, 1e3);
    const double rise = GENERATE(1e-6, 0.4, 5.0, 80.0), k = GENERATE(-2.0, 0.5, 1.0, 3.0);
    const RationalSegment piece = steep_piece(rise, a, b);
    const auto weighted = [&](double z) { return std::exp(k * piece.value(z)) * normal::pdf(z); };
    CAPTURE(a, b, rise, k);
    const double whole = test::fine_integral(weighted, piece.z0, piece.z1);
    CHECK(std::abs(careful_moment(piece, piece.z0, piece.z1, k) / whole - 1.0) <= moment_rounding(k, rise));
    const double part = test::fine_integral(weighted, -0.2, 0.3);
    CHECK(std::abs(careful_moment(piece, -0.2, 0.3, k) / part - 1.0) <= moment_rounding(k, rise));
}

TEST_CASE("careful ranks are integrals of wages times ranks", "[careful_sums]") {
    const double a = GENERATE(1e-9, 1.0, 1e3), b = GENERATE(1e-9, 1.0, 1e3), rise = GENERATE(0.4, 5.0, 80.0);
    const RationalSegment piece = steep_piece(rise, a, b);
    const auto weighted = [&](double z) {
        return std::exp(piece.value(z)) * (normal::cdf(z) - normal::sf(z)) * normal::pdf(z);
    };
    const double whole = test::fine_integral(weighted, piece.z0, piece.z1), size = careful_moment(piece, -0.7, 0.9, 1);
    CAPTURE(a, b, rise);
    CHECK(std::abs(careful_rank(piece) - whole) <= moment_rounding(1.0, rise) * size);  // terms of both signs
}

TEST_CASE("careful moments reach the largest numbers and become infinite beyond", "[careful_sums]") {
    const RationalSegment steep = steep_piece(705.0, 1.0, 1.0), steeper = steep_piece(1e4, 1.0, 1.0);
    // Of a log-linear segment with slope c, partial integration: exp(y1) phi(z1) / (c + z1) (1 + 1 / (c + z1)^2 + ...).
    const double c = 705.0 / 1.6 - 0.9;  // of log(exp(y) phi) at z1
    const double expected = std::exp(705.0) * normal::pdf(0.9) / c * (1.0 - 1.0 / (c * c));
    CHECK(std::abs(careful_moment(steep, -0.7, 0.9, 1.0) / expected - 1.0) <= 1e-9);  // of the next term, 3 / c^4
    CHECK(std::isinf(careful_moment(steeper, -0.7, 0.9, 1.0)));
    CHECK(careful_moment(steeper, 0.5, 0.9, -1.0) == 0.0);
}

TEST_CASE("careful sums have the same bits on every instruction set", "[careful_sums]") {
    const double a = GENERATE(1e-3, 1.0, 40.0), rise = GENERATE(0.4, 5.0, 300.0);
    const RationalSegment piece = steep_piece(rise, a, 0.3);
    const std::vector<double> edges = piece.panels(piece.z0, piece.z1, 1.0);
    PanelRule rule;
    for (std::size_t j = 0; j < PanelRule::size; ++j) {
        rule.fraction[j] = (static_cast<double>(j) + 0.5) / static_cast<double>(PanelRule::size);
        rule.weight[j] = 1.0 / (3.0 + static_cast<double>(j));
    }
    const CarefulKernels &plain = CarefulKernels::baseline, &best = best_kernels<CarefulKernels>();
    CHECK(plain.moment(rule, edges, piece, 1.3) == best.moment(rule, edges, piece, 1.3));
    CHECK(plain.rank(rule, edges, piece) == best.rank(rule, edges, piece));
}
