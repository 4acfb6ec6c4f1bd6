#include "wagefit/numerics/counter_random.hpp"

#include "wagefit/numerics/normal.hpp"

namespace wagefit {

double random_normal(StreamKey key, std::uint64_t index) noexcept {
    const std::uint64_t bits = random_bits(key, index);
    const double tail = (static_cast<double>(bits >> 12) + 0.5) * 0x1p-53;  // inside (0, 1/2)
    const double z = normal::quantile(tail);
    return (bits & 1U) != 0U ? -z : z;
}

}  // namespace wagefit
