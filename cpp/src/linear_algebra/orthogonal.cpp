#include "linear_algebra/orthogonal.hpp"

#include <Eigen/QR>

namespace wagefit::linear_algebra {

using Eigen::MatrixXd;
using Eigen::VectorXd;

OrthogonalFactors orthogonal_factors(const MatrixXd& x) {
    const Eigen::HouseholderQR<MatrixXd> qr(x);
    return {qr.householderQ() * MatrixXd::Identity(x.rows(), x.cols()),
            qr.matrixQR().topRows(x.cols()).triangularView<Eigen::Upper>()};
}

VectorXd solve_upper(const MatrixXd& r, const VectorXd& right) { return r.triangularView<Eigen::Upper>().solve(right); }

VectorXd least_squares_solution(const MatrixXd& x, const VectorXd& y) { return x.colPivHouseholderQr().solve(y); }

Eigen::Vector2d least_squares_line(const Eigen::MatrixX2d& x, const VectorXd& y) {
    return x.colPivHouseholderQr().solve(y);
}

MatrixXd pseudo_inverse(const MatrixXd& matrix, double threshold) {
    Eigen::CompleteOrthogonalDecomposition<MatrixXd> solver;
    solver.setThreshold(threshold);
    solver.compute(matrix);
    return solver.pseudoInverse();
}

}  // namespace wagefit::linear_algebra
