#pragma once

#include <Eigen/Core>
#include <vector>

namespace wagefit {

/// Cholesky factor of a positive semidefinite matrix in its own order of columns. A column that depends on those before
/// it (its pivot below 1e-10 of its scale) is left out: its row and column of every solution are zero.
class NormalCholesky {
public:
    /// `matrix`: symmetric, shape (p, p); its lower triangle is read.
    explicit NormalCholesky(Eigen::MatrixXd matrix);
    /// `scale`: shape (p,), what pivots are measured against in place of the diagonal, for a matrix whose diagonal is
    /// itself a difference.
    NormalCholesky(Eigen::MatrixXd matrix, const Eigen::VectorXd& scale);

    [[nodiscard]] const std::vector<Eigen::Index>& dependent() const { return dependent_; }
    [[nodiscard]] Eigen::Index rank() const { return factor_.rows() - std::ssize(dependent_); }
    /// Solutions for the right-hand sides `right`, shape (p, m); those of dependent columns are zero.
    [[nodiscard]] Eigen::MatrixXd solve(Eigen::MatrixXd right) const;
    /// F^-1 right, shape (p, m), of the factor F in matrix = F F'; rows of dependent columns are zero.
    [[nodiscard]] Eigen::MatrixXd whitened(Eigen::MatrixXd right) const;
    /// F'^-1 right, shape (p, m), of the factor F; rows of dependent columns are zero.
    [[nodiscard]] Eigen::MatrixXd unwhitened(Eigen::MatrixXd right) const;
    /// The inverse, shape (p, p), with zero rows and columns for dependent columns.
    [[nodiscard]] Eigen::MatrixXd inverse() const;

private:
    Eigen::MatrixXd factor_;
    std::vector<Eigen::Index> dependent_;
};

}  // namespace wagefit
