#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "distributions/knot_table.hpp"
#include "fitting/compression.hpp"

namespace wagefit {

inline constexpr double least_increment = 0.05;  ///< of the chord's; keeps densities finite
inline constexpr double least_scale = 0.02;      ///< log points, for cells whose percentiles are nearly equal

inline constexpr std::size_t rows_at_once = 4;  ///< of the covariance

/// Gauss-Legendre nodes on every segment, in the middle and in pairs at t > 1/2 and s = 1 - t: what the rational shape
/// needs of them, and weights times phi.
template <std::size_t n>
struct SegmentNodes {
    std::array<double, n / 2> tilt, ts, squares;  ///< [pair]: t - 1/2, t s, t^2 + s^2
    std::array<KnotArray, n / 2> left, right;     ///< [pair][segment]
    KnotArray middle;                             ///< [segment]
};

/// Derivatives of the log mean along its pull, over those of the curve that is linear between its knots.
struct PullRatios {
    double slope, curvature;
};

/// What a smooth path needs of its pattern, laid out for kernels; see KnotPattern.
struct SmoothPathTable {
    KnotTable knots;
    SegmentNodes<2> few;                ///< for a mean to about 1e-3
    SegmentNodes<4> some;               ///< to about 1e-7
    SegmentNodes<6> some_long;          ///< the same for long segments
    SegmentNodes<7> many;               ///< for a mean to rounding error where all segments are gentle
    SegmentNodes<15> many_long;         ///< the same for long segments, and for those that are not gentle
    SegmentNodes<45> steep;             ///< for steep segments: those of SteepNodes
    std::vector<std::size_t> facts;     ///< ascending positions of the facts among the knots
    std::vector<std::size_t> free;      ///< those of the other knots
    KnotArray base{}, base_alone{};     ///< prior mean of the shape with a mean wage and without
    KnotArray base_by_scale{};          ///< its change with the scale
    Compression compression;            ///< of curves without a mean wage
    std::vector<KnotArray> kriging;     ///< [free knot][fact]
    std::vector<KnotArray> covariance;  ///< [free knot][free knot], and rows of 0 up to whole rows_at_once
    std::vector<double> inverse_run;    ///< [fact but the last]: 1 / (z of the next - z)
    std::vector<double> line;           ///< [fact]: least-squares weights of the logs in their slope on z
    double typical_scale = 0.0;
    PullRatios pull_ratios{1.0, 1.0};  ///< at the typical curve
};

/// Quantiles given, mean not yet met.
struct GivenQuantiles {
    KnotArray g;       ///< log(wage / reference) at the knots, exact at the facts
    KnotArray least;   ///< least increment of g over each segment
    double reference;  ///< dollars
    double scale;      ///< log points: slope of the facts' logs on z
};

struct KnotPattern;

[[nodiscard]] SmoothPathTable make_smooth_path_table(const KnotPattern& pattern);

struct SmoothPathKernels;

}  // namespace wagefit
