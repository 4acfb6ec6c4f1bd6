#pragma once

#include "distributions/rational_segment.hpp"

/// Integrals over a segment of any shape, however steep, by as many panels as it takes.
namespace wagefit {

/// Integral of exp(k y(z)) phi(z) from `from` to `to` within the segment.
[[nodiscard]] double careful_moment(const RationalSegment& of, double from, double to, double k);

/// Integral of exp(y(z)) (2 Phi(z) - 1) phi(z) over the segment.
[[nodiscard]] double careful_rank(const RationalSegment& of);

}  // namespace wagefit
