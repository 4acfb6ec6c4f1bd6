#pragma once

#include <Eigen/Core>

namespace wagefit {

/// What real wage distributions look like between and beyond the published points, learned from data.
///
/// The log quantile function of a cell is g(z) = level + scale (z + r(z)), level and scale unknown. r is a Gaussian
/// vector on fixed knots, linear between them, with mean `mean` + f `mean_by_scale`, f = log(scale / typical_scale)
/// clipped to
/// [-1, 1], and with covariance `shape` + Brownian bridge / n for a cell of n people: the roughness of a sample is not
/// shape.
struct ShapePrior {
    Eigen::VectorXd z;           ///< shape (n,), ascending normal scores of the knots
    Eigen::VectorXd mean;        ///< shape (n,), for cells whose mean wage is known
    Eigen::VectorXd mean_alone;  ///< shape (n,), for cells without one: what meeting a mean adds to the tail included
    Eigen::VectorXd mean_by_scale;    ///< shape (n,)
    Eigen::MatrixXd shape;            ///< shape (n, n), covariance
    Eigen::VectorXd interval_factor;  ///< shape (n,), by which posterior draws stretch the shape part at each knot
    double typical_scale;             ///< log points
    double scale_spread;              ///< standard deviation of the log of the scale between cells
    double typical_size;              ///< people in the cells whose point curve predicts best, by cross-validation
    double degrees_of_freedom;        ///< of the multivariate t of posterior draws
    double upper_tail_ratio;          ///< slope of g beyond the last knot over the chord that leads there
    double lower_chord_end;           ///< normal score to which the chord from the first knot reaches
    double upper_chord_start;         ///< normal score from which the chord to the last knot starts
};

/// A prior with its shape part stretched by `interval_factor`: what posterior draws take for covariance.
[[nodiscard]] ShapePrior stretched(const ShapePrior& prior);

/// The prior that every fit uses, from the table that python/embed/shape_prior writes.
[[nodiscard]] const ShapePrior& shape_prior();

}  // namespace wagefit
