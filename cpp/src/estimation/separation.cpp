#include "estimation/separation.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "linear_algebra/eigenvalues.hpp"
#include "linear_algebra/orthogonal.hpp"
#include "linear_algebra/products.hpp"
#include "wagefit/numerics/interruption.hpp"

namespace wagefit {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double unmoved = 1e-12;  // of a direction's squares that rounding may leave in the bounded rows
constexpr double balanced =
    1e-8;  // of the rows' length times their number that rounding may leave in a balance of them

/// Orthonormal directions, shape (k, m), in which no row that is bounded on both sides moves. q: shape (n, k).
MatrixXd free_directions(const MatrixXd& q, const ArrayXd& is_bounded) {
    const auto pairs = linear_algebra::symmetric_eigenpairs(linear_algebra::weighted_gram(q, is_bounded));
    return pairs.vectors.leftCols((pairs.values.array() < unmoved).count());
}

/// Rows by the directions they may move in, shape (rows, m): a direction c is allowed where every product is at least
/// 0.
MatrixXd open_rows(const MatrixXd& q, const MatrixXd& free, const Intervals& y) {
    std::vector<Index> rows;
    for (Index i = 0; i < q.rows(); ++i)
        if (std::isinf(y.lower[i]) || std::isinf(y.upper[i])) rows.push_back(i);
    MatrixXd out = linear_algebra::product(q(rows, Eigen::all), free);
    for (Index i = 0; i < out.rows(); ++i)
        if (std::isinf(y.lower[rows[static_cast<std::size_t>(i)]])) out.row(i) *= -1.0;
    const double longest = out.rows() > 0 ? out.rowwise().norm().maxCoeff() : 0.0;
    for (Index i = 0; i < out.rows(); ++i)
        if (out.row(i).norm() <= 1e-9 * longest) out.row(i).setZero();  // only rounding moves it
    return out;
}

/// Nonnegative z of least |offset + a'z|, with `met` the columns of a' in use, by Lawson and Hanson's (1974) active
/// sets; returns what is left, offset + a'z.
class NonnegativeBalance {
public:
    NonnegativeBalance(const MatrixXd& a, VectorXd offset)
        : a_(a), offset_(std::move(offset)), z_(VectorXd::Zero(a.rows())), is_used_(a.rows(), false) {}

    [[nodiscard]] VectorXd solve() {
        const Index most_steps = 100 * (a_.cols() + 5);
        for (Index step = 0; step < most_steps; ++step) {
            interruption_point();
            const VectorXd left = this->left();
            const VectorXd slope = a_ * left;
            Index entering = -1;
            for (Index i = 0; i < slope.size(); ++i)
                if (!is_used_[static_cast<std::size_t>(i)] && slope[i] < 0.0 &&
                    (entering < 0 || slope[i] < slope[entering]))
                    entering = i;
            if (entering < 0 || slope[entering] > -balanced * left.norm() * a_.row(entering).norm()) return left;
            if (std::ssize(used_) == a_.cols()) return left;
            use(entering);
            settle();
        }
        return left();
    }

private:
    [[nodiscard]] VectorXd left() const {
        VectorXd sum = offset_;
        for (const Index i : used_) sum += z_[i] * a_.row(i).transpose();
        return sum;
    }

    void use(Index row) {
        used_.push_back(row);
        is_used_[static_cast<std::size_t>(row)] = true;
    }

    /// Moves to the best z of the used rows, dropping those that would become negative.
    void settle() {
        while (!used_.empty()) {
            const MatrixXd columns = a_(used_, Eigen::all).transpose();
            const VectorXd best = linear_algebra::least_squares_solution(columns, -offset_);
            double share = 1.0;
            for (Index k = 0; k < best.size(); ++k) {
                const double at = z_[used_[static_cast<std::size_t>(k)]];
                if (best[k] <= 0.0) share = std::min(share, at / (at - best[k]));
            }
            for (Index k = 0; k < best.size(); ++k) {
                double& at = z_[used_[static_cast<std::size_t>(k)]];
                at += share * (best[k] - at);
            }
            if (share == 1.0) return;
            drop_zeros();
        }
    }

    void drop_zeros() {
        std::erase_if(used_, [this](Index row) {
            const bool is_zero = z_[row] <= 1e-14 * z_.maxCoeff();
            if (is_zero) {
                z_[row] = 0.0;
                is_used_[static_cast<std::size_t>(row)] = false;
            }
            return is_zero;
        });
    }

    const MatrixXd& a_;
    VectorXd offset_, z_;
    std::vector<Index> used_;
    std::vector<bool> is_used_;
};

/// A direction c with a c >= 0 that is not 0 everywhere. Where there is none, some positive numbers balance the rows
/// (Stiemke's theorem): 1 + z with a'(1 + z) = 0. Otherwise what the best z >= 0 leaves is such a direction.
std::optional<VectorXd> allowed_direction(const MatrixXd& a) {
    const VectorXd left = NonnegativeBalance(a, a.colwise().sum().transpose()).solve();
    const double longest = a.rowwise().norm().maxCoeff();
    if (left.norm() <= balanced * longest * static_cast<double>(a.rows())) return std::nullopt;
    if ((a * left).minCoeff() < -1e-6 * longest * left.norm()) return std::nullopt;
    return left;
}

}  // namespace

std::optional<VectorXd> separating_direction(const Eigen::Map<const MatrixXd>& columns, const Intervals& outcome) {
    const auto factors = linear_algebra::orthogonal_factors(columns);
    const ArrayXd is_bounded =
        (outcome.lower.isInf() || outcome.upper.isInf()).select(0.0, ArrayXd::Ones(columns.rows()));
    const MatrixXd free = free_directions(factors.q, is_bounded);
    if (free.cols() == 0) return std::nullopt;
    const auto allowed = allowed_direction(open_rows(factors.q, free, outcome));
    if (!allowed) return std::nullopt;
    return linear_algebra::solve_upper(factors.r, free * *allowed);
}

}  // namespace wagefit
