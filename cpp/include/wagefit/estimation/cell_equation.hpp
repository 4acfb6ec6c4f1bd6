#pragma once

#include <Eigen/Core>

#include "wagefit/estimation/design.hpp"

namespace wagefit {

/// An equation for published figures, whose errors have the variance `between` + `sampling` x known part: what the
/// equation leaves out of a cell's pay, and what the survey adds.
struct CellEquation {
    Eigen::VectorXd coefficients;  ///< shape (p,)
    Eigen::MatrixXd covariance;    ///< shape (p, p), with what estimating the variance function adds: see kenward_roger
    double between;
    double sampling;
    Eigen::ArrayXd variances;  ///< of each cell's error, shape (n,)
    Eigen::ArrayXd residuals;  ///< shape (n,)
    double r_squared;
    double objective;        ///< sum of squared residuals over variances
    double residual_spread;  ///< root of the mean square of the residuals, weighted by one over the variances
    int steps;
};

/// Known: the sampling variance of each cell is published, and `sampling` is 1. Proportional: only its proportions are
/// known (one over employment), and `sampling` is estimated.
enum class SamplingVariance { known, proportional };

/// Generalized least squares with the variance function estimated by restricted maximum likelihood (Patterson and
/// Thompson 1971), by Fisher scoring.
/// known: sampling variance of each cell or what it is proportional to, at least 0, shape (n,).
/// FactError for wrong input or dependent columns, ConvergenceError where scoring does not settle.
[[nodiscard]] CellEquation cell_equation(const Design& design, const Eigen::Ref<const Eigen::ArrayXd>& outcome,
                                         const Eigen::Ref<const Eigen::ArrayXd>& known, SamplingVariance kind);

}  // namespace wagefit
