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
    double gamma = 1.0;                 ///< bend of the guaranteed path; 1 on the others
    std::vector<QuantileFact> binding;  ///< bounds that the curve meets with equality
    bool mean_binds = false;            ///< the mean's lower bound is met with equality
};

/// The curve through `facts`: exact in every quantile and the mean, no lower than any bound.
///
/// The smooth path conditions the prior on the quantiles and moves the result along the direction in which the log mean
/// pulls it until the mean is met. Where no increasing curve on that line has the mean, the guaranteed path bends it;
/// its status is then "guaranteed". A bound is taken up as a quantile only where the curve would violate it.
///
/// Throws InfeasibleError with the certificate, ConvergenceError.
[[nodiscard]] CurveFit fit_curve(const Facts& facts, const ShapePrior& prior = shape_prior());

}  // namespace wagefit
