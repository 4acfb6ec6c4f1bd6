#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <vector>

#include "wagefit/estimation/design.hpp"

namespace wagefit {

/// The combinations of levels that rows share. Sums over rows are taken by cell first, so that what depends on levels
/// alone is worked out once a cell.
struct JointCells {
    std::vector<std::uint32_t> of_row;  ///< cell of each row; empty where cells would not be fewer than half the rows
    Eigen::MatrixXi codes;              ///< level of each factor in each cell, shape (factors, cells)

    [[nodiscard]] bool collapsed() const { return !of_row.empty(); }
};

/// Every combination of levels as a cell where their number is at most half the rows, no cells otherwise.
[[nodiscard]] JointCells joint_cells(const Design& design);

/// Levels of each factor in rows begin..begin+count-1, shape (factors, count).
[[nodiscard]] Eigen::MatrixXi row_codes(const Design& design, Eigen::Index begin, Eigen::Index count);

}  // namespace wagefit
