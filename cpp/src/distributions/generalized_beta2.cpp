#include "wagefit/distributions/generalized_beta2.hpp"

#include <algorithm>
#include <cmath>

#include "distributions/size_biased.hpp"
#include "numerics/constants.hpp"
#include "numerics/log_quotient.hpp"
#include "numerics/log_tail.hpp"
#include "numerics/softplus.hpp"
#include "wagefit/numerics/gamma_function.hpp"
#include "wagefit/numerics/incomplete_beta.hpp"

namespace wagefit {
namespace {

/// log(exp(t) - 1), t > 0.
double log_expm1(double t) { return t > 40.0 ? t : std::log(std::expm1(t)); }

/// Both sides at log y = `log_odds`; closed forms where p or q is 1.
TwoTails tails(double p, double q, double log_odds) {
    if (std::isinf(log_odds)) return log_odds > 0.0 ? TwoTails{1.0, 0.0} : TwoTails{0.0, 1.0};
    if (q == 1.0) {
        const double log_below = -p * softplus(-log_odds);
        return {std::exp(log_below), -std::expm1(log_below)};
    }
    if (p == 1.0) {
        const double log_above = -q * softplus(log_odds);
        return {-std::expm1(log_above), std::exp(log_above)};
    }
    return incomplete::beta(p, q, log_odds);
}

}  // namespace

GeneralizedBeta2::GeneralizedBeta2(Family family, double scale, double a, double p, double q)
    : family_(family), scale_(scale), a_(a), p_(p), q_(q) {}

std::vector<double> GeneralizedBeta2::parameters() const {
    switch (family_) {
        case Family::loglogistic:
            return {scale_, a_};
        case Family::singh_maddala:
            return {scale_, a_, q_};
        case Family::dagum:
            return {scale_, a_, p_};
        default:
            return {scale_, a_, p_, q_};
    }
}

double GeneralizedBeta2::log_odds(double z) const {
    if (std::isinf(z)) return z;
    constexpr double far = log_tail::far;  // beyond, the other tail's probability underflows
    if (q_ == 1.0) return z > far ? std::log(p_) - normal::log_sf(z) : -log_expm1(-normal::log_cdf(z) / p_);
    if (p_ == 1.0) return z < -far ? normal::log_cdf(z) - std::log(q_) : log_expm1(-normal::log_sf(z) / q_);
    return incomplete::beta_log_odds(p_, q_, z);
}

double GeneralizedBeta2::value(double z) const { return std::isnan(z) ? z : scale_ * std::exp(log_odds(z) / a_); }

double GeneralizedBeta2::log_value(double z) const { return std::isnan(z) ? z : std::log(scale_) + log_odds(z) / a_; }

double GeneralizedBeta2::log_odds_of(double x) const { return a_ * log_quotient(x, scale_); }

double GeneralizedBeta2::score(double x) const {
    if (!(x > 0.0) || std::isinf(x)) return x > 0.0 || std::isnan(x) ? x : -infinity;
    const double t = log_odds_of(x);
    const TwoTails both = tails(p_, q_, t);
    if (std::min(both.below, both.above) > log_tail::least) return normal_score(both);
    return both.below < both.above ? normal::quantile_of_log(incomplete::log_beta_below(p_, q_, t))
                                   : -normal::quantile_of_log(incomplete::log_beta_below(q_, p_, -t));
}

double GeneralizedBeta2::cdf(double x) const {
    return x > 0.0 ? tails(p_, q_, log_odds_of(x)).below : std::isnan(x) ? x : 0.0;
}

double GeneralizedBeta2::sf(double x) const {
    return x > 0.0 ? tails(p_, q_, log_odds_of(x)).above : std::isnan(x) ? x : 1.0;
}

double GeneralizedBeta2::log_pdf(double x) const {
    if (!(x > 0.0) || std::isinf(x)) return std::isnan(x) ? x : -infinity;
    const double t = log_odds_of(x);
    return std::log(a_) - std::log(x) - p_ * softplus(-t) - q_ * softplus(t) - log_beta(p_, q_);
}

/// E[X^k]; in logs where a factor leaves the floating-point numbers.
double GeneralizedBeta2::whole_moment(double k) const {
    const double shift = k / a_, p = p_ + shift, q = q_ - shift;
    const double power = std::pow(scale_, k), up = gamma_ratio(p_, shift), down = gamma_ratio(q, shift);
    const bool has_all_digits = std::isnormal(power) && std::isnormal(up) && std::isnormal(down);
    if (const double product = power * up / down; has_all_digits && std::isnormal(product)) return product;
    return std::exp(k * std::log(scale_) + (log_beta(p, q) - log_beta(p_, q_)));
}

double GeneralizedBeta2::partial_moment(double k, double z0, double z1) const {
    const double shift = k / a_, p = p_ + shift, q = q_ - shift;
    if ((p <= 0.0 && std::isinf(z0)) || (q <= 0.0 && std::isinf(z1))) return z0 < z1 ? infinity : 0.0;
    if (p <= 0.0 || q <= 0.0) return Distribution::partial_moment(k, z0, z1);
    return whole_moment(k) * between(tails(p, q, log_odds(z0)), tails(p, q, log_odds(z1)));
}

/// Dollars are distributed as people are with the same scale and a: McDonald (1984).
ExpectationNodes GeneralizedBeta2::pay_nodes() const {
    const double shift = 1.0 / a_;
    return GeneralizedBeta2(Family::generalized_beta2, scale_, a_, p_ + shift, q_ - shift).nodes();
}

double GeneralizedBeta2::half_mean_difference() const {
    return q_ * a_ > 1.0 ? half_mean_difference_of_pay(*this) : infinity;
}

/// With small p and q two power laws meet at log y = 0, within a distance that is short in normal scores.
std::vector<double> GeneralizedBeta2::breakpoints() const {
    constexpr double small = 0.5;
    if (std::min(p_, q_) > small) return {};
    std::vector<double> scores;
    for (const double t : {-30.0, -10.0, -3.0, 0.0, 3.0, 10.0, 30.0})
        scores.push_back(incomplete::beta_score(p_, q_, t));
    return scores;
}

Support GeneralizedBeta2::support() const { return {0.0, infinity}; }

DistributionPtr GeneralizedBeta2::scaled(double k) const {
    return std::make_shared<GeneralizedBeta2>(family_, k * scale_, a_, p_, q_);
}

}  // namespace wagefit
