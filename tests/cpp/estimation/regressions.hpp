#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <vector>

#include "wagefit/estimation/design.hpp"
#include "wagefit/numerics/counter_random.hpp"

namespace wagefit::test {

/// A made-up regression with two numeric columns and two factors, and the same design written out with indicators.
struct Regression {
    Eigen::MatrixXd numeric;
    std::vector<std::int32_t> region, trade, group;
    Eigen::ArrayXd outcome, weights;
    Eigen::Index regions = 3, trades, groups = 7;

    explicit Regression(Eigen::Index n, Eigen::Index n_trades)
        : numeric(n, 2), outcome(n), weights(n), trades(n_trades) {
        for (Eigen::Index i = 0; i < n; ++i) {
            const auto at = [i](std::uint64_t stream) {
                return random_normal({7, stream}, static_cast<std::uint64_t>(i));
            };
            region.push_back(static_cast<std::int32_t>((i + i / 5) % regions));
            trade.push_back(static_cast<std::int32_t>((7 * i + i / 4) % trades));
            group.push_back(static_cast<std::int32_t>(i % groups));
            numeric(i, 0) = 12.0 + 3.0 * at(0);
            numeric(i, 1) = numeric(i, 0) * numeric(i, 0) + at(1);
            weights[i] = 1.0 + 0.5 * static_cast<double>(i % 4);
            outcome[i] = 2.0 + 0.08 * numeric(i, 0) - 0.001 * numeric(i, 1) + 0.1 * region.back() + 0.3 * at(2);
        }
    }

    [[nodiscard]] Design design(Intercept intercept = Intercept::included) const {
        return {{numeric.data(), numeric.rows(), 2}, {{region, regions}, {trade, trades}}, intercept, {}};
    }

    /// [1 | numeric | indicators of every level but the first].
    [[nodiscard]] Eigen::MatrixXd dense() const {
        Eigen::MatrixXd out = Eigen::MatrixXd::Zero(numeric.rows(), 1 + 2 + regions - 1 + trades - 1);
        out.col(0).setOnes();
        out.middleCols(1, 2) = numeric;
        for (Eigen::Index i = 0; i < out.rows(); ++i) {
            const auto row = static_cast<std::size_t>(i);
            if (region[row] > 0) out(i, 2 + region[row]) = 1.0;
            if (trade[row] > 0) out(i, 2 + regions - 1 + trade[row]) = 1.0;
        }
        return out;
    }
};

}  // namespace wagefit::test
