#include "wagefit/numerics/lanes.hpp"

#include "wagefit/numerics/instruction_set.hpp"
#include "wagefit/numerics/kernels/lanes.hpp"

namespace wagefit {
namespace {

const LaneKernels& lane_kernels() {
#ifdef WAGEFIT_X86_KERNELS
    if (instruction_set() == InstructionSet::avx512) return lane_kernels_avx512;
    if (instruction_set() == InstructionSet::avx2) return lane_kernels_avx2;
#endif
    return lane_kernels_baseline;
}

}  // namespace

double lane_total(const double* a, std::ptrdiff_t n) { return lane_kernels().total(a, n); }

double lane_dot(const double* a, const double* b, std::ptrdiff_t n) { return lane_kernels().dot(a, b, n); }

void center_and_weigh(const double* a, double center, const double* weights, std::ptrdiff_t n, double* centered,
                      double* weighted) {
    lane_kernels().center_and_weigh(a, center, weights, n, centered, weighted);
}

}  // namespace wagefit
