#pragma once

#include <array>
#include <cstddef>

#include "wagefit/distributions/knot_table.hpp"
#include "wagefit/fitting/smooth_path_table.hpp"
#include "wagefit/numerics/simd.hpp"

/// Values at the knots of as many cells as a register has lanes. Nothing here adds lanes up: what a lane holds depends
/// on its own cell only, whichever the others are and however many.
namespace wagefit::inline WAGEFIT_INSTRUCTION_SET {

using Mask = decltype(Lanes{} < Lanes{});  ///< of lanes

/// A value at each knot or segment, for the cell of each lane.
struct alignas(64) KnotLanes {
    double at[most_knots][lane_count];

    WAGEFIT_INLINE Lanes operator[](std::size_t i) const { return loaded<Lanes>(at[i]); }
    WAGEFIT_INLINE void set(std::size_t i, Lanes value) { store(at[i], value); }
};

/// `a` where `mask` holds, `b` elsewhere.
WAGEFIT_INLINE Lanes chosen(Mask mask, Lanes a, Lanes b) { return mask ? a : b; }

WAGEFIT_INLINE double first_lane(Lanes x) {
    alignas(64) double at[lane_count];
    store(at, x);
    return at[0];
}

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
