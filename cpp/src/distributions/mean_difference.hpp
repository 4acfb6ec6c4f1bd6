#pragma once

#include <span>

#include "wagefit/distributions/distribution.hpp"

namespace wagefit {

/// Half the mean absolute difference of two draws of a mixture, the integral of F (1 - F) dx, to 1e-11 of itself.
///
/// The integral of F is a sum over the parts; that of F^2 is not, but it is the sum of squares of F's Legendre
/// coefficients on panels of wages (Parseval), and these are sums over the parts. So the work grows as the number of
/// parts. Left out are the squares of coefficients beyond a panel's last, and panels are split until those are
/// negligible, whether F has a kink, a jump or a pole of its density inside.
[[nodiscard]] double half_mean_difference(std::span<const MixturePart> parts);

}  // namespace wagefit
