#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <span>
#include <vector>

#include "wagefit/distributions/distribution.hpp"
#include "wagefit/fitting/curve_fit.hpp"
#include "wagefit/fitting/knot_rule.hpp"
#include "wagefit/numerics/large_vector.hpp"

namespace wagefit {

struct KnotTable;

/// What the curves of a table have in common: the knots and which of them are published.
struct TableKnots {
    KnotRule rule;
    std::vector<std::size_t> facts;          ///< positions among the knots
    std::vector<double> p;                   ///< probabilities of the facts
    std::shared_ptr<const KnotTable> table;  ///< never null

    TableKnots(KnotRule knot_rule, std::vector<std::size_t> positions, std::vector<double> probabilities);
};

/// Many distributions held and evaluated together; a cell that could not be fitted has a status and gives NaN.
///
/// A cell on the smooth path that publishes all quantiles of the table is a row of wages at the table's knots, 8 bytes
/// a knot: its curve follows from them. Any other cell keeps its own curve.
class Ensemble {
public:
    using Others = std::map<std::size_t, CurveFit>;

    explicit Ensemble(const std::vector<CurveFit>& cells);

    /// `wages` has shape (n_cells, n_knots), row by row, and is not read where `others` has the cell or no curve was
    /// fitted; it is empty where `knots` is null.
    Ensemble(std::shared_ptr<const TableKnots> knots, LargeVector wages, std::vector<Status> status, Others others);

    // Defined in the library, which is optimized whatever its users are: the destructor of a vector with an allocator
    // of its own visits every number unless the compiler sees that it need not.
    ~Ensemble();
    Ensemble(const Ensemble&);
    Ensemble(Ensemble&&) noexcept;
    Ensemble& operator=(const Ensemble&);
    Ensemble& operator=(Ensemble&&) noexcept;

    [[nodiscard]] std::size_t size() const noexcept { return status_.size(); }
    [[nodiscard]] Status status(std::size_t cell) const noexcept { return status_[cell]; }

    /// The fit of a cell, as fit_curve gives it.
    [[nodiscard]] CurveFit operator[](std::size_t cell) const;

    /// The curve of a cell; null where nothing was fitted.
    [[nodiscard]] std::shared_ptr<const Curve> curve(std::size_t cell) const;

    /// Wages at the table's knots; empty where the cell is not a row of them.
    [[nodiscard]] std::span<const double> row(std::size_t cell) const;

    /// The cells at `indices`, each below size(), in that order.
    [[nodiscard]] Ensemble take(std::span<const std::size_t> indices) const;

    [[nodiscard]] const std::shared_ptr<const TableKnots>& knots() const noexcept { return knots_; }
    [[nodiscard]] std::span<const double> wages() const noexcept { return wages_; }
    [[nodiscard]] const Others& others() const noexcept { return others_; }

private:
    std::shared_ptr<const TableKnots> knots_;
    LargeVector wages_;
    std::vector<Status> status_;
    Others others_;
};

}  // namespace wagefit
