#pragma once

#include <Eigen/Core>

#include "estimation/cross_products.hpp"
#include "linear_algebra/normal_cholesky.hpp"
#include "wagefit/estimation/design.hpp"

namespace wagefit {

/// The part of a matrix of the working system that is estimated: without the intercept's place where there is none.
[[nodiscard]] Eigen::MatrixXd estimated(const Design& design, const Eigen::MatrixXd& system);

/// Inverse of the normal equations in the working system, from the factor of their estimated part.
[[nodiscard]] Eigen::MatrixXd working_inverse(const Design& design, const NormalCholesky& cholesky);

/// Moves the intercept of a covariance of the working system from the center of the columns to their zero.
void uncenter(const CenteredDesign& z, Eigen::MatrixXd& covariance);

}  // namespace wagefit
