#pragma once

#include <memory>
#include <vector>

#include "wagefit/distributions/curve.hpp"

namespace wagefit {

/// A curve bent to meet a mean without moving the facts.
struct BentCurve {
    std::shared_ptr<const Curve> curve;  ///< null when double precision cannot reach the mean
    double gamma;
};

/// Bends `knots` so that the mean becomes `mean`: between facts, w -> w / (w + gamma (1 - w)) with w the fraction of
/// the rise in log wages; beyond them log wages' distances from the outer facts are multiplied by gamma (below) and 1 /
/// gamma (above). As much as can be is spared, from below: the upper tail is bent first, then the highest stretch with
/// it, and so on down; a mean moves the top most easily.
///
/// The mean falls from the greatest to the least feasible one as gamma runs through (0, inf) with nothing spared. The
/// bend of a rational segment is again one, with the same knots. `fact_z` holds the normal scores of the facts among
/// the knots. Where knots of the prior would collapse under a strong bend they are left out: the plain guaranteed path
/// runs through the facts alone.
[[nodiscard]] BentCurve bend_to_mean(const CurveKnots& knots, const std::vector<double>& fact_z, const Support& support,
                                     double mean);

}  // namespace wagefit
