#pragma once

#include <Eigen/Core>
#include <map>
#include <memory>
#include <span>
#include <vector>

#include "fitting/skew.hpp"
#include "fitting/smooth_path.hpp"
#include "wagefit/distributions/distribution.hpp"
#include "wagefit/fitting/shape_prior.hpp"

namespace wagefit {

/// Everything about a fit that depends only on which probabilities are published: the knots, and the prior of the log
/// slopes between them. Cells with the same facts share it.
struct KnotPattern {
    Eigen::VectorXd z;               ///< shape (n,), ascending: the facts, and the prior's knots not too close to one
    std::vector<std::size_t> facts;  ///< position of each fact among the knots
    Eigen::VectorXd step;            ///< shape (n - 1,), lengths of the segments between the knots
    Eigen::VectorXd inverse_step;    ///< shape (n - 1,), 1 over these
    Eigen::MatrixXd node_densities;  ///< shape (15, n - 1), see log_curve.hpp
    Eigen::VectorXd base;            ///< shape (n - 1,), prior mean of the segments' log slopes at a scale of 1
    Eigen::VectorXd base_alone;      ///< shape (n - 1,), the same for cells without a mean wage
    Eigen::VectorXd base_by_scale;   ///< shape (n - 1,)
    Eigen::MatrixXd weights;         ///< shape (n - 1, n_prior), from the prior's z to the middles of the segments
    Eigen::VectorXd in_upper_tail;   ///< shape (n - 1,), how much of each segment's prior is that of the upper tail
    ParentRule parent;
    SkewedTails tails;           ///< where and how departures from these means are skewed
    SkewedTails tails_alone;     ///< the same for cells without a mean wage
    Eigen::MatrixXd covariance;  ///< shape (n - 1, n - 1), of the departures, that of the scale included
    double upper_tail_ratio;
    double typical_scale;
    double scale_weight;  ///< of the chord from the first fact to the last in the cell's scale; the typical one has the
                          ///< rest
    double degrees_of_freedom;
    std::shared_ptr<const SmoothPath> smooth_path;  ///< null where the pattern does not suit it

    [[nodiscard]] Eigen::Index size() const noexcept { return z.size(); }
    [[nodiscard]] Eigen::Index n_segments() const noexcept { return step.size(); }
};

/// The pattern of facts at the ascending normal scores `z_facts` (at least one), for the curve of a sample of `size`
/// people, or of infinitely many. No knot lies beyond a fact on a side where the support is bounded: the tail there is
/// Curve's own.
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
