// Compiled once for each instruction set; see cpp/cmake/Kernels.cmake.
#include "numerics/kernels/lanes.hpp"

#include "simd/simd.hpp"

namespace wagefit {
namespace {

constexpr std::ptrdiff_t n_sums = 8;  // as lane_sum has them
constexpr std::size_t n_registers = static_cast<std::size_t>(n_sums) / lane_count;

/// lane_sum of at(i), in lanes of values that begin at i by lanes_at(i).
template <class LanesAt, class At>
WAGEFIT_INLINE double summed(std::ptrdiff_t n, LanesAt&& lanes_at, At&& at) {
    Lanes sums[n_registers]{};
    std::ptrdiff_t i = 0;
    for (; i + n_sums <= n; i += n_sums)
        for (std::size_t k = 0; k < n_registers; ++k)
            sums[k] += lanes_at(i + static_cast<std::ptrdiff_t>(k * lane_count));
    double parts[n_sums];
    for (std::size_t k = 0; k < n_registers; ++k) store(&parts[k * lane_count], sums[k]);
    for (; i < n; ++i) parts[0] += at(i);
    return ((parts[0] + parts[4]) + (parts[1] + parts[5])) + ((parts[2] + parts[6]) + (parts[3] + parts[7]));
}

double total(const double* a, std::ptrdiff_t n) noexcept {
    return summed(n, [a](std::ptrdiff_t i) { return loaded<Lanes>(a + i); }, [a](std::ptrdiff_t i) { return a[i]; });
}

double dot(const double* a, const double* b, std::ptrdiff_t n) noexcept {
    return summed(
        n, [a, b](std::ptrdiff_t i) { return loaded<Lanes>(a + i) * loaded<Lanes>(b + i); },
        [a, b](std::ptrdiff_t i) { return a[i] * b[i]; });
}

void center_and_weigh(const double* a, double center, const double* weights, std::ptrdiff_t n, double* centered,
                      double* weighted) noexcept {
    std::ptrdiff_t i = 0;
    for (; i + static_cast<std::ptrdiff_t>(lane_count) <= n; i += static_cast<std::ptrdiff_t>(lane_count)) {
        const Lanes value = loaded<Lanes>(a + i) - center;
        store(centered + i, value);
        store(weighted + i, value * loaded<Lanes>(weights + i));
    }
    for (; i < n; ++i) {
        centered[i] = a[i] - center;
        weighted[i] = centered[i] * weights[i];
    }
}

constexpr LaneKernels lane_kernels{&total, &dot, &center_and_weigh};

}  // namespace

const LaneKernels LaneKernels::WAGEFIT_INSTRUCTION_SET = lane_kernels;

}  // namespace wagefit
