#pragma once

#include <Eigen/Core>
#include <optional>

namespace wagefit::linear_algebra {

/// Cholesky factor L of a positive definite matrix of shape (n, n), whose lower triangle is read: matrix = L L'.
class Cholesky {
public:
    explicit Cholesky(const Eigen::MatrixXd& matrix);

    /// Inverse of the matrix, shape (n, n).
    [[nodiscard]] Eigen::MatrixXd inverse() const;
    /// L x, of shape (n,) as `x` is.
    [[nodiscard]] Eigen::VectorXd times(const Eigen::VectorXd& x) const;
    /// Solution x of L x = right, of shape (n,) as `right` is.
    [[nodiscard]] Eigen::VectorXd whitened(const Eigen::VectorXd& right) const;

private:
    Eigen::MatrixXd factor_;  // in its lower triangle
};

/// Inverse of a symmetric matrix, shape (n, n); none where it is not positive definite or the reciprocal of its
/// condition number in the 1-norm is below `least_reciprocal_condition`.
[[nodiscard]] std::optional<Eigen::MatrixXd> inverse_of_definite(const Eigen::MatrixXd& matrix,
                                                                 double least_reciprocal_condition);

/// Solution x, shape (n,), of matrix x = right for a symmetric matrix of shape (n, n) that need not be definite, by its
/// factorization L D L' without square roots.
[[nodiscard]] Eigen::VectorXd solve_symmetric(const Eigen::MatrixXd& matrix, const Eigen::VectorXd& right);

}  // namespace wagefit::linear_algebra
