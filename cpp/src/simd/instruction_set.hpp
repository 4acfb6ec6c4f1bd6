#pragma once

#include <string_view>

namespace wagefit {

/// Instruction sets that kernels are compiled for, each holding the ones before it. Results have the same bits on all.
enum class InstructionSet : unsigned char { baseline, avx2, avx512 };

/// The largest set that this machine has and kernels were compiled for.
[[nodiscard]] InstructionSet best_instruction_set() noexcept;

/// The set that kernels run on: the best one, or a lesser one named by the environment variable WAGEFIT_INSTRUCTION_SET
/// (baseline, avx2, avx512) when the first kernel runs.
[[nodiscard]] InstructionSet instruction_set() noexcept;

[[nodiscard]] std::string_view name(InstructionSet set) noexcept;

}  // namespace wagefit
