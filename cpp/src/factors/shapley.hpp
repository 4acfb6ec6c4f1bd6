#pragma once

#include <Eigen/Core>
#include <vector>

namespace wagefit {

/// Shapley values of the product game v(S) = base * product over S of ratio: what each ratio adds, averaged over all
/// orders in which the ratios can be applied. They sum to base * (product of all ratios - 1).
///
/// phi_j = base (r_j - 1) * integral over [0, 1] of product_{k != j} (1 + t (r_k - 1)) dt, the multilinear extension of
/// Owen (1972), exact by Gauss-Legendre quadrature with ceil(n / 2) nodes.
[[nodiscard]] std::vector<double> product_shapley(double base, const std::vector<double>& ratios);

/// Their derivatives: element (j, k) is d phi_j / d r_k, shape (n, n).
[[nodiscard]] Eigen::MatrixXd product_shapley_gradient(double base, const std::vector<double>& ratios);

}  // namespace wagefit
