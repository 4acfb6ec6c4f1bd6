#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

namespace wagefit {

/// Threefold: endowments (x1 - x2) b2, coefficients x2 (b1 - b2), interaction (x1 - x2) (b1 - b2). Pooled: explained
/// (x1 - x2) b*, unexplained x1 (b1 - b*) + x2 (b* - b2), b* from both groups with an indicator of the group. (Blinder
/// 1973, Oaxaca 1973, Jann 2008.) x are means of the columns and b coefficients of the groups.
enum class DecompositionKind { threefold, pooled };

/// One group's people. The columns are without a constant, which every equation has besides.
struct GroupSample {
    Eigen::Map<const Eigen::MatrixXd> columns;  ///< shape (n, k)
    Eigen::Map<const Eigen::ArrayXd> outcome;   ///< shape (n,)
    Eigen::Map<const Eigen::ArrayXd> weights;   ///< shape (n,)
    std::vector<std::string> names;             ///< of the constant and the columns, for messages; may be empty
};

/// The gap between two groups' mean outcomes in parts that add up to it.
struct Decomposition {
    double gap;
    double gap_error;
    Eigen::MatrixXd parts;        ///< shape (terms, components), in the order of `DecompositionKind`
    Eigen::MatrixXd part_errors;  ///< standard errors, the same shape
    Eigen::RowVectorXd totals;    ///< shape (components,)
    Eigen::RowVectorXd total_errors;
};

/// Decomposes the gap first - second by weighted least squares in each group.
/// terms: term (0, 1, ...) of the constant and of each column, shape (1 + k,): parts are summed over a term's columns.
/// Standard errors are those of the sum of every person's influence on means and coefficients, so that they allow for
/// heteroskedasticity, for means being estimated, and for what groups and pooled equation have in common.
/// FactError for wrong input or a column that depends on others in a group.
[[nodiscard]] Decomposition decompose(const GroupSample& first, const GroupSample& second,
                                      const std::vector<int>& terms, DecompositionKind kind);

}  // namespace wagefit
