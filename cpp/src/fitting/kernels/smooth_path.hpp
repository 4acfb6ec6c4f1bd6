#pragma once

#include "fitting/smooth_path_table.hpp"

namespace wagefit {

/// Cells whose facts have the pattern of a smooth path.
struct PathCells {
    std::size_t n;           ///< 1 or more
    const double* wages;     ///< shape (n, n_facts), the facts' wages, each cell's strictly increasing dollars
    const double* mean;      ///< shape (n,), dollars; not read where cells have none
    const double* borrowed;  ///< shape (n, n_segments), added to the prior mean of the log slopes; null: nothing is
    double* const* knots;    ///< shape (n,), where each cell's wages at the knots go
    bool* is_found;          ///< shape (n,): false where a curve is left to the general search; its knots are of no use
};

/// The most plausible curves, compiled for one instruction set; same bits on each, and for a cell whatever cells it is
/// among.
struct SmoothPathKernels {
    static const SmoothPathKernels baseline, avx2, avx512;

    /// Finds the curves through the facts that meet their means to 1e-13. Not found where a segment is too steep for
    /// fixed panels or the steps do not settle.
    void (*fit)(const SmoothPathTable& path, const PathCells& cells);
    /// Finds those of cells without a mean wage.
    void (*fit_alone)(const SmoothPathTable& path, const PathCells& cells);
};

}  // namespace wagefit
