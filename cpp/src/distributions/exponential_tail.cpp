#include "distributions/exponential_tail.hpp"

#include <cmath>

#include "numerics/constants.hpp"
#include "simd/elementary.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

constexpr double half_sqrt_2 = 0.70710678118654752440;

/// Mills' ratio P(Z > x) / phi(x) for x > 0. From 30 on by its asymptotic series, whose next term is below 1e-16 of it.
double mills_ratio(double x) {
    constexpr double far = 30.0;
    if (x < far) return normal::sf(x) / normal::pdf(x);
    const double r = 1.0 / (x * x);
    return (1.0 - r * (1.0 - 3.0 * r * (1.0 - 5.0 * r * (1.0 - 7.0 * r * (1.0 - 9.0 * r))))) / x;
}

/// E[exp(c (Z - origin)); Z < b] for b < c. The textbook form exp(c^2 / 2 - c origin) Phi(b - c) loses c^2 units in the
/// last place to cancellation in its exponent.
double partial_mean_below(double c, double origin, double b) {
    constexpr double usual = 37.0;  // beyond, the normal density runs into subnormal numbers
    if (std::isinf(b)) return 0.0;
    if (std::abs(b) <= usual && std::abs(c * (b - origin)) < 600.0)
        return elementary::exp(c * (b - origin)) * elementary::normal_pdf(b) * elementary::mills_ratio(c - b);
    return std::exp(c * (b - origin) + normal::log_pdf(b)) * mills_ratio(c - b);
}

}  // namespace

double log_probability_between(double a, double b) {
    if (!(a < b)) return -infinity;
    if (b < 0.0) return log_probability_between(-b, -a);
    if (a <= 0.0) return std::log(0.5 * (std::erf(b * half_sqrt_2) - std::erf(a * half_sqrt_2)));
    const double far = normal::log_sf(b), near = normal::log_sf(a);
    return near + std::log1p(-std::exp(far - near));
}

double exponential_partial_mean(double c, double origin, double a, double b) {
    if (!(a < b)) return 0.0;
    if (b < c) return partial_mean_below(c, origin, b) - partial_mean_below(c, origin, a);
    if (a > c) return partial_mean_below(-c, -origin, -a) - partial_mean_below(-c, -origin, -b);
    const double log_mass = log_probability_between(a - c, b - c);
    if (std::isinf(log_mass)) return 0.0;
    return std::exp(c * (0.5 * c - origin) + log_mass);
}

std::vector<double> tail_layers(double rate) {
    std::vector<double> distances;
    if (!std::isfinite(rate)) return distances;
    for (double distance = 2.0 / rate; distance < 1.0; distance *= 3.0) distances.push_back(distance);
    return distances;
}

}  // namespace wagefit
