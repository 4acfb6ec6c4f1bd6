#pragma once

#include <Eigen/Core>
#include <vector>

#include "linear_algebra/normal_cholesky.hpp"
#include "wagefit/estimation/design.hpp"

namespace wagefit {

/// The normal equations of all factors' levels over some rows, with the largest factor eliminated.
class LevelSystem {
public:
    /// rows: those that count. factors, weights: views that must outlive the system.
    LevelSystem(const std::vector<LevelColumn>& factors, const Eigen::Ref<const Eigen::ArrayXd>& weights,
                std::vector<Eigen::Index> rows);

    [[nodiscard]] const std::vector<Eigen::Index>& rows() const { return rows_; }
    [[nodiscard]] Eigen::Index rank() const;
    /// Sum of the weights at each level of factor f.
    [[nodiscard]] Eigen::VectorXd level_weights(std::size_t f) const;
    /// Effects (some solution, shape (levels, m) for each factor) that leave residuals orthogonal to the levels.
    /// outcomes: shape (n, m), of which the system's rows are read.
    [[nodiscard]] std::vector<Eigen::MatrixXd> solve(const Eigen::MatrixXd& outcomes) const;

private:
    [[nodiscard]] Eigen::MatrixXd schur_complement() const;
    void subtract_level(const std::vector<Eigen::Index>& rows, Eigen::VectorXd& sums, Eigen::MatrixXd& schur) const;
    [[nodiscard]] std::vector<std::vector<Eigen::Index>> rows_by_level() const;

    const std::vector<LevelColumn>& factors_;
    Eigen::Map<const Eigen::ArrayXd> weights_;
    std::vector<Eigen::Index> rows_;
    std::size_t largest_;                ///< the eliminated factor
    std::vector<Eigen::Index> offsets_;  ///< of each other factor's levels in the system that is left
    Eigen::VectorXd scale_;              ///< weights of those levels
    Eigen::VectorXd eliminated_;         ///< weights of the eliminated factor's levels
    NormalCholesky cholesky_;
};

}  // namespace wagefit
