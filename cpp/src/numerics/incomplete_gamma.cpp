#include "wagefit/numerics/incomplete_gamma.hpp"

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/special_functions/log1p.hpp>
#include <cmath>

#include "numerics/constants.hpp"
#include "numerics/log_tail.hpp"
#include "numerics/special_policy.hpp"
#include "wagefit/numerics/gamma_function.hpp"

namespace wagefit::incomplete {
namespace {

constexpr double large_shape = 1e6;         // from which on two terms of Temme's expansion reach rounding error
constexpr int fraction_terms = 100;         // of a continued fraction; in the far tails 30 reach rounding error
constexpr double end_of_power_law = -38.0;  // log y below which P(shape, y) is y^shape / Gamma(1 + shape)

/// P(shape, y) is near Phi(score), and its density that of the normal distribution times a correction: Q(shape, y) =
/// P(Z > score) + correction phi(score). Temme (1979), SIAM Journal on Mathematical Analysis 10(4), 757-766.
struct NormalForm {
    double score, correction;
};

NormalForm normal_form(double shape, double y) {
    const double excess = (y - shape) / shape;
    const double eta = std::copysign(std::sqrt(-2.0 * boost::math::log1pmx(excess, SpecialPolicy())), excess);
    const double e = std::clamp(eta, -0.05, 0.05);  // |eta| sqrt(shape) of 50 and more is beyond the smallest doubles
    const double first = -1.0 / 3.0 + e * (1.0 / 12.0 - e * (2.0 / 135.0 - e * (1.0 / 864.0 + e / 2835.0)));
    const double second = -1.0 / 540.0 - e * (1.0 / 288.0 - e / 378.0);
    return {eta * std::sqrt(shape), (first + second / shape) / std::sqrt(shape)};
}

double log_large_above(double shape, double y) {
    const NormalForm form = normal_form(shape, y);
    const double log_sf = normal::log_sf(form.score);
    return log_sf + std::log1p(form.correction * std::exp(normal::log_pdf(form.score) - log_sf));
}

double log_large_below(double shape, double y) {
    const NormalForm form = normal_form(shape, y);
    const double log_cdf = normal::log_cdf(form.score);
    return log_cdf + std::log1p(-form.correction * std::exp(normal::log_pdf(form.score) - log_cdf));
}

/// log P(shape, y) where it is below 1e-290, by Norlund's fraction: DLMF 13.6(iv) with a = 1.
double log_far_below(double shape, double y) {
    if (shape > large_shape) return log_large_below(shape, y);
    double tail = 0.0;
    for (int n = fraction_terms; n > 0; --n) tail = n * y / (shape + n - y + tail);
    return log_gamma_kernel(shape, y) - std::log(shape - y + tail);
}

/// log Q(shape, y) where it is below 1e-290, by Legendre's fraction: DLMF 8.9.2.
double log_far_above(double shape, double y) {
    if (shape > large_shape) return log_large_above(shape, y);
    double tail = 0.0;
    for (int n = fraction_terms; n > 0; --n) tail = n * (n - shape) / (y + 2 * n + 1 - shape - tail);
    return log_gamma_kernel(shape, y) - std::log(y + 1.0 - shape - tail);
}

double log_below(double shape, double y) {
    const TwoTails tails = gamma(shape, y);
    if (tails.below > 0.5) return std::log1p(-tails.above);
    return tails.below > log_tail::least ? std::log(tails.below) : log_far_below(shape, y);
}

double log_above(double shape, double y) {
    const TwoTails tails = gamma(shape, y);
    if (tails.above > 0.5) return std::log1p(-tails.below);
    return tails.above > log_tail::least ? std::log(tails.above) : log_far_above(shape, y);
}

/// y = `unit` exp(t) at which P, or for `sign` -1 Q, is the small probability exp(`log_target`); t is 0 at `unit`.
double inverse_from(double unit, double shape, double sign, double log_target) {
    const auto log_probability = [&](double t) {
        return sign > 0.0 ? log_below(shape, unit * std::exp(t)) : log_above(shape, unit * std::exp(t));
    };
    const auto log_slope = [&](double t) { return log_gamma_kernel(shape, unit * std::exp(t)); };
    return unit * std::exp(log_tail::solved(0.0, log_target, sign, log_probability, log_slope));
}

/// An approximate inverse: Temme's eta is z / sqrt(shape) for large shapes.
double start_near(double shape, double z) {
    if (shape > large_shape) {
        const double eta = z / std::sqrt(shape);
        return shape * (1.0 + eta * (1.0 + eta / 3.0));
    }
    return z <= 0.0 ? boost::math::gamma_p_inv(shape, normal::cdf(z), SpecialPolicy())
                    : boost::math::gamma_q_inv(shape, normal::sf(z), SpecialPolicy());
}

/// y at which P(shape, y) is Phi(z), at a score where probabilities need no logs.
double near_inverse(double shape, double z) {
    const bool is_lower = z <= 0.0;
    const double target = is_lower ? normal::cdf(z) : normal::sf(z), sign = is_lower ? 1.0 : -1.0;
    const double start = start_near(shape, z);
    const double unit = start > 0.0 && std::isfinite(start) ? start : std::max(shape, 1e-16);
    const auto tail = [&](double t) {
        const TwoTails tails = gamma(shape, unit * std::exp(t));
        return is_lower ? tails.below : tails.above;
    };
    const auto slope = [&](double t) { return sign * std::exp(log_gamma_kernel(shape, unit * std::exp(t))); };
    const double t = log_tail::polished(0.0, target, tail, slope);
    return std::isnan(t) ? inverse_from(unit, shape, sign, std::log(target)) : unit * std::exp(t);
}

/// log y by the power law of the lower tail, which holds where it is below end_of_power_law.
double power_law(double shape, double z) { return (normal::log_cdf(z) + log_gamma_of_one_plus(shape)) / shape; }

}  // namespace

TwoTails gamma(double shape, double y) {
    if (!(y > 0.0)) return {0.0, 1.0};
    if (std::isinf(y)) return {1.0, 0.0};
    if (shape > large_shape) return {std::exp(log_large_below(shape, y)), std::exp(log_large_above(shape, y))};
    return {boost::math::gamma_p(shape, y, SpecialPolicy()), boost::math::gamma_q(shape, y, SpecialPolicy())};
}

double gamma_score(double shape, double y) {
    const TwoTails tails = gamma(shape, y);
    if (std::min(tails.below, tails.above) > log_tail::least || !(y > 0.0) || std::isinf(y)) return normal_score(tails);
    return tails.below < tails.above ? normal::quantile_of_log(log_far_below(shape, y))
                                     : -normal::quantile_of_log(log_far_above(shape, y));
}

double gamma_inverse(double shape, double z) {
    if (std::isinf(z)) return z > 0.0 ? z : 0.0;
    const double log_small = power_law(shape, z);
    if (log_small < end_of_power_law) return std::exp(log_small);
    if (z < -log_tail::far) return inverse_from(near_inverse(shape, -log_tail::far), shape, 1.0, normal::log_cdf(z));
    if (z > log_tail::far) return inverse_from(near_inverse(shape, log_tail::far), shape, -1.0, normal::log_sf(z));
    return near_inverse(shape, z);
}

double log_gamma_inverse(double shape, double z) {
    if (std::isinf(z)) return z;
    const double log_small = power_law(shape, z);
    return log_small < end_of_power_law ? log_small : std::log(gamma_inverse(shape, z));
}

}  // namespace wagefit::incomplete
