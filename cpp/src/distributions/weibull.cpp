#include "wagefit/distributions/weibull.hpp"

#include <cmath>

#include "distributions/size_biased.hpp"
#include "numerics/constants.hpp"
#include "numerics/log_quotient.hpp"
#include "numerics/log_tail.hpp"
#include "wagefit/distributions/gamma.hpp"
#include "wagefit/numerics/incomplete_gamma.hpp"

namespace wagefit {
Weibull::Weibull(double scale, double shape) : scale_(scale), shape_(shape) {}

double Weibull::value(double z) const {
    if (z < -log_tail::far) return std::exp(log_value(z));
    return scale_ * std::pow(-normal::log_sf(z), 1.0 / shape_);
}

double Weibull::log_value(double z) const {
    const double log_depth = z < -log_tail::far ? normal::log_cdf(z) : std::log(-normal::log_sf(z));
    return std::log(scale_) + log_depth / shape_;
}

double Weibull::score(double x) const {
    if (!(x > 0.0)) return std::isnan(x) ? x : -infinity;
    const TwoTails tails{cdf(x), sf(x)};
    if (tails.below < log_tail::least) return normal::quantile_of_log(shape_ * log_quotient(x, scale_));
    if (tails.above < log_tail::least) return -normal::quantile_of_log(-std::pow(x / scale_, shape_));
    return normal_score(tails);
}

double Weibull::cdf(double x) const {
    return x > 0.0 ? -std::expm1(-std::pow(x / scale_, shape_)) : std::isnan(x) ? x : 0.0;
}

double Weibull::sf(double x) const {
    return x > 0.0 ? std::exp(-std::pow(x / scale_, shape_)) : std::isnan(x) ? x : 1.0;
}

double Weibull::log_pdf(double x) const {
    if (!(x > 0.0) || std::isinf(x)) return std::isnan(x) ? x : -infinity;
    const double t = shape_ * log_quotient(x, scale_);
    return std::log(shape_) - std::log(x) + t - std::exp(t);
}

double Weibull::partial_moment(double k, double z0, double z1) const {
    const double shape = 1.0 + k / shape_;
    if (shape <= 0.0) return std::isinf(z0) && z0 < z1 ? infinity : Distribution::partial_moment(k, z0, z1);
    const auto tails = [shape](double z) { return incomplete::gamma(shape, -normal::log_sf(z)); };
    return std::pow(scale_, k) * std::tgamma(shape) * between(tails(z0), tails(z1));
}

/// (X / scale)^shape is exponential among people and a gamma variable of shape 1 + 1 / shape among dollars.
ExpectationNodes Weibull::pay_nodes() const {
    ExpectationNodes nodes = Gamma(1.0, 1.0 + 1.0 / shape_).nodes();
    for (std::size_t i = 0; i < nodes.value.size(); ++i) {
        nodes.value[i] = scale_ * std::pow(nodes.value[i], 1.0 / shape_);
        nodes.log_value[i] = std::log(scale_) + nodes.log_value[i] / shape_;
    }
    return nodes;
}

double Weibull::half_mean_difference() const {
    return std::isinf(std::tgamma(1.0 + 1.0 / shape_)) ? infinity : half_mean_difference_of_pay(*this);
}

Support Weibull::support() const { return {0.0, infinity}; }

DistributionPtr Weibull::scaled(double k) const { return std::make_shared<Weibull>(k * scale_, shape_); }

}  // namespace wagefit
