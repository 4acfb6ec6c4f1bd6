#pragma once

#include <Eigen/Core>
#include <vector>

#include "fitting/cell.hpp"
#include "fitting/slope_equations.hpp"
#include "fitting/slope_values.hpp"

namespace wagefit {

/// The scale of a cell, log points a unit of normal score: slope of the chord from its first fact to its last, drawn to
/// the typical one where these lie close together. A lone fact sets none: the typical one serves, or less in a bounded
/// support that leaves less.
[[nodiscard]] double scale_of(const Cell& cell);

/// What the facts of one cell ask of its log slopes: the equations of slope_equations.hpp for any facts, ties included.
class CellEquations {
public:
    using Constraints = slope_equations::Constraints<SlopeValues>;

    /// The prior mean depends on whether a mean wage is known. The cell must outlive the equations.
    CellEquations(const Cell& cell, bool has_mean);

    /// The curve of `departures`, shape (n_segments,), that meets the facts, and what is left of the constraints; the
    /// mean is left aside.
    [[nodiscard]] Constraints at(const SlopeValues& departures) const;

    /// Sets the derivatives of the log mean in `departures`, whose constraints are `at` and whose curve is `curve`.
    void set_mean_row(const SlopeValues& departures, const Curve& curve, Constraints& at) const;

    /// Derivatives of the logs of the rises of the intervals that are no ties, shape (n_rising, n_segments).
    [[nodiscard]] Eigen::MatrixXd jacobian(const Constraints& at) const;

    /// What is left of those logs, shape (n_rising,).
    [[nodiscard]] Eigen::VectorXd rest(const Constraints& at) const;

    /// Departure `u` of segment `i` within its bounds.
    [[nodiscard]] double bounded(double u, std::size_t i) const;

private:
    [[nodiscard]] SegmentPath path() const noexcept;
    [[nodiscard]] SlopeValues excesses() const;

    const Cell& cell_;
    std::vector<std::size_t> rising_;  // intervals between facts that are not tied
    Eigen::VectorXd weight_after_;
    slope_equations::FactRises<SlopeValues> facts_;
    slope_equations::PriorSlopes<SlopeValues> prior_;
};

}  // namespace wagefit
