#pragma once

#include <cstddef>
#include <span>

namespace wagefit {

/// What the equations of log slopes need of the knots, which all cells that publish the same percentiles share. The
/// arrays belong to another.
struct SegmentPath {
    std::size_t n_segments;
    const double *step, *inverse_step;   ///< [segment]: its length in normal scores, and 1 over it
    const double* weight_after;          ///< [inner knot]: the step before it over both steps beside it
    double upper_tail_ratio;             ///< slope of the upper tail over that of the last segment's chord
    std::span<const std::size_t> facts;  ///< ascending positions of the facts among the knots
};

}  // namespace wagefit
