#include "wagefit/estimation/interval_regression.hpp"

#include <cmath>
#include <string>

#include "estimation/separation.hpp"
#include "linear_algebra/normal_cholesky.hpp"
#include "linear_algebra/products.hpp"
#include "numerics/constants.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/estimation/design.hpp"
#include "wagefit/numerics/interruption.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using Columns = Eigen::Map<const MatrixXd>;
using Values = Eigen::Ref<const ArrayXd>;

/// log likelihood of one row with its derivatives in eta = x'coefficients / sigma and h = 1 / sigma.
struct RowLikelihood {
    double value;
    double eta, h;
    double eta_eta, eta_h, h_h;
};

RowLikelihood exact_row(double y, double eta, double h) {
    const double e = h * y - eta;
    return {normal::log_pdf(e) + std::log(h), e, 1.0 / h - e * y, -1.0, y, -y * y - 1.0 / (h * h)};
}

/// log(Phi(b) - Phi(a)), in the tail where both are small.
double log_difference(double a, double b) {
    if (a > 0.0) return log_difference(-b, -a);
    const double upper = normal::log_cdf(b);
    return upper + std::log1p(-std::exp(normal::log_cdf(a) - upper));
}

RowLikelihood interval_row(double lower, double upper, double eta, double h) {
    const double a = h * lower - eta, b = h * upper - eta, value = log_difference(a, b);
    const double ra = std::isinf(lower) ? 0.0 : std::exp(normal::log_pdf(a) - value);
    const double rb = std::isinf(upper) ? 0.0 : std::exp(normal::log_pdf(b) - value);
    const double la = std::isinf(lower) ? 0.0 : lower, ub = std::isinf(upper) ? 0.0 : upper;
    const double aa = std::isinf(lower) ? 0.0 : a * ra - ra * ra, bb = std::isinf(upper) ? 0.0 : -b * rb - rb * rb;
    const double ab = ra * rb;
    return {value,
            ra - rb,
            rb * ub - ra * la,
            aa + bb + 2.0 * ab,
            -(aa * la + bb * ub + ab * (la + ub)),
            aa * la * la + bb * ub * ub + 2.0 * ab * la * ub};
}

/// The likelihood at one place: value, scores' factors by row, and Hessian.
struct Likelihood {
    double value;
    double information;            ///< on eta, a row on average
    ArrayXd eta_scores, h_scores;  ///< by row, without weights
    VectorXd gradient;             ///< shape (k + 1,)
    MatrixXd hessian;              ///< shape (k + 1, k + 1)
};

Likelihood likelihood_at(const Columns& x, const Intervals& y, const ArrayXd& weights, const VectorXd& place) {
    const Index n = x.rows(), k = x.cols();
    const double h = place[k];
    const ArrayXd eta = (x * place.head(k)).array();
    ArrayXd value(n), eta_eta(n), eta_h(n);
    double h_h = 0.0;
    Likelihood out{0.0, 0.0, ArrayXd(n), ArrayXd(n), VectorXd(k + 1), MatrixXd(k + 1, k + 1)};
    for (Index i = 0; i < n; ++i) {
        const RowLikelihood row = y.lower[i] == y.upper[i] ? exact_row(y.lower[i], eta[i], h)
                                                           : interval_row(y.lower[i], y.upper[i], eta[i], h);
        value[i] = row.value;
        out.eta_scores[i] = row.eta;
        out.h_scores[i] = row.h;
        eta_eta[i] = weights[i] * row.eta_eta;
        eta_h[i] = weights[i] * row.eta_h;
        h_h += weights[i] * row.h_h;
    }
    out.value = (weights * value).sum();
    out.information = -eta_eta.mean();
    out.gradient << x.transpose() * (weights * out.eta_scores).matrix(), (weights * out.h_scores).sum();
    out.hessian.topLeftCorner(k, k) = linear_algebra::weighted_gram(x, eta_eta);
    out.hessian.col(k).head(k) = x.transpose() * eta_h.matrix();
    out.hessian.row(k).head(k) = out.hessian.col(k).head(k).transpose();
    out.hessian(k, k) = h_h;
    return out;
}

/// Middle of a bounded interval, the bound of an open one.
ArrayXd middles(const Intervals& y) {
    return y.lower.isInf().select(y.upper, y.upper.isInf().select(y.lower, 0.5 * (y.lower + y.upper)));
}

/// Throws ConvergenceError that names the coefficients without a finite estimate.
void refuse_separation(const NamedColumns& columns, const Intervals& y) {
    const auto direction = separating_direction(columns.values, y);
    if (!direction) return;
    const ArrayXd moved = direction->array() * columns.values.cwiseAbs().colwise().mean().transpose().array();
    std::string unlimited;
    for (Index j = 0; j < moved.size(); ++j) {
        if (std::abs(moved[j]) <= 1e-7 * moved.abs().maxCoeff()) continue;
        unlimited += (unlimited.empty() ? "" : ", ") + coefficient_name(design_of(columns), 1 + j) +
                     (moved[j] > 0.0 ? " (plus infinity)" : " (minus infinity)");
    }
    throw ConvergenceError("the likelihood has no maximum: it rises up to infinite values of " + unlimited +
                           ", as where the outcomes of a whole group are open on the same side; expected some that "
                           "are bounded on both sides in each group, or the group left out");
}

