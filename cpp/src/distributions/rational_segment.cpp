#include "distributions/rational_segment.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "distributions/rational_shape.hpp"

namespace wagefit {
namespace {

/// End slopes over the mean slope.
struct Ratios {
    double a, b;
};

Ratios ratios(const RationalSegment& piece) {
    const double scale = (piece.z1 - piece.z0) / (piece.y1 - piece.y0);
    return {piece.slope0 * scale, piece.slope1 * scale};
}

}  // namespace

double RationalSegment::value(double z) const {
    const double h = z1 - z0;
    const auto [a, b] = ratios(*this);
    return rational_shape::value((z - z0) / h, (z1 - z) / h, a, b, y0, y1);
}

double RationalSegment::slope(double z) const {
    const double h = z1 - z0;
    const auto [a, b] = ratios(*this);
    return rational_shape::slope<double>({(z - z0) / h, (z1 - z) / h}, a, b) / (h / (y1 - y0));
}

RunPlace RationalSegment::place(double y) const {
    const double dy = y1 - y0;
    const auto [a, b] = ratios(*this);
    const auto at = rational_shape::inverse((y - y0) / dy, (y1 - y) / dy, a, b);
    return {rational_shape::between(at, z0, z1), rational_shape::slope(at, a, b)};
}

double RationalSegment::inverse(double y) const { return place(y).z; }

std::vector<double> RationalSegment::panels(double from, double to, double k) const {
    constexpr double widest = 1.0, largest_rise = 3.0, epsilon = std::numeric_limits<double>::epsilon();
    const double h = z1 - z0, dy = y1 - y0;
    const double excess = (slope0 + slope1) * h / dy - 2.0;
    const double reach = 1.0 / excess;
    const double pole = excess > 0.0 ? h * reach / (std::sqrt(0.25 + reach) + 0.5) : h;
    const double smooth = excess < -1.0 ? 0.5 * h : h;
    const double range = std::min(std::abs(k) * dy, 1500.0);  // exp(k y) over- or underflows beyond
    const double longest = std::min({widest, smooth, h * largest_rise / std::max(range, largest_rise)});
    // Beside a pole exp(k y) has an essential singularity: a step nearer than this keeps the rise of k y below 0.4.
    const double steep = range > 1.5 ? range * pole / 0.4 : 0.0;
    std::vector<double> edges{from};
    while (edges.back() < to) {
        const double z = edges.back(), rest = to - z;
        const double left = pole + (z - z0), right = pole + (z1 - z);  // distances to the poles
        const double left_limit = steep > 1.5 * left ? left * left / (steep - left) : 2.0 * left;
        const double right_limit = std::min(2.0 / 3.0 * right, right * right / (steep + right));
        const double shortest = epsilon * (h + 4.0 * std::abs(z));  // a step must move z
        const double step = std::max(std::min({left_limit, right_limit, longest}), shortest);
        edges.push_back(rest <= 1.2 * step ? to : z + step);
    }
    return edges;
}

}  // namespace wagefit
