#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "distributions/segment_sums.hpp"

namespace wagefit {

/// Most segments between knots that the kernels hold; a multiple of the lanes.
inline constexpr std::size_t most_segments = 32;
inline constexpr std::size_t most_knots = most_segments + 1;

/// Per segment or per knot, with room for lanes that begin at any of them.
using KnotArray = std::array<double, most_segments + 8>;

/// What the integrals of exp(g(z)) phi(z) need of the knots' normal scores; the same for all cells of a table.
struct alignas(64) KnotTable {
    static constexpr std::size_t coarse_nodes = 5, fine_nodes = 15, panel_nodes = 16, steep_nodes = 48;

    std::size_t n_segments = 0;
    KnotArray z{}, step{}, inverse_step{};
    KnotArray weight_after{};  ///< [inner knot]: the step before it over both steps, the weight of the chord after it
    std::array<KnotArray, coarse_nodes> coarse{};  ///< [node][segment]: Gauss-Legendre weight times phi at the node
    std::array<KnotArray, fine_nodes> fine{};
    std::array<std::array<double, steep_nodes>, most_segments>
        steep{};  ///< [segment][node]: of SteepNodes, and 3 of weight 0
    std::array<std::array<double, steep_nodes>, most_segments> steep_t{};
    std::array<KnotArray, FewNodes::size> few{}, few_rank{};  ///< as fine; times Phi(z) - Phi(-z)
    std::array<double, FewNodes::size> few_t{};
    std::array<std::array<double, panel_nodes>, most_segments> panel{}, panel_rank{};  ///< [segment][node]: as fine
    std::array<double, panel_nodes> panel_t{};
    std::array<std::array<double, steep_nodes>, most_segments> steep_rank{};  ///< weights times Phi(z) - Phi(-z)
    TailNodes lower_tail{}, upper_tail{};
    std::array<double, coarse_nodes> coarse_t{};  ///< nodes on (0, 1)
    std::array<double, fine_nodes> fine_t{};
    double first_density = 0.0, last_density = 0.0;  ///< phi at the end knots
    double upper_tail_ratio = 0.0;                   ///< slope of the upper tail over that of the last segment's chord
};

/// The table of 3 to `most_knots` knots at the ascending normal scores `z`.
[[nodiscard]] KnotTable make_knot_table(std::span<const double> z, double upper_tail_ratio);

}  // namespace wagefit
