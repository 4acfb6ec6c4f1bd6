#pragma once

#include <Eigen/Core>

#include "fitting/cell.hpp"

namespace wagefit {

/// What a cell's parent adds to the prior mean of its log slopes, shape (n_segments,), which depends on whether a mean
/// wage is known: the parent's own departures as far as parts share them, and in the upper tail what tells of a part
/// that pays more, or more unequally, than the parent. Empty where the cell has no parent.
[[nodiscard]] Eigen::VectorXd borrowed_slopes(const Cell& cell, bool has_mean);

}  // namespace wagefit
