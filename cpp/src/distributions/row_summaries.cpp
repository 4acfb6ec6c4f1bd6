#include "wagefit/distributions/row_summaries.hpp"

#include "wagefit/distributions/kernels/row_summaries.hpp"
#include "wagefit/numerics/instruction_set.hpp"

namespace wagefit {
namespace {

const RowSummaryKernels& row_summary_kernels() {
#ifdef WAGEFIT_X86_KERNELS
    if (instruction_set() == InstructionSet::avx512) return row_summary_kernels_avx512;
    if (instruction_set() == InstructionSet::avx2) return row_summary_kernels_avx2;
#endif
    return row_summary_kernels_baseline;
}

}  // namespace

void summarize(Summary what, const KnotTable& table, std::span<const double* const> rows, double* out, bool* is_found) {
    const RowSummaryKernels& kernels = row_summary_kernels();
    (what == Summary::mean ? kernels.mean : kernels.mean_and_gini)(table, rows, out, is_found);
}

}  // namespace wagefit
