#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "distributions/curve_row.hpp"

namespace wagefit {

/// A segment between two knots of a curve, z0 < z1, as kernels read it: wage = low exp(rise f((z - z0) / step)) with f
/// of rational_shape.hpp.
struct alignas(64) ScoreSegment {
    double z0, z1, step;
    double a, b;  ///< end slopes over the mean slope
    double rise;  ///< log(high / low)
    double low, high;
};

/// The segments of a curve, and a grid of cells over their knots that tells where a score lies without a search.
struct ScoreSegments {
    static constexpr std::size_t n_cells = 256;

    std::vector<ScoreSegment> segments;
    std::array<std::uint32_t, n_cells + 1> start{};  ///< first segment that may hold a score of each cell
    double first = 0.0, last = 0.0, cells_per_score = 0.0;
    std::size_t hops = 0;  ///< most inner knots in one cell
};

/// Segments without values on the grid of the knots at the ascending scores `z`; none if the knots span too little for
/// a grid, or crowd in one cell as no KnotTable's do.
[[nodiscard]] ScoreSegments make_score_segments(std::span<const double> z);

/// Fills in the values of a row whose knots `of` was made for.
void set_row(ScoreSegments& of, const CurveRow& row);

/// Most scores of one call of replace_inner_scores.
inline constexpr std::size_t most_scores = 128;

/// Replaces the scores within (first, last] by their wages, with the bits of Curve::value; lists the positions of the
/// others, which stay, and returns their number. At most `most_scores` scores.
std::size_t replace_inner_scores(const ScoreSegments& of, std::span<double> scores,
                                 std::array<std::uint32_t, most_scores>& others);

/// Replaces the scores within (first, last] by their wages and calls f for a reference to each of the others.
template <class Function>
void replace_scores(const ScoreSegments& of, std::span<double> scores, Function&& f) {
    std::array<std::uint32_t, most_scores> others;
    for (std::size_t begin = 0; begin < scores.size(); begin += most_scores) {
        const auto part = scores.subspan(begin, std::min(most_scores, scores.size() - begin));
        const std::size_t n = replace_inner_scores(of, part, others);
        for (std::size_t k = 0; k < n; ++k) f(part[others[k]]);
    }
}

}  // namespace wagefit
