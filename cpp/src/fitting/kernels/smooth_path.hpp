#pragma once

#include <span>

#include "fitting/smooth_path_table.hpp"

namespace wagefit {

/// Cells whose facts have the pattern of a smooth path.
struct PathCells {
    std::size_t n;         ///< 1 or more
    const double* wages;   ///< shape (n, n_facts), the facts' wages, each cell's strictly increasing dollars
    const double* mean;    ///< shape (n,), dollars; not read where cells have none
    double* const* knots;  ///< shape (n,), where each cell's wages at the knots go
    bool* is_found;        ///< shape (n,): false where a curve is left to the general search; its knots are of no use
};

/// The steps of a smooth path that take its time, compiled for one instruction set; same bits on each, and for a cell
/// whatever cells it is among.
struct SmoothPathKernels {
    static const SmoothPathKernels baseline, avx2, avx512;

    /// Finds the curves through the facts that meet their means to 1e-13: moves along the pull of the log mean, held
    /// back where the curve would fall. Not found where a segment is too steep for fixed panels or the steps do not
    /// settle.
    void (*fit)(const SmoothPathTable& path, const PathCells& cells);
    /// Finds the curves of cells without a mean wage.
    void (*fit_alone)(const SmoothPathTable& path, const PathCells& cells);
    /// Conditions the prior on the facts' wages, strictly increasing dollars, of one cell.
    void (*condition)(const SmoothPathTable& path, std::span<const double> wages, GivenQuantiles& given);
    /// Raises increments of `given.g` below the least ones without moving a fact.
    void (*make_increasing)(const SmoothPathTable& path, GivenQuantiles& given);
    /// Dollars at the knots, exact at the facts.
    void (*wages)(const SmoothPathTable& path, const GivenQuantiles& given, std::span<const double> facts,
                  double* knots);
    /// At the curve `g`.
    PullRatios (*pull_ratios)(const SmoothPathTable& path, const KnotArray& g);
};

}  // namespace wagefit
