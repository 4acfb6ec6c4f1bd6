#include "wagefit/numerics/counter_random.hpp"

#include "numerics/kernels/counter_random.hpp"
#include "numerics/normal_draw.hpp"
#include "simd/kernels.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
double random_normal(StreamKey key, std::uint64_t index) noexcept {
    const std::uint64_t bits = random_bits(key, index);
    const auto tail = normal_draw::tail<double>(bits);
    const bool is_central = tail >= normal_quantile_table::least;
    return normal_draw::with_sign(is_central ? elementary::central_normal_quantile(tail) : normal::quantile(tail),
                                  bits);
}

void random_normals(StreamKey key, std::uint64_t first, std::span<double> out) noexcept {
    best_kernels<RandomKernels>().normals(key, first, out.data(), out.size());
}

}  // namespace wagefit
