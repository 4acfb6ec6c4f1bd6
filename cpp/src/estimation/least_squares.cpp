#include "wagefit/estimation/least_squares.hpp"

#include <cmath>
#include <utility>

#include "estimation/coefficient_errors.hpp"
#include "estimation/cross_products.hpp"
#include "estimation/working_system.hpp"
#include "linear_algebra/normal_cholesky.hpp"
#include "numerics/lanes.hpp"
#include "wagefit/errors.hpp"

namespace wagefit {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using Values = Eigen::Ref<const ArrayXd>;

constexpr int most_corrections = 4;
constexpr double small_correction = 1e-9;  // standard errors

void check_clusters(const LeastSquaresOptions& options, Index n) {
    if (options.covariance != Covariance::clustered && options.covariance != Covariance::clustered_leverage) return;
    if (!options.clusters) throw FactError("clusters are missing; expected a group for each row");
    if (std::ssize(options.clusters->codes) != n)
        throw FactError("clusters have " + std::to_string(options.clusters->codes.size()) + " values; expected " +
                        std::to_string(n) + ", one for each row");
    if (options.clusters->levels < 2) throw FactError("clusters hold one group; expected at least two");
}

NormalCholesky factored(const Design& design, const MatrixXd& gram, Dependence dependence) {
    NormalCholesky cholesky(estimated(design, gram));
    if (dependence == Dependence::refused && !cholesky.dependent().empty())
        throw FactError(coefficient_name(design, cholesky.dependent().front() + first_estimated(design)) +
                        " is a linear combination of the columns before it; expected independent columns");
    return cholesky;
}

/// Solution for a right-hand side of the working system, in that system.
VectorXd solution(const Design& design, const NormalCholesky& cholesky, const VectorXd& right) {
    VectorXd out = VectorXd::Zero(right.size());
    const Index size = right.size() - first_estimated(design);
    out.tail(size) = cholesky.solve(right.tail(size));
    return out;
}

struct Solved {
    VectorXd coefficients;      ///< of the centered working system
    ArrayXd residuals, scores;  ///< scores: weighted residuals
    double squares;             ///< weighted sum of squared residuals
};

/// Coefficients whose residuals are orthogonal to the design.
Solved solve(const CenteredDesign& z, const NormalCholesky& cholesky, const VectorXd& spread, const Values& outcome,
             const Values& weights) {
    const Index n = outcome.size();
    const bool has_mean = z.design.intercept == Intercept::included;
    const double start = has_mean ? lane_dot(weights.data(), outcome.data(), n) / lane_total(weights.data(), n) : 0.0;
    VectorXd coefficients = VectorXd::Zero(spread.size());
    coefficients[0] = start;
    ArrayXd scores = weights * (outcome - start), residuals;
    VectorXd step = solution(z.design, cholesky, transpose_times(z, scores));
    double squares = 0.0;
    for (int round = 0; round < most_corrections; ++round) {
        coefficients += step;
        residuals = residuals_of(z, coefficients, outcome);
        scores = weights * residuals;
        squares = lane_dot(scores.data(), residuals.data(), residuals.size());
        step = solution(z.design, cholesky, transpose_times(z, scores));
        const double scale = std::sqrt(squares / static_cast<double>(outcome.size()));
        if ((step.array().abs() <= small_correction * scale * spread.array()).all()) break;
    }
    return {coefficients + step, std::move(residuals), std::move(scores), squares};
}

/// Whether the columns add up to a constant, as those of all levels of a factor do.
bool spans_constant(const CenteredDesign& z, const NormalCholesky& cholesky, const MatrixXd& gram) {
    constexpr double rounding = 1e-10;
    if (z.design.intercept == Intercept::included) return true;
    const VectorXd sums = gram.col(0).tail(gram.rows() - 1);
    return sums.size() > 0 && gram(0, 0) - sums.dot(cholesky.solve(sums).col(0)) < rounding * gram(0, 0);
}

/// Weighted squares about the mean where the columns span a constant, about zero otherwise.
double total_squares(bool about_mean, const Values& outcome, const Values& weights) {
    const Index n = outcome.size();
    const double mean = about_mean ? lane_dot(weights.data(), outcome.data(), n) / lane_total(weights.data(), n) : 0.0;
    return (weights * (outcome - mean).square()).sum();
}

VectorXd column_means(const CenteredDesign& z, const MatrixXd& gram) {
    VectorXd means = gram.col(0) / gram(0, 0);
    means.segment(1, z.center.size()) += z.center.transpose();
    return means;
}

}  // namespace

LeastSquaresFit least_squares(const Design& design, const Values& outcome, const Values& weights,
                              const LeastSquaresOptions& options) {
    check_regression(design, outcome, weights);
    if (options.dependence == Dependence::refused) check_rows(design);
    check_clusters(options, outcome.size());
    const CenteredDesign z = centered(design, weights);
    const MatrixXd gram = cross_product(z, weights);
    const NormalCholesky cholesky = factored(design, gram, options.dependence);
    if (options.dependence == Dependence::refused && outcome.size() <= cholesky.rank() + options.absorbed)
        throw FactError("the coefficients are as many as the rows; expected more rows");
    const VectorXd spread = gram.diagonal().cwiseInverse().cwiseSqrt();
    Solved solved = solve(z, cholesky, spread, outcome, weights);
    CoefficientErrors errors = coefficient_errors({z, cholesky, weights, solved.scores, solved.squares}, options);
    solved.coefficients[0] -= z.center * solved.coefficients.segment(1, z.center.size());
    const Index size = system_size(design) - first_estimated(design);
    const Index freedom = outcome.size() - cholesky.rank() - options.absorbed;
    return {.coefficients = solved.coefficients.tail(size),
            .covariance = std::move(errors.covariance),
            .error_freedom = std::move(errors.freedom),
            .means = column_means(z, gram).tail(size),
            .rank = cholesky.rank(),
            .r_squared = 1.0 - solved.squares / total_squares(spans_constant(z, cholesky, gram), outcome, weights),
            .degrees_of_freedom = freedom,
            .objective = solved.squares,
            .residual_variance = solved.squares / weights.mean() / divisor(freedom),
            .residuals = std::move(solved.residuals)};
}

ArrayXd leverages(const Design& design, const Values& weights) {
    check_columns(design, weights);
    const CenteredDesign z = centered(design, weights);
    const NormalCholesky cholesky = factored(design, cross_product(z, weights), Dependence::left_out);
    return weights * quadratic_forms(z, working_inverse(design, cholesky));
}

double smearing(const Values& residuals, const Values& weights) {
    return (weights * residuals.exp()).sum() / weights.sum();
}

}  // namespace wagefit
