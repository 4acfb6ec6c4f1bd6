#pragma once

#include <memory>
#include <vector>

#include "wagefit/distributions/curve.hpp"
#include "wagefit/facts/facts.hpp"
#include "wagefit/facts/feasibility.hpp"
#include "wagefit/fitting/status.hpp"

namespace wagefit {

/// A fitted curve and the path that led to it. `curve` is null unless `is_fitted(status)`.
struct CurveFit {
    std::shared_ptr<const Curve> curve;
    Status status = Status::suppressed;
    Feasibility feasibility;
    double gamma = 1.0;                 ///< bend of the guaranteed path; 1 on the others
    std::vector<QuantileFact> binding;  ///< bounds that the curve meets with equality
    bool mean_binds = false;            ///< the mean's lower bound is met with equality
};

/// The curve through `facts`: exact in every quantile and the mean, no lower than any bound.
///
/// The smooth path takes monotone slopes at the quantiles and solves the slope of the upper tail for the mean.
/// Where that slope would not be positive the guaranteed path bends every interval, w -> w / (w + gamma (1 - w)), and
/// multiplies the tail slopes by gamma (lower) and 1 / gamma (upper): the mean then falls from the greatest to the least feasible
/// value as gamma runs through (0, inf). A bound is taken up as a quantile only where the curve would violate it.
///
/// Throws FactError for meaningless facts, InfeasibleError with the certificate, ConvergenceError.
[[nodiscard]] CurveFit fit_curve(const Facts& facts);

/// The same for one cell of many: never throws on bad facts, reports them in `status`.
[[nodiscard]] CurveFit try_fit_curve(const Facts& facts);

}  // namespace wagefit
