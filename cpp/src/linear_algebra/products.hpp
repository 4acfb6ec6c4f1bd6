#pragma once

#include <Eigen/Core>

/// Products of matrices whose sizes are known only when the program runs, each compiled once. A product of small
/// matrices adds up in an order that depends on how its operands are stored: hence a function for each pair.
namespace wagefit::linear_algebra {

using Matrix = Eigen::Ref<const Eigen::MatrixXd>;

/// A B, shape (n, m), of shapes (n, k) and (k, m).
[[nodiscard]] Eigen::MatrixXd product(const Matrix& a, const Matrix& b);

/// factor A B.
[[nodiscard]] Eigen::MatrixXd scaled_product(double factor, const Matrix& a, const Matrix& b);

/// A B', shape (n, m), of shapes (n, k) and (m, k).
[[nodiscard]] Eigen::MatrixXd product_with_transpose(const Matrix& a, const Matrix& b);

/// A'B, shape (n, m), of shapes (k, n) and (k, m).
[[nodiscard]] Eigen::MatrixXd transpose_product(const Matrix& a, const Matrix& b);

/// factor A'A, symmetric, shape (n, n), of shape (k, n).
[[nodiscard]] Eigen::MatrixXd scaled_gram(double factor, const Matrix& a);

/// factor A A', symmetric, shape (n, n), of shape (n, k).
[[nodiscard]] Eigen::MatrixXd scaled_outer_gram(double factor, const Matrix& a);

/// A' diag(weights) A, symmetric, shape (n, n), of shapes (k, n) and (k,).
[[nodiscard]] Eigen::MatrixXd weighted_gram(const Matrix& a, const Eigen::Ref<const Eigen::ArrayXd>& weights);

}  // namespace wagefit::linear_algebra
