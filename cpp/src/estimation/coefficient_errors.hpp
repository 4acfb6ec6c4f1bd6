#pragma once

#include <Eigen/Core>

#include "estimation/cross_products.hpp"
#include "linear_algebra/normal_cholesky.hpp"
#include "wagefit/estimation/least_squares.hpp"

namespace wagefit {

/// A solved least squares problem. Holds views.
struct SolvedRows {
    const CenteredDesign& z;
    const NormalCholesky& cholesky;            ///< of the estimated part of Z'WZ
    Eigen::Ref<const Eigen::ArrayXd> weights;  ///< shape (n,)
    const Eigen::ArrayXd& scores;              ///< weight x residual, shape (n,)
    double squares;                            ///< weighted sum of squared residuals
};

struct CoefficientErrors {
    Eigen::MatrixXd covariance;  ///< of the design's coefficients, shape (p, p), NaN where it is not determined
    Eigen::VectorXd freedom;     ///< of their t ratios, shape (p,)
};

/// Covariance and degrees of freedom as `LeastSquaresFit` describes them.
[[nodiscard]] CoefficientErrors coefficient_errors(const SolvedRows& solved, const LeastSquaresOptions& options);

/// Degrees of freedom to divide by; NaN where there are none.
[[nodiscard]] double divisor(Eigen::Index freedom);

}  // namespace wagefit
