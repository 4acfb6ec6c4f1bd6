#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace wagefit {

enum class Intercept { included, none };

/// A categorical column. Level 0 is the reference: its effect is zero.
struct LevelColumn {
    std::span<const std::int32_t> codes;  ///< a level number 0..levels-1 for each row
    Eigen::Index levels;
};

/// What explains the outcome: [1 | numeric columns | every level but the reference of each factor], a coefficient each,
/// in this order. Holds views: the numbers belong to the caller.
struct Design {
    Eigen::Map<const Eigen::MatrixXd> numeric;  ///< shape (n, k)
    std::vector<LevelColumn> factors;
    Intercept intercept = Intercept::included;
    std::vector<std::string> names;  ///< of the coefficients, for messages; may be empty
};

/// Every column of an equation, a constant among them where there is one, a coefficient each. Holds a view.
struct NamedColumns {
    Eigen::Map<const Eigen::MatrixXd> values;  ///< shape (n, k)
    std::vector<std::string> names;            ///< of the columns, for messages; may be empty
};

/// The columns as a design without factors and without an intercept of its own.
[[nodiscard]] Design design_of(const NamedColumns& columns);

/// Number of rows n.
[[nodiscard]] inline Eigen::Index row_count(const Design& design) { return design.numeric.rows(); }

/// Size of the working system, which has a place for the intercept whether or not it is included.
[[nodiscard]] Eigen::Index system_size(const Design& design);

/// First coefficient of the working system that is estimated: 0 with an intercept, 1 without.
[[nodiscard]] inline Eigen::Index first_estimated(const Design& design) {
    return design.intercept == Intercept::included ? 0 : 1;
}

/// Place of the first non-reference level of each factor in the working system.
[[nodiscard]] std::vector<Eigen::Index> factor_offsets(const Design& design);

/// Throws FactError that names column `j` as a linear combination of those before it.
[[noreturn]] void refuse_dependent(const NamedColumns& columns, Eigen::Index j);

/// Name of a coefficient of the working system, or "column <number>".
[[nodiscard]] std::string coefficient_name(const Design& design, Eigen::Index coefficient);

/// Throws FactError unless the weights are a positive number for each row, the numeric columns finite and the codes
/// within their levels.
void check_columns(const Design& design, const Eigen::Ref<const Eigen::ArrayXd>& weights);

/// Throws FactError unless outcome and weights (positive) have a finite number for each of the design's rows, its
/// columns are finite and its codes within their levels.
void check_regression(const Design& design, const Eigen::Ref<const Eigen::ArrayXd>& outcome,
                      const Eigen::Ref<const Eigen::ArrayXd>& weights);

/// Throws FactError unless rows outnumber coefficients.
void check_rows(const Design& design);

}  // namespace wagefit
