#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "distributions/knot_table.hpp"
#include "wagefit/distributions/measures.hpp"

namespace wagefit {

/// A curve with strictly increasing knots and open support, laid out for kernels; see Curve.
struct CurveRow {
    KnotArray wage;
    KnotArray rise;                   ///< log(wage[i + 1] / wage[i]) of each segment
    KnotArray slope;                  ///< d log(wage) / dz at the knots
    KnotArray a, b;                   ///< end slopes of each segment over its mean slope
    double lower_slope, upper_slope;  ///< d log(wage) / dz of the tails
};

/// Normal scores that many rows are evaluated at, sorted into the pieces of the curve: lower tail, segments, upper
/// tail.
struct ScorePoints {
    std::vector<std::size_t> order;  ///< of the sorted points among the given ones; NaN last
    std::vector<double> z;           ///< sorted, without NaN
    std::vector<double> t, s;  ///< fractions of the segment's run from its ends, with room for lanes beyond the last
    std::vector<std::size_t> start;  ///< first point of each piece, and the number of points
};

[[nodiscard]] ScorePoints sort_scores(const KnotTable& table, std::span<const double> z);

/// Integrals over the pieces of a row, in dollars.
struct RowSums {
    KnotArray mean, rank;           ///< E[X; segment], E[X (2 Phi(Z) - 1); segment]
    double lower_mean, upper_mean;  ///< E[X; tail]
    double lower_rank, upper_rank;  ///< E[X Phi(-|Z|); tail]; see with_tail_ranks
};

/// Whether fixed panels integrate the row's tails to rounding error; Curve decides by the same rule.
[[nodiscard]] bool has_fair_tails(const KnotTable& table, const CurveRow& row);

/// The sums of a row with fair tails, but for the tails' ranks.
[[nodiscard]] RowSums sums(const KnotTable& table, const CurveRow& row);

/// `sums` with the ranks of the tails filled in.
[[nodiscard]] RowSums with_tail_ranks(const KnotTable& table, const CurveRow& row, RowSums sums);

[[nodiscard]] double mean(const KnotTable& table, const RowSums& sums);

/// Half the mean difference of two draws, as Curve::half_mean_difference, from sums with the tails' ranks.
[[nodiscard]] double half_mean_difference(const KnotTable& table, const RowSums& sums);

/// Normal scores below which, or above which, many rows' pay is summed, with the panels of the segment that is cut.
struct CutPoints {
    ScorePoints scores;
    PaySide side;
    std::vector<double> smooth_weight;          ///< [node][point]: cut_weights, rows of n + spare
    std::vector<double> mild_t, mild_weight;    ///< [node][point]
    std::vector<double> steep_t, steep_weight;  ///< of SteepNodes
    std::size_t stride;
};

[[nodiscard]] CutPoints cut_scores(const KnotTable& table, std::span<const double> z, PaySide side);

/// Partial means E[X; Z < z] or E[X; Z > z] at sorted points, as Curve::partial_moment has them.
void partial_means(const KnotTable& table, const CurveRow& row, const RowSums& sums, const CutPoints& points,
                   double* out);

/// Wages that many rows are evaluated at.
struct WagePoints {
    std::vector<std::size_t> order;  ///< as ScorePoints
    std::vector<double> x;           ///< sorted, without NaN, with room for lanes beyond the last
    std::size_t n = 0;               ///< points that are not NaN
};

[[nodiscard]] WagePoints sort_wages(std::span<const double> x);

struct CurveKernels;

/// The row of a curve that follows from the wages at its knots alone.
[[nodiscard]] CurveRow row_of(const KnotTable& table, std::span<const double> wages);

/// Wages at sorted points, as Curve::value has them; the ends of the support at -inf and inf. `out` has room for lanes
/// beyond the last.
void values(const KnotTable& table, const CurveRow& row, const ScorePoints& points, double* out);

/// The wage at a score that lies in a tail, as Curve::value has it.
[[nodiscard]] double tail_value(const KnotTable& table, const CurveRow& row, double z);

/// A measure at sorted points, as Curve's function of that name has it. `out` has room for lanes beyond the last.
void measure(PointMeasure what, const KnotTable& table, const CurveRow& row, const WagePoints& points, double* out);

}  // namespace wagefit
