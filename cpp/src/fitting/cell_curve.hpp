#pragma once

#include <Eigen/Core>
#include <memory>
#include <optional>

#include "fitting/cell.hpp"

namespace wagefit {

/// The curve of a cell, and the bend that it took to meet the mean; see bend_to_mean.
struct CellCurve {
    std::shared_ptr<const Curve> curve;  ///< null when double precision cannot reach the mean
    bool is_bent;
    double gamma;  ///< 1 where nothing is bent
};

/// The most plausible curve around `center`, see most_plausible, that meets the facts; where none is found that meets
/// the mean, the one of the quantiles alone, bent to it.
[[nodiscard]] CellCurve curve_around(const Cell& cell, const Eigen::VectorXd& center, std::optional<double> mean);

}  // namespace wagefit
