#pragma once

#include <cstddef>

#include "distributions/knot_table.hpp"
#include "simd/simd.hpp"

/// Values at the knots of as many cells as a register has lanes. Nothing here adds lanes up: what a lane holds depends
/// on its own cell only, whichever the others are and however many.
namespace wagefit::inline WAGEFIT_INSTRUCTION_SET {

using Mask = decltype(Lanes{} < Lanes{});  ///< of lanes

/// A value at each knot or segment, for the cell of each lane.
struct alignas(64) KnotLanes {
    using Number = Lanes;

    double at[most_knots][lane_count];

    KnotLanes() = default;
    explicit KnotLanes(std::size_t /*n*/) {}  // there is room for every number of knots

    WAGEFIT_INLINE Lanes operator[](std::size_t i) const { return loaded<Lanes>(at[i]); }
    WAGEFIT_INLINE void set(std::size_t i, Lanes value) { store(at[i], value); }
};

/// `a` where `mask` holds, `b` elsewhere.
WAGEFIT_INLINE Lanes chosen(Mask mask, Lanes a, Lanes b) { return mask ? a : b; }

}  // namespace wagefit::inline WAGEFIT_INSTRUCTION_SET
