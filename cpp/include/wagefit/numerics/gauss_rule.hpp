#pragma once

#include <Eigen/Core>

namespace wagefit {

/// A discrete distribution: E f(X) = sum of weights[i] f(points[i]).
struct DiscreteRule {
    Eigen::ArrayXd points;   ///< shape (k,), strictly ascending
    Eigen::ArrayXd weights;  ///< shape (k,), positive
};

/// Compresses the discrete distribution with the given `points`, in any order, and `weights`, both of shape (m,), to at
/// most `n` Gauss nodes: the rule has the distribution's moments 0 to 2n - 1. The nodes lie within the range of the
/// points.
///
/// Equal points are one point, and points of weight 0 are none; with at most n points left those are the rule, exactly.
/// Lanczos tridiagonalization with full reorthogonalization, then the eigenvalues of the Jacobi matrix (Golub and
/// Welsch 1969, Mathematics of Computation 23, 221-230; Gautschi 2004, Orthogonal Polynomials, section 2.2.3).
///
/// Throws FactError for different lengths, points that are not finite, weights that are negative or not finite, weights
/// that are all zero, or `n` below 1.
[[nodiscard]] DiscreteRule gauss_rule(const Eigen::Ref<const Eigen::ArrayXd>& points,
                                      const Eigen::Ref<const Eigen::ArrayXd>& weights, Eigen::Index n);

}  // namespace wagefit
