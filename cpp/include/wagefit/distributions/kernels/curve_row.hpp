#pragma once

#include "wagefit/distributions/curve_row.hpp"

namespace wagefit {

/// Operations on a row, compiled for one instruction set; same bits on each. The `n` points lie in one segment; whole lanes of
/// them are read and written.
struct CurveKernels {
    void (*shape)(const KnotTable& table, CurveRow& row);  ///< fills in all but the wages
    void (*values)(const CurveRow& row, std::size_t segment, const double* t, const double* s, std::size_t n, double* out);
    void (*cdf)(const KnotTable& table, const CurveRow& row, std::size_t segment, const double* x, std::size_t n, double* out);
    void (*sf)(const KnotTable& table, const CurveRow& row, std::size_t segment, const double* x, std::size_t n, double* out);
    void (*density)(const KnotTable& table, const CurveRow& row, std::size_t segment, const double* x, std::size_t n, double* out);
};

extern const CurveKernels curve_kernels_baseline, curve_kernels_avx2, curve_kernels_avx512;

}  // namespace wagefit
