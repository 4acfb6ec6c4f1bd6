#pragma once

/// The gamma function's logarithms where differences of log-gamma values would lose their digits.
namespace wagefit {

/// Gamma(x + d) / Gamma(x), x and x + d positive.
[[nodiscard]] double gamma_ratio(double x, double d);

/// log Gamma(1 + x), x >= 0, with full relative precision for small `x`.
[[nodiscard]] double log_gamma_of_one_plus(double x);

/// log B(p, q), p and q positive.
[[nodiscard]] double log_beta(double p, double q);

/// log (y^shape exp(-y) / Gamma(shape)), the log density of log Y at y > 0, Y a gamma variable of scale 1.
[[nodiscard]] double log_gamma_kernel(double shape, double y);

}  // namespace wagefit
