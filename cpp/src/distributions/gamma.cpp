#include "wagefit/distributions/gamma.hpp"

#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

#include "numerics/constants.hpp"
#include "wagefit/numerics/incomplete.hpp"

namespace wagefit {
Gamma::Gamma(double scale, double shape) : scale_(scale), shape_(shape) {}

double Gamma::value(double z) const { return std::isnan(z) ? z : scale_ * incomplete::gamma_inverse(shape_, z); }

double Gamma::score(double x) const {
    return x > 0.0 ? normal_score(incomplete::gamma(shape_, x / scale_)) : std::isnan(x) ? x : -infinity;
}

double Gamma::cdf(double x) const {
    return x > 0.0 ? incomplete::gamma(shape_, x / scale_).below : std::isnan(x) ? x : 0.0;
}

double Gamma::sf(double x) const {
    return x > 0.0 ? incomplete::gamma(shape_, x / scale_).above : std::isnan(x) ? x : 1.0;
}

double Gamma::log_pdf(double x) const {
    if (!(x > 0.0) || std::isinf(x)) return std::isnan(x) ? x : -infinity;
    const double y = x / scale_;
    return shape_ * std::log(y) - y - std::log(x) - boost::math::lgamma(shape_);
}

double Gamma::partial_moment(double k, double z0, double z1) const {
    const double shape = shape_ + k;
    if (shape <= 0.0) return std::isinf(z0) && z0 < z1 ? infinity : Distribution::partial_moment(k, z0, z1);
    const auto tails = [&](double z) { return incomplete::gamma(shape, incomplete::gamma_inverse(shape_, z)); };
    return std::pow(scale_, k) * incomplete::gamma_ratio(shape_, k) * between(tails(z0), tails(z1));
}

Support Gamma::support() const { return {0.0, infinity}; }

DistributionPtr Gamma::scaled(double k) const { return std::make_shared<Gamma>(k * scale_, shape_); }

}  // namespace wagefit
