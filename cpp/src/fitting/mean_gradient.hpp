#pragma once

#include <Eigen/Core>

#include "fitting/cell.hpp"
#include "wagefit/distributions/curve.hpp"

namespace wagefit {

/// Derivatives of the log mean in the log slopes of a cell's segments, shape (n_segments,), at the log wages `g` of its
/// knots, shape (n,), and the `curve` through them. Segments between two facts keep the sum of their rises.
[[nodiscard]] Eigen::VectorXd log_mean_gradient(const Cell& cell, const Eigen::VectorXd& g, const Curve& curve);

}  // namespace wagefit
