#pragma once

#include <cstddef>

namespace wagefit {

/// lane_total, lane_dot and center_and_weigh, compiled for one instruction set; same bits on each.
struct LaneKernels {
    double (*total)(const double* a, std::ptrdiff_t n) noexcept;
    double (*dot)(const double* a, const double* b, std::ptrdiff_t n) noexcept;
    void (*center_and_weigh)(const double* a, double center, const double* weights, std::ptrdiff_t n, double* centered,
                             double* weighted) noexcept;
};

extern const LaneKernels lane_kernels_baseline, lane_kernels_avx2, lane_kernels_avx512;

}  // namespace wagefit
