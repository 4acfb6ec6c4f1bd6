#include "simd/instruction_set.hpp"

#include <algorithm>
#include <cstdlib>

namespace wagefit {
namespace {

InstructionSet asked_for(InstructionSet best) noexcept {
    const char* const value = std::getenv("WAGEFIT_INSTRUCTION_SET");
    if (!value) return best;
    for (const auto set : {InstructionSet::baseline, InstructionSet::avx2})
        if (name(set) == value) return std::min(set, best);
    return best;
}

}  // namespace

InstructionSet best_instruction_set() noexcept {
#ifdef WAGEFIT_X86_KERNELS
    const bool has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    const bool has_avx512 = has_avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                            __builtin_cpu_supports("avx512vl");
    if (has_avx512) return InstructionSet::avx512;
    if (has_avx2) return InstructionSet::avx2;
#endif
    return InstructionSet::baseline;
}

InstructionSet instruction_set() noexcept {
    static const InstructionSet set = asked_for(best_instruction_set());
    return set;
}

std::string_view name(InstructionSet set) noexcept {
    switch (set) {
        case InstructionSet::avx2:
            return "avx2";
        case InstructionSet::avx512:
            return "avx512";
        default:
            return "baseline";
    }
}

}  // namespace wagefit
