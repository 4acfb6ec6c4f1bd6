#pragma once

#include <Eigen/Core>

namespace wagefit {

/// What parts of a parent distribution have of its shape, such as an occupation's cells of that of the nation. Weights
/// are those of the parent's departures from the prior mean; factors are of the standard deviations of what is left.
struct ParentRule {
    double lower_weight, middle_weight, upper_weight;  ///< below, between, beyond the tails' ends
    double upper_shift;                                ///< added to the log slopes of a part's upper tail
    double upper_level;  ///< the same for each unit of the parent's scale by which the part pays more
    double upper_scale;  ///< the same for each log point by which the part's scale is larger
    double lower_factor, middle_factor, upper_factor;
    double drawn_factor;  ///< by which posterior draws stretch them: what is left has heavier tails than the prior's
};

/// What real wage distributions look like between and beyond the published points, learned from data.
///
/// log g'(z), the log of the slope of a cell's log quantile function g in the normal score z, is
/// log(scale) + `mean` + f `mean_by_scale` + u(z), f = log(scale / typical_scale) clipped to [-1, 1]. u is Gaussian
/// with mean 0; its covariance is `shape` plus the variance of the scale and, where intervals are asked for, the
/// roughness of a sample of n people. In tails beyond the facts it is skewed: in the lower one log(1 + s u) / s stands
/// for u > 0, s being `lower_skew`, in proportion less where the scale is below the typical one; where the upper one
/// begins with a u < 0, `upper_skew` u^2 comes off all of it. Whatever u is, g increases.
struct ShapePrior {
    Eigen::VectorXd z;                ///< shape (n,), ascending normal scores at which the rest is tabulated
    Eigen::VectorXd mean;             ///< shape (n,), for cells whose mean wage is known
    Eigen::VectorXd mean_alone;       ///< shape (n,), for cells without one
    Eigen::VectorXd mean_by_scale;    ///< shape (n,)
    Eigen::MatrixXd shape;            ///< shape (n, n), covariance
    Eigen::VectorXd interval_factor;  ///< shape (n,), by which intervals stretch the standard deviations
    Eigen::VectorXd knots;            ///< ascending normal scores of a curve's knots beside its facts
    double typical_scale;             ///< log points a unit of normal score
    double scale_variance;            ///< of the log of the scale, of a cell whose facts set it: diffuse
    double scale_spread;              ///< standard deviation of the log of the scale, of one whose facts do not
    double typical_size;              ///< people behind the facts where nothing tells
    double degrees_of_freedom;        ///< of the multivariate t of posterior draws
    double tail;                      ///< distance from the median at which tails begin, in normal scores
    double lower_skew;                ///< of a lower tail's log slopes: how soon they stop to rise
    double drawn_lower_skew;          ///< the same in posterior draws, which say how low real tails may reach
    double upper_skew;                ///< of an upper tail's log slopes: how freely they fall
    ParentRule parent;                ///< how cells borrow a parent's shape
    double upper_tail_ratio;          ///< slope of g beyond the last knot over that of the chord that leads there
};

/// A prior with the lower tails of posterior draws.
[[nodiscard]] ShapePrior loosened(const ShapePrior& prior);

/// A prior with its covariance stretched by `interval_factor`: what posterior draws take.
[[nodiscard]] ShapePrior stretched(const ShapePrior& prior);

/// The prior that every fit uses, from the table that python/embed/shape_prior writes.
[[nodiscard]] const ShapePrior& shape_prior();

}  // namespace wagefit
