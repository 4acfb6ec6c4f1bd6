#include "wagefit/estimation/factor_effects.hpp"

#include <cmath>
#include <limits>
#include <numeric>

#include "estimation/level_system.hpp"
#include "wagefit/errors.hpp"

namespace wagefit {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using Outcomes = Eigen::Map<const MatrixXd>;
using Weights = Eigen::Ref<const ArrayXd>;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

void check(const Outcomes& outcomes, const std::vector<LevelColumn>& factors, const Weights& weights) {
    if (factors.empty()) throw FactError("factors are none; expected at least one");
    if (outcomes.array().isInf().any()) throw FactError("outcomes hold inf; expected finite numbers, nan for none");
    const Design levels{{nullptr, outcomes.rows(), 0}, factors, Intercept::none, {}};
    for (const LevelColumn& factor : factors)
        if (factor.levels < 1) throw FactError("a factor has no level; expected at least one");
    check_columns(levels, weights);
}

bool same_rows(const Outcomes& outcomes, Index a, Index b) {
    return (outcomes.col(a).array().isNaN() == outcomes.col(b).array().isNaN()).all();
}

/// Outcomes grouped by the rows that have them.
std::vector<std::vector<Index>> patterns(const Outcomes& outcomes) {
    std::vector<std::vector<Index>> groups;
    for (Index j = 0; j < outcomes.cols(); ++j) {
        bool found = false;
        for (auto& group : groups) {
            if (!same_rows(outcomes, group.front(), j)) continue;
            group.push_back(j);
            found = true;
            break;
        }
        if (!found) groups.push_back({j});
    }
    return groups;
}

std::vector<Index> rows_with(const Outcomes& outcomes, Index j) {
    std::vector<Index> rows;
    for (Index i = 0; i < outcomes.rows(); ++i)
        if (!std::isnan(outcomes(i, j))) rows.push_back(i);
    return rows;
}

/// Weighted means of the columns over the system's rows.
Eigen::RowVectorXd row_means(const MatrixXd& values, const std::vector<Index>& rows, const Weights& weights) {
    Eigen::RowVectorXd sums = Eigen::RowVectorXd::Zero(values.cols());
    double total = 0.0;
    for (const Index row : rows) {
        sums += weights[row] * values.row(row);
        total += weights[row];
    }
    return sums / total;
}

Eigen::RowVectorXd row_squares(const MatrixXd& values, const std::vector<Index>& rows, const Weights& weights) {
    Eigen::RowVectorXd sums = Eigen::RowVectorXd::Zero(values.cols());
    for (const Index row : rows) sums += weights[row] * values.row(row).cwiseAbs2();
    return sums;
}

void subtract_effects(const std::vector<LevelColumn>& factors, const std::vector<MatrixXd>& effects,
                      const std::vector<Index>& rows, MatrixXd& residuals) {
    for (Index j = 0; j < residuals.cols(); ++j)
        for (std::size_t f = 0; f < factors.size(); ++f)
            for (const Index row : rows)
                residuals(row, j) -= effects[f](factors[f].codes[static_cast<std::size_t>(row)], j);
}

/// Moves each factor's effects to weighted mean zero; what is taken away is returned. Levels without rows become NaN.
Eigen::RowVectorXd normalize(const LevelSystem& system, std::vector<MatrixXd>& effects) {
    Eigen::RowVectorXd moved = Eigen::RowVectorXd::Zero(effects.front().cols());
    for (std::size_t f = 0; f < effects.size(); ++f) {
        const VectorXd weights = system.level_weights(f);
        const Eigen::RowVectorXd mean = weights.transpose() * effects[f] / weights.sum();
        effects[f].rowwise() -= mean;
        moved += mean;
        for (Index level = 0; level < weights.size(); ++level)
            if (weights[level] == 0.0) effects[f].row(level).setConstant(missing);
    }
    return moved;
}

/// Solves for the outcomes `columns`, all of which the same rows have, and writes them into `out`.
void solve_group(const Outcomes& outcomes, const std::vector<LevelColumn>& factors, const Weights& weights,
                 const std::vector<Index>& columns, FactorEffects& out) {
    const LevelSystem system(factors, weights, rows_with(outcomes, columns.front()));
    const std::vector<Index>& rows = system.rows();
    if (rows.empty()) throw FactError("an outcome has no row; expected some");
    MatrixXd residuals = outcomes(Eigen::all, columns);
    Eigen::RowVectorXd constants = row_means(residuals, rows, weights);
    residuals.rowwise() -= constants;
    const Eigen::RowVectorXd total = row_squares(residuals, rows, weights);
    std::vector<MatrixXd> effects = system.solve(residuals);
    subtract_effects(factors, effects, rows, residuals);
    const std::vector<MatrixXd> corrections = system.solve(residuals);
    subtract_effects(factors, corrections, rows, residuals);
    for (std::size_t f = 0; f < effects.size(); ++f) effects[f] += corrections[f];
    constants += normalize(system, effects);
    const Eigen::RowVectorXd left = row_squares(residuals, rows, weights);
    for (std::size_t k = 0; k < columns.size(); ++k) {
        const Index j = columns[k], from = static_cast<Index>(k);
        out.constants[j] = constants[from];
        out.r_squared[j] = 1.0 - left[from] / total[from];
        out.residuals.col(j) = residuals.col(from);
        out.rows[static_cast<std::size_t>(j)] = std::ssize(rows);
        out.rank[static_cast<std::size_t>(j)] = system.rank();
        for (std::size_t f = 0; f < factors.size(); ++f) out.effects[f].col(j) = effects[f].col(from);
    }
}

}  // namespace

FactorEffects factor_effects(const Outcomes& outcomes, const std::vector<LevelColumn>& factors,
                             const Weights& weights) {
    check(outcomes, factors, weights);
    const Index m = outcomes.cols();
    FactorEffects out{Eigen::RowVectorXd(m),
                      {},
                      MatrixXd(outcomes.rows(), m),
                      Eigen::RowVectorXd(m),
                      std::vector<Index>(static_cast<std::size_t>(m)),
                      std::vector<Index>(static_cast<std::size_t>(m))};
    for (const LevelColumn& factor : factors) out.effects.emplace_back(factor.levels, m);
    for (const auto& group : patterns(outcomes)) solve_group(outcomes, factors, weights, group, out);
    return out;
}

}  // namespace wagefit
