#pragma once

#include <Eigen/Core>

namespace wagefit {

/// Sum of residual x (p - [residual < 0]).
[[nodiscard]] double check_loss(const Eigen::ArrayXd& residuals, double p);

/// Coefficients of least check loss, by simplex steps between vertices (coefficients that meet as many rows exactly as
/// there are columns), starting at the one nearest to `start`. Where several vertices have the least loss it is one of
/// the lowest sum of fitted values x'coefficients that level edges lead to: for a constant alone inf{y: F(y) >= p}.
/// x: shape (n, k), independent columns; y: shape (n,). ConvergenceError where the steps do not settle.
[[nodiscard]] Eigen::VectorXd best_vertex(const Eigen::MatrixXd& x, const Eigen::VectorXd& y, double p,
                                          const Eigen::VectorXd& start);

}  // namespace wagefit
