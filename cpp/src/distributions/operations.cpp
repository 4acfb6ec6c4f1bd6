#include "wagefit/distributions/operations.hpp"

#include <cmath>
#include <limits>

#include "numerics/constants.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

bool is_probability(double p) { return p >= 0.0 && p <= 1.0; }

template <class Function>
double expectation(const ExpectationNodes& nodes, Function&& f) {
    double total = 0.0;
    for (std::size_t i = 0; i < nodes.value.size(); ++i)
        if (nodes.weight[i] > 0.0 && nodes.value[i] > 0.0) total += nodes.weight[i] * f(nodes.value[i]);
    return total;
}

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

double variance(const Distribution& d) {
    const double center = mean(d);
    return expectation(d.nodes(), [center](double x) { return (x - center) * (x - center); });
}

double mean_between(const Distribution& d, double p0, double p1) {
    if (!(is_probability(p0) && is_probability(p1) && p0 < p1)) return nan;
    return d.partial_moment(1.0, normal::quantile(p0), normal::quantile(p1)) / (p1 - p0);
}

double lorenz(const Distribution& d, double p) {
    return is_probability(p) ? d.partial_moment(1.0, -infinity, normal::quantile(p)) / mean(d) : nan;
}

double top_share(const Distribution& d, double fraction) {
    return is_probability(fraction) ? d.partial_moment(1.0, normal::isf(fraction), infinity) / mean(d) : nan;
}

double gini(const Distribution& d) { return d.half_mean_difference() / mean(d); }

double theil(const Distribution& d) {
    const double center = mean(d);
    return expectation(d.nodes(), [center](double x) { return x > 0.0 ? x / center * std::log(x / center) : 0.0; });
}

double atkinson(const Distribution& d, double epsilon) {
    if (!(epsilon >= 0.0)) return nan;
    const double center = mean(d);
    if (epsilon == 1.0) return -std::expm1(expectation(d.nodes(), [center](double x) { return std::log(x / center); }));
    const double power = 1.0 - epsilon;
    return 1.0 - std::pow(moment(d, power), 1.0 / power) / center;
}

double quantile_ratio(const Distribution& d, double p1, double p0) { return ppf(d, p1) / ppf(d, p0); }

LogMoments log_moments(const Distribution& d) {
    const ExpectationNodes nodes = d.nodes();
    const double center = std::log(d.value(0.0));
    const auto deviation = [center](double x) { return std::log(x) - center; };
    const double first = expectation(nodes, deviation);
    const double second = expectation(nodes, [&](double x) { return std::pow(deviation(x) - first, 2); });
    return {center + first, second};
}

}  // namespace wagefit
