#pragma once

#include <Eigen/Core>
#include <vector>

#include "wagefit/estimation/design.hpp"

namespace wagefit {

/// Covariance of the coefficients of generalized least squares whose `variances` are a linear function of parameters
/// that were themselves estimated by restricted maximum likelihood (Kenward and Roger 1997): with V = diag(variances),
/// D_i = diag(derivatives[i]) and C = (Z'V^-1 Z)^-1 it is C + 2 C (sum_ij W_ij (Q_ij - P_i C P_j)) C, where
/// P_i = Z'V^-1 D_i V^-1 Z, Q_ij = Z'V^-1 D_i V^-1 D_j V^-1 Z, and W is the inverse of the restricted information.
/// derivatives: of each row's variance by each parameter that was estimated, shape (n,), linearly independent; none
/// leaves C.
[[nodiscard]] Eigen::MatrixXd kenward_roger(const Design& design, const Eigen::Ref<const Eigen::ArrayXd>& variances,
                                            const std::vector<Eigen::ArrayXd>& derivatives);

}  // namespace wagefit
