#include "wagefit/estimation/quantile_regression.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "estimation/check_loss_vertex.hpp"
#include "linear_algebra/normal_cholesky.hpp"
#include "linear_algebra/orthogonal.hpp"
#include "linear_algebra/products.hpp"
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
using Values = Eigen::Ref<const ArrayXd>;

linear_algebra::OrthogonalFactors factors_of(const NamedColumns& columns, const Values& weights) {
    auto factors = linear_algebra::orthogonal_factors(weights.matrix().asDiagonal() * columns.values);
    for (Index j = 0; j < columns.values.cols(); ++j)
        if (!(std::abs(factors.r(j, j)) > 1e-10 * factors.r.col(j).norm())) refuse_dependent(columns, j);
    return factors;
}

/// Interior point of the dual: maximize y'a over X'a = (1 - p) X'1, 0 < a < 1, with s = 1 - a; names of the variables
/// as in Portnoy and Koenker (1997).
struct Interior {
    ArrayXd x, s;          ///< primal variables and their distance from 1
    ArrayXd z, w;          ///< multipliers of the bounds
    VectorXd multipliers;  ///< of the equalities: minus the coefficients
};

double step_length(const ArrayXd& at, const ArrayXd& move) { return (move < 0.0).select(-at / move, 1e20).minCoeff(); }

/// Largest share of both moves that keeps the variables positive, a little less than all of it.
double shared_step(const ArrayXd& a, const ArrayXd& da, const ArrayXd& b, const ArrayXd& db) {
    return std::min(0.99995 * std::min(step_length(a, da), step_length(b, db)), 1.0);
}

Interior starting_point(const MatrixXd& q, const VectorXd& y, double p) {
    const Index n = q.rows();
    const VectorXd multipliers = -(q.transpose() * y);
    ArrayXd r = -(y + q * multipliers).array();
    const double small = 1e-3 * std::max(r.abs().mean(), 1e-300);
    r = (r.abs() < 1e-3 * small).select(small, r);
    const ArrayXd z = r.max(0.0) + small;
    return {ArrayXd::Constant(n, 1.0 - p), ArrayXd::Constant(n, p), z, z - r, multipliers};
}

double gap_of(const Interior& at) { return (at.x * at.z).sum() + (at.s * at.w).sum(); }

/// One predictor-corrector step (Mehrotra 1992).
void advance(const MatrixXd& q, Interior& at) {
    const auto n = static_cast<double>(q.rows());
    const ArrayXd scale = 1.0 / (at.z / at.x + at.w / at.s);
    const ArrayXd r = at.z - at.w;
    const NormalCholesky normal(linear_algebra::weighted_gram(q, scale));
    const auto direction = [&](const ArrayXd& target) -> VectorXd {
        return normal.solve(q.transpose() * (scale * target).matrix());
    };
    VectorXd dy = direction(r);
    ArrayXd dx = scale * ((q * dy).array() - r);
    ArrayXd dz = -at.z * (1.0 + dx / at.x), dw = -at.w * (1.0 - dx / at.s);
    double primal = shared_step(at.x, dx, at.s, -dx), dual = shared_step(at.z, dz, at.w, dw);
    if (std::min(primal, dual) < 1.0) {
        const double gap = gap_of(at);
        const double ahead =
            ((at.z + dual * dz) * (at.x + primal * dx)).sum() + ((at.w + dual * dw) * (at.s - primal * dx)).sum();
        const double mu = gap * std::pow(ahead / gap, 3) / (2.0 * n);
        const ArrayXd dxdz = dx * dz, dsdw = -dx * dw, xi = mu * (1.0 / at.x - 1.0 / at.s);
        const ArrayXd target = r + dxdz / at.x - dsdw / at.s - xi;
        dy = direction(target);
        dx = scale * ((q * dy).array() - target);
        dz = (mu - dxdz - at.z * dx) / at.x - at.z;
        dw = (mu - dsdw + at.w * dx) / at.s - at.w;
        primal = shared_step(at.x, dx, at.s, -dx);
        dual = shared_step(at.z, dz, at.w, dw);
    }
    at.x += primal * dx;
    at.s -= primal * dx;
    at.multipliers += dual * dy;
    at.z += dual * dz;
    at.w += dual * dw;
}

