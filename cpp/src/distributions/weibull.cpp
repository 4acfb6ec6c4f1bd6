#include "wagefit/distributions/weibull.hpp"

#include <cmath>

#include "numerics/constants.hpp"
#include "wagefit/numerics/incomplete.hpp"

namespace wagefit {
Weibull::Weibull(double scale, double shape) : scale_(scale), shape_(shape) {}

double Weibull::value(double z) const { return scale_ * std::pow(-normal::log_sf(z), 1.0 / shape_); }

double Weibull::score(double x) const {
    return x > 0.0 ? normal_score({cdf(x), sf(x)}) : std::isnan(x) ? x : -infinity;
}

double Weibull::cdf(double x) const {
    return x > 0.0 ? -std::expm1(-std::pow(x / scale_, shape_)) : std::isnan(x) ? x : 0.0;
}

double Weibull::sf(double x) const {
    return x > 0.0 ? std::exp(-std::pow(x / scale_, shape_)) : std::isnan(x) ? x : 1.0;
}

double Weibull::log_pdf(double x) const {
    if (!(x > 0.0) || std::isinf(x)) return std::isnan(x) ? x : -infinity;
    const double t = shape_ * std::log(x / scale_);
    return std::log(shape_) - std::log(x) + t - std::exp(t);
}

double Weibull::partial_moment(double k, double z0, double z1) const {
    const double shape = 1.0 + k / shape_;
    if (shape <= 0.0) return std::isinf(z0) && z0 < z1 ? infinity : Distribution::partial_moment(k, z0, z1);
    const auto tails = [shape](double z) { return incomplete::gamma(shape, -normal::log_sf(z)); };
    return std::pow(scale_, k) * std::tgamma(shape) * between(tails(z0), tails(z1));
}

Support Weibull::support() const { return {0.0, infinity}; }

DistributionPtr Weibull::scaled(double k) const { return std::make_shared<Weibull>(k * scale_, shape_); }

}  // namespace wagefit
