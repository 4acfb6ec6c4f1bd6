#pragma once

#include "wagefit/numerics/probability.hpp"

/// Regularized incomplete functions and their inverses, both tails at once.
namespace wagefit::incomplete {

/// I_u(p, q) and its complement at u = y / (1 + y), log y = `log_odds`; p, q > 0.
[[nodiscard]] TwoTails beta(double p, double q, double log_odds);

/// log(u / (1 - u)) at which I_u(p, q) is Phi(z).
[[nodiscard]] double beta_log_odds(double p, double q, double z);

/// P(shape, y) and Q(shape, y), y >= 0.
[[nodiscard]] TwoTails gamma(double shape, double y);

/// y at which P(shape, y) is Phi(z).
[[nodiscard]] double gamma_inverse(double shape, double z);

/// Gamma(x + d) / Gamma(x), x and x + d positive.
[[nodiscard]] double gamma_ratio(double x, double d);

/// log B(p, q).
[[nodiscard]] double log_beta(double p, double q);

}  // namespace wagefit::incomplete
