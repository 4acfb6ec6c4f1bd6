#pragma once

#include "wagefit/distributions/distribution.hpp"

namespace wagefit {

/// Half the mean difference of a continuous distribution from its mean and its pay_nodes: E[X (F(X) - S(X))], which
/// converges over dollars however heavy the upper tail is.
[[nodiscard]] double half_mean_difference_of_pay(const Distribution& d);

}  // namespace wagefit
