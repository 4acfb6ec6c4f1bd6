#pragma once

#include <limits>
#include <memory>
#include <vector>

#include "wagefit/distributions/curve.hpp"
#include "wagefit/facts/facts.hpp"
#include "wagefit/facts/feasibility.hpp"
#include "wagefit/fitting/parent_shape.hpp"
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
    /// Squared Mahalanobis distance of the most plausible curve from the prior mean, for each rise and mean that it
    /// meets, bounds left aside: 1 is usual. NaN but from fit_curve, and of the last resort.
    double prior_distance = std::numeric_limits<double>::quiet_NaN();
};

/// The curve through `facts`: exact in every quantile and the mean, no lower than any bound.
///
/// The curve is the most plausible one under the prior that meets them. At the edge of what is feasible, where a curve
/// would need segments that are flat or hold no pay, a last resort bends it; its status is then "guaranteed". A bound
/// is taken up as a quantile only where the curve would violate it.
///
/// `parent`, where not null, is the distribution whose shape the curve borrows.
///
/// Throws InfeasibleError with the certificate, ConvergenceError.
[[nodiscard]] CurveFit fit_curve(const Facts& facts, const ShapePrior& prior = shape_prior(),
                                 const ParentShape* parent = nullptr);

}  // namespace wagefit
