#pragma once

#include <string>

#include "wagefit/facts/facts.hpp"

namespace wagefit {

/// Why no distribution can satisfy a set of facts.
enum class Infeasibility {
    none,
    decreasing_quantiles,
    quantile_below_bound,   ///< a quantile below an at_least bound of the same or a lower probability
    outside_support,        ///< a quantile, bound or mean outside [lower, upper]
    mean_too_low,           ///< at or below the least mean that the other facts allow
    mean_too_high,          ///< at or above the greatest
    bounded_mean_too_high,  ///< the mean's own lower bound is at or above the greatest mean
};

/// Open interval of the means that a distribution meeting all other facts can have.
struct MeanInterval {
    double lower;
    double upper;
};

/// The verdict and its certificate.
struct Feasibility {
    Infeasibility reason = Infeasibility::none;
    double p_low = 0.0;  ///< the clashing facts' probabilities, where the reason is about quantiles
    double p_high = 0.0;
    MeanInterval mean{0.0, 0.0};

    [[nodiscard]] bool feasible() const noexcept { return reason == Infeasibility::none; }
};

/// Means between which a distribution that meets the quantiles, bounds and support exists:
/// above sum (p_{i+1} - p_i) q_i from `lower` up, below the mirror sum from `upper` down.
/// The ends are attained only by point masses at the published figures, hence excluded.
[[nodiscard]] MeanInterval feasible_mean(const Facts& facts);

/// Whether any distribution satisfies `facts` (valid and ordered).
[[nodiscard]] Feasibility check_feasibility(const Facts& facts);

/// One sentence naming the facts that clash and, for a mean, the interval it would have to be in.
[[nodiscard]] std::string explain(const Feasibility& verdict, const Facts& facts);

}  // namespace wagefit
