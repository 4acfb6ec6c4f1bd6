#pragma once

#include <Eigen/Core>

namespace wagefit {

/// The non-decreasing, concave values at `x` that are nearest to `y` in weighted squares: sum_i w_i (fit_i - y_i)^2 is
/// least. Between the x the fit is a concave line of straight pieces c + sum_j b_j min(x - x_0, x_j - x_0), b_j >= 0,
/// found by the active-set method of Lawson and Hanson (1974, Solving Least Squares Problems, chapter 23).
///
/// `x` strictly ascending, at least 2; `y` finite; `weights` finite and positive; all of shape (n,). FactError
/// otherwise.
[[nodiscard]] Eigen::VectorXd fit_concave(const Eigen::VectorXd& x, const Eigen::VectorXd& y,
                                          const Eigen::VectorXd& weights);

/// The b >= 0 for which |A b - y| is least.
[[nodiscard]] Eigen::VectorXd non_negative_least_squares(const Eigen::MatrixXd& a, const Eigen::VectorXd& y);

}  // namespace wagefit
