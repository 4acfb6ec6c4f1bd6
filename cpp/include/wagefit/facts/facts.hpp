#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace wagefit {

/// A statement about the quantile function at probability `p`, 0 < p < 1: Q(p) = value, or Q(p) >= value for a bound.
struct QuantileFact {
    double p;
    double value;
};

/// Published statements about one cell's wages, in one unit (dollars a year by default).
struct Facts {
    std::vector<QuantileFact> quantiles;  ///< ascending in p
    std::vector<QuantileFact> at_least;   ///< one-sided bounds such as top codes, ascending in p
    std::optional<double> mean;
    std::optional<double> mean_at_least;  ///< a mean that is itself above the top code
    double lower = 0.0;                   ///< no wage lies below, such as a minimum wage
    double upper = std::numeric_limits<double>::infinity();
};

/// Sorts quantiles and bounds by probability.
[[nodiscard]] Facts ordered(Facts facts);

/// Throws FactError naming the argument, the value and what was expected, unless each fact is meaningful by itself:
/// finite positive wages, probabilities in (0, 1), none of them given twice, something that sets a scale.
/// Whether the facts agree with each other is the question of feasibility.hpp.
void validate(const Facts& facts);

/// What `validate` would throw, or nothing.
[[nodiscard]] std::optional<std::string> first_problem(const Facts& facts);

/// The smallest quantile function that meets the quantiles and bounds: ascending steps, each holding from its `p` to
/// the next, starting from `lower` at p = 0.
[[nodiscard]] std::vector<QuantileFact> lower_steps(const Facts& facts);

}  // namespace wagefit
