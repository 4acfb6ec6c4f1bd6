#pragma once

#include <Eigen/Core>
#include <vector>

#include "wagefit/distributions/distribution.hpp"
#include "wagefit/factors/normal_mixture.hpp"

namespace wagefit {

/// Quadrature over the log-wage index l: people whose index has the density f have mean pay
/// sum_i weight_i wage_i f(index_i). Panels straddle no breakpoint of the anchor and resolve the residual's density.
struct IndexGrid {
    std::vector<double> edges;  ///< of the panels, ascending
    Eigen::ArrayXd index;       ///< Gauss-Legendre nodes, as many in each panel, shape (n,), ascending
    Eigen::ArrayXd weight;      ///< their weights with respect to dl, shape (n,)
    Eigen::ArrayXd wage;        ///< the anchor's wage at the workforce's rank of the index, shape (n,)
};

[[nodiscard]] IndexGrid make_index_grid(const Distribution& anchor, const NormalMixture& workforce);

/// A grid on panels between the given ascending `edges`.
[[nodiscard]] IndexGrid make_index_grid(const Distribution& anchor, const NormalMixture& workforce,
                                        std::vector<double> edges);

/// Mean pay of the people at one level as a function of the level's log effect e: their index is e plus a draw from
/// the sum of the `others` and the residual.
///
/// A normal density shifted by e is the unshifted one times exponentials in e, hence the mean is
/// exp(-e^2 / (2 s^2)) p(e)' A q(e) with p = exp(e index / s^2), q = exp(-e node / s^2), A fixed, s the residual's
/// spread.
class LevelMean {
public:
    LevelMean(const IndexGrid& grid, const NormalMixture& others);

    struct Value {
        double log_mean;
        double slope;  ///< d log_mean / d effect
    };
    [[nodiscard]] Value at(double effect) const;

    /// The effect at which the mean is exp(`log_mean`), by Newton's iteration from `start`; ConvergenceError if none.
    [[nodiscard]] double effect_with(double log_mean, double start) const;

private:
    Eigen::ArrayXd index_;  ///< shape (n,)
    Eigen::ArrayXd node_;   ///< shape (k,)
    Eigen::MatrixXd paid_;  ///< A, shape (n, k)
    double precision_;      ///< 1 / s^2
};

}  // namespace wagefit
