#include "wagefit/numerics/incomplete.hpp"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

#include "numerics/constants.hpp"

namespace wagefit::incomplete {
namespace {

using namespace boost::math::policies;
using Policy =
    policy<promote_double<false>, domain_error<ignore_error>, pole_error<ignore_error>, overflow_error<ignore_error>,
           underflow_error<ignore_error>, denorm_error<ignore_error>, evaluation_error<ignore_error>>;

constexpr double far = 36.0;      // |z| beyond which Phi nears the smallest doubles and leading terms serve
constexpr int polish_rounds = 2;  // Newton steps in logs bring an inverse good to 1e-8 to rounding error

/// Newton on log P(t) = log target, t = log of the argument; `slope(t)` is dP/dt.
template <class Probability, class Slope>
double polished(double t, double target, Probability&& probability, Slope&& slope) {
    for (int round = 0; round < polish_rounds; ++round) {
        const double p = probability(t), dp = slope(t);
        const double step = p / dp * std::log(target / p);
        if (!std::isfinite(step) || std::abs(step) > 1.0) return t;
        t += step;
    }
    return t;
}

/// y with y - (shape - 1) log y = `depth`, a large number: Q(shape, y) by the leading term of its asymptotic series.
double far_upper_gamma(double shape, double depth) {
    double y = depth;
    for (int round = 0; round < 50; ++round) y = std::max(depth + (shape - 1.0) * std::log(y), 1.0);
    return y;
}

}  // namespace

TwoTails beta(double p, double q, double log_odds) {
    using namespace boost::math;
    if (log_odds <= 0.0) {
        const double y = std::exp(log_odds), u = y / (1.0 + y);
        return {ibeta(p, q, u, Policy()), ibetac(p, q, u, Policy())};
    }
    const double y = std::exp(-log_odds), v = y / (1.0 + y);
    return {ibetac(q, p, v, Policy()), ibeta(q, p, v, Policy())};
}

double beta_log_odds(double p, double q, double z) {
    if (std::isinf(z)) return z;
    const bool is_lower = z <= 0.0;
    const double constant = log_beta(p, q);
    if (z < -far) return (normal::log_cdf(z) + std::log(p) + constant) / p;
    if (z > far) return -(normal::log_sf(z) + std::log(q) + constant) / q;
    const double target = is_lower ? normal::cdf(z) : normal::sf(z);
    double v = 0.0;
    const double u = is_lower ? boost::math::ibeta_inv(p, q, target, &v, Policy())
                              : boost::math::ibetac_inv(p, q, target, &v, Policy());
    const double sign = is_lower ? 1.0 : -1.0;
    const auto tail = [&](double t) { return is_lower ? beta(p, q, t).below : beta(p, q, t).above; };
    const auto slope = [&](double t) {
        return sign * std::exp(-p * std::log1p(std::exp(-t)) - q * std::log1p(std::exp(t)) - constant);
    };
    return polished(std::log(u) - std::log(v), target, tail, slope);
}

TwoTails gamma(double shape, double y) {
    if (std::isinf(y)) return {1.0, 0.0};
    return {boost::math::gamma_p(shape, y, Policy()), boost::math::gamma_q(shape, y, Policy())};
}

double gamma_inverse(double shape, double z) {
    if (std::isinf(z)) return z > 0.0 ? z : 0.0;
    const bool is_lower = z <= 0.0;
    if (z < -far) return std::exp((normal::log_cdf(z) + boost::math::lgamma(shape + 1.0, Policy())) / shape);
    if (z > far) return far_upper_gamma(shape, -normal::log_sf(z) - boost::math::lgamma(shape, Policy()));
    const double target = is_lower ? normal::cdf(z) : normal::sf(z);
    const double y = is_lower ? boost::math::gamma_p_inv(shape, target, Policy())
                              : boost::math::gamma_q_inv(shape, target, Policy());
    if (!(y > 0.0)) return 0.0;
    const double constant = boost::math::lgamma(shape, Policy()), sign = is_lower ? 1.0 : -1.0;
    const auto tail = [&](double t) {
        const TwoTails tails = gamma(shape, std::exp(t));
        return is_lower ? tails.below : tails.above;
    };
    const auto slope = [&](double t) { return sign * std::exp(shape * t - std::exp(t) - constant); };
    return std::exp(polished(std::log(y), target, tail, slope));
}

double gamma_ratio(double x, double d) { return 1.0 / boost::math::tgamma_delta_ratio(x, d, Policy()); }

double log_beta(double p, double q) {
    using boost::math::lgamma;
    return lgamma(p, Policy()) + lgamma(q, Policy()) - lgamma(p + q, Policy());
}

}  // namespace wagefit::incomplete
