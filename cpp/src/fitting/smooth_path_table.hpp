#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "distributions/knot_table.hpp"
#include "fitting/segment_path.hpp"
#include "fitting/skew.hpp"

namespace wagefit {

inline constexpr double least_scale = 0.02;          ///< log points, for cells whose percentiles are nearly equal
inline constexpr std::size_t most_constraints = 12;  ///< facts of a cell that kernels fit, the mean included

/// Gauss-Legendre nodes on every segment, in the middle and in pairs at t > 1/2 and s = 1 - t: what the rational shape
/// needs of them, and weights times phi.
template <std::size_t n>
struct SegmentNodes {
    std::array<double, n / 2> tilt, ts, squares;  ///< [pair]: t - 1/2, t s, t^2 + s^2
    std::array<KnotArray, n / 2> left, right;     ///< [pair][segment]
    KnotArray middle;                             ///< [segment]
};

/// What a smooth path needs of its pattern, laid out for kernels; see KnotPattern.
struct SmoothPathTable {
    KnotTable knots;
    SegmentNodes<4> some;                ///< for a mean to about 1e-7
    SegmentNodes<6> some_long;           ///< the same for long segments
    SegmentNodes<7> many;                ///< for a mean to rounding error where all segments are gentle
    SegmentNodes<15> many_long;          ///< the same for long segments, and for those that are not gentle
    SegmentNodes<45> steep;              ///< for steep segments: those of SteepNodes
    std::vector<std::size_t> facts;      ///< ascending positions of the facts among the knots
    KnotArray base{}, base_alone{};      ///< [segment]: prior mean of the log slopes with a mean wage and without
    KnotArray base_by_scale{};           ///< [segment]: its change with the scale
    SkewedTails tails{}, tails_alone{};  ///< where and how departures from it are skewed, likewise
    std::vector<KnotArray> covariance;   ///< [segment][segment]
    double inverse_span = 0.0;           ///< 1 / (z of the last fact - z of the first)
    double log_typical_scale = 0.0;
    double scale_weight = 1.0;  ///< of the chord from the first fact to the last in the cell's scale

    [[nodiscard]] SegmentPath segments() const noexcept {
        return {knots.n_segments,          knots.step.data(),      knots.inverse_step.data(),
                knots.weight_after.data(), knots.upper_tail_ratio, facts};
    }
};

struct KnotPattern;

[[nodiscard]] SmoothPathTable make_smooth_path_table(const KnotPattern& pattern);

}  // namespace wagefit
