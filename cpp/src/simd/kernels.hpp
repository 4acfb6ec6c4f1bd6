#pragma once

#include "simd/instruction_set.hpp"

namespace wagefit {

/// The kernels of one kind for the set that this process runs on. `Kernels` is a structure of functions with a static
/// member of its own type for each set that it was compiled for.
template <class Kernels>
[[nodiscard]] const Kernels& best_kernels() noexcept {
#ifdef WAGEFIT_X86_KERNELS
    if (instruction_set() == InstructionSet::avx512) return Kernels::avx512;
    if (instruction_set() == InstructionSet::avx2) return Kernels::avx2;
#endif
    return Kernels::baseline;
}

}  // namespace wagefit
