#include "fitting/scoring.hpp"

#include <algorithm>
#include <cmath>

#include "linear_algebra/cholesky.hpp"
#include "linear_algebra/products.hpp"
#include "numerics/constants.hpp"

namespace wagefit {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double difference = 1e-5;  // of a log parameter: truncation and rounding errors near 1e-10
constexpr double smallest_step = 1e-13;
constexpr double largest_step = 2.0;  // of a log parameter in one step
constexpr double largest_damping = 1e10;
constexpr int most_steps = 500;

double objective_at(const ScoringProblem& problem, const VectorXd& predicted) {
    if (!predicted.allFinite()) return infinity;
    const double value = problem.objective(predicted);
    return std::isnan(value) ? infinity : value;
}

MatrixXd whitened_jacobian(const ScoringProblem& problem, const VectorXd& at, const VectorXd& predicted) {
    MatrixXd jacobian(predicted.size(), at.size());
    for (Eigen::Index j = 0; j < at.size(); ++j) {
        const VectorXd step = difference * VectorXd::Unit(at.size(), j);
        const VectorXd change = problem.predict(at + step) - problem.predict(at - step);
        jacobian.col(j) = problem.whitened(predicted, change / (2.0 * difference));
    }
    return jacobian;
}

VectorXd damped_step(const MatrixXd& information, const VectorXd& score, double damping) {
    MatrixXd damped = information;
    damped.diagonal() += damping * information.diagonal().cwiseMax(1e-12 * information.diagonal().maxCoeff());
    const VectorXd step = linear_algebra::solve_symmetric(damped, score);
    return step * std::min(1.0, largest_step / std::max(step.cwiseAbs().maxCoeff(), 1e-300));
}

}  // namespace

ScoringResult minimize_by_scoring(const ScoringProblem& problem, VectorXd at) {
    VectorXd predicted = problem.predict(at);
    ScoringResult result{at, MatrixXd::Zero(at.size(), at.size()), objective_at(problem, predicted)};
    double damping = 1e-3;
    for (int i = 0; i < most_steps && std::isfinite(result.objective); ++i) {
        const MatrixXd jacobian = whitened_jacobian(problem, result.parameters, predicted);
        if (!jacobian.allFinite()) break;
        result.information = linear_algebra::transpose_product(jacobian, jacobian);
        const VectorXd score = jacobian.transpose() * problem.whitened(predicted, problem.residual(predicted));
        bool has_moved = false;
        while (!has_moved && damping < largest_damping) {
            const VectorXd step = damped_step(result.information, score, damping);
            if (!(step.cwiseAbs().maxCoeff() > smallest_step)) return result;
            const VectorXd next = problem.predict(result.parameters + step);
            const double objective = objective_at(problem, next);
            has_moved = objective < result.objective;
            damping = has_moved ? 0.1 * damping : 10.0 * std::max(damping, 1e-12);
            if (!has_moved) continue;
            result.parameters += step;
            result.objective = objective;
            predicted = next;
        }
        if (!has_moved) break;
    }
    return result;
}

}  // namespace wagefit
