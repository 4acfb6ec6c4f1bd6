#pragma once

#include "wagefit/distributions/distribution.hpp"
#include "wagefit/distributions/inequality.hpp"

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

/// Square root of the variance, also where the square of a wage would overflow or underflow; infinity where the
/// variance is.
[[nodiscard]] double standard_deviation(const Distribution& d);

/// Mean wage of the people between the probabilities `p0` < `p1`.
[[nodiscard]] double mean_between(const Distribution& d, double p0, double p1);

/// ppf(p1) / ppf(p0), p1 the first argument, as in "the 90/10 ratio".
[[nodiscard]] double quantile_ratio(const Distribution& d, double p1, double p0);

/// Mean and variance of log wages.
struct LogMoments {
    double mean;
    double variance;
};
[[nodiscard]] LogMoments log_moments(const Distribution& d);

}  // namespace wagefit