VectorXd starting_place(const NamedColumns& columns, const Intervals& y, const ArrayXd& weights) {
    const Columns& x = columns.values;
    const ArrayXd middle = middles(y);
    const NormalCholesky normal(linear_algebra::weighted_gram(x, weights));
    if (!normal.dependent().empty()) refuse_dependent(columns, normal.dependent().front());
    refuse_separation(columns, y);
    const VectorXd coefficients = normal.solve(x.transpose() * (weights * middle).matrix());
    const ArrayXd residuals = middle - (x * coefficients).array();
    const double sigma = std::sqrt((weights * residuals.square()).mean());
    const double h = 1.0 / std::max(sigma, 1e-3);
    VectorXd place(x.cols() + 1);
    place << h * coefficients, h;
    return place;
}

struct Maximum {
    VectorXd place;
    Likelihood likelihood;
    int steps;
};

Maximum maximum(const NamedColumns& columns, const Intervals& y, const ArrayXd& weights) {
    const Columns& x = columns.values;
    constexpr int most_steps = 100;
    constexpr double settled = 1e-16;           // likelihood still to be gained, a row
    constexpr double least_information = 1e-4;  // where it vanishes the likelihood only flattens out
    const Index k = x.cols();
    VectorXd place = starting_place(columns, y, weights);
    Likelihood at = likelihood_at(x, y, weights, place);
    for (int step = 1; step <= most_steps; ++step) {
        interruption_point();
        const VectorXd move = NormalCholesky(-at.hessian).solve(at.gradient);
        const double decrement = move.dot(at.gradient);  // twice the likelihood still to be gained
        if (!std::isfinite(decrement) || at.information < least_information) break;
        double share = 1.0;
        while (place[k] + share * move[k] <= 0.0) share *= 0.5;
        Likelihood next = likelihood_at(x, y, weights, place + share * move);
        while (!(next.value >= at.value - 1e-13 * std::abs(at.value)) && share > 1e-10) {
            share *= 0.5;
            next = likelihood_at(x, y, weights, place + share * move);
        }
        place += share * move;
        at = std::move(next);
        if (decrement < settled * static_cast<double>(x.rows())) return {place, at, step};
    }
    throw ConvergenceError(
        "the likelihood of the intervals has no maximum that Newton's method reaches; expected "
        "outcomes bounded on both sides and no column that tells intervals apart");
}

MatrixXd score_products(const Columns& x, const Likelihood& at, const ArrayXd& weights) {
    const Index k = x.cols();
    MatrixXd scores(x.rows(), k + 1);
    scores.leftCols(k) = (weights * at.eta_scores).matrix().asDiagonal() * x;
    scores.col(k) = (weights * at.h_scores).matrix();
    const auto n = static_cast<double>(x.rows());
    return linear_algebra::scaled_gram(n / (n - 1.0), scores);
}

void check(const NamedColumns& columns, const Intervals& outcome, const Values& weights) {
    const Design design = design_of(columns);
    check_columns(design, weights);
    check_rows(design);
    const Index n = columns.values.rows();
    if (outcome.lower.size() != n || outcome.upper.size() != n)
        throw FactError("lower and upper have " + std::to_string(outcome.lower.size()) + " and " +
                        std::to_string(outcome.upper.size()) + " values; expected " + std::to_string(n) + " of each");
    for (Index i = 0; i < n; ++i)
        if (!(outcome.lower[i] <= outcome.upper[i]) || outcome.lower[i] == infinity || outcome.upper[i] == -infinity)
            throw FactError("row " + std::to_string(i) + " lies between " + std::to_string(outcome.lower[i]) + " and " +
                            std::to_string(outcome.upper[i]) + "; expected lower <= upper");
        else if (std::isinf(outcome.lower[i]) && std::isinf(outcome.upper[i]))
            throw FactError("row " + std::to_string(i) + " is unbounded; expected a lower or an upper end");
}

}  // namespace

IntervalFit interval_regression(const NamedColumns& columns, const Intervals& outcome, const Values& weights,
                                LikelihoodErrors errors) {
    check(columns, outcome, weights);
    const ArrayXd shares = weights / weights.mean();
    const Index k = columns.values.cols();
    const Maximum top = maximum(columns, outcome, shares);
    MatrixXd covariance = NormalCholesky(-top.likelihood.hessian).inverse();
    if (errors == LikelihoodErrors::sandwich)
        covariance = linear_algebra::product(
            linear_algebra::product(covariance, score_products(columns.values, top.likelihood, shares)), covariance);
    const double sigma = 1.0 / top.place[k];
    MatrixXd jacobian = MatrixXd::Identity(k + 1, k + 1) * sigma;  // coefficients = eta / h, log sigma = -log h
    jacobian.col(k).head(k) = -sigma * sigma * top.place.head(k);
    jacobian(k, k) = -sigma;
    return {sigma * top.place.head(k),
            sigma,
            linear_algebra::product_with_transpose(linear_algebra::product(jacobian, covariance), jacobian),
            top.likelihood.value,
            std::exp(0.5 * sigma * sigma),
            top.steps};
}

}  // namespace wagefit
