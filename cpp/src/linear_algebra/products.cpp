#include "linear_algebra/products.hpp"

namespace wagefit::linear_algebra {

using Eigen::MatrixXd;

MatrixXd product(const Matrix& a, const Matrix& b) { return a * b; }

MatrixXd scaled_product(double factor, const Matrix& a, const Matrix& b) { return factor * a * b; }

MatrixXd product_with_transpose(const Matrix& a, const Matrix& b) { return a * b.transpose(); }

MatrixXd transpose_product(const Matrix& a, const Matrix& b) { return a.transpose() * b; }

MatrixXd scaled_gram(double factor, const Matrix& a) { return factor * a.transpose() * a; }

MatrixXd scaled_outer_gram(double factor, const Matrix& a) { return factor * a * a.transpose(); }

MatrixXd weighted_gram(const Matrix& a, const Eigen::Ref<const Eigen::ArrayXd>& weights) {
    return a.transpose() * weights.matrix().asDiagonal() * a;
}

}  // namespace wagefit::linear_algebra
