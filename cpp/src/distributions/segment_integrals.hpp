#pragma once

#include "distributions/rational_segment.hpp"

/// Integrals over one segment of a curve, whose wage is `wage` exp(y(z)), by the nodes that its shape needs.
namespace wagefit {

/// E[X^k; a < Z < b], a < b within the segment.
[[nodiscard]] double segment_moment(double wage, const RationalSegment& of, double k, double a, double b);

/// E[X (2 Phi(Z) - 1)] over the segment.
[[nodiscard]] double segment_rank(double wage, const RationalSegment& of);

}  // namespace wagefit
