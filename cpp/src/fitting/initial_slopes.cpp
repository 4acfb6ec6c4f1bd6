#include "wagefit/fitting/initial_slopes.hpp"

#include <cmath>

namespace wagefit {
namespace {

double harmonic_slope(double h0, double secant0, double h1, double secant1) {
    const double w0 = h0 + 2.0 * h1, w1 = 2.0 * h0 + h1;
    return (w0 + w1) / (w0 / secant0 + w1 / secant1);
}

std::vector<double> secants(const std::vector<double>& z, const std::vector<double>& wage) {
    std::vector<double> slopes;
    for (std::size_t i = 1; i < z.size(); ++i) {
        const double rise = std::log1p((wage[i] - wage[i - 1]) / wage[i - 1]);
        slopes.push_back(rise / (z[i] - z[i - 1]));
    }
    return slopes;
}

/// Slope that continues the nearest rising interval; `fallback` when every interval is a tie.
double end_slope(const std::vector<double>& slopes, std::size_t from, bool ascending, double fallback) {
    for (std::size_t n = 0; n < slopes.size(); ++n) {
        const double slope = slopes[ascending ? from + n : from - n];
        if (slope > 0.0) return slope;
    }
    return fallback;
}

}  // namespace

CurveKnots knots_with_slopes(std::vector<double> z, std::vector<double> wage, double single_slope) {
    const std::size_t n = z.size();
    const std::vector<double> slopes = secants(z, wage);
    std::vector<double> left(n, single_slope), right(n, single_slope);
    for (std::size_t i = 0; i + 1 < n; ++i) right[i] = left[i + 1] = slopes[i];
    for (std::size_t i = 1; i + 1 < n; ++i)
        if (slopes[i - 1] > 0.0 && slopes[i] > 0.0)
            left[i] = right[i] = harmonic_slope(z[i] - z[i - 1], slopes[i - 1], z[i + 1] - z[i], slopes[i]);
    if (n > 1) {
        left.front() = end_slope(slopes, 0, true, single_slope);
        right.back() = end_slope(slopes, n - 2, false, single_slope);
    }
    return {std::move(z), std::move(wage), std::move(left), std::move(right)};
}

}  // namespace wagefit