/// Coefficients on orthonormal columns to a relative gap of 1e-10, or as near as rounding lets.
VectorXd interior_solution(const MatrixXd& q, const VectorXd& y, double p) {
    constexpr int most_steps = 80;
    Interior at = starting_point(q, y, p);
    const double small = 1e-10 * std::max(y.cwiseAbs().sum(), 1e-300);
    VectorXd best = -at.multipliers;
    for (int step = 0; step < most_steps && gap_of(at) > small; ++step) {
        interruption_point();
        advance(q, at);
        if (!at.multipliers.allFinite()) break;
        best = -at.multipliers;
    }
    return best;
}

/// Hall and Sheather's bandwidth on the probability scale, for 95 % intervals.
double hall_sheather(double n, double p) {
    const double z = normal::quantile(p), density = normal::pdf(z);
    return std::cbrt(1.0 / n) * std::pow(normal::quantile(0.975), 2.0 / 3.0) *
           std::cbrt(1.5 * density * density / (2.0 * z * z + 1.0));
}

double sample_quantile(std::vector<double> values, double p) {
    const auto place = values.begin() + static_cast<std::ptrdiff_t>(p * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), place, values.end());
    return *place;
}

/// On the scale of the residuals, from their spread.
double bandwidth_of(const ArrayXd& residuals, double p) {
    const auto n = static_cast<double>(residuals.size());
    double h = hall_sheather(n, p);
    while (p - h < 0.0 || p + h > 1.0) h *= 0.5;
    const std::vector<double> values(residuals.begin(), residuals.end());
    const double middle = (sample_quantile(values, 0.75) - sample_quantile(values, 0.25)) / 1.34;
    const double spread = std::sqrt((residuals - residuals.mean()).square().sum() / (n - 1.0));
    const double width = (normal::quantile(p + h) - normal::quantile(p - h)) * std::min(spread, middle);
    return width > 0.0 ? width : spread * h;
}

/// The spread of each row's residual over the mean spread: absolute residuals by least squares on the columns, at least
/// a fifth.
ArrayXd relative_spreads(const Eigen::Map<const MatrixXd>& x, const ArrayXd& residuals, const Values& weights) {
    constexpr double least = 0.2;
    const ArrayXd sizes = weights * residuals.abs();
    const double mean = sizes.sum() / weights.sum();
    if (!(mean > 0.0)) return ArrayXd::Ones(residuals.size());
    const NormalCholesky normal(linear_algebra::weighted_gram(x, weights));
    return ((x * normal.solve(x.transpose() * sizes.matrix())).array() / mean).max(least);
}

/// Squared sums of weight x (p - [residual < 0]) x over clusters, with CR1's correction.
MatrixXd clustered_middle(const Eigen::Map<const MatrixXd>& x, const ArrayXd& residuals, const Values& weights,
                          double p, const LevelColumn& clusters) {
    MatrixXd sums = MatrixXd::Zero(x.cols(), clusters.levels);
    for (Index i = 0; i < x.rows(); ++i)
        sums.col(clusters.codes[static_cast<std::size_t>(i)]) +=
            weights[i] * (residuals[i] < 0.0 ? p - 1.0 : p) * x.row(i).transpose();
    const auto groups = static_cast<double>(sums.cols()), n = static_cast<double>(x.rows());
    const double correction = groups / (groups - 1.0) * (n - 1.0) / (n - static_cast<double>(x.cols()));
    return linear_algebra::scaled_outer_gram(correction, sums);
}

