#include "estimation/check_loss_vertex.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

#include "linear_algebra/inverse.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/numerics/counter_random.hpp"
#include "wagefit/numerics/interruption.hpp"

namespace wagefit {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double independence = 1e-8;  // of a row's norm that must be left after projection on the rows before
constexpr double optimal = 1e-9;       // slack of the multipliers' bounds
constexpr const char* unsettled = "the least check loss is not reached at a vertex; expected columns of similar size";

/// The first k independent rows in order of distance from the start.
std::vector<Index> nearest_rows(const MatrixXd& x, const ArrayXd& residuals) {
    std::vector<Index> order(static_cast<std::size_t>(x.rows()));
    std::iota(order.begin(), order.end(), Index{0});
    std::sort(order.begin(), order.end(),
              [&](Index a, Index b) { return std::abs(residuals[a]) < std::abs(residuals[b]); });
    MatrixXd basis(x.cols(), x.cols());
    std::vector<Index> rows;
    for (const Index row : order) {
        const Index found = std::ssize(rows);
        if (found == x.cols()) break;
        VectorXd left = x.row(row).transpose();
        for (int pass = 0; pass < 2; ++pass) left -= basis.leftCols(found) * (basis.leftCols(found).transpose() * left);
        if (left.norm() <= independence * x.row(row).norm()) continue;
        basis.col(found) = left.normalized();
        rows.push_back(row);
    }
    return rows;
}

struct Vertex {
    MatrixXd inverse;  ///< of the rows that are met
    VectorXd coefficients;
    ArrayXd residuals;
};

Vertex vertex_at(const MatrixXd& x, const VectorXd& y, const std::vector<Index>& rows) {
    const MatrixXd met = x(rows, Eigen::all);
    Vertex vertex{linear_algebra::inverse(met), {}, {}};
    const VectorXd target = y(rows);
    vertex.coefficients = vertex.inverse * target;
    vertex.coefficients += vertex.inverse * (target - met * vertex.coefficients);
    vertex.residuals = (y - x * vertex.coefficients).array();
    for (const Index row : rows) vertex.residuals[row] = 0.0;
    return vertex;
}

/// An edge out of a vertex: coefficients move so that row `leaving`'s residual takes the sign `sign`.
struct Edge {
    Index leaving = -1;
    double sign = 0.0;
    double slope = 0.0;  ///< of the loss, negative where it descends
};

VectorXd multipliers_at(const MatrixXd& x, const Vertex& vertex, const std::vector<Index>& rows, double p) {
    VectorXd psi = (vertex.residuals >= 0.0).select(ArrayXd::Constant(x.rows(), p), p - 1.0).matrix();
    for (const Index row : rows) psi[row] = 0.0;
    return -(vertex.inverse.transpose() * (x.transpose() * psi));
}

Edge steepest_edge(const VectorXd& multipliers, double p) {
    Edge best;
    for (Index j = 0; j < multipliers.size(); ++j) {
        const double up = p - multipliers[j], down = 1.0 - p + multipliers[j];
        if (std::min(up, down) >= std::min(best.slope, -optimal)) continue;
        best = up < down ? Edge{j, 1.0, up} : Edge{j, -1.0, down};
    }
    return best;
}

/// The edge along which the loss stays the same and the sum of fitted values falls fastest. Where the leaving row's
/// residual rises, coefficients move by minus its column of the inverse.
Edge falling_level_edge(const MatrixXd& x, const Vertex& vertex, const VectorXd& multipliers, double p) {
    const VectorXd falls = vertex.inverse.transpose() * x.colwise().sum().transpose();
    double fastest = 1e-9 * falls.cwiseAbs().maxCoeff();  // above rounding
    Edge best;
    for (Index j = 0; j < multipliers.size(); ++j) {
        const double slope = falls[j] > 0.0 ? p - multipliers[j] : 1.0 - p + multipliers[j];
        if (slope > optimal || std::abs(falls[j]) <= fastest) continue;
        best = {j, falls[j] > 0.0 ? 1.0 : -1.0, slope};
        fastest = std::abs(falls[j]);
    }
    return best;
}

/// Row whose residual reaches zero where the loss along the edge stops descending; -1 where none does.
Index entering_row(const MatrixXd& x, const Vertex& vertex, const std::vector<Index>& rows, const Edge& edge) {
    VectorXd rates = edge.sign * (x * vertex.inverse.col(edge.leaving));
    for (const Index row : rows) rates[row] = 0.0;
    std::vector<std::pair<double, Index>> breaks;  // minus the distance, so that the heap's top is the nearest
    for (Index i = 0; i < rates.size(); ++i) {
        const double r = vertex.residuals[i];
        if ((r >= 0.0 && rates[i] < 0.0) || (r < 0.0 && rates[i] > 0.0)) breaks.emplace_back(r / rates[i], i);
    }
    std::make_heap(breaks.begin(), breaks.end());
    for (double slope = edge.slope; !breaks.empty(); breaks.pop_back()) {
        std::pop_heap(breaks.begin(), breaks.end());
        slope += std::abs(rates[breaks.back().second]);
        if (slope >= 0.0) return breaks.back().second;
    }
    return -1;
}

/// The outcome with each row moved by a random billionth of the mean residual: heaped outcomes meet a vertex in more
/// rows than there are columns, among which simplex steps could go round. A vertex that is best for the moved rows has
/// multipliers that prove it best for the rows themselves, for their residuals' signs differ only where they are zero.
VectorXd moved_apart(const VectorXd& y, const ArrayXd& residuals) {
    const double scale = 1e-9 * residuals.abs().mean();
    VectorXd moved = y;
    for (Index i = 0; i < y.size(); ++i) moved[i] += scale * random_normal({0x51, 0}, static_cast<std::uint64_t>(i));
    return moved;
}

}  // namespace

double check_loss(const ArrayXd& residuals, double p) {
    return (residuals >= 0.0).select(p * residuals, (p - 1.0) * residuals).sum();
}

VectorXd best_vertex(const MatrixXd& x, const VectorXd& y, double p, const VectorXd& start) {
    const Index most_steps = 1000 + 50 * x.cols();
    const ArrayXd residuals = (y - x * start).array();
    std::vector<Index> rows = nearest_rows(x, residuals);
    if (std::ssize(rows) < x.cols()) throw ConvergenceError(unsettled);
    const VectorXd moved = moved_apart(y, residuals);
    for (Index step = 0; step < most_steps; ++step) {
        interruption_point();
        const Vertex vertex = vertex_at(x, moved, rows);
        const VectorXd multipliers = multipliers_at(x, vertex, rows, p);
        Edge edge = steepest_edge(multipliers, p);
        if (edge.leaving < 0) edge = falling_level_edge(x, vertex, multipliers, p);
        if (edge.leaving < 0) break;
        const Index entering = entering_row(x, vertex, rows, edge);
        if (entering < 0) break;
        rows[static_cast<std::size_t>(edge.leaving)] = entering;
    }
    const Vertex best = vertex_at(x, y, rows);
    const double rounding = 1e-9 * check_loss(residuals, p) + 1e-12 * y.cwiseAbs().sum();
    if (!(check_loss(best.residuals, p) <= check_loss(residuals, p) + rounding)) throw ConvergenceError(unsettled);
    return best.coefficients;
}

}  // namespace wagefit
