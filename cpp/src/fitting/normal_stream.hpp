#pragma once

#include <Eigen/Core>
#include <cstdint>

#include "wagefit/numerics/counter_random.hpp"

namespace wagefit {

/// Consecutive standard normal draws of one stream, starting at a block of their own.
class NormalStream {
public:
    NormalStream(StreamKey key, std::uint64_t block) : key_(key), index_(block << 16U) {}

    double next() { return random_normal(key_, index_++); }

    Eigen::VectorXd vector(Eigen::Index n) {
        return Eigen::VectorXd::NullaryExpr(n, [this] { return next(); });
    }

    /// A draw of chi-squared with `freedom` degrees of freedom.
    double chi_squared(Eigen::Index freedom) { return vector(freedom).squaredNorm(); }

    /// A draw in [0, 1).
    double uniform() { return random_uniform(key_, index_++); }

private:
    StreamKey key_;
    std::uint64_t index_;
};

}  // namespace wagefit
