#include "wagefit/numerics/gamma_function.hpp"

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/special_functions/log1p.hpp>
#include <cmath>
#include <numbers>

#include "numerics/special_policy.hpp"

namespace wagefit {
namespace {

constexpr double large_argument = 10.0;  // from which on seven terms of Stirling's series reach rounding error

/// log Gamma(x) - ((x - 1/2) log x - x + log(2 pi) / 2) for large `x`; Abramowitz & Stegun (1964), 6.1.41.
double stirling_error(double x) {
    const double r = 1.0 / (x * x);
    constexpr double terms[]{1.0 / 12.0,   -1.0 / 360.0,      1.0 / 1260.0, -1.0 / 1680.0,
                             1.0 / 1188.0, -691.0 / 360360.0, 1.0 / 156.0};
    double sum = 0.0;
    for (int i = 6; i >= 0; --i) sum = terms[i] + r * sum;
    return sum / x;
}

constexpr double stirling_is_exact = 1e5;  // a difference of Stirling's formulas loses nothing from here on

/// log (Gamma(x + d) / Gamma(x)) for x and x + d above stirling_is_exact.
double log_large_ratio(double x, double d) {
    const double rest = (x + d - 0.5) * std::log1p(d / x) - d;
    return d * std::log(x) + rest + (stirling_error(x + d) - stirling_error(x));
}

/// log (Gamma(x + d) / Gamma(x)), d > 0.
double log_gamma_ratio(double x, double d) {
    return x > stirling_is_exact ? log_large_ratio(x, d)
                                 : -std::log(boost::math::tgamma_delta_ratio(x, d, SpecialPolicy()));
}

/// Both arguments large: Didonato & Morris (1992), ACM Transactions on Mathematical Software 18(3), 360-373.
double log_large_beta(double p, double q) {
    const double error = stirling_error(p) + stirling_error(q) - stirling_error(p + q);
    const double root = 0.5 * std::log(2.0 * std::numbers::pi * (1.0 / p + 1.0 / q));
    return root - p * std::log1p(q / p) - q * std::log1p(p / q) + error;
}

}  // namespace

double gamma_ratio(double x, double d) {
    if (x > stirling_is_exact && x + d > stirling_is_exact) return std::exp(log_large_ratio(x, d));
    return 1.0 / boost::math::tgamma_delta_ratio(x, d, SpecialPolicy());
}

double log_gamma_of_one_plus(double x) {
    return x < 0.5 ? std::log1p(boost::math::tgamma1pm1(x, SpecialPolicy()))
                   : boost::math::lgamma(1.0 + x, SpecialPolicy());
}

double log_beta(double p, double q) {
    const double small = std::min(p, q), large = std::max(p, q);
    if (small >= large_argument) return log_large_beta(p, q);
    return log_gamma_of_one_plus(small) - std::log(small) - log_gamma_ratio(large, small);
}

double log_gamma_kernel(double shape, double y) {
    if (shape < large_argument) return shape * std::log(y) - y - boost::math::lgamma(shape, SpecialPolicy());
    const double excess = (y - shape) / shape;
    const double deviance =
        y > 0.5 * shape ? boost::math::log1pmx(excess, SpecialPolicy()) : std::log(y / shape) - excess;
    return shape * deviance + 0.5 * std::log(shape / (2.0 * std::numbers::pi)) - stirling_error(shape);
}

}  // namespace wagefit
