#include "wagefit/distributions/rational_segment.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace wagefit {
namespace {

/// Fraction of the rise at the fraction `t` of the run, s = 1 - t, with `a` and `b` the end slopes over the mean slope.
/// Every term is positive, so the fraction keeps its relative precision however small it is.
double rise(double t, double s, double a, double b) { return t * (t + a * s) / (t * t + s * s + (a + b) * t * s); }

/// Inverse of `rise`, with its relative precision: the root t in [0, 1] of (1 - qb) t^2 + qb t - w = 0, where v = 1 -
/// w.
double inverse_rise(double w, double v, double a, double b) {
    if (!(w > 0.0)) return w;
    const double qb = a * v + (2.0 - b) * w;
    const double qa = 1.0 - qb;
    const double root = std::sqrt(std::max(qb * qb + 4.0 * qa * w, 0.0));
    return qb >= 0.0 ? 2.0 * w / (qb + root) : (root - qb) / (2.0 * qa);
}

double rise_slope(double t, double a, double b) {
    const double product = t * (1.0 - t), s = 1.0 - t;
    const double denominator = 1.0 + (a + b - 2.0) * product;
    return (b * t * t + 2.0 * product + a * s * s) / (denominator * denominator);
}

}  // namespace

double RationalSegment::value(double z) const {
    const double h = z1 - z0, dy = y1 - y0, scale = h / dy, a = slope0 * scale, b = slope1 * scale;
    const double t = (z - z0) / h, s = (z1 - z) / h, w = rise(t, s, a, b);
    return w <= 0.5 ? y0 + dy * w : y1 - dy * rise(s, t, b, a);
}

double RationalSegment::slope(double z) const {
    const double h = z1 - z0, dy = y1 - y0, scale = h / dy;
    return rise_slope((z - z0) / h, slope0 * scale, slope1 * scale) / scale;
}

double RationalSegment::inverse(double y) const {
    const double h = z1 - z0, dy = y1 - y0, scale = h / dy, a = slope0 * scale, b = slope1 * scale;
    const double w = (y - y0) / dy, v = (y1 - y) / dy, t = inverse_rise(w, v, a, b);
    return t <= 0.5 ? z0 + h * t : z1 - h * inverse_rise(v, w, b, a);  // from the nearer end
}

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
