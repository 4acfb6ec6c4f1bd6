#pragma once

#include <array>
#include <cstddef>

/// The learned numbers of `shape_prior()`; python/embed/shape_prior writes their definitions.
namespace wagefit::shape_prior_table {

inline constexpr std::size_t n_knots = 24;

extern const std::array<double, n_knots> z;  ///< normal scores, ascending
extern const std::array<double, n_knots> mean;
extern const std::array<double, n_knots> mean_alone;
extern const std::array<double, n_knots> mean_by_scale;
extern const std::array<double, n_knots> interval_factor;
extern const std::array<double, n_knots * n_knots> shape;  ///< symmetric, so that rows are columns

}  // namespace wagefit::shape_prior_table
