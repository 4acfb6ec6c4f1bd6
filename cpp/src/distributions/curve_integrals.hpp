#pragma once

namespace wagefit {

/// How far beyond the end knot at `distance` from 0 a tail whose log rises by at most `slope` a score adds anything to
/// its integral: d with exp(slope d) phi(distance + d) / phi(distance) = e^-46. The integrals of a curve itself,
/// partial moments and half the mean difference, are members of Curve.
[[nodiscard]] double felt_distance(double distance, double slope);

}  // namespace wagefit
