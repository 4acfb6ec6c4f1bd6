#include "wagefit/fitting/pay_integrals.hpp"

#include "wagefit/distributions/normal_panels.hpp"
#include "wagefit/distributions/rational_segment.hpp"
#include "wagefit/fitting/kernels/pay_integrals.hpp"
#include "wagefit/numerics/elementary.hpp"
#include "wagefit/numerics/instruction_set.hpp"

namespace wagefit {

const PayKernels& pay_kernels() {
#ifdef WAGEFIT_X86_KERNELS
    if (instruction_set() == InstructionSet::avx512) return pay_kernels_avx512;
    if (instruction_set() == InstructionSet::avx2) return pay_kernels_avx2;
#endif
    return pay_kernels_baseline;
}

double careful_segment(const KnotTable& table, std::size_t i, double rise, double slope0, double slope1) {
    const double z0 = table.z[i], z1 = table.z[i + 1];
    const RationalSegment piece{z0, z1, 0.0, rise, slope0, slope1};
    return integrate_normal(piece.panels(z0, z1, 1.0), [&](double z) { return elementary::exp(piece.value(z)); });
}

}  // namespace wagefit
