#pragma once

#include "distributions/curve_row.hpp"

namespace wagefit {

/// A segment of a curve by itself; see CurveRow.
struct CurveSegment {
    double wage, rise, a, b;
};

/// Operations on a row, compiled for one instruction set; same bits on each. Where `n` points are given they lie in one
/// segment. Whole lanes of points are read and written.
struct CurveKernels {
    static const CurveKernels baseline, avx2, avx512;

    void (*shape)(const KnotTable& table, CurveRow& row);  ///< fills in all but the wages
    void (*values)(const CurveRow& row, std::size_t segment, const double* t, const double* s, std::size_t n,
                   double* out);
    // Of sorted points `x`. `start` holds the first point of each piece, lower tail, segments, upper tail, and their
    // number.
    void (*cdf)(const KnotTable& table, const CurveRow& row, std::span<const std::size_t> start, const double* x,
                double* out);
    void (*sf)(const KnotTable& table, const CurveRow& row, std::span<const std::size_t> start, const double* x,
               double* out);
    void (*density)(const KnotTable& table, const CurveRow& row, std::span<const std::size_t> start, const double* x,
                    double* out);
    void (*sums)(const KnotTable& table, const CurveRow& row, RowSums& out);  ///< fair segments
    void (*tail_ranks)(const KnotTable& table, const CurveRow& row, RowSums& out);
    double (*tail_sum)(const TailNodes& nodes, double rate);  ///< of weight exp(rate u)
    /// wage * sum of weight[k][j] exp(y(t[k])) over the 15 nodes k of the whole segment, for n points j; rows of
    /// `stride`.
    void (*cuts)(const KnotTable& table, const CurveRow& row, std::size_t segment, const double* weight,
                 std::size_t stride, std::size_t n, double* out);
    /// wage * sum of weight[k][j] exp(y(t[k][j])) over 15 nodes k, or those of SteepNodes, for n points j; rows of
    /// `stride`.
    void (*panels)(const CurveRow& row, std::size_t segment, const double* t, const double* weight, std::size_t stride,
                   std::size_t n, double* out);
    void (*steep_panels)(const CurveRow& row, std::size_t segment, const double* t, const double* weight,
                         std::size_t stride, std::size_t n, double* out);
    /// wage * sum of weight[k] exp(y(t[k])) over the nodes of a segment that is fair, mild or gentle: by more or fewer
    /// terms. The segments of rows have the same bits.
    double (*steep_segment_sum)(std::span<const double> t, std::span<const double> weight, const CurveSegment& of);
    double (*segment_sum)(std::span<const double> t, std::span<const double> weight, const CurveSegment& of);
    double (*gentle_segment_sum)(std::span<const double> t, std::span<const double> weight, const CurveSegment& of);
};

}  // namespace wagefit
