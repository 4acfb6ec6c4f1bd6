#include "wagefit/estimation/cell_equation.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "estimation/kenward_roger.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/estimation/least_squares.hpp"

namespace wagefit {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::Matrix2d;
using Eigen::MatrixXd;
using Eigen::Vector2d;
using Values = Eigen::Ref<const ArrayXd>;

constexpr double least_share = 1e-9;   // of the outcome's variance, below which a variance is zero
constexpr double floor_share = 1e-12;  // of it, that every cell's error has at least
constexpr double overshoot = 0.25;     // part of a step's slope, against it at its end, from which steps are too long
constexpr double least_length = 0.125;

void check_known(const Values& known, Index n) {
    if (known.size() != n)
        throw FactError("sampling variances have " + std::to_string(known.size()) + " values; expected " +
                        std::to_string(n) + ", one for each row");
    if (!known.allFinite() || (known < 0.0).any())
        throw FactError("sampling variances hold nan, inf or a negative number; expected finite numbers of at least 0");
}

/// Weighted least squares at given variances, with the leverage of each row.
struct Weighted {
    LeastSquaresFit fit;
    ArrayXd leverages;
};

Weighted weighted_fit(const Design& design, const Values& outcome, const ArrayXd& variances) {
    const ArrayXd weights = 1.0 / variances;
    LeastSquaresOptions options;
    options.covariance = Covariance::classic;
    return {least_squares(design, outcome, weights, options), leverages(design, weights)};
}

/// Restricted score and expected information of (between, sampling).
struct Scoring {
    Vector2d score;
    Matrix2d information;
};

Scoring scoring_at(const Weighted& at, const ArrayXd& variances, const Values& known) {
    const ArrayXd left = 1.0 - at.leverages;
    const ArrayXd excess = at.fit.residuals.square() / variances.square() - left / variances;
    const ArrayXd precision = left / variances;
    Scoring out;
    out.score << 0.5 * excess.sum(), 0.5 * (excess * known).sum();
    out.information(0, 0) = 0.5 * precision.square().sum();
    out.information(0, 1) = out.information(1, 0) = 0.5 * (precision.square() * known).sum();
    out.information(1, 1) = 0.5 * (precision.square() * known.square()).sum();
    return out;
}

/// Step of the parameters that are free: neither fixed nor held at zero by their score.
Vector2d free_step(const Scoring& at, const Vector2d& parameters, SamplingVariance kind) {
    bool free[2] = {true, kind == SamplingVariance::proportional};
    for (int j = 0; j < 2; ++j)
        if (parameters[j] <= 0.0 && at.score[j] <= 0.0) free[j] = false;
    Vector2d step = Vector2d::Zero();
    if (free[0] && free[1]) {
        const double determinant =
            at.information(0, 0) * at.information(1, 1) - at.information(1, 0) * at.information(0, 1);
        if (determinant > 1e-12 * at.information(0, 0) * at.information(1, 1)) {
            step[0] = (at.information(1, 1) * at.score[0] - at.information(0, 1) * at.score[1]) / determinant;
            step[1] = (at.information(0, 0) * at.score[1] - at.information(0, 1) * at.score[0]) / determinant;
            return step;
        }
        free[1] = false;  // the known part is the same everywhere: one variance tells all
    }
    for (int j = 0; j < 2; ++j)
        if (free[j]) step[j] = at.score[j] / at.information(j, j);
    return step;
}

/// A step that leaves no variance at zero: parameters fall to a tenth at most, to zero when they are negligible.
Vector2d stepped(const Vector2d& parameters, const Vector2d& step, const Vector2d& negligible) {
    Vector2d next = parameters + step;
    for (int j = 0; j < 2; ++j) {
        if (next[j] < 0.1 * parameters[j]) next[j] = 0.1 * parameters[j];
        if (next[j] < negligible[j]) next[j] = 0.0;
    }
    return next;
}

/// Derivatives of the variances by the parameters that were estimated and are not held at zero.
std::vector<ArrayXd> free_derivatives(const Vector2d& parameters, const Values& known, SamplingVariance kind) {
    std::vector<ArrayXd> out;
    if (parameters[0] > 0.0) out.push_back(ArrayXd::Ones(known.size()));
    if (parameters[1] > 0.0 && kind == SamplingVariance::proportional) out.push_back(known);
    return out;
}

/// The answer once the variance function has settled after `count` steps.
CellEquation settled(Weighted at, MatrixXd covariance, const Vector2d& parameters, const ArrayXd& variances,
                     int count) {
    return {std::move(at.fit.coefficients),
            std::move(covariance),
            parameters[0],
            parameters[1],
            variances,
            std::move(at.fit.residuals),
            at.fit.r_squared,
            at.fit.objective,
            std::sqrt(at.fit.objective / variances.inverse().sum()),
            count};
}

}  // namespace

CellEquation cell_equation(const Design& design, const Values& outcome, const Values& known, SamplingVariance kind) {
    constexpr int most_steps = 1000;
    const Index n = outcome.size();
    check_known(known, n);
    const LeastSquaresFit start = least_squares(design, outcome, ArrayXd::Ones(n));
    const double scale = start.residual_variance, typical = std::max(known.mean(), 1e-300);
    const Vector2d negligible(least_share * scale,
                              kind == SamplingVariance::known ? 0.0 : least_share * scale / typical);
    Vector2d parameters(0.5 * scale, kind == SamplingVariance::known ? 1.0 : 0.5 * scale / typical);
    // Fisher's step uses the expected information; where the observed one is twice that, it jumps to and fro forever.
    Vector2d last_score = Vector2d::Zero(), last_step = Vector2d::Zero();
    double length = 1.0;
    for (int count = 1; count <= most_steps; ++count) {
        const ArrayXd variances = (parameters[0] + parameters[1] * known).max(floor_share * scale);
        Weighted at = weighted_fit(design, outcome, variances);
        const Scoring scoring = scoring_at(at, variances, known);
        if (scoring.score.dot(last_step) < -overshoot * last_score.dot(last_step))
            length = std::max(0.5 * length, least_length);
        const Vector2d next = stepped(parameters, length * free_step(scoring, parameters, kind), negligible);
        last_score = scoring.score;
        last_step = next - parameters;
        const double change = ((next - parameters).array().abs() / Eigen::Array2d(scale, scale / typical)).maxCoeff();
        parameters = next;
        if (change > 1e-10) continue;
        return settled(std::move(at), kenward_roger(design, variances, free_derivatives(parameters, known, kind)),
                       parameters, variances, count);
    }
    throw ConvergenceError("the cells' variance function did not settle in " + std::to_string(most_steps) + " steps");
}

}  // namespace wagefit
