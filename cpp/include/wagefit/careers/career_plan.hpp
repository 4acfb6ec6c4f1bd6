#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

namespace wagefit {

/// Pay in one role. An empty table is a role without pay, such as having left the field.
struct RolePay {
    using Table = Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

    std::string name;
    Table log_wage;  ///< log of pay in dollars a year of the start; row: years of experience, column: score of the grid

    [[nodiscard]] bool is_paid() const noexcept { return log_wage.size() > 0; }
};

/// Normal scores at which pay is tabulated, equally spaced; between them log pay is linear, beyond them held.
struct ScoreGrid {
    double first;
    double step;  ///< > 0
};

/// A chance of moving from one role to another at the end of a year.
struct Transition {
    std::size_t from;
    std::size_t to;
    double chance;    ///< a year, in [0, 1]
    int after_years;  ///< complete years in the role before the chance exists; 0: from the first year's end on
};

/// Rules by which a career goes on, year by year.
///
/// A person has a normal score z, her rank among people of the same role and experience, which moves as z' = r z +
/// sqrt(1 - r^2) e with a fresh normal e, so that its law stays the standard normal one. Experience grows by one in
/// each year of paid work, whatever the role; beyond the table's last row pay is held.
struct CareerPlan {
    std::vector<RolePay> roles;
    ScoreGrid grid;
    std::vector<Transition> transitions;
    std::size_t start_role = 0;
    int start_experience = 0;
    double start_score = std::numeric_limits<double>::quiet_NaN();  ///< NaN: drawn
    double persistence = 1.0;                                       ///< r of a year in one role, in [0, 1]
    double persistence_at_moves = 1.0;                              ///< r at a change of role, in [0, 1]
    double log_growth = 0.0;                                        ///< of all pay, a year
};

/// Throws FactError naming what is wrong: tables of different width, no or infinite wages, chances that are none or
/// that sum to more than one in some year of a role, persistences outside [0, 1].
void validate(const CareerPlan& plan);

}  // namespace wagefit
