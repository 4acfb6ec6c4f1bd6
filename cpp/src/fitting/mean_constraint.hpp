#pragma once

#include <Eigen/Core>
#include <memory>

#include "fitting/cell.hpp"

namespace wagefit {

/// Whether the curve's mean is `target` to 1e-12, relative.
[[nodiscard]] bool meets_mean(const Curve& curve, double target);

/// A curve that meets the mean, and its log quantiles before they were made increasing; no curve where none was found.
struct MeanStep {
    std::shared_ptr<const Curve> curve;
    Eigen::VectorXd g;
};

/// Moves `g` along `direction`, log points at the knots, until the mean is `target`. The log mean of g + lambda h is
/// convex in lambda where g stays increasing: the search leaves 0 on the side that helps and takes the first root.
[[nodiscard]] MeanStep meet_mean_along(const Cell& cell, const Eigen::VectorXd& g, double scale,
                                       const Eigen::VectorXd& direction, double target);

/// The mean as one more observation of the prior: moves the conditional along the covariance of g with the log mean,
/// linearized at the conditional and once more at the result.
[[nodiscard]] MeanStep meet_mean(const Cell& cell, const Conditional& given, double target);

/// Whether nothing but the open upper tail lies beyond the last fact: facts from P99.9 on, as of many brackets, leave
/// no knot above.
[[nodiscard]] bool has_lone_upper_tail(const Cell& cell);

/// Meets the mean by the upper tail's slope alone; no curve where a slope up to 20 does not.
[[nodiscard]] std::shared_ptr<const Curve> meet_mean_by_tail(const Cell& cell, const Conditional& given, double target);

/// A lone quantile sets no scale: conditions on it at the smallest scale at which the prior's shape has the mean,
/// sought on a ladder of ratio 1.1; without one, at the scale that comes nearest.
[[nodiscard]] Conditional condition_on_mean(const Cell& cell, double target);

}  // namespace wagefit
