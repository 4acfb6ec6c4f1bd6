#pragma once

/// The standard normal distribution to full double precision in both tails. NaN in, NaN out; no function throws or sets
/// errno.
namespace wagefit::normal {

/// Density phi(z) = exp(-z^2 / 2) / sqrt(2 pi).
[[nodiscard]] double pdf(double z) noexcept;

/// log phi(z), finite for every finite z whose square is.
[[nodiscard]] double log_pdf(double z) noexcept;

/// Phi(z) = P(Z <= z).
[[nodiscard]] double cdf(double z) noexcept;

/// P(Z > z) = Phi(-z), with full relative precision in the upper tail.
[[nodiscard]] double sf(double z) noexcept;

/// log Phi(z), also where Phi(z) underflows.
[[nodiscard]] double log_cdf(double z) noexcept;

/// log P(Z > z), also where it underflows.
[[nodiscard]] double log_sf(double z) noexcept;

/// Phi^-1(p): -inf at 0, +inf at 1, NaN outside [0, 1].
[[nodiscard]] double quantile(double p) noexcept;

/// Phi^-1(exp(log_p)) for `log_p` <= 0, also where exp(log_p) underflows.
[[nodiscard]] double quantile_of_log(double log_p) noexcept;

/// The z with P(Z > z) = q, which is -Phi^-1(q): full precision for small `q`.
[[nodiscard]] double isf(double q) noexcept;

}  // namespace wagefit::normal
