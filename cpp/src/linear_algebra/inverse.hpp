#pragma once

#include <Eigen/Core>

namespace wagefit::linear_algebra {

/// Inverse of a regular matrix, shape (n, n), by LU with partial pivoting.
[[nodiscard]] Eigen::MatrixXd inverse(const Eigen::MatrixXd& matrix);

}  // namespace wagefit::linear_algebra
