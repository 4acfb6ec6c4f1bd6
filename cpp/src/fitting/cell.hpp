#pragma once

#include <vector>

#include "fitting/knot_pattern.hpp"
#include "fitting/log_quantiles.hpp"
#include "wagefit/distributions/curve.hpp"
#include "wagefit/facts/facts.hpp"
#include "wagefit/fitting/parent_shape.hpp"

namespace wagefit {

/// What is known of a cell before its facts.
struct CellPrior {
    PatternCache& patterns;
    const ParentShape* parent = nullptr;  ///< whose shape it borrows, or null

    CellPrior(PatternCache& cache, const ParentShape* shape = nullptr) : patterns(cache), parent(shape) {}
};

/// One cell being fitted: its pattern and its quantiles pinned to the pattern's knots.
struct Cell {
    const KnotPattern& pattern;
    PinnedFacts pinned;
    std::vector<double> fact_z;
    const ParentShape* parent;  ///< null where it borrows no shape
};

/// The cell of `facts` (feasible, at least one quantile), with its prior for a sample of `size` people.
[[nodiscard]] Cell make_cell(const Facts& facts, double size, const CellPrior& prior);

}  // namespace wagefit
