#pragma once

#include <cstddef>

namespace wagefit {

/// lane_total, lane_dot and center_and_weigh, compiled for one instruction set; same bits on each.
struct LaneKernels {
    static const LaneKernels baseline, avx2, avx512;

    double (*total)(const double* a, std::ptrdiff_t n) noexcept;
    double (*dot)(const double* a, const double* b, std::ptrdiff_t n) noexcept;
    void (*center_and_weigh)(const double* a, double center, const double* weights, std::ptrdiff_t n, double* centered,
                             double* weighted) noexcept;
};

}  // namespace wagefit
