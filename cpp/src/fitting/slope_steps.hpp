#pragma once

#include <cmath>

/// The steps of searches for the most plausible log slopes, of single cells and of lanes of them.
namespace wagefit::slope_steps {

inline constexpr double longest = 0.7;     ///< of a departure
inline constexpr double plausible = 1e-9;  ///< of the logs of the rises: the facts themselves are met whatever is left
/// Of the logs of rises and mean: the most plausible slopes are found to a thousandth, and the shortest way to the
/// facts is left.
inline constexpr double near = 1e-3;

/// The part of the way to the most plausible slopes that step `i` goes. Where these move with every step, damping
/// settles on some that meet the facts.
inline double freedom(int i) { return i < 8 ? 1.0 : std::pow(0.8, i - 7); }

}  // namespace wagefit::slope_steps
