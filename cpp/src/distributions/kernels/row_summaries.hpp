#pragma once

#include "distributions/row_summaries.hpp"

namespace wagefit {

/// Summaries of rows, compiled for one instruction set; same bits on each. See summarize.
struct RowSummaryKernels {
    static const RowSummaryKernels baseline, avx2, avx512;

    void (*mean)(const KnotTable& table, std::span<const double* const> rows, double* out, bool* is_found);
    void (*mean_and_gini)(const KnotTable& table, std::span<const double* const> rows, double* out, bool* is_found);
};

}  // namespace wagefit
