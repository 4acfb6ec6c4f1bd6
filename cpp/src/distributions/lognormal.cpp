#include "wagefit/distributions/lognormal.hpp"

#include <cmath>

#include "distributions/exponential_tail.hpp"
#include "numerics/constants.hpp"
#include "numerics/log_quotient.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/facts/text.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

void require_positive(const char* argument, double value) {
    if (!(std::isfinite(value) && value > 0.0))
        throw FactError(std::string(argument) + " is " + number(value) + "; expected a finite number above 0");
}

}  // namespace

Lognormal::Lognormal(double median, double sigma) : median_(median), sigma_(sigma) {
    require_positive("median", median);
    require_positive("sigma", sigma);
}

double Lognormal::value(double z) const { return median_ * std::exp(sigma_ * z); }

double Lognormal::log_value(double z) const { return std::log(median_) + sigma_ * z; }

double Lognormal::score(double x) const {
    if (x <= 0.0) return -infinity;
    return std::isinf(x) ? x : log_quotient(x, median_) / sigma_;
}

double Lognormal::log_pdf(double x) const {
    if (!(x > 0.0) || std::isinf(x)) return std::isnan(x) ? x : -infinity;
    return normal::log_pdf(score(x)) - std::log(x) - std::log(sigma_);
}

double Lognormal::partial_moment(double k, double z0, double z1) const {
    return std::pow(median_, k) * exponential_partial_mean(k * sigma_, 0.0, z0, z1);
}

double Lognormal::half_mean_difference() const {
    const double mean = median_ * std::exp(0.5 * sigma_ * sigma_);
    return mean * std::erf(0.5 * sigma_);
}

ExpectationNodes Lognormal::pay_nodes() const {
    ExpectationNodes nodes = this->nodes();
    for (std::size_t i = 0; i < nodes.value.size(); ++i) {
        nodes.log_value[i] += sigma_ * sigma_;  // dollars are distributed as people are, shifted by that
        nodes.value[i] = std::exp(nodes.log_value[i]);
    }
    return nodes;
}

Support Lognormal::support() const { return {0.0, infinity}; }

DistributionPtr Lognormal::scaled(double k) const { return std::make_shared<Lognormal>(k * median_, sigma_); }

}  // namespace wagefit
