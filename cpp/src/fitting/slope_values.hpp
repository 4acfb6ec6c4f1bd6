#pragma once

#include <Eigen/Core>
#include <cstddef>

namespace wagefit {

/// A number for each segment, interval, fact or knot of one cell.
struct SlopeValues {
    using Number = double;

    Eigen::VectorXd at;

    explicit SlopeValues(std::size_t n) : at(Eigen::VectorXd::Zero(static_cast<Eigen::Index>(n))) {}
    explicit SlopeValues(Eigen::VectorXd values) : at(std::move(values)) {}

    double operator[](std::size_t i) const { return at[static_cast<Eigen::Index>(i)]; }
    void set(std::size_t i, double value) { at[static_cast<Eigen::Index>(i)] = value; }
};

}  // namespace wagefit
