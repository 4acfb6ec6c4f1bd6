#include "wagefit/distributions/operations.hpp"

#include <cmath>
#include <limits>

#include "distributions/expectation.hpp"
#include "numerics/constants.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

bool is_probability(double p) { return p >= 0.0 && p <= 1.0; }

}  // namespace

double pdf(const Distribution& d, double x) { return d.density(x); }

double log_cdf(const Distribution& d, double x) { return normal::log_cdf(d.score(x)); }

double log_sf(const Distribution& d, double x) { return normal::log_sf(d.score(x)); }

double ppf(const Distribution& d, double p) {
    if (!is_probability(p)) return nan;
    if (p == 0.0) return d.support().lower;
    return p == 1.0 ? d.support().upper : d.value(normal::quantile(p));
}

double isf(const Distribution& d, double q) {
    if (!is_probability(q)) return nan;
    if (q == 0.0) return d.support().upper;
    return q == 1.0 ? d.support().lower : d.value(normal::isf(q));
}

double moment(const Distribution& d, double k) {
    if (!std::isfinite(k)) return nan;
    return k == 0.0 ? 1.0 : d.partial_moment(k, -infinity, infinity);
}

double mean(const Distribution& d) { return moment(d, 1.0); }

double standard_deviation(const Distribution& d) {
    const double center = mean(d);
    if (std::isinf(center)) return infinity;
    constexpr double wide = 2.0;  // E X^2 over the squared mean; below it a difference of the two loses digits
    const double ratio = relative_moment(d, center, 2.0);
    if (ratio > wide) return center * std::sqrt(ratio - 1.0);
    const auto square = [center](double x, double) { return std::pow(x / center - 1.0, 2.0); };
    return center * std::sqrt(People(d).expectation(square));
}

double variance(const Distribution& d) { return std::pow(standard_deviation(d), 2.0); }

double mean_between(const Distribution& d, double p0, double p1) {
    if (!(is_probability(p0) && is_probability(p1) && p0 < p1)) return nan;
    return d.partial_moment(1.0, normal::quantile(p0), normal::quantile(p1)) / (p1 - p0);
}

double quantile_ratio(const Distribution& d, double p1, double p0) { return ppf(d, p1) / ppf(d, p0); }

LogMoments log_moments(const Distribution& d) {
    const People people(d);
    const double center = d.log_value(0.0);
    const double first = people.expectation([center](double, double log_x) { return log_x - center; });
    const auto square = [&](double, double log_x) { return std::pow(log_x - center - first, 2); };
    const double second = people.expectation(square);
    return {center + first, second};
}

}  // namespace wagefit
