#pragma once

#include <vector>

#include "wagefit/distributions/curve.hpp"

namespace wagefit {

/// Standard deviation of log wages assumed where the facts set no spread: the median over the national rows of the
/// Occupational Employment and Wage Statistics is near 0.4.
inline constexpr double typical_spread = 0.4;

/// Knots through (z, wage) with monotone slopes of log wage in z: harmonic means of neighboring secants inside (Fritsch &
/// Butland 1984), one-sided beside ties, secants at the ends, continued into the tails. `single_slope` serves a lone knot.
[[nodiscard]] CurveKnots knots_with_slopes(std::vector<double> z, std::vector<double> wage, double single_slope);

}  // namespace wagefit
