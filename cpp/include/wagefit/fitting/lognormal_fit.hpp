#pragma once

#include <optional>

#include "wagefit/distributions/lognormal.hpp"
#include "wagefit/facts/facts.hpp"

namespace wagefit {

/// A fitted lognormal. Two facts are met exactly; more are met in the least-squares sense.
struct LognormalFit {
    Lognormal distribution;
    std::optional<Lognormal>
        other_root;                     ///< the second lognormal through one quantile and the mean, where there are two
    double largest_log_residual = 0.0;  ///< over all quantiles and the mean, in log points
};

/// Greatest ratio of the p-quantile to the mean that a lognormal can have: exp(z^2 / 2), z = Phi^-1(p), above the
/// median; 1, which no lognormal attains, at and below it.
[[nodiscard]] double greatest_quantile_to_mean_ratio(double p);

/// Fits log X ~ N(log median, sigma^2).
///
/// A quantile q at z and the mean m: sigma solves sigma^2 / 2 - z sigma + log(q / m) = 0; of two positive roots the
/// smaller is taken and the other kept. Two quantiles: a line through (z, log q). More: least squares of log q_i = log
/// median + sigma z_i, together with log m = log median + sigma^2 / 2 where there is a mean, each with weight one.
///
/// Throws FactError for meaningless facts and for bounds, lower or upper, which this family cannot honor;
/// InfeasibleError when no lognormal meets two facts.
[[nodiscard]] LognormalFit fit_lognormal(const Facts& facts);

}  // namespace wagefit
