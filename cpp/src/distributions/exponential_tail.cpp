#include "wagefit/distributions/exponential_tail.hpp"

#include <cmath>
#include <limits>

#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {
constexpr double half_sqrt_2 = 0.70710678118654752440;
}

double log_probability_between(double a, double b) {
    if (!(a < b)) return -std::numeric_limits<double>::infinity();
    if (b < 0.0) return log_probability_between(-b, -a);
    if (a <= 0.0) return std::log(0.5 * (std::erf(b * half_sqrt_2) - std::erf(a * half_sqrt_2)));
    const double far = normal::log_sf(b), near = normal::log_sf(a);
    return near + std::log1p(-std::exp(far - near));
}

double exponential_partial_mean(double c, double origin, double a, double b) {
    const double log_mass = log_probability_between(a - c, b - c);
    if (std::isinf(log_mass)) return 0.0;
    return std::exp(c * (0.5 * c - origin) + log_mass);
}

}  // namespace wagefit
