#pragma once

#include "wagefit/distributions/curve_row.hpp"

namespace wagefit {

/// Operations on a row, compiled for one instruction set; same bits on each. The `n` points lie in one segment; whole
/// lanes of them are read and written.
struct CurveKernels {
    void (*shape)(const KnotTable& table, CurveRow& row);  ///< fills in all but the wages
    void (*values)(const CurveRow& row, std::size_t segment, const double* t, const double* s, std::size_t n,
                   double* out);
    // Of points in one piece of the curve: 0 is the lower tail, 1 the first segment.
    void (*cdf)(const KnotTable& table, const CurveRow& row, std::size_t piece, const double* x, std::size_t n,
                double* out);
    void (*sf)(const KnotTable& table, const CurveRow& row, std::size_t piece, const double* x, std::size_t n,
               double* out);
    void (*density)(const KnotTable& table, const CurveRow& row, std::size_t piece, const double* x, std::size_t n,
                    double* out);
    void (*sums)(const KnotTable& table, const CurveRow& row, RowSums& out);  ///< fair segments
    void (*tail_ranks)(const KnotTable& table, const CurveRow& row, RowSums& out);
    /// wage * sum of weight[k][j] exp(y(t[k])) over the 15 nodes k of the whole segment, for n points j; rows of
    /// `stride`.
    void (*cuts)(const KnotTable& table, const CurveRow& row, std::size_t segment, const double* weight,
                 std::size_t stride, std::size_t n, double* out);
    /// wage * sum of weight[k][j] exp(y(t[k][j])) over `n_nodes` nodes k, for n points j; rows of `stride`.
    void (*panels)(const CurveRow& row, std::size_t segment, const double* t, const double* weight, std::size_t n_nodes,
                   std::size_t stride, std::size_t n, double* out);
};

extern const CurveKernels curve_kernels_baseline, curve_kernels_avx2, curve_kernels_avx512;

}  // namespace wagefit
