#pragma once

#include <cstddef>

#include "wagefit/numerics/counter_random.hpp"

namespace wagefit {

/// random_normals, compiled for one instruction set; same bits on each.
struct RandomKernels {
    static const RandomKernels baseline, avx2, avx512;

    void (*normals)(StreamKey key, std::uint64_t first, double* out, std::size_t n) noexcept;
};

}  // namespace wagefit
