#pragma once

#include <Eigen/Core>

#include "fitting/normal_stream.hpp"

namespace wagefit {

/// A multivariate t distribution cut off at both ends of each coordinate.
struct TruncatedT {
    Eigen::VectorXd center;     ///< shape (k,), location before it is cut off
    Eigen::MatrixXd precision;  ///< shape (k, k), inverse of its scale matrix
    Eigen::Index freedom;       ///< its degrees of freedom
    Eigen::VectorXd lower;      ///< shape (k,), finite
    Eigen::VectorXd upper;      ///< shape (k,), infinite where nothing bounds from above
};

/// One draw, shape (k,): a Gibbs sampler that starts at the lower ends and alternates between the scale given the
/// coordinates (chi-squared) and each coordinate given the others (a normal cut off at both ends).
[[nodiscard]] Eigen::VectorXd draw_truncated(const TruncatedT& law, NormalStream& stream);

}  // namespace wagefit
