#include "wagefit/distributions/gamma.hpp"

#include <cmath>

#include "distributions/size_biased.hpp"
#include "numerics/constants.hpp"
#include "wagefit/numerics/gamma_function.hpp"
#include "wagefit/numerics/incomplete_gamma.hpp"

namespace wagefit {
Gamma::Gamma(double scale, double shape) : scale_(scale), shape_(shape) {}

double Gamma::value(double z) const { return std::isnan(z) ? z : scale_ * incomplete::gamma_inverse(shape_, z); }

double Gamma::log_value(double z) const {
    return std::isnan(z) ? z : std::log(scale_) + incomplete::log_gamma_inverse(shape_, z);
}

double Gamma::score(double x) const {
    return x > 0.0 ? incomplete::gamma_score(shape_, x / scale_) : std::isnan(x) ? x : -infinity;
}

double Gamma::cdf(double x) const {
    return x > 0.0 ? incomplete::gamma(shape_, x / scale_).below : std::isnan(x) ? x : 0.0;
}

double Gamma::sf(double x) const {
    return x > 0.0 ? incomplete::gamma(shape_, x / scale_).above : std::isnan(x) ? x : 1.0;
}

double Gamma::log_pdf(double x) const {
    if (!(x > 0.0) || std::isinf(x)) return std::isnan(x) ? x : -infinity;
    return log_gamma_kernel(shape_, x / scale_) - std::log(x);
}

double Gamma::partial_moment(double k, double z0, double z1) const {
    const double shape = shape_ + k;
    if (shape <= 0.0) return std::isinf(z0) && z0 < z1 ? infinity : Distribution::partial_moment(k, z0, z1);
    const auto tails = [&](double z) { return incomplete::gamma(shape, incomplete::gamma_inverse(shape_, z)); };
    return std::pow(scale_, k) * gamma_ratio(shape_, k) * between(tails(z0), tails(z1));
}

ExpectationNodes Gamma::pay_nodes() const { return Gamma(scale_, shape_ + 1.0).nodes(); }

double Gamma::half_mean_difference() const { return half_mean_difference_of_pay(*this); }

/// With a small shape the power law of the lower tail ends near y = 1, within a distance that is short in normal
/// scores.
std::vector<double> Gamma::breakpoints() const {
    constexpr double small = 0.5;
    if (shape_ > small) return {};
    std::vector<double> scores;
    for (const double log_y : {-30.0, -10.0, -3.0, 0.0, 2.0})
        scores.push_back(incomplete::gamma_score(shape_, std::exp(log_y)));
    return scores;
}

Support Gamma::support() const { return {0.0, infinity}; }

DistributionPtr Gamma::scaled(double k) const { return std::make_shared<Gamma>(k * scale_, shape_); }

}  // namespace wagefit
