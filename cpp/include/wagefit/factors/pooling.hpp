#pragma once

#include <optional>
#include <vector>

namespace wagefit {

/// One source's reading of an effect, such as a log pay ratio.
struct Reading {
    double effect;
    double error;  ///< standard error of `effect`, > 0
};

/// What a number of sources say together, by the random-effects model effect_i = mu + u_i + e_i, Var(u_i) = tau^2,
/// Var(e_i) = error_i^2.
struct Pooled {
    double effect;                ///< mu
    double error;                 ///< standard error of mu
    double degrees_of_freedom;    ///< of the t distribution of (mu - effect) / error; infinite for the normal
    double tau_squared;           ///< variance between sources
    double q;                     ///< Cochran's Q, sum of squared standardized distances from the fixed-effect mean
    double q_p_value;             ///< P(chi-squared with k - 1 degrees of freedom > Q); NaN for one source
    double i_squared;             ///< part of the variance of a typical reading that is between sources, in [0, 1]
    std::vector<double> weights;  ///< of the sources in mu, sum one, shape (k,)
};

/// Throws FactError, naming the reading, unless effects are finite and errors finite and positive.
void validate(const std::vector<Reading>& readings);

/// Logarithm of the restricted likelihood of `tau_squared`, up to a constant.
[[nodiscard]] double restricted_log_likelihood(const std::vector<Reading>& readings, double tau_squared);

/// The tau^2 >= 0 where the restricted likelihood is greatest: the best of all its maxima on a fine grid, then the root
/// of its derivative.
[[nodiscard]] double reml_tau_squared(const std::vector<Reading>& readings);

/// mu and its error for a given `tau_squared`, by the t distribution of Knapp and Hartung (2003, Statistics in Medicine
/// 22:2693). As in Jackson et al. (2017, Statistics in Medicine 36:3923) their variance factor is never taken below
/// one. With one reading the error is the reading's own and the distribution the normal one.
[[nodiscard]] Pooled pool_given_variance(const std::vector<Reading>& readings, double tau_squared);

/// mu and its error for the REML estimate of tau^2; see pool_given_variance.
[[nodiscard]] Pooled pool_by_reml(const std::vector<Reading>& readings);

/// Posterior of mu under a flat prior for it and a half-normal prior of scale `prior_scale` for tau: mixture over tau
/// of normal laws (Roever 2020, Journal of Statistical Software 93(6)).
class PooledPosterior {
public:
    /// `prior_scale` > 0, in the unit of the effects.
    PooledPosterior(const std::vector<Reading>& readings, double prior_scale);

    /// Posterior mean and standard deviation of mu, posterior mean of tau^2, posterior mean weights.
    [[nodiscard]] const Pooled& summary() const noexcept { return summary_; }

    /// P(mu <= x).
    [[nodiscard]] double cdf(double x) const;

    /// The x with cdf(x) = `p`, inside (0, 1).
    [[nodiscard]] double quantile(double p) const;

private:
    struct Component {
        double weight, mean, deviation;
    };
    std::vector<Component> components_;
    Pooled summary_;
};

/// P(T <= t) of Student's distribution, and its inverse; the normal one for infinite degrees of freedom.
[[nodiscard]] double student_cdf(double t, double degrees_of_freedom);
[[nodiscard]] double student_quantile(double p, double degrees_of_freedom);

}  // namespace wagefit
