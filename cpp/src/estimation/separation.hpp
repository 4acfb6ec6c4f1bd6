#pragma once

#include <Eigen/Core>
#include <optional>

#include "wagefit/estimation/interval_regression.hpp"

namespace wagefit {

/// A direction of the coefficients, shape (k,), along which the likelihood of outcomes in intervals never falls,
/// however far: no outcome that is bounded on both sides moves, those that are open above rise and those that are open
/// below fall (Albert and Anderson 1984, for intervals). None where there is no such direction, which is where the
/// coefficients have finite estimates.
/// columns: shape (n, k), independent.
[[nodiscard]] std::optional<Eigen::VectorXd> separating_direction(const Eigen::Map<const Eigen::MatrixXd>& columns,
                                                                  const Intervals& outcome);

}  // namespace wagefit
