#pragma once

#include <array>
#include <span>

#include "distributions/rational_segment.hpp"

namespace wagefit {

/// Gauss-Legendre nodes, as fractions of a panel, and weights that sum to 1; the last node fills up whole registers and
/// has no weight.
struct PanelRule {
    static constexpr std::size_t size = 16;
    std::array<double, size> fraction, weight;
};

/// Sums over the panels between ascending `edges` of a segment, compiled for one instruction set; same bits on each.
struct CarefulKernels {
    static const CarefulKernels baseline, avx2, avx512;

    /// Of exp(k y(z)) phi(z).
    double (*moment)(const PanelRule& rule, std::span<const double> edges, const RationalSegment& of, double k);
    /// Of exp(y(z)) (2 Phi(z) - 1) phi(z).
    double (*rank)(const PanelRule& rule, std::span<const double> edges, const RationalSegment& of);
};

}  // namespace wagefit
