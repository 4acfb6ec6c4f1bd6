#pragma once

#include "wagefit/numerics/gauss_rule.hpp"

namespace wagefit {

/// Normal laws of one common spread, mixed: F(x) = sum_k weight_k Phi((x - mean_k) / spread).
///
/// The law of a log-wage index: the means are the factor sums, `spread` is the residual's standard deviation.
class NormalMixture {
public:
    /// `components.points` are the means, finite; the weights are non-negative with sum one, `spread` is finite and
    /// positive; FactError otherwise.
    NormalMixture(DiscreteRule components, double spread);

    /// A single normal law.
    NormalMixture(double mean, double spread);

    [[nodiscard]] double cdf(double x) const;
    [[nodiscard]] double sf(double x) const;
    [[nodiscard]] double pdf(double x) const;
    [[nodiscard]] double log_pdf(double x) const;

    /// The normal score Phi^-1(F(x)), accurate in both tails, also where F or 1 - F underflows.
    [[nodiscard]] double score(double x) const;

    /// The x whose score is `z`. Newton's iteration on the score, which is nearly linear, kept in a bracket.
    [[nodiscard]] double inverse(double z) const;

    [[nodiscard]] double mean() const noexcept { return mean_; }
    [[nodiscard]] double variance() const noexcept { return variance_; }

    /// Means and weights.
    [[nodiscard]] const DiscreteRule& components() const noexcept { return components_; }
    [[nodiscard]] double spread() const noexcept { return spread_; }

private:
    /// sum_k weight_k f((x - mean_k) / spread).
    template <class Function>
    [[nodiscard]] double sum(double x, Function&& f) const;

    /// Its logarithm from log f, where f may underflow.
    template <class Function>
    [[nodiscard]] double log_sum(double x, Function&& log_f) const;

    DiscreteRule components_;
    double spread_;
    double lowest_;
    double highest_;
    double mean_;
    double variance_;
};

}  // namespace wagefit
