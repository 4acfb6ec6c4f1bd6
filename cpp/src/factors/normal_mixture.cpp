#include "wagefit/factors/normal_mixture.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "numerics/constants.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/facts/text.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

/// Below this a probability loses digits to underflow and its logarithm is summed instead.
constexpr double least_probability = 1e-280;

/// Rounding allowance for weights that should sum to one.
constexpr double weight_tolerance = 1e-9;

/// Newton's error squares each time: a step this small, in units of the spread, leaves one far below rounding.
constexpr double last_newton_step = 1e-8;

DiscreteRule validated(DiscreteRule components) {
    const auto& [means, weights] = components;
    if (means.size() == 0 || means.size() != weights.size())
        throw FactError("means and weights: got lengths " + std::to_string(means.size()) + " and " +
                        std::to_string(weights.size()) + ", expected one non-zero length");
    if (!means.allFinite()) throw FactError("means: got nan or inf, expected finite numbers");
    if (!(weights >= 0.0).all()) throw FactError("weights: got a negative number or nan, expected none");
    if (!(std::abs(weights.sum() - 1.0) <= weight_tolerance))
        throw FactError("weights: got the sum " + number(weights.sum()) + ", expected 1");
    return components;
}

double validated_spread(double spread) {
    if (!(spread > 0.0) || !std::isfinite(spread))
        throw FactError("spread is " + number(spread) + "; expected a finite number above 0");
    return spread;
}

/// The z > 0 with log(1 - Phi(z)) = `log_tail`, by Newton's iteration on the concave log-tail from its leading term.
double isf_of_log(double log_tail) {
    double z = std::sqrt(-2.0 * log_tail);
    for (int i = 0; i < 8; ++i) {
        const double at = normal::log_sf(z);
        z += (at - log_tail) * std::exp(at - normal::log_pdf(z));
    }
    return z;
}

}  // namespace

NormalMixture::NormalMixture(DiscreteRule components, double spread)
    : components_(validated(std::move(components))), spread_(validated_spread(spread)) {
    const auto& [means, weights] = components_;
    lowest_ = (weights > 0.0).select(means, infinity).minCoeff();
    highest_ = (weights > 0.0).select(means, -infinity).maxCoeff();
    mean_ = (weights * means).sum();
    variance_ = spread_ * spread_ + (weights * (means - mean_).square()).sum();
}

NormalMixture::NormalMixture(double mean, double spread)
    : NormalMixture({Eigen::ArrayXd::Constant(1, mean), Eigen::ArrayXd::Ones(1)}, spread) {}

template <class Function>
double NormalMixture::sum(double x, Function&& f) const {
    double total = 0.0;
    for (Eigen::Index k = 0; k < components_.points.size(); ++k)
        total += components_.weights[k] * f((x - components_.points[k]) / spread_);
    return total;
}

template <class Function>
double NormalMixture::log_sum(double x, Function&& log_f) const {
    const double nearest = std::clamp(x, lowest_, highest_);
    const double largest = log_f((x - nearest) / spread_);
    if (!std::isfinite(largest)) return largest;
    return largest + std::log(sum(x, [&](double z) { return std::exp(log_f(z) - largest); }));
}

double NormalMixture::cdf(double x) const { return sum(x, normal::cdf); }

double NormalMixture::sf(double x) const { return sum(x, normal::sf); }

double NormalMixture::pdf(double x) const { return sum(x, normal::pdf) / spread_; }

double NormalMixture::log_pdf(double x) const {
    const double density = pdf(x);
    return density > least_probability ? std::log(density) : log_sum(x, normal::log_pdf) - std::log(spread_);
}

double NormalMixture::score(double x) const {
    if (lowest_ == highest_ || std::isinf(x)) return (x - lowest_) / spread_;
    const double lower = cdf(x);
    if (lower <= 0.5)
        return lower > least_probability ? normal::quantile(lower) : -isf_of_log(log_sum(x, normal::log_cdf));
    const double upper = sf(x);
    return upper > least_probability ? normal::isf(upper) : isf_of_log(log_sum(x, normal::log_sf));
}

double NormalMixture::inverse(double z) const {
    double low = lowest_ + spread_ * z;
    double high = highest_ + spread_ * z;
    if (low == high || std::isinf(z)) return low;
    double x = std::clamp(mean_ + z * std::sqrt(variance_), low, high);
    for (int i = 0; i < 100; ++i) {
        const double at = score(x);
        (at < z ? low : high) = x;
        const double step = (z - at) * std::exp(normal::log_pdf(at) - log_pdf(x));
        if (std::abs(step) <= last_newton_step * spread_) return x + step;
        const double next = x + step;
        x = next > low && next < high ? next : 0.5 * (low + high);
    }
    return x;
}

}  // namespace wagefit
