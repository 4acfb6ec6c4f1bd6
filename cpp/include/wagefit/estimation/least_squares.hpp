#pragma once

#include <Eigen/Core>
#include <optional>

#include "wagefit/estimation/design.hpp"

namespace wagefit {

/// Classic: s^2 (Z'WZ)^-1. HC1: White's with the correction n / (n - p). HC2 and HC3: residuals over the root of
/// 1 - leverage and over 1 - leverage (MacKinnon and White 1985). Clustered: CR1, correction
/// G / (G - 1) (n - 1) / (n - p) (Liang and Zeger 1986, as in Stata). Clustered with leverage: CR2, residuals of a
/// cluster times (I - leverage)^-1/2 (Bell and McCaffrey 2002).
enum class Covariance { classic, hc1, hc2, hc3, clustered, clustered_leverage };

/// What to do with a column that is a linear combination of those before it.
enum class Dependence { refused, left_out };

struct LeastSquaresOptions {
    Covariance covariance = Covariance::hc1;
    std::optional<LevelColumn> clusters;  ///< group of each row, for the clustered kinds
    Dependence dependence = Dependence::refused;
    Eigen::Index absorbed = 0;  ///< coefficients taken out of outcome and columns before, which cost degrees of freedom
    Eigen::Index absorbed_across_clusters = 0;  ///< those of them that count in CR1's correction
};

/// Weighted least squares of an outcome; the weights are precision (analytic) weights.
struct LeastSquaresFit {
    Eigen::VectorXd coefficients;  ///< shape (p,); zero where a column was left out
    /// Shape (p, p); rows and columns of coefficients whose error cannot be estimated are NaN. With HC2, HC3 and the
    /// clustered kinds those are coefficients that depend on a row, or on a combination of a cluster's rows, that the
    /// equation always meets exactly (leverage 1), so that its residual says nothing.
    Eigen::MatrixXd covariance;
    /// Degrees of freedom of each coefficient's t ratio, shape (p,): n - p; G - 1 with CR1; with HC2 and CR2 those of a
    /// chi-square whose mean and variance are the variance estimator's under equal errors (Satterthwaite 1946, Bell and
    /// McCaffrey 2002), for up to 1,000 rows or clusters.
    Eigen::VectorXd error_freedom;
    Eigen::VectorXd means;  ///< shape (p,): weighted means of the design's columns
    Eigen::Index rank;
    double r_squared;                 ///< about the mean where the columns span a constant, else about zero
    Eigen::Index degrees_of_freedom;  ///< n - rank - absorbed
    double objective;                 ///< sum of weighted squares of the residuals
    double residual_variance;         ///< sum of weighted squares, weights of mean 1, / degrees of freedom
    Eigen::ArrayXd residuals;         ///< shape (n,)
};

/// Fits `outcome` on `design`. The normal equations are summed over the rows once, with centered columns; corrections
/// from the residuals follow until they are below 1e-9 standard errors.
/// FactError for wrong input or, where refused, a dependent column, naming it.
[[nodiscard]] LeastSquaresFit least_squares(const Design& design, const Eigen::Ref<const Eigen::ArrayXd>& outcome,
                                            const Eigen::Ref<const Eigen::ArrayXd>& weights,
                                            const LeastSquaresOptions& options = {});

/// Leverage of each row, weight x z'(Z'WZ)^-1 z, shape (n,).
[[nodiscard]] Eigen::ArrayXd leverages(const Design& design, const Eigen::Ref<const Eigen::ArrayXd>& weights);

/// Duan's (1983) smearing factor of an equation for logs: the weighted mean of exp(residual). Mean wages are
/// exp(fitted log) times this.
[[nodiscard]] double smearing(const Eigen::Ref<const Eigen::ArrayXd>& residuals,
                              const Eigen::Ref<const Eigen::ArrayXd>& weights);

}  // namespace wagefit
