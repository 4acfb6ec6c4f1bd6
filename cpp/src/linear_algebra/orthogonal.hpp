#pragma once

#include <Eigen/Core>

namespace wagefit::linear_algebra {

/// x = q r for a matrix x of shape (n, k), n >= k.
struct OrthogonalFactors {
    Eigen::MatrixXd q;  ///< shape (n, k), orthonormal columns
    Eigen::MatrixXd r;  ///< shape (k, k), upper triangular
};

/// By Householder reflections, without pivoting.
[[nodiscard]] OrthogonalFactors orthogonal_factors(const Eigen::MatrixXd& x);

/// Solution x, shape (k,), of r x = right for an upper triangular matrix of shape (k, k).
[[nodiscard]] Eigen::VectorXd solve_upper(const Eigen::MatrixXd& r, const Eigen::VectorXd& right);

/// Least squares solution, shape (k,), of x b = y for shapes (n, k) and (n,), by QR with pivoting of columns.
[[nodiscard]] Eigen::VectorXd least_squares_solution(const Eigen::MatrixXd& x, const Eigen::VectorXd& y);

/// Least squares solution, shape (2,), of two columns, by QR with pivoting.
[[nodiscard]] Eigen::Vector2d least_squares_line(const Eigen::MatrixX2d& x, const Eigen::VectorXd& y);

/// Moore and Penrose's inverse, shape (n, n), of a matrix of shape (n, n), by a complete orthogonal decomposition.
/// Pivots below `threshold` of the largest count as zero.
[[nodiscard]] Eigen::MatrixXd pseudo_inverse(const Eigen::MatrixXd& matrix, double threshold);

}  // namespace wagefit::linear_algebra
