#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "wagefit/factors/choice.hpp"
#include "wagefit/factors/factor.hpp"

namespace wagefit {

/// What two factors have to do with each other: how far pay at two levels together departs from the product of their
/// ratios, such as a credential that is worth less to the experienced, and how often the levels come together.
struct Interaction {
    std::string first;            ///< name of a factor
    std::string second;           ///< name of another
    Eigen::MatrixXd ratio;        ///< by level of the first (row) and the second, > 0; what depends on one level alone
                                  ///< changes nothing
    Eigen::MatrixXd ratio_error;  ///< standard error of `ratio`; NaN where unknown
    Eigen::MatrixXd share{};  ///< people by level of the first (row) and the second in any unit, >= 0, scaled to the
                              ///< shares of both factors; empty: the two are independent
};

/// Throws FactError unless the ratios have one row a level of `first` and one column a level of `second`, all finite
/// and positive, the shares are none or as many and not negative, and at most one of the two is continuous, with its
/// shares at its knots.
void validate(const Interaction& interaction, const Factor& first, const Factor& second);

/// Part of the workforce at each pair of levels: the interaction's shares scaled until rows and columns are the
/// factors' own (iterative proportional fitting), or the product where there are none. InfeasibleError where pairs of
/// nobody leave no such table.
[[nodiscard]] Eigen::MatrixXd joint_shares(const Interaction& interaction, const Factor& first, const Factor& second);

/// Both factors as one: a level for each pair of levels, row by row, with the joint shares and the ratios
/// u_i v_j ratio_ij whose averages over either factor are the other's own relative ratios: iterative scaling on pay
/// totals. Ratios measured one factor at a time thus count nothing twice.
[[nodiscard]] Factor joint_factor(const Interaction& interaction, const Factor& first, const Factor& second);

/// Ratio of a joint factor at two choices, relative to the workforce's mean; amounts are interpolated along the knots.
[[nodiscard]] double joint_ratio(const Factor& joint, const Factor& first, const Factor& second, const Choice& a,
                                 const Choice& b);

/// Shares of the second factor's levels among people at `choice` of the first; an amount between two knots has both in
/// proportion.
[[nodiscard]] Eigen::ArrayXd shares_of_second(const Factor& joint, const Factor& first, const Factor& second,
                                              const Choice& choice);

/// Shares of the first factor's levels among people at `choice` of the second.
[[nodiscard]] Eigen::ArrayXd shares_of_first(const Factor& joint, const Factor& first, const Factor& second,
                                             const Choice& choice);

/// Standard error of log(interaction ratio) at two choices; NaN where unknown.
[[nodiscard]] double interaction_log_error(const Interaction& interaction, const Factor& first, const Factor& second,
                                           const Choice& a, const Choice& b);

}  // namespace wagefit
