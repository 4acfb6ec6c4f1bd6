#include "estimation/coefficient_errors.hpp"

#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "estimation/group_leverage.hpp"
#include "estimation/working_system.hpp"
#include "linear_algebra/products.hpp"

namespace wagefit {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double undetermined = std::numeric_limits<double>::quiet_NaN();

/// The variance of the centered working system before what it leaves undetermined is marked.
struct Sandwich {
    MatrixXd covariance;  ///< shape (P, P)
    MatrixXd met;         ///< whitened directions that the equation meets exactly, shape (p, m)
    VectorXd freedom;     ///< shape (p,)
};

MatrixXd between(const MatrixXd& inverse, const MatrixXd& middle) {
    return linear_algebra::product(linear_algebra::product(inverse, middle), inverse);
}

double rows_less_coefficients(const SolvedRows& solved, const LeastSquaresOptions& options) {
    return divisor(solved.weights.size() - solved.cholesky.rank() - options.absorbed);
}

double hc1_correction(const SolvedRows& solved, const LeastSquaresOptions& options) {
    return static_cast<double>(solved.weights.size()) / rows_less_coefficients(solved, options);
}

Index coefficient_count(const SolvedRows& solved) {
    return system_size(solved.z.design) - first_estimated(solved.z.design);
}

ArrayXd leverages_of(const SolvedRows& solved, const MatrixXd& inverse) {
    return solved.weights * quadratic_forms(solved.z, inverse);
}

/// Each coefficient of the design in coordinates of the centered, whitened system, shape (p, p). With an intercept this
/// is the value at zero of the columns, not at their center.
MatrixXd whitened_coefficients(const SolvedRows& solved) {
    const Index p = coefficient_count(solved);
    MatrixXd contrasts = MatrixXd::Identity(p, p);
    if (solved.z.design.intercept == Intercept::included)
        contrasts.col(0).segment(1, solved.z.center.size()) = -solved.z.center.transpose();
    return solved.cholesky.whitened(std::move(contrasts));
}

/// Whether Satterthwaite's degrees of freedom matter and can be worked out in well under a second.
bool is_small(Index groups, Index coefficients) {
    const auto p = static_cast<double>(coefficients);
    return groups <= 1000 && static_cast<double>(groups) * p * p * p <= 1e9;
}

std::vector<std::vector<Index>> each_row(Index n) {
    std::vector<std::vector<Index>> rows;
    for (Index i = 0; i < n; ++i) rows.push_back({i});
    return rows;
}

std::vector<GroupLeverage> group_leverages(const SolvedRows& solved, const std::vector<std::vector<Index>>& groups) {
    std::vector<GroupLeverage> out;
    for (const auto& rows : groups)
        out.push_back(group_leverage(whitened_rows(solved.z, solved.cholesky, solved.weights, rows)));
    return out;
}

MatrixXd side_by_side(Index rows, const std::vector<MatrixXd>& parts) {
    const Index columns = std::accumulate(parts.begin(), parts.end(), Index{0},
                                          [](Index sum, const MatrixXd& part) { return sum + part.cols(); });
    MatrixXd out(rows, columns);
    Index next = 0;
    for (const MatrixXd& part : parts) {
        out.middleCols(next, part.cols()) = part;
        next += part.cols();
    }
    return out;
}

/// Rows whose leverage is 1, from 1 - leverage of each.
std::vector<Index> rows_met(const ArrayXd& slack) {
    std::vector<Index> met;
    for (Index i = 0; i < slack.size(); ++i)
        if (slack[i] < least_slack) met.push_back(i);
    return met;
}

/// HC2 and HC3: squared scores times a power of 1 / (1 - leverage), those of rows with leverage 1 left out.
Sandwich by_row(const SolvedRows& solved, const LeastSquaresOptions& options, const MatrixXd& inverse) {
    const bool is_hc2 = options.covariance == Covariance::hc2;
    const ArrayXd slack = 1.0 - leverages_of(solved, inverse);
    const ArrayXd divided = is_hc2 ? ArrayXd(slack.max(least_slack)) : ArrayXd(slack.max(least_slack).square());
    const ArrayXd squares = (slack < least_slack).select(0.0, solved.scores.square() / divided);
    const Index n = slack.size(), p = coefficient_count(solved);
    VectorXd freedom = VectorXd::Constant(p, rows_less_coefficients(solved, options));
    if (is_hc2 && options.absorbed == 0 && is_small(n, p))
        freedom = satterthwaite_freedom(group_leverages(solved, each_row(n)), whitened_coefficients(solved));
    return {between(inverse, cross_product(solved.z, squares)),
            whitened_rows(solved.z, solved.cholesky, solved.weights, rows_met(slack)), std::move(freedom)};
}

/// Total leverage of each group: where it is below 1, the group meets nothing exactly.
ArrayXd total_leverage(const SolvedRows& solved, const LevelColumn& groups, const MatrixXd& inverse) {
    const ArrayXd leverage = leverages_of(solved, inverse);
    ArrayXd total = ArrayXd::Zero(groups.levels);
    for (Index i = 0; i < leverage.size(); ++i) total[groups.codes[static_cast<std::size_t>(i)]] += leverage[i];
    return total;
}

MatrixXd met_by_clusters(const SolvedRows& solved, const LevelColumn& clusters, const MatrixXd& inverse) {
    const ArrayXd total = total_leverage(solved, clusters, inverse);
    std::vector<MatrixXd> met;
    if ((total < 1.0 - least_slack).all()) return MatrixXd(coefficient_count(solved), 0);
    const auto groups = rows_by_group(clusters);
    for (Index g = 0; g < total.size(); ++g)
        if (total[g] >= 1.0 - least_slack)
            met.push_back(exactly_met(group_leverage(
                whitened_rows(solved.z, solved.cholesky, solved.weights, groups[static_cast<std::size_t>(g)]))));
    return side_by_side(coefficient_count(solved), met);
}

Sandwich by_cluster(const SolvedRows& solved, const LeastSquaresOptions& options, const MatrixXd& inverse) {
    const MatrixXd sums = grouped_sums(solved.z, solved.scores, *options.clusters);
    const auto groups = static_cast<double>(sums.cols()), n = static_cast<double>(solved.weights.size());
    const double freedom = divisor(solved.weights.size() - solved.cholesky.rank() - options.absorbed_across_clusters);
    const double correction = groups / (groups - 1.0) * (n - 1.0) / freedom;
    return {between(inverse, linear_algebra::scaled_outer_gram(correction, sums)),
            met_by_clusters(solved, *options.clusters, inverse),
            VectorXd::Constant(coefficient_count(solved), groups - 1.0)};
}

/// CR2. A power of I - leverage times Z equals Z times that power of I - (Z'WZ)^-1 Z_g'W_g Z_g, so that matrices of the
/// size of the coefficients do, however many rows a cluster has.
Sandwich by_cluster_leverage(const SolvedRows& solved, const LeastSquaresOptions& options) {
    const Index p = coefficient_count(solved);
    const MatrixXd sums =
        solved.cholesky.whitened(grouped_sums(solved.z, solved.scores, *options.clusters).bottomRows(p));
    const auto groups = group_leverages(solved, rows_by_group(*options.clusters));
    MatrixXd scores(p, sums.cols());
    std::vector<MatrixXd> met;
    for (Index g = 0; g < sums.cols(); ++g) {
        const GroupLeverage& group = groups[static_cast<std::size_t>(g)];
        scores.col(g) = adjusted(group, sums.col(g));
        met.push_back(exactly_met(group));
    }
    const Index size = system_size(solved.z.design);
    MatrixXd covariance = MatrixXd::Zero(size, size);
    covariance.bottomRightCorner(p, p) =
        linear_algebra::scaled_outer_gram(1.0, solved.cholesky.unwhitened(std::move(scores)));
    VectorXd freedom = VectorXd::Constant(p, static_cast<double>(sums.cols() - 1));
    if (is_small(sums.cols(), p)) freedom = satterthwaite_freedom(groups, whitened_coefficients(solved));
    return {std::move(covariance), side_by_side(p, met), std::move(freedom)};
}

Sandwich sandwich(const SolvedRows& solved, const LeastSquaresOptions& options, const MatrixXd& inverse) {
    const Index p = coefficient_count(solved);
    const double freedom = rows_less_coefficients(solved, options);
    switch (options.covariance) {
        case Covariance::classic:
            return {solved.squares / freedom * inverse, MatrixXd(p, 0), VectorXd::Constant(p, freedom)};
        case Covariance::hc1:
            return {between(inverse, hc1_correction(solved, options) * cross_product(solved.z, solved.scores.square())),
                    MatrixXd(p, 0), VectorXd::Constant(p, freedom)};
        case Covariance::hc2:
        case Covariance::hc3:
            return by_row(solved, options, inverse);
        case Covariance::clustered:
            return by_cluster(solved, options, inverse);
        case Covariance::clustered_leverage:
            break;
    }
    return by_cluster_leverage(solved, options);
}

void mark(CoefficientErrors& errors, Index j) {
    errors.covariance.row(j).setConstant(undetermined);
    errors.covariance.col(j).setConstant(undetermined);
    errors.freedom[j] = undetermined;
}

/// Whether each coefficient depends on what the equation always meets exactly. By the Cauchy-Schwarz inequality the
/// product with a unit vector is at most the norm, so that a share below 1e-7 of it is rounding.
std::vector<bool> depends_on(const MatrixXd& whitened, const MatrixXd& met) {
    constexpr double rounding = 1e-7;
    const MatrixXd products = linear_algebra::transpose_product(whitened, met);
    std::vector<bool> out;
    for (Index j = 0; j < products.rows(); ++j)
        out.push_back(products.cols() > 0 && products.row(j).cwiseAbs().maxCoeff() > rounding * whitened.col(j).norm());
    return out;
}

/// Marks coefficients that depend on what is met exactly.
void mark_met(const SolvedRows& solved, const MatrixXd& met, CoefficientErrors& errors) {
    const std::vector<bool> depends = depends_on(whitened_coefficients(solved), met);
    for (Index j = 0; j < std::ssize(depends); ++j)
        if (depends[static_cast<std::size_t>(j)]) mark(errors, j);
}

/// Variances that equal errors would have, in the coordinates of the design.
ArrayXd equal_error_variances(const SolvedRows& solved, MatrixXd inverse) {
    uncenter(solved.z, inverse);
    const double spread = solved.squares / static_cast<double>(solved.weights.size());
    return spread * inverse.diagonal().tail(coefficient_count(solved)).array();
}

/// What coefficient `j` of the design gains by one unit more of each row's weighted residual, shape (n,).
ArrayXd influences(const SolvedRows& solved, const MatrixXd& inverse, Index j) {
    VectorXd contrast = VectorXd::Unit(inverse.rows(), inverse.rows() - coefficient_count(solved) + j);
    if (contrast[0] == 1.0) contrast.segment(1, solved.z.center.size()) = -solved.z.center.transpose();
    return -residuals_of(solved.z, inverse * contrast, ArrayXd::Zero(solved.weights.size()));
}

/// HC1 covariances of coefficient `j` with all coefficients, row by row, before the correction for their number.
VectorXd covariances_by_row(const SolvedRows& solved, const MatrixXd& inverse, Index j) {
    const ArrayXd own = influences(solved, inverse, j);
    VectorXd out = inverse * transpose_times(solved.z, solved.scores.square() * own);
    out[0] -= solved.z.center * out.segment(1, solved.z.center.size());
    const Index p = coefficient_count(solved);
    out.tail(p)[j] = (solved.scores * own).square().sum();
    return out.tail(p);
}

/// Works out the HC1 variances far below those with equal errors, of which products of matrices leave less than eight
/// digits, row by row, and marks those of coefficients that depend on nothing but rows that are met exactly. inverse:
/// that of the centered working system.
void settle_small(const SolvedRows& solved, const MatrixXd& inverse, double correction, CoefficientErrors& errors) {
    constexpr double epsilon = std::numeric_limits<double>::epsilon(), digits = 1e-8, rounding = 1e-13;
    const double small = std::min(0.1, static_cast<double>(solved.weights.size()) * epsilon / digits);
    const ArrayXd equal = equal_error_variances(solved, inverse);
    const ArrayXd share = errors.covariance.diagonal().array() / equal;
    if (!(equal > 0.0).any() || !(share < small).any()) return;
    const MatrixXd met =
        whitened_rows(solved.z, solved.cholesky, solved.weights, rows_met(1.0 - leverages_of(solved, inverse)));
    const std::vector<bool> depends = depends_on(whitened_coefficients(solved), met);
    for (Index j = 0; j < equal.size(); ++j) {
        if (!(share[j] < small)) continue;
        const VectorXd settled = correction * covariances_by_row(solved, inverse, j);
        errors.covariance.col(j) = settled;
        errors.covariance.row(j) = settled.transpose();
        if (share[j] < rounding && depends[static_cast<std::size_t>(j)]) mark(errors, j);
    }
}

}  // namespace

double divisor(Index freedom) { return freedom > 0 ? static_cast<double>(freedom) : undetermined; }

CoefficientErrors coefficient_errors(const SolvedRows& solved, const LeastSquaresOptions& options) {
    const MatrixXd inverse = working_inverse(solved.z.design, solved.cholesky);
    Sandwich found = sandwich(solved, options, inverse);
    uncenter(solved.z, found.covariance);
    // Rows that are all equal have variances of 0, which differences leave on either side of it.
    const ArrayXd variances = found.covariance.diagonal().array();
    found.covariance.diagonal() = (variances < 0.0).select(0.0, variances).matrix();
    const Index p = coefficient_count(solved);
    CoefficientErrors errors{found.covariance.bottomRightCorner(p, p), std::move(found.freedom)};
    if (found.met.cols() > 0) mark_met(solved, found.met, errors);
    if (options.covariance == Covariance::hc1) settle_small(solved, inverse, hc1_correction(solved, options), errors);
    return errors;
}

}  // namespace wagefit
