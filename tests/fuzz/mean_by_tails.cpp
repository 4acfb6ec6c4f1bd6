#include "mean_by_tails.hpp"

#include <algorithm>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <cmath>
#include <vector>

#include "properties.hpp"
#include "wagefit/distributions/operations.hpp"

namespace wagefit::fuzz {
namespace {

// A wage has rounding errors, by which a distribution function with a steep place moves; adaptive panels stop at 1e-10.
constexpr double tolerance = 1e-8;
constexpr double last_score = 38.0;  // nobody earns more, or less, by floating-point numbers

/// The wages at the breakpoints and at every other whole score, ascending.
std::vector<double> stops(const Distribution& d) {
    std::vector<double> scores = d.breakpoints();
    for (double z = -last_score; z <= last_score; z += 2.0) scores.push_back(z);
    std::sort(scores.begin(), scores.end());
    std::vector<double> wages;
    for (const double z : scores)
        if (std::abs(z) <= last_score) wages.push_back(d.value(z));
    return wages;
}

/// Integral of P(X > x) between two wages, over their logs in panels of which none is wide; from a wage that underflows
/// to 0, below which nobody is, what lies below 1e-17 of the higher one is nothing.
double pay_between(const Distribution& d, double low, double high) {
    constexpr unsigned most_halvings = 6;
    constexpr double widest = 8.0;  // log points
    if (low == 0.0) low = 1e-17 * high;
    const auto integrand = [&d](double log_wage) {
        const double wage = std::exp(log_wage);
        return d.sf(wage) * wage;
    };
    const double first = std::log(low), panels = std::ceil((std::log(high) - first) / widest);
    const double width = (std::log(high) - first) / panels;
    double total = 0.0;
    for (double i = 0.0; i < panels; i += 1.0)
        total += boost::math::quadrature::gauss_kronrod<double, 31>::integrate(
            integrand, first + i * width, first + (i + 1.0) * width, most_halvings, 1e-10);
    return total;
}

}  // namespace

void require_mean_by_tails(const Distribution& d) {
    const double average = mean(d), negligible = 1e-14 * average;
    const std::vector<double> wages = stops(d);
    const double last = wages.back();
    if (!std::isfinite(last) || d.sf(last) * last > negligible) return;  // a mean that nobody's wage comes near
    double total = wages.front();
    for (std::size_t i = 1; i < wages.size(); ++i)
        if (d.sf(wages[i - 1]) * (wages[i] - wages[i - 1]) > negligible)
            total += pay_between(d, wages[i - 1], wages[i]);
    require(std::abs(total - average) <= tolerance * average, "the mean is the integral of the upper tail", total);
}

}  // namespace wagefit::fuzz
