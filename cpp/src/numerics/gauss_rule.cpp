#include "wagefit/numerics/gauss_rule.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "linear_algebra/eigenvalues.hpp"
#include "wagefit/errors.hpp"

namespace wagefit {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::VectorXd;

void check(const Eigen::Ref<const ArrayXd>& points, const Eigen::Ref<const ArrayXd>& weights, Index n) {
    if (points.size() != weights.size())
        throw FactError("points and weights: got lengths " + std::to_string(points.size()) + " and " +
                        std::to_string(weights.size()) + ", expected the same");
    if (!points.allFinite()) throw FactError("points: got nan or inf, expected finite numbers");
    if (!weights.allFinite() || (weights < 0.0).any())
        throw FactError("weights: got a negative number, nan or inf, expected finite numbers of at least 0");
    if (!(weights > 0.0).any()) throw FactError("weights: got none above 0, expected at least one");
    if (n < 1) throw FactError("n is " + std::to_string(n) + "; expected at least 1");
}

std::vector<Index> ascending_order(const Eigen::Ref<const ArrayXd>& points) {
    std::vector<Index> order(static_cast<std::size_t>(points.size()));
    std::iota(order.begin(), order.end(), Index{0});
    std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) { return points[a] < points[b]; });
    return order;
}

/// The discrete distribution of these `points` and `weights`, its points ascending, distinct and of positive weight.
DiscreteRule merged(const Eigen::Ref<const ArrayXd>& points, const Eigen::Ref<const ArrayXd>& weights) {
    std::vector<double> x, w;
    for (const Index i : ascending_order(points)) {
        if (weights[i] == 0.0) continue;
        if (!x.empty() && x.back() == points[i]) {
            w.back() += weights[i];
        } else {
            x.push_back(points[i]);
            w.push_back(weights[i]);
        }
    }
    const auto size = static_cast<Index>(x.size());
    return {Eigen::Map<ArrayXd>(x.data(), size), Eigen::Map<ArrayXd>(w.data(), size)};
}

/// Affine map of the range of the points to [-1, 1], on which Lanczos' breakdown has a scale.
struct Range {
    double middle;
    double half;
};

/// Three-term recurrence of the polynomials orthonormal under the distribution.
struct Recurrence {
    VectorXd diagonal;      ///< shape (k,)
    VectorXd off_diagonal;  ///< shape (k - 1,)
};

/// Lanczos on diag(x), started at the square roots of the weights; stops early at an invariant subspace, which holds
/// all that the distribution has left to tell.
Recurrence lanczos(const ArrayXd& x, const ArrayXd& weights, Index n) {
    constexpr double breakdown = 16.0 * std::numeric_limits<double>::epsilon();  // of a matrix of norm 1
    Eigen::MatrixXd basis(x.size(), n);
    VectorXd diagonal(n), off_diagonal(n);
    basis.col(0) = weights.sqrt().matrix().normalized();
    Index k = 0;
    for (;; ++k) {
        VectorXd next = (x * basis.col(k).array()).matrix();
        diagonal[k] = basis.col(k).dot(next);
        for (int pass = 0; pass < 2; ++pass) next -= basis.leftCols(k + 1) * (basis.leftCols(k + 1).transpose() * next);
        off_diagonal[k] = next.norm();
        if (k + 1 == n || off_diagonal[k] < breakdown) break;
        basis.col(k + 1) = next / off_diagonal[k];
    }
    return {diagonal.head(k + 1), off_diagonal.head(k)};
}

/// Nodes and weights from the eigenvalues, and the first components of the eigenvectors, of the Jacobi matrix.
DiscreteRule golub_welsch(const Recurrence& recurrence, double total) {
    const auto pairs = linear_algebra::tridiagonal_eigenpairs(recurrence.diagonal, recurrence.off_diagonal);
    if (!pairs) throw ConvergenceError("eigenvalues of the Jacobi matrix did not converge");
    return {pairs->values.array(), total * pairs->vectors.row(0).transpose().array().square()};
}

}  // namespace

DiscreteRule gauss_rule(const Eigen::Ref<const ArrayXd>& points, const Eigen::Ref<const ArrayXd>& weights, Index n) {
    check(points, weights, n);
    DiscreteRule full = merged(points, weights);
    const Index size = full.points.size();
    if (size <= n) return full;
    const double low = full.points[0], high = full.points[size - 1];
    const Range range{0.5 * low + 0.5 * high, 0.5 * high - 0.5 * low};
    const ArrayXd x = (full.points - range.middle) / range.half;
    DiscreteRule rule = golub_welsch(lanczos(x, full.weights, n), full.weights.sum());
    rule.points = (range.middle + range.half * rule.points).max(low).min(high);
    return rule;
}

}  // namespace wagefit
