#pragma once

#include <Eigen/Core>
#include <vector>

#include "estimation/cross_products.hpp"
#include "linear_algebra/normal_cholesky.hpp"

namespace wagefit {

/// What a group of rows contributes to Z'WZ, in coordinates in which Z'WZ over all rows is the identity: the nonzero
/// eigenvalues, in (0, 1], and their vectors. An eigenvalue of 1 is a combination of coefficients that this group alone
/// determines: the equation meets it exactly, whatever the outcomes are.
struct GroupLeverage {
    Eigen::MatrixXd vectors;  ///< shape (p, r), orthonormal columns
    Eigen::ArrayXd values;    ///< shape (r,)
};

/// 1 - leverage below which it counts as 0: rounding of the leverage stays well below.
inline constexpr double least_slack = 1e-9;

/// Rows of each group, in their order.
[[nodiscard]] std::vector<std::vector<Eigen::Index>> rows_by_group(const LevelColumn& groups);

/// F^-1 z_i sqrt(weight_i) for the given rows, of the factor F F' = Z'WZ of the estimated part, shape (p, rows).
[[nodiscard]] Eigen::MatrixXd whitened_rows(const CenteredDesign& z, const NormalCholesky& cholesky,
                                            const Eigen::Ref<const Eigen::ArrayXd>& weights,
                                            const std::vector<Eigen::Index>& rows);

/// whitened: shape (p, rows), of one group's rows.
[[nodiscard]] GroupLeverage group_leverage(const Eigen::MatrixXd& whitened);

/// Vectors whose eigenvalue is 1, shape (p, m).
[[nodiscard]] Eigen::MatrixXd exactly_met(const GroupLeverage& group);

/// score times (I - leverage)^-1/2, without the directions that are exactly met, shape (p,).
[[nodiscard]] Eigen::VectorXd adjusted(const GroupLeverage& group, const Eigen::VectorXd& score);

/// Satterthwaite's degrees of freedom of the variance sum_g (c'F'^-1 adjusted score_g)^2 of each contrast under errors
/// with equal (weighted) variances and no correlation, shape (contrasts,): 2 mean^2 / variance of that sum.
/// contrasts: F^-1 c, shape (p, contrasts).
[[nodiscard]] Eigen::VectorXd satterthwaite_freedom(const std::vector<GroupLeverage>& groups,
                                                    const Eigen::MatrixXd& contrasts);

}  // namespace wagefit
