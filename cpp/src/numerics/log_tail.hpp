#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include "wagefit/numerics/normal.hpp"

/// Inverses of a probability P(t) that rises or falls (`sign` 1 or -1) with a log-concave density in t: P is then
/// log-concave too, and Newton's method in log P finds its way from anywhere.
namespace wagefit::log_tail {

inline constexpr double far = 36.0;      ///< |z| from which on Phi nears the smallest doubles: probabilities in logs
inline constexpr double least = 1e-290;  ///< a probability below is taken in logs

/// The normal score beyond which lies `weight` times the probability beyond `z`, also where both underflow.
inline double reweighted(double z, double weight) {
    return -normal::quantile_of_log(std::min(normal::log_sf(z) + std::log(weight), 0.0));
}

/// Where P(t) = `target`, from a start near the root; `slope(t)` is the density. NaN where steps do not settle.
template <class Probability, class Slope>
double polished(double t, double target, Probability&& probability, Slope&& slope) {
    constexpr double settled = 1e-8;  // relative error in P before a step; after it the square is left
    for (int round = 0; round < 8; ++round) {
        const double p = probability(t), off = std::log(target / p), step = p / slope(t) * off;
        if (!(std::abs(step) <= 1.0)) break;
        t += step;
        if (std::abs(off) < settled) return t;
    }
    return std::numeric_limits<double>::quiet_NaN();
}

/// Where log P(t) = `target`.
template <class LogProbability, class LogSlope>
double solved(double t, double target, double sign, LogProbability&& log_probability, LogSlope&& log_slope) {
    constexpr double rounding = 4.0 * std::numeric_limits<double>::epsilon(), longest = 2.0;
    for (int round = 0; round < 400; ++round) {
        const double at = log_probability(t);
        const double step = std::clamp(sign * (target - at) * std::exp(at - log_slope(t)), -longest, longest);
        t += step;
        if (!(std::abs(step) > rounding * std::max(1.0, std::abs(t)))) break;
    }
    return t;
}

}  // namespace wagefit::log_tail
