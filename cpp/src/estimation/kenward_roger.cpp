#include "estimation/kenward_roger.hpp"

#include <utility>

#include "estimation/cross_products.hpp"
#include "estimation/working_system.hpp"
#include "linear_algebra/normal_cholesky.hpp"
#include "linear_algebra/orthogonal.hpp"
#include "linear_algebra/products.hpp"

namespace wagefit {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using Values = Eigen::Ref<const ArrayXd>;

/// What two parameters i and j of the variance function do to the normal equations together.
struct Pair {
    MatrixXd loss;       // Q_ij - P_i C P_j
    double information;  // tr(R D_i R D_j) / 2, R = V^-1 - V^-1 Z C Z'V^-1
};

Pair pair_of(const CenteredDesign& z, const ArrayXd& precision, const ArrayXd& d_i, const ArrayXd& d_j,
             const MatrixXd& inverse, const MatrixXd& p_i, const MatrixXd& p_j) {
    const ArrayXd squared = precision.square() * d_i * d_j;
    const MatrixXd q = cross_product(z, squared * precision),
                   product = linear_algebra::product(linear_algebra::product(p_i, inverse), p_j);
    const double trace = squared.sum() - 2.0 * inverse.cwiseProduct(q).sum() + inverse.cwiseProduct(product).sum();
    return {q - product, 0.5 * trace};
}

/// Inverse of the information, generalized where cells cannot tell two parameters apart.
MatrixXd parameter_covariance(const MatrixXd& information) {
    constexpr double same = 1e-10;  // of a correlation's distance from one
    const VectorXd unit = information.diagonal().cwiseSqrt().cwiseInverse();
    const MatrixXd scaled = unit.asDiagonal() * information * unit.asDiagonal();
    return unit.asDiagonal() * linear_algebra::pseudo_inverse(scaled, same) * unit.asDiagonal();
}

/// sum_ij W_ij (Q_ij - P_i C P_j)
MatrixXd loss(const CenteredDesign& z, const ArrayXd& precision, const std::vector<ArrayXd>& derivatives,
              const MatrixXd& inverse) {
    std::vector<MatrixXd> first;  // P_i
    for (const ArrayXd& d : derivatives) first.push_back(cross_product(z, precision.square() * d));
    const std::size_t m = derivatives.size();
    std::vector<MatrixXd> losses;
    VectorXd information(std::ssize(derivatives) * std::ssize(derivatives));
    for (std::size_t i = 0; i < m; ++i)
        for (std::size_t j = 0; j < m; ++j) {
            Pair pair = pair_of(z, precision, derivatives[i], derivatives[j], inverse, first[i], first[j]);
            information[std::ssize(losses)] = pair.information;
            losses.push_back(std::move(pair.loss));
        }
    const VectorXd spread = parameter_covariance(information.reshaped(first.size(), first.size())).reshaped();
    MatrixXd total = MatrixXd::Zero(inverse.rows(), inverse.cols());
    for (std::size_t k = 0; k < losses.size(); ++k) total += spread[static_cast<Index>(k)] * losses[k];
    return total;
}

}  // namespace

MatrixXd kenward_roger(const Design& design, const Values& variances, const std::vector<ArrayXd>& derivatives) {
    const ArrayXd precision = variances.inverse();
    const CenteredDesign z = centered(design, precision);
    const NormalCholesky cholesky(estimated(design, cross_product(z, precision)));
    MatrixXd covariance = working_inverse(design, cholesky);
    if (!derivatives.empty()) {
        const MatrixXd lost = loss(z, precision, derivatives, covariance);
        covariance += linear_algebra::product(linear_algebra::scaled_product(2.0, covariance, lost), covariance);
    }
    uncenter(z, covariance);
    return estimated(design, covariance);
}

}  // namespace wagefit
