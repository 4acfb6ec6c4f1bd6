#pragma once

#include <array>
#include <cstddef>

namespace wagefit {

/// Sum of f(i) over i = 0..n-1 in eight interleaved partial sums, which a compiler may keep in vector registers: the
/// order of additions does not depend on their width.
template <class Function>
[[nodiscard]] inline double lane_sum(std::ptrdiff_t n, Function&& f) {
    constexpr std::ptrdiff_t lanes = 8;
    std::array<double, lanes> sums{};
    std::ptrdiff_t i = 0;
    for (; i + lanes <= n; i += lanes)
        for (std::ptrdiff_t lane = 0; lane < lanes; ++lane) sums[static_cast<std::size_t>(lane)] += f(i + lane);
    for (; i < n; ++i) sums[0] += f(i);
    return ((sums[0] + sums[4]) + (sums[1] + sums[5])) + ((sums[2] + sums[6]) + (sums[3] + sums[7]));
}

/// lane_sum of n numbers, and of a[i] b[i]: the same bits, in the registers of this machine.
[[nodiscard]] double lane_total(const double* a, std::ptrdiff_t n);
[[nodiscard]] double lane_dot(const double* a, const double* b, std::ptrdiff_t n);

/// centered = a - center and weighted = centered weights, n numbers each; arrays that do not overlap.
void center_and_weigh(const double* a, double center, const double* weights, std::ptrdiff_t n, double* centered,
                      double* weighted);

}  // namespace wagefit
