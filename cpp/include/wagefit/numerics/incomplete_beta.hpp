#pragma once

#include "wagefit/numerics/probability.hpp"

/// The regularized incomplete beta function I_u(p, q), p and q positive, at u = y / (1 + y): a probability as a
/// function of the log odds, log y, which say how near u is to 0 or to 1 where u itself no longer can.
namespace wagefit::incomplete {

/// I_u(p, q) and its complement.
[[nodiscard]] TwoTails beta(double p, double q, double log_odds);

/// log I_u(p, q), also where it underflows; log(1 - I_u(p, q)) is log_beta_below(q, p, -log_odds).
[[nodiscard]] double log_beta_below(double p, double q, double log_odds);

/// Normal score of I_u(p, q).
[[nodiscard]] double beta_score(double p, double q, double log_odds);

/// log odds at which I_u(p, q) is Phi(z).
[[nodiscard]] double beta_log_odds(double p, double q, double z);

}  // namespace wagefit::incomplete
