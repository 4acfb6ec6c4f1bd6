#pragma once

#include <vector>

namespace wagefit {

/// How a curve follows from the wages at its knots: all that an ensemble keeps of a pattern of facts.
struct KnotRule {
    std::vector<double> z;    ///< ascending normal scores of the knots
    double upper_tail_ratio;  ///< slope of the upper tail over that of the last segment's chord
    double typical_scale;     ///< log points a unit of normal score, of a typical cell
};

}  // namespace wagefit
