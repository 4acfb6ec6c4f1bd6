#pragma once

#include <Eigen/Core>
#include <memory>
#include <optional>

#include "fitting/cell.hpp"

namespace wagefit {

/// How the log slopes of a cell's segments depart from their prior mean, and the curve that they make.
struct PlausibleSlopes {
    Eigen::VectorXd departures;          ///< shape (n_segments,): u of skew.hpp
    std::shared_ptr<const Curve> curve;  ///< meets the quantiles; meets the mean only where `is_met`
    bool is_met;
    double distance;  ///< squared Mahalanobis distance from the prior, of what the facts pin down
};

/// The most plausible departures u of the log slopes under N(center, the pattern's covariance) whose curve meets the
/// facts and, where there is one, the mean; `center`, shape (n_segments,), is 0 for the prior itself. Steps of Gauss
/// and Newton, u <- center + K J' (J K J')^-1 (target - c(u) + J (u - center)), c being the logs of the rises between
/// facts and of the mean, J its Jacobian; no step moves a departure by more than 0.7.
[[nodiscard]] PlausibleSlopes most_plausible(const Cell& cell, const Eigen::VectorXd& center,
                                             std::optional<double> mean);

/// What `deviation`, shape (n_segments,), of covariance K leaves once the linearized facts at `curve` are met: its
/// distribution given them.
[[nodiscard]] Eigen::VectorXd given_facts(const Cell& cell, const PlausibleSlopes& at, bool has_mean,
                                          const Eigen::VectorXd& deviation);

}  // namespace wagefit
