#include "numerics/lanes.hpp"

#include "numerics/kernels/lanes.hpp"
#include "simd/kernels.hpp"

namespace wagefit {
double lane_total(const double* a, std::ptrdiff_t n) { return best_kernels<LaneKernels>().total(a, n); }

double lane_dot(const double* a, const double* b, std::ptrdiff_t n) { return best_kernels<LaneKernels>().dot(a, b, n); }

void center_and_weigh(const double* a, double center, const double* weights, std::ptrdiff_t n, double* centered,
                      double* weighted) {
    best_kernels<LaneKernels>().center_and_weigh(a, center, weights, n, centered, weighted);
}

}  // namespace wagefit
