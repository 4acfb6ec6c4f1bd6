#include "linear_algebra/cholesky.hpp"

#include <Eigen/Cholesky>

namespace wagefit::linear_algebra {

using Eigen::LLT;
using Eigen::MatrixXd;
using Eigen::VectorXd;

Cholesky::Cholesky(const MatrixXd& matrix) : factor_(LLT<MatrixXd>(matrix).matrixLLT()) {}

MatrixXd Cholesky::inverse() const {
    MatrixXd out = MatrixXd::Identity(factor_.rows(), factor_.cols());
    factor_.triangularView<Eigen::Lower>().solveInPlace(out);
    factor_.transpose().triangularView<Eigen::Upper>().solveInPlace(out);
    return out;
}

VectorXd Cholesky::times(const VectorXd& x) const { return factor_.triangularView<Eigen::Lower>() * x; }

VectorXd Cholesky::whitened(const VectorXd& right) const { return factor_.triangularView<Eigen::Lower>().solve(right); }

std::optional<MatrixXd> inverse_of_definite(const MatrixXd& matrix, double least_reciprocal_condition) {
    const LLT<MatrixXd> factor(matrix);
    if (factor.info() != Eigen::Success || factor.rcond() < least_reciprocal_condition) return std::nullopt;
    return MatrixXd(factor.solve(MatrixXd::Identity(matrix.rows(), matrix.cols())));
}

VectorXd solve_symmetric(const MatrixXd& matrix, const VectorXd& right) { return matrix.ldlt().solve(right); }

}  // namespace wagefit::linear_algebra
