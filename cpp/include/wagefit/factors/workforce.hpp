#pragma once

#include <vector>

#include "wagefit/factors/factor.hpp"
#include "wagefit/numerics/gauss_rule.hpp"

namespace wagefit {

/// Log effects by factor and level, in the order of the factors' levels.
using Effects = std::vector<std::vector<double>>;

/// The law of one factor's log effect over the workforce.
[[nodiscard]] DiscreteRule effect_law(const Factor& factor, const std::vector<double>& effects);

/// The law of the sum of two independent log effects, as at most `nodes` Gauss nodes: the sum's first 2 nodes - 1
/// moments are kept, so that smoothing it by a normal residual loses nothing.
[[nodiscard]] DiscreteRule sum_of(const DiscreteRule& a, const DiscreteRule& b, Eigen::Index nodes);

/// Laws of factor sums over a workforce whose factors are independent (a stated assumption).
struct WorkforceSums {
    DiscreteRule all;                  ///< every factor
    std::vector<DiscreteRule> others;  ///< every factor but the one at this position
};

[[nodiscard]] WorkforceSums workforce_sums(const std::vector<DiscreteRule>& laws, Eigen::Index nodes);

}  // namespace wagefit
