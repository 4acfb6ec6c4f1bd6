#pragma once

#include <cstddef>

namespace wagefit {

/// A function of a distribution at a wage.
enum class PointMeasure : unsigned char { cdf, sf, density };

/// The people whose pay is summed: those below, or those above, a normal score.
enum class PaySide : unsigned char { below, above };

/// What is summed over a whole distribution. The Gini coefficient alone would cost as much as both.
enum class Summary : unsigned char { mean, mean_and_gini };

/// How many numbers a summary has.
[[nodiscard]] constexpr std::size_t n_values(Summary what) { return what == Summary::mean ? 1 : 2; }

}  // namespace wagefit
