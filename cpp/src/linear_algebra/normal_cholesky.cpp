#include "linear_algebra/normal_cholesky.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace wagefit {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double least_pivot = 1e-10;  // of the scale: 1 - R^2 of the column on those before it
constexpr Index panel = 48;            // columns factored at a time; the rest is updated by one product

/// Factors columns begin..begin+count-1, already reduced by those before; reports those that depend on earlier ones.
void factor_panel(MatrixXd& a, const VectorXd& scale, Index begin, Index count, std::vector<Index>& dependent) {
    const Index n = a.rows();
    for (Index j = begin; j < begin + count; ++j) {
        const Index below = n - j - 1;
        if (!(a(j, j) > least_pivot * scale[j])) {
            dependent.push_back(j);
            a.col(j).tail(below).setZero();
            a.row(j).head(j).setZero();
            a(j, j) = 1.0;
            continue;
        }
        a(j, j) = std::sqrt(a(j, j));
        a.col(j).tail(below) /= a(j, j);
        for (Index c = j + 1; c < begin + count; ++c) a.col(c).tail(n - c) -= a(c, j) * a.col(j).tail(n - c);
    }
}

}  // namespace

NormalCholesky::NormalCholesky(MatrixXd matrix) : NormalCholesky(matrix, matrix.diagonal()) {}

NormalCholesky::NormalCholesky(MatrixXd matrix, const VectorXd& scale) : factor_(std::move(matrix)) {
    const Index n = factor_.rows();
    for (Index begin = 0; begin < n; begin += panel) {
        const Index count = std::min(panel, n - begin), rest = n - begin - count;
        factor_panel(factor_, scale, begin, count, dependent_);
        if (rest > 0)
            factor_.bottomRightCorner(rest, rest)
                .selfadjointView<Eigen::Lower>()
                .rankUpdate(factor_.block(begin + count, begin, rest, count), -1.0);
    }
}

MatrixXd NormalCholesky::whitened(MatrixXd right) const {
    if (right.size() == 0) return right;  // Eigen's solver refers to a first element
    for (const Index j : dependent_) right.row(j).setZero();
    factor_.triangularView<Eigen::Lower>().solveInPlace(right);
    for (const Index j : dependent_) right.row(j).setZero();
    return right;
}

MatrixXd NormalCholesky::unwhitened(MatrixXd right) const {
    if (right.size() == 0) return right;
    for (const Index j : dependent_) right.row(j).setZero();
    factor_.transpose().triangularView<Eigen::Upper>().solveInPlace(right);
    for (const Index j : dependent_) right.row(j).setZero();
    return right;
}

MatrixXd NormalCholesky::solve(MatrixXd right) const { return unwhitened(whitened(std::move(right))); }

MatrixXd NormalCholesky::inverse() const { return solve(MatrixXd::Identity(factor_.rows(), factor_.rows())); }

}  // namespace wagefit
