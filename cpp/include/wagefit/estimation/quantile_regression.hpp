#pragma once

#include <Eigen/Core>
#include <optional>

#include "wagefit/estimation/design.hpp"

namespace wagefit {

/// Regression for the p-th conditional quantile (Koenker and Bassett 1978).
struct QuantileFit {
    Eigen::VectorXd coefficients;  ///< shape (k,)
    Eigen::MatrixXd covariance;    ///< shape (k, k), Powell's (1991) kernel sandwich
    double check_loss;             ///< sum of weight x residual x (p - [residual < 0])
    double r_squared;  ///< 1 - check_loss / that of a constant alone (Koenker and Machado 1999); NaN where that is 0
    double residual_spread;    ///< root of the weighted mean square of the residuals
    double bandwidth;          ///< of the residuals' density at zero, in the outcome's unit
    Eigen::ArrayXd residuals;  ///< shape (n,)
};

/// Minimizes the weighted check loss of `outcome` on `columns` (shape (n, k), a constant among them where there is
/// one): Frisch-Newton interior point (Portnoy and Koenker 1997), then simplex steps from the nearest vertex until no
/// edge descends. The coefficients meet as many rows exactly as there are columns and do not depend on the order of the
/// rows; where several do equally well, the sum of fitted values is low. Covariance: p (1 - p) H^-1 (X'W^2 X) H^-1, H =
/// sum of weight x kernel(residual / h) / h x x', Epanechnikov's kernel with Hall and Sheather's (1988) bandwidth in
/// proportion to each row's spread. With clusters the middle is G / (G - 1) (n - 1) / (n - k) times the sum of squared
/// cluster scores (Parente and Santos Silva 2016). FactError unless 0 < p < 1, numbers are finite, weights above 0 and
/// columns independent, fewer than rows.
[[nodiscard]] QuantileFit quantile_regression(const NamedColumns& columns,
                                              const Eigen::Ref<const Eigen::ArrayXd>& outcome,
                                              const Eigen::Ref<const Eigen::ArrayXd>& weights, double p,
                                              const std::optional<LevelColumn>& clusters = {});

}  // namespace wagefit
