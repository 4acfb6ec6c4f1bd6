#include "linear_algebra/eigenvalues.hpp"

#include <Eigen/Eigenvalues>

namespace wagefit::linear_algebra {

using Eigen::MatrixXd;
using Eigen::VectorXd;

std::optional<EigenPairs> tridiagonal_eigenpairs(const VectorXd& diagonal, const VectorXd& off_diagonal) {
    Eigen::SelfAdjointEigenSolver<MatrixXd> solver;
    solver.computeFromTridiagonal(diagonal, off_diagonal);
    if (solver.info() != Eigen::Success) return std::nullopt;
    return EigenPairs{solver.eigenvalues(), solver.eigenvectors()};
}

EigenPairs symmetric_eigenpairs(const MatrixXd& matrix) {
    const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(matrix);
    return {solver.eigenvalues(), solver.eigenvectors()};
}

MatrixXd symmetric_root(const MatrixXd& covariance) {
    const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(covariance);
    return solver.eigenvectors() * solver.eigenvalues().cwiseMax(0.0).cwiseSqrt().asDiagonal();
}

}  // namespace wagefit::linear_algebra
