#pragma once

#include <Eigen/Core>

#include "wagefit/estimation/design.hpp"

namespace wagefit {

enum class LikelihoodErrors { hessian, sandwich };

/// Outcomes known to lie in intervals: lower <= outcome <= upper, infinite where open; known exactly where equal.
struct Intervals {
    Eigen::Map<const Eigen::ArrayXd> lower;
    Eigen::Map<const Eigen::ArrayXd> upper;
};

/// Maximum likelihood of a linear equation with normal errors for outcomes in intervals (Stewart 1983).
struct IntervalFit {
    Eigen::VectorXd coefficients;  ///< shape (k,)
    double sigma;                  ///< standard deviation of the errors
    Eigen::MatrixXd covariance;    ///< of coefficients and log sigma, shape (k + 1, k + 1)
    double log_likelihood;         ///< weighted, weights of mean 1
    double smearing;               ///< exp(sigma^2 / 2): mean of a wage over the exponential of its expected logarithm
    int steps;
};

/// Newton's method in coefficients / sigma and 1 / sigma, in which the log likelihood is concave (Olsen 1978), with
/// halved steps. Covariance: minus the inverse Hessian, or the sandwich with the scores' cross product between, times
/// n / (n - 1).
/// columns: shape (n, k), a constant among them where there is one. FactError for numbers that are not finite, weights
/// of at most 0, an interval whose ends are in the wrong order, dependent columns. ConvergenceError where the
/// likelihood has no maximum: it names the coefficients that have no finite estimate, as that of a group all of whose
/// outcomes are open above.
[[nodiscard]] IntervalFit interval_regression(const NamedColumns& columns, const Intervals& outcome,
                                              const Eigen::Ref<const Eigen::ArrayXd>& weights, LikelihoodErrors errors);

}  // namespace wagefit
