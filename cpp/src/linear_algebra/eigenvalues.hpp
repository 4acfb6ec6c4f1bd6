#pragma once

#include <Eigen/Core>
#include <optional>

namespace wagefit::linear_algebra {

struct EigenPairs {
    Eigen::VectorXd values;   ///< shape (n,), ascending
    Eigen::MatrixXd vectors;  ///< shape (n, n), orthonormal columns
};

/// Of the symmetric tridiagonal matrix with the given diagonal, shape (n,), and the elements beside it, shape (n - 1,);
/// none where the iteration does not converge.
[[nodiscard]] std::optional<EigenPairs> tridiagonal_eigenpairs(const Eigen::VectorXd& diagonal,
                                                               const Eigen::VectorXd& off_diagonal);

/// Of a symmetric matrix of shape (n, n), whose lower triangle is read.
[[nodiscard]] EigenPairs symmetric_eigenpairs(const Eigen::MatrixXd& matrix);

/// A root R, shape (n, n), with R R' = `covariance`, a symmetric matrix that is positive semidefinite up to rounding:
/// negative eigenvalues count as zero.
[[nodiscard]] Eigen::MatrixXd symmetric_root(const Eigen::MatrixXd& covariance);

}  // namespace wagefit::linear_algebra
