#pragma once

#include <Eigen/Core>

#include "estimation/joint_cells.hpp"
#include "wagefit/estimation/design.hpp"

namespace wagefit {

/// A design with its numeric columns moved to mean zero, which keeps normal equations accurate: Z = [1 | X - center |
/// levels]. No matrix of indicator columns is ever formed.
struct CenteredDesign {
    const Design& design;
    JointCells cells;
    Eigen::RowVectorXd center;  ///< shape (k,): weighted means with an intercept, zero without
    std::vector<Eigen::Index> offsets;
};

[[nodiscard]] CenteredDesign centered(const Design& design, const Eigen::Ref<const Eigen::ArrayXd>& weights);

/// Z' diag(weights) Z, symmetric, shape (P, P), P the size of the working system.
[[nodiscard]] Eigen::MatrixXd cross_product(const CenteredDesign& z, const Eigen::Ref<const Eigen::ArrayXd>& weights);

/// Z' values, shape (P,).
[[nodiscard]] Eigen::VectorXd transpose_times(const CenteredDesign& z, const Eigen::Ref<const Eigen::ArrayXd>& values);

/// outcome - Z coefficients, shape (n,).
[[nodiscard]] Eigen::ArrayXd residuals_of(const CenteredDesign& z, const Eigen::VectorXd& coefficients,
                                          const Eigen::Ref<const Eigen::ArrayXd>& outcome);

/// z_i' form z_i for each row z_i of Z and a symmetric `form`, shape (n,).
[[nodiscard]] Eigen::ArrayXd quadratic_forms(const CenteredDesign& z, const Eigen::MatrixXd& form);

/// Columns z_i of the given rows, shape (P, rows).
[[nodiscard]] Eigen::MatrixXd columns_of_rows(const CenteredDesign& z, const std::vector<Eigen::Index>& rows);

/// Sums of values_i z_i by group, shape (P, groups).
[[nodiscard]] Eigen::MatrixXd grouped_sums(const CenteredDesign& z, const Eigen::Ref<const Eigen::ArrayXd>& values,
                                           const LevelColumn& groups);

}  // namespace wagefit
