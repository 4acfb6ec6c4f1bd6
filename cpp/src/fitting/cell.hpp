#pragma once

#include <vector>

#include "fitting/knot_pattern.hpp"
#include "fitting/log_quantiles.hpp"
#include "wagefit/distributions/curve.hpp"
#include "wagefit/facts/facts.hpp"

namespace wagefit {

/// One cell being fitted: its pattern and its quantiles pinned to the pattern's knots.
struct Cell {
    const KnotPattern& pattern;
    PinnedFacts pinned;
    std::vector<double> fact_z;
};

/// The cell of `facts` (feasible, at least one quantile), with the prior for a sample of `size` people.
[[nodiscard]] Cell make_cell(const Facts& facts, double size, PatternCache& patterns);

}  // namespace wagefit
