#pragma once

#include <Eigen/Core>
#include <functional>

namespace wagefit {

/// A model whose parameters are sought by damped scoring steps.
struct ScoringProblem {
    /// What the model says of each observation, shape (n,); an element that is not finite rules the parameters out.
    std::function<Eigen::VectorXd(const Eigen::VectorXd& parameters)> predict;
    /// Observed minus predicted, shape (n,).
    std::function<Eigen::VectorXd(const Eigen::VectorXd& predicted)> residual;
    /// Divides a deviation, shape (n,), by a root of its covariance given `predicted`.
    std::function<Eigen::VectorXd(const Eigen::VectorXd& predicted, const Eigen::VectorXd& deviation)> whitened;
    /// To be minimized.
    std::function<double(const Eigen::VectorXd& predicted)> objective;
};

struct ScoringResult {
    Eigen::VectorXd parameters;
    Eigen::MatrixXd information;  ///< J' J at `parameters`, J the whitened derivative of the prediction
    double objective;             ///< infinity where no start was admissible
};

/// Levenberg (1944) and Marquardt (1963) with derivatives by central differences: steps (J' J + damping) d = J' r until
/// they vanish. Exact least squares for a quadratic objective, Fisher scoring for a likelihood. Parameters are of order
/// one, such as logs.
[[nodiscard]] ScoringResult minimize_by_scoring(const ScoringProblem& problem, Eigen::VectorXd start);

}  // namespace wagefit
