#pragma once

#include "wagefit/distributions/distribution.hpp"

namespace wagefit::fuzz {

/// Throws Violation unless the mean is what an independent quadrature makes of the upper tail: the lowest wage and the
/// integral of P(X > x) over all wages above it, adaptively between the wages at the curve's breakpoints. It shares
/// neither nodes nor integrand with the library, which integrates wages over normal scores.
void require_mean_by_tails(const Distribution& d);

}  // namespace wagefit::fuzz
