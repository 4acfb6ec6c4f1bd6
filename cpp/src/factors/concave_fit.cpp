#include "wagefit/factors/concave_fit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "linear_algebra/orthogonal.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/facts/text.hpp"

namespace wagefit {
namespace {

void validate(const Eigen::VectorXd& x, const Eigen::VectorXd& y, const Eigen::VectorXd& weights) {
    if (x.size() < 2 || y.size() != x.size() || weights.size() != x.size())
        throw FactError("amounts: got " + std::to_string(x.size()) + " of them, " + std::to_string(y.size()) +
                        " values and " + std::to_string(weights.size()) + " weights; expected as many, at least 2");
    for (Eigen::Index i = 0; i < x.size(); ++i) {
        if (!std::isfinite(x[i]) || (i > 0 && !(x[i] > x[i - 1])))
            throw FactError("amounts has " + number(x[i]) + "; expected finite, strictly ascending amounts");
        if (!std::isfinite(y[i])) throw FactError("values has " + number(y[i]) + "; expected finite numbers");
        if (!(weights[i] > 0.0) || !std::isfinite(weights[i]))
            throw FactError("weights has " + number(weights[i]) + "; expected finite positive numbers");
    }
}

/// The free columns of the active-set method, and their least squares.
struct Free {
    std::vector<Eigen::Index> columns;

    [[nodiscard]] bool holds(Eigen::Index j) const {
        for (const Eigen::Index column : columns)
            if (column == j) return true;
        return false;
    }

    [[nodiscard]] Eigen::VectorXd solve(const Eigen::MatrixXd& a, const Eigen::VectorXd& y) const {
        return linear_algebra::least_squares_solution(a(Eigen::all, columns), y);
    }
};

/// Moves `b` toward the free solution until the first coordinate reaches zero and is bound again.
void step_back(Free& free, const Eigen::VectorXd& target, Eigen::VectorXd& b) {
    double part = 1.0;
    for (std::size_t k = 0; k < free.columns.size(); ++k) {
        const double here = b[free.columns[k]], there = target[static_cast<Eigen::Index>(k)];
        if (there <= 0.0) part = std::min(part, here / (here - there));
    }
    std::vector<Eigen::Index> kept;
    for (std::size_t k = 0; k < free.columns.size(); ++k) {
        double& here = b[free.columns[k]];
        const double there = target[static_cast<Eigen::Index>(k)];
        here += part * (there - here);
        if (there <= 0.0 && here <= 1e-14 * std::abs(there))
            here = 0.0;
        else
            kept.push_back(free.columns[k]);
    }
    free.columns = std::move(kept);
}

/// Solves on the free columns; binds those that would turn negative.
void settle(const Eigen::MatrixXd& a, const Eigen::VectorXd& y, Free& free, Eigen::VectorXd& b) {
    while (!free.columns.empty()) {
        const Eigen::VectorXd target = free.solve(a, y);
        if (target.minCoeff() > 0.0) {
            for (std::size_t k = 0; k < free.columns.size(); ++k)
                b[free.columns[k]] = target[static_cast<Eigen::Index>(k)];
            return;
        }
        step_back(free, target, b);
    }
}

}  // namespace

Eigen::VectorXd non_negative_least_squares(const Eigen::MatrixXd& a, const Eigen::VectorXd& y) {
    Eigen::VectorXd b = Eigen::VectorXd::Zero(a.cols());
    Free free;
    const double rounding = 1e-13 * y.norm();
    for (Eigen::Index round = 0; round < 3 * a.cols(); ++round) {
        const Eigen::VectorXd gain = a.transpose() * (y - a * b);
        Eigen::Index best = -1;
        for (Eigen::Index j = 0; j < a.cols(); ++j)
            if (!free.holds(j) && gain[j] > rounding * a.col(j).norm() && (best < 0 || gain[j] > gain[best])) best = j;
        if (best < 0) break;
        free.columns.push_back(best);
        settle(a, y, free, b);
    }
    return b;
}

Eigen::VectorXd fit_concave(const Eigen::VectorXd& x, const Eigen::VectorXd& y, const Eigen::VectorXd& weights) {
    validate(x, y, weights);
    const Eigen::Index n = x.size();
    Eigen::MatrixXd pieces(n, n - 1);
    for (Eigen::Index j = 1; j < n; ++j) pieces.col(j - 1) = (x.array() - x[0]).min(x[j] - x[0]);
    // The constant is free: weighted means are taken out of everything.
    const Eigen::RowVectorXd centers = weights.transpose() * pieces / weights.sum();
    const double center = weights.dot(y) / weights.sum();
    const Eigen::VectorXd root = weights.cwiseSqrt();
    const Eigen::MatrixXd a = root.asDiagonal() * (pieces.rowwise() - centers);
    const Eigen::VectorXd b = non_negative_least_squares(a, root.cwiseProduct((y.array() - center).matrix()));
    return ((pieces.rowwise() - centers) * b).array() + center;
}

}  // namespace wagefit
