#include "wagefit/careers/career_plan.hpp"

#include <cmath>

#include "wagefit/errors.hpp"
#include "wagefit/facts/text.hpp"

namespace wagefit {
namespace {

/// Rounding of a sum of chances that is meant to be one.
constexpr double chance_tolerance = 1e-12;

void require_part(const std::string& name, double value) {
    if (!(value >= 0.0 && value <= 1.0)) throw FactError(name + " is " + number(value) + "; expected one in [0, 1]");
}

void validate_roles(const CareerPlan& plan) {
    if (plan.roles.empty()) throw FactError("roles: got none, expected at least one");
    Eigen::Index width = 0;
    for (const RolePay& role : plan.roles) {
        if (!role.is_paid()) continue;
        if (role.log_wage.cols() < 2 || (width != 0 && role.log_wage.cols() != width))
            throw FactError("role '" + role.name + "': got pay at " + std::to_string(role.log_wage.cols()) +
                            " scores, expected as many as the other roles and at least 2");
        if (!role.log_wage.allFinite())
            throw FactError("role '" + role.name + "': got pay that is no finite positive number");
        width = role.log_wage.cols();
    }
    if (plan.start_role >= plan.roles.size()) throw FactError("start_role: expected one of the roles");
}

/// Sum of the chances of leaving a role after some years in it, largest where all of them exist.
void validate_transitions(const CareerPlan& plan) {
    std::vector<double> leaving(plan.roles.size(), 0.0);
    for (const Transition& move : plan.transitions) {
        if (move.from >= plan.roles.size() || move.to >= plan.roles.size() || move.from == move.to)
            throw FactError("transitions: expected moves between two different roles");
        const std::string where = plan.roles[move.from].name + " to " + plan.roles[move.to].name;
        require_part("the chance of " + where, move.chance);
        if (move.after_years < 0)
            throw FactError("after_years of " + where + " is " + std::to_string(move.after_years) +
                            "; expected at least 0");
        leaving[move.from] += move.chance;
    }
    for (std::size_t role = 0; role < leaving.size(); ++role)
        if (leaving[role] > 1.0 + chance_tolerance)
            throw FactError("the chances of leaving " + plan.roles[role].name + " sum to " + number(leaving[role]) +
                            "; expected at most 1");
}

}  // namespace

void validate(const CareerPlan& plan) {
    validate_roles(plan);
    validate_transitions(plan);
    require_part("persistence", plan.persistence);
    require_part("persistence_at_moves", plan.persistence_at_moves);
    if (!(plan.grid.step > 0.0) || !std::isfinite(plan.grid.first) || !std::isfinite(plan.grid.step))
        throw FactError("grid: expected a finite first score and a positive step");
    if (!std::isfinite(plan.log_growth)) throw FactError("growth: expected a finite number above -1");
    if (std::isinf(plan.start_score)) throw FactError("start_rank: expected a rank inside (0, 1)");
    if (plan.start_experience < 0)
        throw FactError("experience is " + std::to_string(plan.start_experience) + "; expected at least 0");
}

}  // namespace wagefit
