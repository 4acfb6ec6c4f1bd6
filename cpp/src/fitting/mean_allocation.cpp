#include "wagefit/fitting/mean_allocation.hpp"

#include <cmath>
#include <cstddef>

#include "numerics/roots.hpp"

namespace wagefit {
namespace {

double moved(double natural, double lower, double upper, double shift) {
    const double above = natural - lower;
    if (std::isinf(upper)) return lower + above * std::exp(shift);
    const double rest = (upper - natural) * std::exp(-shift);
    return lower + (upper - lower) * above / (above + rest);
}

}  // namespace

std::vector<double> allocate_means(std::span<const double> shares, std::span<const double> natural,
                                   std::span<const double> lower, std::span<const double> upper, double target) {
    const auto excess = [&](double shift) {
        double sum = -target;
        for (std::size_t i = 0; i < shares.size(); ++i) sum += shares[i] * moved(natural[i], lower[i], upper[i], shift);
        return sum;
    };
    constexpr double farthest = 700.0;  // exp stays finite
    const double shift = excess(0.0) == 0.0 ? 0.0 : bracketed_root(excess, -farthest, farthest).x;
    std::vector<double> means;
    for (std::size_t i = 0; i < shares.size(); ++i) means.push_back(moved(natural[i], lower[i], upper[i], shift));
    return means;
}

}  // namespace wagefit
