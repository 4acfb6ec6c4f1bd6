#include "wagefit/numerics/counter_random.hpp"

#include "wagefit/numerics/instruction_set.hpp"
#include "wagefit/numerics/kernels/counter_random.hpp"
#include "wagefit/numerics/normal.hpp"
#include "wagefit/numerics/normal_draw.hpp"

namespace wagefit {
namespace {

const RandomKernels& random_kernels() noexcept {
#ifdef WAGEFIT_X86_KERNELS
    if (instruction_set() == InstructionSet::avx512) return random_kernels_avx512;
    if (instruction_set() == InstructionSet::avx2) return random_kernels_avx2;
#endif
    return random_kernels_baseline;
}

}  // namespace

double random_normal(StreamKey key, std::uint64_t index) noexcept {
    const std::uint64_t bits = random_bits(key, index);
    const auto tail = normal_draw::tail<double>(bits);
    const bool is_central = tail >= normal_quantile_table::least;
    return normal_draw::with_sign(is_central ? elementary::central_normal_quantile(tail) : normal::quantile(tail),
                                  bits);
}

void random_normals(StreamKey key, std::uint64_t first, std::span<double> out) noexcept {
    random_kernels().normals(key, first, out.data(), out.size());
}

}  // namespace wagefit
