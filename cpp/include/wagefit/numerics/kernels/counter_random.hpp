#pragma once

#include <cstddef>

#include "wagefit/numerics/counter_random.hpp"

namespace wagefit {

/// random_normals, compiled for one instruction set; same bits on each.
struct RandomKernels {
    void (*normals)(StreamKey key, std::uint64_t first, double* out, std::size_t n) noexcept;
};

extern const RandomKernels random_kernels_baseline, random_kernels_avx2, random_kernels_avx512;

}  // namespace wagefit
