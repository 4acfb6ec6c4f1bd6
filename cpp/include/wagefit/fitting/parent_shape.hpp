#pragma once

#include <Eigen/Core>
#include <span>

#include "wagefit/fitting/shape_prior.hpp"

namespace wagefit {

/// The shape of a distribution, of an occupation in the nation say, as its parts borrow it: the same occupation in a
/// state or an industry.
struct ParentShape {
    Eigen::VectorXd scores;     ///< shape (n + 1,), ascending normal scores
    Eigen::VectorXd log_wages;  ///< shape (n + 1,), at the scores
    double scale;               ///< log points a unit of normal score, of the chord from P10 to P90
    Eigen::VectorXd with_mean;  ///< shape (n,), at the prior's z: what a part whose mean wage is known adds to the
                                ///< prior mean of its log slopes
    Eigen::VectorXd alone;      ///< shape (n,), the same for a part without one
};

/// Ascending normal scores, shape (n + 1,), at which a parent's wages are asked for: the ends of stretches about the
/// prior's z.
[[nodiscard]] Eigen::VectorXd parent_scores(const ShapePrior& prior);

/// The shape of a parent with `wages` above 0, shape (n + 1,), at parent_scores; they do not fall.
[[nodiscard]] ParentShape make_parent_shape(std::span<const double> wages, const ShapePrior& prior);

/// The prior of cells that borrow a parent's shape: they depart from it less than from what all cells have in common.
[[nodiscard]] ShapePrior borrowing(const ShapePrior& prior);

}  // namespace wagefit
