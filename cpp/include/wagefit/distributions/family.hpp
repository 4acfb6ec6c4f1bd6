#pragma once

#include <span>
#include <string_view>

#include "wagefit/distributions/distribution.hpp"

namespace wagefit {

/// A parametric family of wage distributions. Each has a scale, in dollars a year, and positive shapes:
///
/// | family            | parameters        | P(X <= x)                                   |
/// | lognormal         | median, sigma     | Phi(log(x / median) / sigma)                |
/// | weibull           | scale, shape      | 1 - exp(-(x / scale)^shape)                 |
/// | gamma             | scale, shape      | P(shape, x / scale)                         |
/// | loglogistic       | scale, a          | u,  u = y / (1 + y), y = (x / scale)^a      |
/// | singh_maddala     | scale, a, q       | 1 - (1 + y)^-q                              |
/// | dagum             | scale, a, p       | u^p                                         |
/// | generalized_beta2 | scale, a, p, q    | I_u(p, q)                                   |
///
/// P and I are the regularized incomplete gamma and beta functions. Kleiber & Kotz (2003), Statistical Size
/// Distributions in Economics and Actuarial Sciences, chapters 4-6.
enum class Family : unsigned char { lognormal, weibull, gamma, loglogistic, singh_maddala, dagum, generalized_beta2 };

inline constexpr int family_count = 7;

/// The family's name at the user's edge, such as "singh-maddala" or "gb2".
[[nodiscard]] std::string_view name(Family family) noexcept;

/// Names of the parameters in their order, scale first.
[[nodiscard]] std::span<const std::string_view> parameter_names(Family family) noexcept;

/// The distribution with these parameters, all finite and positive, in the order of `parameter_names`.
[[nodiscard]] DistributionPtr make_distribution(Family family, std::span<const double> parameters);

}  // namespace wagefit
