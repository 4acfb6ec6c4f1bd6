#include "distributions/row_summaries.hpp"

#include "distributions/kernels/row_summaries.hpp"
#include "simd/kernels.hpp"

namespace wagefit {
void summarize(Summary what, const KnotTable& table, std::span<const double* const> rows, double* out, bool* is_found) {
    const RowSummaryKernels& kernels = best_kernels<RowSummaryKernels>();
    (what == Summary::mean ? kernels.mean : kernels.mean_and_gini)(table, rows, out, is_found);
}

}  // namespace wagefit
