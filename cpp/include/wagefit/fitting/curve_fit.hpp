#pragma once

#include <memory>
#include <vector>

#include "wagefit/distributions/curve.hpp"
#include "wagefit/facts/facts.hpp"
#include "wagefit/facts/feasibility.hpp"
#include "wagefit/fitting/shape_prior.hpp"
#include "wagefit/fitting/status.hpp"

namespace wagefit {

/// A fitted curve and the path that led to it. `curve` is null unless `is_fitted(status)`.
struct CurveFit {
    std::shared_ptr<const Curve> curve;
    Status status = Status::suppressed;
    Feasibility feasibility;
    double gamma = 1.0;                 ///< bend of the last resort; 1 of other curves
    std::vector<QuantileFact> binding;  ///< bounds that the curve meets with equality
    bool mean_binds = false;            ///< the mean's lower bound is met with equality
};

/// The curve through `facts`: exact in every quantile and the mean, no lower than any bound.
///
/// The curve is the most plausible one under the prior that meets them. At the edge of what is feasible, where a curve
/// would need segments that are flat or hold no pay, a last resort bends it; its status is then "guaranteed". A bound
/// is taken up as a quantile only where the curve would violate it.
///
/// Throws InfeasibleError with the certificate, ConvergenceError.
[[nodiscard]] CurveFit fit_curve(const Facts& facts, const ShapePrior& prior = shape_prior());

/// How far the shape that `facts` ask for, bounds left aside, is from what the prior knows of wages: the squared
/// Mahalanobis distance of the most plausible curve over the number of rises and means that it meets, infinite where
/// there is none. 1 is usual.
[[nodiscard]] double strangeness(const Facts& facts, const ShapePrior& prior = shape_prior());

}  // namespace wagefit
