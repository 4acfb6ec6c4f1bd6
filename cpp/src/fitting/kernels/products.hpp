#pragma once

#include "distributions/kernels/knot_lanes.hpp"
#include "fitting/smooth_path_table.hpp"

namespace wagefit::inline WAGEFIT_INSTRUCTION_SET {

/// Products of some rows with the lanes' columns.
struct Products {
    Lanes of_row[rows_at_once];
};

WAGEFIT_INLINE Products products(const KnotArray* rows, const KnotLanes& column, std::size_t n) {
    Products sums;
    for (std::size_t k = 0; k < rows_at_once; ++k) sums.of_row[k] = rows[k][0] * column[0];
    for (std::size_t j = 1; j < n; ++j)
        for (std::size_t k = 0; k < rows_at_once; ++k) sums.of_row[k] = fused(rows[k][j], column[j], sums.of_row[k]);
    return sums;
}

}  // namespace wagefit::inline WAGEFIT_INSTRUCTION_SET
