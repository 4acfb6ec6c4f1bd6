#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "wagefit/distributions/distribution.hpp"
#include "wagefit/fitting/curve_fit.hpp"

namespace wagefit {

/// The same facts for many cells, one array of length n_cells a fact; NaN means "not published".
struct CellFacts {
    std::size_t n_cells = 0;
    std::vector<double> quantile_p;                      ///< probabilities, ascending
    std::vector<std::span<const double>> quantiles;      ///< one array for each of `quantile_p`
    std::vector<double> at_least_p;
    std::vector<std::span<const double>> at_least;
    std::span<const double> mean;                        ///< empty, or n_cells values
    std::span<const double> mean_at_least;
    double lower = 0.0;
    double upper = std::numeric_limits<double>::infinity();

    /// The facts of one cell, those that are published.
    [[nodiscard]] Facts operator[](std::size_t cell) const;
};

/// Many distributions held and evaluated together; a cell that could not be fitted has a status and gives NaN.
class Ensemble {
public:
    explicit Ensemble(std::vector<CurveFit> cells) : cells_(std::move(cells)) {}

    [[nodiscard]] std::size_t size() const noexcept { return cells_.size(); }
    [[nodiscard]] const CurveFit& operator[](std::size_t cell) const noexcept { return cells_[cell]; }

    /// The cells at `indices`, each below size(), in that order.
    [[nodiscard]] Ensemble take(std::span<const std::size_t> indices) const;

private:
    std::vector<CurveFit> cells_;
};

/// Fits every cell by itself; the result is the same whatever the number of threads (0: all cores).
[[nodiscard]] Ensemble fit_cells(const CellFacts& facts, const ShapePrior& prior, int n_threads);

/// An operation of one distribution at one argument, such as ppf(d, p).
using PointOperation = double (*)(const Distribution&, double);

/// The wage at normal score `z`, the ends of the support at -inf and inf.
[[nodiscard]] double value_or_end(const Distribution& d, double z);

/// out[i * n_points + j] = f(cell i, points[i * row_stride + j]); row_stride 0 gives every cell the same points.
void evaluate(const Ensemble& ensemble, PointOperation f, std::span<const double> points, std::size_t n_points,
              std::size_t row_stride, std::span<double> out, int n_threads);

}  // namespace wagefit
