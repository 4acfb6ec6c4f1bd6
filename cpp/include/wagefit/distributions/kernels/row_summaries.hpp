#pragma once

#include "wagefit/distributions/row_summaries.hpp"

namespace wagefit {

/// Summaries of rows, compiled for one instruction set; same bits on each. See summarize.
struct RowSummaryKernels {
    void (*mean)(const KnotTable& table, std::span<const double* const> rows, double* out, bool* is_found);
    void (*mean_and_gini)(const KnotTable& table, std::span<const double* const> rows, double* out, bool* is_found);
};

extern const RowSummaryKernels row_summary_kernels_baseline, row_summary_kernels_avx2, row_summary_kernels_avx512;

}  // namespace wagefit
