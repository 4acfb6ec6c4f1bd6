#pragma once

/// Student's t distribution with any positive number of degrees of freedom, the normal distribution where it is
/// infinite. NaN where an argument is NaN or out of range; no function throws.
namespace wagefit::student_t {

/// P(T > t), with full relative precision in the upper tail.
[[nodiscard]] double sf(double t, double freedom) noexcept;

/// The t with P(T <= t) = p: -inf at 0, +inf at 1.
[[nodiscard]] double quantile(double p, double freedom) noexcept;

}  // namespace wagefit::student_t
