#include "wagefit/estimation/decomposition.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "linear_algebra/products.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/estimation/least_squares.hpp"

namespace wagefit {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Means and coefficients of one group, and every person's influence on them.
struct Group {
    VectorXd means;            ///< of [1 | columns], shape (p,)
    VectorXd coefficients;     ///< shape (p,)
    MatrixXd mean_influence;   ///< shape (n, p)
    MatrixXd slope_influence;  ///< shape (n, p)
    double outcome_mean;
    ArrayXd outcome_influence;  ///< shape (n,)
};

MatrixXd with_constant(const Eigen::Map<const MatrixXd>& columns) {
    MatrixXd out(columns.rows(), columns.cols() + 1);
    out << VectorXd::Ones(columns.rows()), columns;
    return out;
}

/// (Z'WZ)^-1 from a fit's classic covariance.
MatrixXd bread_of(const LeastSquaresFit& fit, const ArrayXd& weights) {
    return fit.covariance / (fit.residual_variance * weights.mean());
}

LeastSquaresFit classic_fit(const GroupSample& sample) {
    LeastSquaresOptions options;
    options.covariance = Covariance::classic;
    return least_squares({sample.columns, {}, Intercept::included, sample.names}, sample.outcome, sample.weights,
                         options);
}

/// Influence of each row on the coefficients: weight x residual x z'(Z'WZ)^-1.
MatrixXd slope_influence(const GroupSample& sample, const LeastSquaresFit& fit) {
    const MatrixXd bread = bread_of(fit, sample.weights);
    return (sample.weights * fit.residuals).matrix().asDiagonal() *
           linear_algebra::product(with_constant(sample.columns), bread);
}

Group group_of(const GroupSample& sample) {
    const LeastSquaresFit fit = classic_fit(sample);
    const double total = sample.weights.sum();
    const MatrixXd x = with_constant(sample.columns);
    const VectorXd means = x.transpose() * sample.weights.matrix() / total;
    const double mean = (sample.weights * sample.outcome).sum() / total;
    return {means,
            fit.coefficients,
            (sample.weights / total).matrix().asDiagonal() * (x.rowwise() - means.transpose()),
            slope_influence(sample, fit),
            mean,
            sample.weights / total * (sample.outcome - mean)};
}

/// The equation of both groups together with an indicator of the first, which is then left out.
struct Pooled {
    VectorXd coefficients;
    MatrixXd influence;  ///< rows of the first group, then of the second
};

Pooled pooled_equation(const GroupSample& first, const GroupSample& second) {
    const Index n1 = first.columns.rows(), n2 = second.columns.rows(), k = first.columns.cols();
    MatrixXd columns(n1 + n2, k + 1);
    columns.leftCols(k) << first.columns, second.columns;
    columns.col(k) << VectorXd::Ones(n1), VectorXd::Zero(n2);
    ArrayXd outcome(n1 + n2), weights(n1 + n2);
    outcome << first.outcome, second.outcome;
    weights << first.weights, second.weights;
    std::vector<std::string> names = first.names;
    if (!names.empty()) names.emplace_back("the indicator of the group");
    const GroupSample all{
        {columns.data(), n1 + n2, k + 1}, {outcome.data(), n1 + n2}, {weights.data(), n1 + n2}, std::move(names)};
    const LeastSquaresFit fit = classic_fit(all);
    return {fit.coefficients.head(k + 1), slope_influence(all, fit).leftCols(k + 1)};
}

/// A component by coefficient, with its derivatives in what it is made of.
struct Component {
    VectorXd value;
    VectorXd first_mean, second_mean, first_slope, second_slope, pooled_slope;
};

std::vector<Component> threefold(const Group& a, const Group& b) {
    const VectorXd dx = a.means - b.means, db = a.coefficients - b.coefficients, none = VectorXd::Zero(dx.size());
    return {{dx.cwiseProduct(b.coefficients), b.coefficients, -b.coefficients, none, dx, none},
            {b.means.cwiseProduct(db), none, db, b.means, -b.means, none},
            {dx.cwiseProduct(db), db, -db, dx, -dx, none}};
}

std::vector<Component> twofold(const Group& a, const Group& b, const VectorXd& pooled) {
    const VectorXd dx = a.means - b.means, none = VectorXd::Zero(dx.size());
    const VectorXd above = a.coefficients - pooled, below = pooled - b.coefficients;
    return {{dx.cwiseProduct(pooled), pooled, -pooled, none, none, dx},
            {a.means.cwiseProduct(above) + b.means.cwiseProduct(below), above, below, a.means, -b.means, -dx}};
}

/// Influence of everybody on a component, by coefficient, shape (n1 + n2, p).
MatrixXd influence_of(const Component& component, const Group& a, const Group& b, const MatrixXd& pooled) {
    MatrixXd out(a.mean_influence.rows() + b.mean_influence.rows(), component.value.size());
    out.topRows(a.mean_influence.rows()) = a.mean_influence * component.first_mean.asDiagonal();
    out.topRows(a.mean_influence.rows()) += a.slope_influence * component.first_slope.asDiagonal();
    out.bottomRows(b.mean_influence.rows()) = b.mean_influence * component.second_mean.asDiagonal();
    out.bottomRows(b.mean_influence.rows()) += b.slope_influence * component.second_slope.asDiagonal();
    if (pooled.size() > 0) out += pooled * component.pooled_slope.asDiagonal();
    return out;
}

void add_component(const Component& component, const MatrixXd& influence, const std::vector<int>& terms, Index place,
                   Decomposition& out) {
    MatrixXd by_term = MatrixXd::Zero(influence.rows(), out.parts.rows());
    for (Index j = 0; j < influence.cols(); ++j) {
        const int term = terms[static_cast<std::size_t>(j)];
        by_term.col(term) += influence.col(j);
        out.parts(term, place) += component.value[j];
    }
    out.part_errors.col(place) = by_term.colwise().norm().transpose();
    out.totals[place] = component.value.sum();
    out.total_errors[place] = influence.rowwise().sum().norm();
}

void check(const GroupSample& first, const GroupSample& second, const std::vector<int>& terms) {
    if (first.columns.cols() != second.columns.cols())
        throw FactError("the groups have " + std::to_string(first.columns.cols()) + " and " +
                        std::to_string(second.columns.cols()) + " columns; expected the same");
    if (std::ssize(terms) != first.columns.cols() + 1 || std::ranges::min(terms) < 0)
        throw FactError("terms are not one number of at least 0 for the constant and each column");
}

}  // namespace

Decomposition decompose(const GroupSample& first, const GroupSample& second, const std::vector<int>& terms,
                        DecompositionKind kind) {
    check(first, second, terms);
    const Group a = group_of(first), b = group_of(second);
    Pooled pooled;
    if (kind == DecompositionKind::pooled) pooled = pooled_equation(first, second);
    const std::vector<Component> components =
        kind == DecompositionKind::pooled ? twofold(a, b, pooled.coefficients) : threefold(a, b);
    const Index n_terms = std::ranges::max(terms) + 1, n_components = std::ssize(components);
    Decomposition out{a.outcome_mean - b.outcome_mean,
                      std::hypot(a.outcome_influence.matrix().norm(), b.outcome_influence.matrix().norm()),
                      MatrixXd::Zero(n_terms, n_components),
                      MatrixXd::Zero(n_terms, n_components),
                      Eigen::RowVectorXd(n_components),
                      Eigen::RowVectorXd(n_components)};
    for (Index c = 0; c < n_components; ++c) {
        const Component& component = components[static_cast<std::size_t>(c)];
        add_component(component, influence_of(component, a, b, pooled.influence), terms, c, out);
    }
    return out;
}

}  // namespace wagefit
