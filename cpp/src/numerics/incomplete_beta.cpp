#include "wagefit/numerics/incomplete_beta.hpp"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>

#include "numerics/log_tail.hpp"
#include "numerics/softplus.hpp"
#include "numerics/special_policy.hpp"
#include "wagefit/numerics/gamma_function.hpp"

namespace wagefit::incomplete {
namespace {

/// log odds below which I_u(p, q) is y^p / (p B(p, q)) to rounding error: the next factor is 1 - (p + q) p / (p + 1) y.
double power_law_end(double p, double q) { return -38.0 - std::log(std::max(p + q, 1.0)); }

/// log (p B(p, q)).
double log_norm(double p, double q) { return std::log(p) + log_beta(p, q); }

/// log density of the log odds.
double log_kernel(double p, double q, double log_odds) {
    return -p * softplus(-log_odds) - q * softplus(log_odds) - log_beta(p, q);
}

/// I_u(p, q) p B(p, q) / (u^p (1 - u)^q) for u well below p / (p + q): Lentz's method on Press et al. (2007), Numerical
/// Recipes, 6.4.5.
double beta_fraction(double p, double q, double u) {
    constexpr double rounding = 1e-16;
    double c = 1.0, d = 1.0 / (1.0 - (p + q) * u / (p + 1.0)), product = d;
    const auto advance = [&](double term) {
        d = 1.0 / (1.0 + term * d);
        c = 1.0 + term / c;
        product *= c * d;
    };
    for (int m = 1; m < 10'000; ++m) {
        const double twice = p + 2.0 * m;
        advance(m * (q - m) * u / ((twice - 1.0) * twice));
        advance(-(p + m) * (p + q + m) * u / (twice * (twice + 1.0)));
        if (std::abs(c * d - 1.0) < rounding) break;
    }
    return product;
}

/// log I_u(p, q) far in the lower tail.
double log_far_below(double p, double q, double log_odds) {
    if (log_odds < power_law_end(p, q)) return p * log_odds - log_norm(p, q);
    const double u = std::exp(-softplus(-log_odds));
    return log_kernel(p, q, log_odds) - std::log(p) + std::log(beta_fraction(p, q, u));
}

/// log odds at which I_u(p, q), or for `sign` -1 its complement, is the small probability exp(`log_target`).
double inverse_from(double start, double p, double q, double sign, double log_target) {
    const auto log_probability = [&](double t) {
        return sign > 0.0 ? log_beta_below(p, q, t) : log_beta_below(q, p, -t);
    };
    return log_tail::solved(start, log_target, sign, log_probability, [&](double t) { return log_kernel(p, q, t); });
}

/// log odds at which I_u(p, q) is Phi(z), at a score where probabilities need no logs.
double near_inverse(double p, double q, double z) {
    const bool is_lower = z <= 0.0;
    const double target = is_lower ? normal::cdf(z) : normal::sf(z), sign = is_lower ? 1.0 : -1.0;
    double v = 0.0;
    const double u = is_lower ? boost::math::ibeta_inv(p, q, target, &v, SpecialPolicy())
                              : boost::math::ibetac_inv(p, q, target, &v, SpecialPolicy());
    const double start = std::log(u) - std::log(v);
    const auto tail = [&](double t) { return is_lower ? beta(p, q, t).below : beta(p, q, t).above; };
    const double t =
        log_tail::polished(start, target, tail, [&](double at) { return sign * std::exp(log_kernel(p, q, at)); });
    if (!std::isnan(t)) return t;
    return inverse_from(std::isfinite(start) ? start : std::log(p / q), p, q, sign, std::log(target));
}

}  // namespace

TwoTails beta(double p, double q, double log_odds) {
    constexpr double usual = 600.0;  // |log odds| beyond which u or 1 - u nears the smallest doubles
    if (log_odds > 0.0) {
        const TwoTails mirrored = beta(q, p, -log_odds);
        return {mirrored.above, mirrored.below};
    }
    if (log_odds < -usual) {
        const double log_below = p * log_odds - log_norm(p, q);
        return {std::exp(log_below), -std::expm1(log_below)};
    }
    const double y = std::exp(log_odds), u = y / (1.0 + y);
    return {boost::math::ibeta(p, q, u, SpecialPolicy()), boost::math::ibetac(p, q, u, SpecialPolicy())};
}

double log_beta_below(double p, double q, double log_odds) {
    const TwoTails tails = beta(p, q, log_odds);
    if (tails.below > 0.5) return std::log1p(-tails.above);
    return tails.below > log_tail::least ? std::log(tails.below) : log_far_below(p, q, log_odds);
}

double beta_score(double p, double q, double log_odds) {
    const TwoTails tails = beta(p, q, log_odds);
    if (std::min(tails.below, tails.above) > log_tail::least) return normal_score(tails);
    return tails.below < tails.above ? normal::quantile_of_log(log_far_below(p, q, log_odds))
                                     : -normal::quantile_of_log(log_far_below(q, p, -log_odds));
}

double beta_log_odds(double p, double q, double z) {
    if (std::isinf(z)) return z;
    const double lower = (normal::log_cdf(z) + log_norm(p, q)) / p, upper = -(normal::log_sf(z) + log_norm(q, p)) / q;
    if (lower < power_law_end(p, q)) return lower;
    if (upper > -power_law_end(q, p)) return upper;
    if (z < -log_tail::far) return inverse_from(near_inverse(p, q, -log_tail::far), p, q, 1.0, normal::log_cdf(z));
    if (z > log_tail::far) return inverse_from(near_inverse(p, q, log_tail::far), p, q, -1.0, normal::log_sf(z));
    return near_inverse(p, q, z);
}

}  // namespace wagefit::incomplete
