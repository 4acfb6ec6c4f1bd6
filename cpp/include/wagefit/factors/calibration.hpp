#pragma once

#include <vector>

#include "wagefit/distributions/distribution.hpp"
#include "wagefit/factors/factor.hpp"
#include "wagefit/factors/workforce.hpp"

namespace wagefit {

struct CalibrationOptions {
    double tolerance = 1e-12;  ///< on log(level mean / published level mean), largest over all levels
    int max_rounds = 200;
    Eigen::Index nodes = 32;             ///< Gauss nodes of a factor sum
    double least_residual_spread = 0.1;  ///< as a part of the anchor's log spread: factors may not explain it all
};

/// Effects under which every level's mean pay over the workforce is the published one.
struct Calibration {
    Effects effects;         ///< log effects, workforce mean zero in each factor
    double residual_spread;  ///< square root of the anchor's log variance less the factors'
    double anchor_log_variance;
    double factor_log_variance;
    int rounds;
    double margin_error;  ///< largest |log(level mean / published level mean)| that is left
};

/// Published mean pay of each level: the anchor's mean times ratio / mean_ratio.
[[nodiscard]] Effects log_level_means(double anchor_mean, const std::vector<Factor>& factors);

/// Throws InfeasibleError with the certificate where a level's share of the workforce cannot have its published mean
/// (the best-paid part of that size in the anchor earns less, or the worst-paid more), or where the level means of all
/// factors together vary more than the anchor. Margins that pass may still be infeasible.
void check_margins(const Distribution& anchor, const std::vector<Factor>& factors);

/// Rakes the effects: in each round every level's effect takes a Newton step toward its published mean, and the
/// residual's spread is what the anchor leaves. `start` may hold the effects of a similar model. ConvergenceError if
/// `tolerance` is not reached, naming the worst level, or if the factors leave less than the least residual.
[[nodiscard]] Calibration calibrate(const Distribution& anchor, const std::vector<Factor>& factors,
                                    const CalibrationOptions& options = {}, Effects start = {});

}  // namespace wagefit
