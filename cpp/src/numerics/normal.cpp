#include "wagefit/numerics/normal.hpp"

#include <boost/math/special_functions/erf.hpp>
#include <cmath>
#include <limits>
#include <numbers>

#include "numerics/constants.hpp"

namespace wagefit::normal {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double inverse_sqrt_2pi = 0.39894228040143267794;
constexpr double log_sqrt_2pi = 0.91893853320467274178;
using std::numbers::sqrt2;

// 1 / sqrt(2) as an unevaluated sum of two doubles.
constexpr double inverse_sqrt_2_high = 0.70710678118654757;
constexpr double inverse_sqrt_2_low = -4.8336466567264567e-17;

using namespace boost::math::policies;
using Policy =
    policy<promote_double<false>, domain_error<ignore_error>, pole_error<ignore_error>, overflow_error<ignore_error>,
           underflow_error<ignore_error>, denorm_error<ignore_error>, evaluation_error<ignore_error>>;

/// erfc(z / sqrt(2)) / 2. The rounding error of the argument, worth up to z^2 units in the last place of the
/// result, enters through the derivative of erfc.
double upper_tail(double z) noexcept {
    const double t = z * inverse_sqrt_2_high;
    const double error = std::fma(z, inverse_sqrt_2_high, -t) + z * inverse_sqrt_2_low;
    const double slope = -2.0 * inverse_sqrt_2pi * sqrt2 * std::exp(-t * t);
    return 0.5 * (boost::math::erfc(t, Policy()) + slope * error);
}

/// log P(Z > z) for z >= 30 by the asymptotic series of Mills' ratio, whose sixth term is below 1e-13 there, 1e-16 of
/// the result.
double log_far_tail(double z) noexcept {
    const double r = 1.0 / (z * z);
    const double series = -r * (1.0 - 3.0 * r * (1.0 - 5.0 * r * (1.0 - 7.0 * r * (1.0 - 9.0 * r))));
    return log_pdf(z) - std::log(z) + std::log1p(series);
}

/// Phi^-1(p) for 0 < p <= 1/2. erfc_inv errs by up to 3 units in the last place; where Phi is flat a Newton step with
/// the more accurate Phi leaves little more than the rounding of the result.
double lower_quantile(double p) noexcept {
    constexpr double flat = 0.025;    // |z| > 2, whose units in the last place are larger
    constexpr double least = 1e-300;  // below it Phi runs into subnormal numbers
    const double z = -sqrt2 * boost::math::erfc_inv(2.0 * p, Policy());
    return p > flat || p < least ? z : z - (cdf(z) - p) / pdf(z);
}

}  // namespace

double pdf(double z) noexcept {
    if (std::isinf(z)) return 0.0;
    const double square = z * z;
    const double error = std::fma(z, z, -square);
    const double result = inverse_sqrt_2pi * std::exp(-0.5 * square);
    return result > 0.0 ? result * (1.0 - 0.5 * error) : result;
}

double log_pdf(double z) noexcept { return -0.5 * z * z - log_sqrt_2pi; }

double cdf(double z) noexcept { return sf(-z); }

double sf(double z) noexcept {
    if (std::isinf(z)) return z > 0.0 ? 0.0 : 1.0;
    return upper_tail(z);
}

double log_cdf(double z) noexcept { return log_sf(-z); }

double log_sf(double z) noexcept {
    constexpr double far = 30.0;
    if (std::isinf(z)) return z > 0.0 ? -infinity : 0.0;
    if (z >= far) return log_far_tail(z);
    return z > 0.0 ? std::log(sf(z)) : std::log1p(-cdf(z));
}

double quantile(double p) noexcept {
    if (!(p >= 0.0 && p <= 1.0)) return nan;
    if (p == 0.0) return -infinity;
    if (p == 1.0) return infinity;
    return p > 0.5 ? -lower_quantile(1.0 - p) : lower_quantile(p);
}

double quantile_of_log(double log_p) noexcept {
    constexpr double deep = -600.0;  // below which exp(log_p) nears the smallest doubles
    if (std::isinf(log_p) || std::isnan(log_p)) return log_p;
    if (log_p > -std::numbers::ln2) return isf(-std::expm1(log_p));
    if (log_p > deep) return quantile(std::exp(log_p));
    double x = std::sqrt(-2.0 * log_p);  // -z; Newton's steps from there on shrink a thousandfold and more each
    for (int round = 0; round < 6; ++round) x += (log_sf(x) - log_p) / (x + 1.0 / x);
    return -x;
}

double isf(double q) noexcept { return -quantile(q); }

}  // namespace wagefit::normal
