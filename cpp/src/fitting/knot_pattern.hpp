#pragma once

#include <Eigen/Core>
#include <map>
#include <memory>
#include <span>
#include <vector>

#include "fitting/compression.hpp"
#include "fitting/smooth_path.hpp"
#include "wagefit/distributions/distribution.hpp"
#include "wagefit/fitting/shape_prior.hpp"

namespace wagefit {

/// Everything about a fit that depends only on which probabilities are published: the knots, and the prior conditioned
/// on the values at them. Cells with the same facts share it. Covariances are in units of the cell's squared scale.
struct KnotPattern {
    Eigen::VectorXd z;                ///< shape (n,), ascending: the facts, and the prior's knots not too close to one
    std::vector<Eigen::Index> facts;  ///< position of each fact among the knots
    Eigen::VectorXd base;             ///< shape (n,), z + the prior's mean
    Eigen::VectorXd base_alone;       ///< shape (n,), z + the prior's mean for cells without a mean wage
    Eigen::VectorXd base_by_scale;    ///< shape (n,)
    Eigen::MatrixXd kriging;          ///< shape (n, n_facts), g - base given the facts' deviations from it
    Eigen::MatrixXd covariance;       ///< shape (n, n), of g given the facts
    Eigen::MatrixXd root;             ///< shape (n, n), root root' = covariance
    Eigen::MatrixXd unconditional;    ///< shape (n, n), covariance of r without facts
    Eigen::MatrixXd precision;        ///< shape (n_facts, n_facts), inverse prior covariance of the facts
    Compression compression;          ///< of curves without a mean wage
    double lower_chord_end;           ///< see ShapePrior
    double upper_chord_start;
    double upper_tail_ratio;
    double typical_scale;
    double scale_spread;
    double degrees_of_freedom;
    std::shared_ptr<const SmoothPath> smooth_path;  ///< null where the pattern does not suit it

    [[nodiscard]] Eigen::Index size() const noexcept { return z.size(); }
};

/// The pattern of facts at the ascending normal scores `z_facts` (at least one), for cells of `size` people. No knot
/// lies beyond a fact on a side where the support is bounded: the tail there is Curve's own.
[[nodiscard]] KnotPattern make_pattern(const ShapePrior& prior, std::span<const double> z_facts, double size,
                                       const Support& support);

/// Patterns already made, so that the cells of a table, which publish the same few sets of probabilities, share them.
/// For one thread at a time.
class PatternCache {
public:
    explicit PatternCache(const ShapePrior& prior) : prior_(prior) {}

    [[nodiscard]] const ShapePrior& prior() const noexcept { return prior_; }

    /// As make_pattern; the reference lives as long as the cache.
    [[nodiscard]] const KnotPattern& get(const std::vector<double>& z_facts, double size, const Support& support);

private:
    const ShapePrior& prior_;
    std::map<std::vector<double>, KnotPattern> patterns_;
};

}  // namespace wagefit
