#pragma once

#include "wagefit/distributions/distribution.hpp"

/// What users ask of any distribution. Wages are in the distribution's own unit; probabilities are in [0, 1], and an
/// argument outside gives NaN.
namespace wagefit {

[[nodiscard]] double pdf(const Distribution& d, double x);
[[nodiscard]] double log_cdf(const Distribution& d, double x);
[[nodiscard]] double log_sf(const Distribution& d, double x);
[[nodiscard]] double ppf(const Distribution& d, double p);
[[nodiscard]] double isf(const Distribution& d, double q);

[[nodiscard]] double moment(const Distribution& d, double k);
[[nodiscard]] double mean(const Distribution& d);
[[nodiscard]] double variance(const Distribution& d);

/// Mean wage of the people between the probabilities `p0` < `p1`.
[[nodiscard]] double mean_between(const Distribution& d, double p0, double p1);

/// Share of all pay earned by the lowest `p` of people (Lorenz curve; Gastwirth 1971).
[[nodiscard]] double lorenz(const Distribution& d, double p);

/// Share of all pay earned by the highest `fraction` of people, without cancellation for small fractions.
[[nodiscard]] double top_share(const Distribution& d, double fraction);

/// Gini coefficient, half the relative mean difference.
[[nodiscard]] double gini(const Distribution& d);

/// Theil's T index, E[(X/mean) log(X/mean)].
[[nodiscard]] double theil(const Distribution& d);

/// Atkinson index with inequality aversion `epsilon` >= 0 (Atkinson 1970); 1 - exp(E log X) / mean at epsilon = 1.
[[nodiscard]] double atkinson(const Distribution& d, double epsilon);

/// ppf(p1) / ppf(p0), p1 the first argument, as in "the 90/10 ratio".
[[nodiscard]] double quantile_ratio(const Distribution& d, double p1, double p0);

/// Mean and variance of log wages.
struct LogMoments {
    double mean;
    double variance;
};
[[nodiscard]] LogMoments log_moments(const Distribution& d);

}  // namespace wagefit
