#include "wagefit/distributions/inequality.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "distributions/expectation.hpp"
#include "numerics/constants.hpp"
#include "wagefit/distributions/operations.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
/// An index below it is computed again as an integral of its second-order terms alone, whose first-order terms, of mean
/// zero, would leave rounding errors of their own size.
constexpr double little = 1e-2;

/// exp(t) - 1 - t, 0 or more.
double exp_beyond_linear(double t) {
    if (std::abs(t) > 1e-2) return std::expm1(t) - t;
    return 0.5 * t * t * (1.0 + t / 3.0 * (1.0 + t / 4.0 * (1.0 + t / 5.0 * (1.0 + t / 6.0))));
}

/// 1 - r + r log r of r = exp(l): what r log r has beyond its linear term at 1. From `far` down all but 1 is rounding.
double pay_beyond_linear(double l) {
    constexpr double far = -40.0;
    return l > far ? std::exp(l) * exp_beyond_linear(-l) : 1.0;
}

/// exp(k l) - 1 - k (exp(l) - 1), which near l = 0 is of its order squared.
double power_beyond_linear(double l, double k) {
    if (std::abs(l) > 1.0) return std::expm1(k * l) - k * std::expm1(l);
    return exp_beyond_linear(k * l) - k * exp_beyond_linear(l);
}

/// E f(log(X / mean)).
template <class Function>
double mean_of_relative_log(const People& people, double log_mean, const Function& f) {
    return people.expectation([&](double, double log_x) { return f(log_x - log_mean); });
}

/// Share of all pay earned between two normal scores, all of it at the top end where the mean is infinite.
double pay_share(const Distribution& d, double z0, double z1) {
    const double whole = mean(d);
    if (std::isinf(whole)) return std::isinf(z1) && z0 < z1 ? 1.0 : 0.0;
    return d.partial_moment(1.0, z0, z1) / whole;
}

/// 1 - exp(E log(X / mean)).
double atkinson_of_logs(const People& people, double log_mean) {
    const double loss = -mean_of_relative_log(people, log_mean, [](double l) { return l; });
    return -std::expm1(-(loss > little ? loss : mean_of_relative_log(people, log_mean, exp_beyond_linear)));
}

/// 1 - E[(X / mean)^k]^(1 / k) for a power near 0, where the root of the moment would lose its digits, or little
/// inequality.
double atkinson_near_logs(const People& people, double log_mean, double k) {
    double rise = mean_of_relative_log(people, log_mean, [k](double l) { return std::expm1(k * l); });
    if (std::abs(std::log1p(rise) / k) < little)
        rise = mean_of_relative_log(people, log_mean, [k](double l) { return power_beyond_linear(l, k); });
    return -std::expm1(std::log1p(rise) / k);
}

}  // namespace

double lorenz(const Distribution& d, double p) {
    if (!(p >= 0.0 && p <= 1.0)) return undefined;
    return pay_share(d, -infinity, normal::quantile(p));
}

double top_share(const Distribution& d, double fraction) {
    if (!(fraction >= 0.0 && fraction <= 1.0)) return undefined;
    return pay_share(d, normal::isf(fraction), infinity);
}

double gini(const Distribution& d) {
    const double center = mean(d);
    if (std::isinf(center)) return 1.0;
    // By rounding it is beyond where the highest earn all but 1e-16, or where all but 1e-16 earn the same.
    return std::clamp(d.half_mean_difference() / center, 0.0, 1.0);
}

double theil(const Distribution& d) {
    const double center = mean(d), log_mean = std::log(center);
    if (std::isinf(center)) return center;
    const double index = pay_expectation(d, center, [=](double, double log_x) { return log_x - log_mean; });
    if (index > little) return index;
    return mean_of_relative_log(People(d), log_mean, pay_beyond_linear);
}

double atkinson(const Distribution& d, double epsilon) {
    if (!(epsilon >= 0.0)) return undefined;
    const double center = mean(d), log_mean = std::log(center), k = 1.0 - epsilon;
    if (std::isinf(center)) return epsilon > 0.0 ? 1.0 : 0.0;
    if (k == 0.0) return atkinson_of_logs(People(d), log_mean);
    constexpr double near = 0.1;
    const double moment_of_it = relative_moment(d, center, k);
    if (!std::isfinite(moment_of_it)) return 1.0;
    const double index = 1.0 - std::pow(moment_of_it, 1.0 / k);
    return std::abs(k) < near || index < little ? atkinson_near_logs(People(d), log_mean, k) : index;
}

}  // namespace wagefit
