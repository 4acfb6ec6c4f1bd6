#pragma once

#include "wagefit/numerics/probability.hpp"

/// The regularized incomplete gamma function P(shape, y), shape positive, and its inverse.
namespace wagefit::incomplete {

/// P(shape, y) and Q(shape, y), y >= 0.
[[nodiscard]] TwoTails gamma(double shape, double y);

/// Normal score of P(shape, y).
[[nodiscard]] double gamma_score(double shape, double y);

/// y at which P(shape, y) is Phi(z), 0 where it underflows.
[[nodiscard]] double gamma_inverse(double shape, double z);

/// Its logarithm, also where y underflows.
[[nodiscard]] double log_gamma_inverse(double shape, double z);

}  // namespace wagefit::incomplete
