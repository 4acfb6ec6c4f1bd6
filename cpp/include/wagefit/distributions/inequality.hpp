#pragma once

#include "wagefit/distributions/distribution.hpp"

/// Who earns how much of all pay. Where the mean is infinite the top earns all: the Gini and Atkinson indices are 1,
/// Theil's index is infinite.
namespace wagefit {

/// Share of all pay earned by the lowest `p` of people (Lorenz curve; Gastwirth 1971).
[[nodiscard]] double lorenz(const Distribution& d, double p);

/// Share of all pay earned by the highest `fraction` of people, without cancellation for small fractions.
[[nodiscard]] double top_share(const Distribution& d, double fraction);

/// Gini coefficient, half the relative mean difference.
[[nodiscard]] double gini(const Distribution& d);

/// Theil's T index, E[(X/mean) log(X/mean)].
[[nodiscard]] double theil(const Distribution& d);

/// Atkinson index with inequality aversion `epsilon` >= 0 (Atkinson 1970); 1 - exp(E log X) / mean at epsilon = 1.
[[nodiscard]] double atkinson(const Distribution& d, double epsilon);

}  // namespace wagefit