/// With a bandwidth in proportion to each row's spread: a common one would smooth over more of the density where wages
/// differ less.
MatrixXd sandwich(const Eigen::Map<const MatrixXd>& x, const ArrayXd& residuals, const Values& weights, double p,
                  double bandwidth, const std::optional<LevelColumn>& clusters) {
    const ArrayXd h = bandwidth * relative_spreads(x, residuals, weights);
    const ArrayXd kernel = weights * (1.0 - (residuals / h).square()).max(0.0) * (0.75 / h);  // Epanechnikov's
    const MatrixXd bread = NormalCholesky(linear_algebra::weighted_gram(x, kernel)).inverse();
    if (clusters) {
        const MatrixXd middle = clustered_middle(x, residuals, weights, p, *clusters);
        return linear_algebra::product(linear_algebra::product(bread, middle), bread);
    }
    const MatrixXd middle = linear_algebra::weighted_gram(x, weights.square());
    return linear_algebra::product(linear_algebra::scaled_product(p * (1.0 - p), bread, middle), bread);
}

void check_clusters(const std::optional<LevelColumn>& clusters, Index n) {
    if (!clusters) return;
    if (std::ssize(clusters->codes) != n)
        throw FactError("clusters have " + std::to_string(clusters->codes.size()) + " values; expected " +
                        std::to_string(n) + ", one for each row");
    if (clusters->levels < 2) throw FactError("clusters hold one group; expected at least two");
}

void check(const NamedColumns& columns, const Values& outcome, const Values& weights, double p) {
    if (!(p > 0.0 && p < 1.0))
        throw FactError("p is " + std::to_string(p) + "; expected a probability strictly between 0 and 1");
    const Design design = design_of(columns);
    check_regression(design, outcome, weights);
    check_rows(design);
}

/// Rows by outcome, then by columns, then by weight: an order that does not depend on how they were given. Rows that
/// tie are equal.
std::vector<Index> canonical_order(const NamedColumns& columns, const Values& outcome, const Values& weights) {
    std::vector<Index> order(static_cast<std::size_t>(outcome.size()));
    std::iota(order.begin(), order.end(), Index{0});
    std::sort(order.begin(), order.end(), [&](Index a, Index b) {
        if (outcome[a] != outcome[b]) return outcome[a] < outcome[b];
        for (Index j = 0; j < columns.values.cols(); ++j)
            if (columns.values(a, j) != columns.values(b, j)) return columns.values(a, j) < columns.values(b, j);
        return weights[a] < weights[b];
    });
    return order;
}

/// Coefficients of least weighted check loss.
VectorXd best_coefficients(const NamedColumns& columns, const Values& outcome, const Values& weights, double p) {
    const std::vector<Index> order = canonical_order(columns, outcome, weights);
    const MatrixXd x = columns.values(order, Eigen::all);
    const ArrayXd w = weights(order);
    const auto basis = factors_of({{x.data(), x.rows(), x.cols()}, columns.names}, w);
    const VectorXd y = (w * outcome(order)).matrix();
    return linear_algebra::solve_upper(basis.r, best_vertex(basis.q, y, p, interior_solution(basis.q, y, p)));
}

/// The least check loss of a constant alone.
double loss_of_constant(const Values& outcome, const Values& weights, double p) {
    const MatrixXd constant = MatrixXd::Ones(outcome.size(), 1);
    const NamedColumns columns{{constant.data(), constant.rows(), 1}, {}};
    const double level = best_coefficients(columns, outcome, weights, p)[0];
    return check_loss(weights * (outcome - level), p);
}

}  // namespace

QuantileFit quantile_regression(const NamedColumns& columns, const Values& outcome, const Values& weights, double p,
                                const std::optional<LevelColumn>& clusters) {
    check(columns, outcome, weights, p);
    check_clusters(clusters, outcome.size());
    QuantileFit fit{best_coefficients(columns, outcome, weights, p), {}, 0.0, 0.0, 0.0, 0.0, {}};
    fit.residuals = outcome - (columns.values * fit.coefficients).array();
    fit.check_loss = check_loss(weights * fit.residuals, p);
    const double alone = loss_of_constant(outcome, weights, p);
    fit.r_squared = alone > 0.0 ? 1.0 - fit.check_loss / alone : std::numeric_limits<double>::quiet_NaN();
    fit.residual_spread = std::sqrt((weights * fit.residuals.square()).sum() / weights.sum());
    fit.bandwidth = bandwidth_of(fit.residuals, p);
    fit.covariance = sandwich(columns.values, fit.residuals, weights, p, fit.bandwidth, clusters);
    return fit;
}

}  // namespace wagefit
