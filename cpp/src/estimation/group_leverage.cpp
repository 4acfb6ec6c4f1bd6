#include "estimation/group_leverage.hpp"

#include <cmath>

#include "estimation/working_system.hpp"
#include "linear_algebra/eigenvalues.hpp"
#include "linear_algebra/products.hpp"

namespace wagefit {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double least_leverage = 1e-13;  // below, an eigenvalue is rounding

/// (1 - value)^-1/2, 0 where the value is 1.
ArrayXd adjustment(const ArrayXd& values) {
    return (values < 1.0 - least_slack).select((1.0 - values).max(least_slack).rsqrt(), 0.0);
}

}  // namespace

std::vector<std::vector<Index>> rows_by_group(const LevelColumn& groups) {
    std::vector<std::vector<Index>> rows(static_cast<std::size_t>(groups.levels));
    for (std::size_t i = 0; i < groups.codes.size(); ++i)
        rows[static_cast<std::size_t>(groups.codes[i])].push_back(static_cast<Index>(i));
    return rows;
}

MatrixXd whitened_rows(const CenteredDesign& z, const NormalCholesky& cholesky,
                       const Eigen::Ref<const ArrayXd>& weights, const std::vector<Index>& rows) {
    MatrixXd columns = columns_of_rows(z, rows).bottomRows(system_size(z.design) - first_estimated(z.design));
    for (Index i = 0; i < columns.cols(); ++i) columns.col(i) *= std::sqrt(weights[rows[static_cast<std::size_t>(i)]]);
    return cholesky.whitened(std::move(columns));
}

GroupLeverage group_leverage(const MatrixXd& whitened) {
    const bool is_wide = whitened.cols() < whitened.rows();
    const auto pairs = linear_algebra::symmetric_eigenpairs(is_wide ? linear_algebra::scaled_gram(1.0, whitened)
                                                                    : linear_algebra::scaled_outer_gram(1.0, whitened));
    const Index rank = (pairs.values.array() > least_leverage).count();  // eigenvalues ascend
    const MatrixXd vectors = pairs.vectors.rightCols(rank);
    const ArrayXd values = pairs.values.tail(rank).array();
    if (!is_wide) return {vectors, values};
    return {linear_algebra::product(whitened, vectors) * values.rsqrt().matrix().asDiagonal(), values};
}

MatrixXd exactly_met(const GroupLeverage& group) {
    const Index met = (group.values >= 1.0 - least_slack).count();
    return group.vectors.rightCols(met);
}

VectorXd adjusted(const GroupLeverage& group, const VectorXd& score) {
    const ArrayXd along = (group.vectors.transpose() * score).array();
    return group.vectors * (adjustment(group.values) * along).matrix();
}

VectorXd satterthwaite_freedom(const std::vector<GroupLeverage>& groups, const MatrixXd& contrasts) {
    const Index p = contrasts.rows();
    VectorXd freedom(contrasts.cols());
    for (Index j = 0; j < contrasts.cols(); ++j) {
        MatrixXd outer = MatrixXd::Zero(p, p);
        double mean = 0.0, diagonal = 0.0;
        for (const GroupLeverage& group : groups) {
            const ArrayXd along = adjustment(group.values) * (group.vectors.transpose() * contrasts.col(j)).array();
            const VectorXd part = group.vectors * (group.values * along).matrix();
            const double size = part.squaredNorm(), own = (group.values * along.square()).sum() - size;
            mean += own;
            diagonal += own * own - size * size;
            outer.selfadjointView<Eigen::Lower>().rankUpdate(part);
        }
        const MatrixXd whole = outer.selfadjointView<Eigen::Lower>();
        freedom[j] = mean * mean / (diagonal + whole.squaredNorm());
    }
    return freedom;
}

}  // namespace wagefit
