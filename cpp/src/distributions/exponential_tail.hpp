#pragma once

#include <vector>

namespace wagefit {

/// log P(a < Z < b) for a standard normal Z and a < b, without cancellation in either tail.
[[nodiscard]] double log_probability_between(double a, double b);

/// E[exp(c (Z - origin)); a < Z < b] = exp(c^2/2 - c origin) P(a - c < Z < b - c): partial moments of log-linear
/// pieces.
[[nodiscard]] double exponential_partial_mean(double c, double origin, double a, double b);

/// Distances from a tail's knot that resolve exp(-rate |z - knot|) for quadrature; none where panels of width 1 do.
[[nodiscard]] std::vector<double> tail_layers(double rate);

}  // namespace wagefit
