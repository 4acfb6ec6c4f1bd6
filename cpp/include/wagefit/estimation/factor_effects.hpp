#pragma once

#include <Eigen/Core>
#include <vector>

#include "wagefit/estimation/design.hpp"

namespace wagefit {

/// Weighted least squares of outcomes on the levels of two or more factors, for instance log wages of published cells
/// on occupation and area: outcome = constant + an effect for each factor's level + residual.
struct FactorEffects {
    Eigen::RowVectorXd constants;          ///< shape (m,): weighted means of the outcomes
    std::vector<Eigen::MatrixXd> effects;  ///< shape (levels, m) for each factor; weighted mean zero, NaN without rows
    Eigen::MatrixXd residuals;             ///< shape (n, m); NaN where the outcome is
    Eigen::RowVectorXd r_squared;          ///< shape (m,)
    std::vector<Eigen::Index> rows;        ///< number of rows that have each outcome
    std::vector<Eigen::Index> rank;        ///< number of independent coefficients, the constant among them
};

/// Solves for the effects of all factors directly. The factor with the most levels is eliminated, which leaves one
/// dense system for the levels of the others (a Schur complement of the normal equations), factored once for all
/// outcomes that the same rows have; one correction from the residuals follows. Levels that no chain of rows connects
/// are not comparable: the rank is then less than the number of levels - factors + 1.
///
/// outcomes: shape (n, m), NaN where there is none; weights: shape (n,), positive. FactError for other input.
[[nodiscard]] FactorEffects factor_effects(const Eigen::Map<const Eigen::MatrixXd>& outcomes,
                                           const std::vector<LevelColumn>& factors,
                                           const Eigen::Ref<const Eigen::ArrayXd>& weights);

}  // namespace wagefit
