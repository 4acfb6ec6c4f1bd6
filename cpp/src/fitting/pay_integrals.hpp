#pragma once

#include <cstddef>

#include "distributions/knot_table.hpp"

namespace wagefit {

/// E exp(g(Z)) of the curve through log quantiles g at the knots.
struct PayIntegrals {
    double total;        ///< NaN where the upper tail is too steep for the closed form
    KnotArray gradient;  ///< of log(total) in each knot, the curve taken as piecewise linear between its knots
};

struct PayKernels;

/// E[exp(y(Z)); z in the segment] of a segment whose shape asks for many panels; `i` counts segments, slopes are
/// dg/dz at its ends.
[[nodiscard]] double careful_segment(const KnotTable& table, std::size_t i, double rise, double slope0, double slope1);

}  // namespace wagefit
