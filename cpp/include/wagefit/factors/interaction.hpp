#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "wagefit/factors/choice.hpp"
#include "wagefit/factors/factor.hpp"

namespace wagefit {

/// How far pay at two levels together departs from the product of their ratios, such as a credential that is worth less
/// to the experienced.
struct Interaction {
    std::string first;            ///< name of a factor
    std::string second;           ///< name of another
    Eigen::MatrixXd ratio;        ///< by level of the first (row) and the second, > 0; what depends on one level alone
                                  ///< changes nothing
    Eigen::MatrixXd ratio_error;  ///< standard error of `ratio`; NaN where unknown
};

/// Throws FactError unless the ratios have one row a level of `first` and one column a level of `second`, all finite
/// and positive, and at most one of the two is continuous, with its shares at its knots.
void validate(const Interaction& interaction, const Factor& first, const Factor& second);

/// Both factors as one: a level for each pair of levels, row by row, with the product of the shares (a stated
/// assumption) and the ratios u_i v_j ratio_ij whose averages over either factor are the other's own relative ratios:
/// iterative scaling on pay totals.
[[nodiscard]] Factor joint_factor(const Interaction& interaction, const Factor& first, const Factor& second);

/// Ratio of a joint factor at two choices, relative to the workforce's mean; amounts are interpolated along the knots.
[[nodiscard]] double joint_ratio(const Factor& joint, const Factor& first, const Factor& second, const Choice& a,
                                 const Choice& b);

/// Standard error of log(interaction ratio) at two choices; NaN where unknown.
[[nodiscard]] double interaction_log_error(const Interaction& interaction, const Factor& first, const Factor& second,
                                           const Choice& a, const Choice& b);

}  // namespace wagefit
