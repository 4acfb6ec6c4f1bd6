#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "wagefit/ensemble/ensemble.hpp"

namespace wagefit {

/// The facts of many cells, one array of length n_cells for each kind; NaN means "not published".
struct CellFacts {
    std::size_t n_cells = 0;
    std::vector<double> quantile_p;                  ///< probabilities, ascending
    std::vector<std::span<const double>> quantiles;  ///< one array for each of `quantile_p`
    std::vector<double> at_least_p;
    std::vector<std::span<const double>> at_least;
    std::span<const double> mean;  ///< empty, or n_cells values
    std::span<const double> mean_at_least;
    double lower = 0.0;
    double upper = std::numeric_limits<double>::infinity();
    /// Wages at parent_scores of the distributions whose shapes the cells borrow: empty, those of one parent of all
    /// cells, or shape (n_cells, n_scores), row by row; NaN where a cell has no parent.
    std::span<const double> parent_wages;

    /// The facts of one cell, those that are published.
    [[nodiscard]] Figures operator[](std::size_t cell) const;
};

/// Fits every cell by itself; the result is the same whatever the number of threads (0: all cores).
[[nodiscard]] Ensemble fit_cells(const CellFacts& facts, const ShapePrior& prior, int n_threads);

}  // namespace wagefit
