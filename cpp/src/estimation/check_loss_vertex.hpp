#pragma once

#include <Eigen/Core>

namespace wagefit {

/// Sum of residual x (p - [residual < 0]).
[[nodiscard]] double check_loss(const Eigen::ArrayXd& residuals, double p);

/// Coefficients of least check loss, by simplex steps between vertices (coefficients that meet as many rows exactly as
/// there are columns), starting at the one nearest to `start`. Never worse than `start`.
/// x: shape (n, k), independent columns; y: shape (n,).
[[nodiscard]] Eigen::VectorXd best_vertex(const Eigen::MatrixXd& x, const Eigen::VectorXd& y, double p,
                                          const Eigen::VectorXd& start);

}  // namespace wagefit
