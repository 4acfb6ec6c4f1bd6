#pragma once

#include "fitting/cell.hpp"
#include "fitting/mean_gradient.hpp"
#include "fitting/slope_values.hpp"

namespace wagefit {

/// The standard normal density at the 15 Gauss-Legendre nodes of each segment between knots at the scores `z`, shape
/// (15, n - 1), in the order in which log_curve takes the nodes.
[[nodiscard]] Eigen::MatrixXd node_densities(const Eigen::VectorXd& z);

/// E[exp g(Z)] of the cell's `curve` through `g`, shape (n_knots,), the logs of its wages relative to the facts'
/// reference: at least one segment. Ties have no end slopes, and the segments beside them their own chord's.
[[nodiscard]] mean_gradient::LogCurve<SlopeValues> log_curve(const Cell& cell, const SlopeValues& g,
                                                             const Curve& curve);

}  // namespace wagefit
