#include "wagefit/estimation/decomposition.hpp"

#include <Eigen/QR>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "estimation/regressions.hpp"
#include "wagefit/errors.hpp"

using namespace wagefit;
using Eigen::ArrayXd;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

struct Groups {
    test::Regression first{120, 4}, second{200, 4};
    Groups() {
        second.numeric.array() += 1.0;
        second.outcome += 0.05 * second.numeric.col(0).array();
    }
    static GroupSample sample(const test::Regression& data) {
        const auto n = data.numeric.rows();
        return {{data.numeric.data(), n, 2}, {data.outcome.data(), n}, {data.weights.data(), n}, {}};
    }
    /// Weighted means and coefficients of [1 | columns].
    static std::pair<VectorXd, VectorXd> by_hand(const test::Regression& data) {
        const MatrixXd x = data.dense().leftCols(3);
        const ArrayXd roots = data.weights.sqrt();
        const VectorXd slopes =
            MatrixXd(roots.matrix().asDiagonal() * x).colPivHouseholderQr().solve((roots * data.outcome).matrix());
        return {x.transpose() * data.weights.matrix() / data.weights.sum(), slopes};
    }
};

}  // namespace

TEST_CASE("threefold components are products of means and coefficients") {
    const Groups groups;
    const Decomposition fit =
        decompose(Groups::sample(groups.first), Groups::sample(groups.second), {0, 1, 1}, DecompositionKind::threefold);
    const auto [x1, b1] = Groups::by_hand(groups.first);
    const auto [x2, b2] = Groups::by_hand(groups.second);
    constexpr double rounding = 1e-9;  // coefficients of a column beside its square
    CHECK(std::abs(fit.totals[0] - (x1 - x2).dot(b2)) < rounding);
    CHECK(std::abs(fit.totals[1] - x2.dot(b1 - b2)) < rounding);
    CHECK(std::abs(fit.totals[2] - (x1 - x2).dot(b1 - b2)) < rounding);
    CHECK(std::abs(fit.totals.sum() - fit.gap) < rounding);
    CHECK(std::abs(fit.parts(0, 1) - (b1[0] - b2[0])) < rounding);
    CHECK(std::abs(fit.parts.col(0).sum() - fit.totals[0]) < rounding);
}

TEST_CASE("pooled components add up to the gap, and a group against itself has none") {
    const Groups groups;
    const GroupSample first = Groups::sample(groups.first), second = Groups::sample(groups.second);
    const Decomposition fit = decompose(first, second, {0, 1, 2}, DecompositionKind::pooled);
    CHECK(std::abs(fit.totals.sum() - fit.gap) < 1e-9);  // as above
    CHECK((fit.total_errors.array() > 0.0).all());
    const Decomposition none = decompose(first, first, {0, 1, 2}, DecompositionKind::pooled);
    CHECK(none.gap == 0.0);
    CHECK(none.totals.cwiseAbs().maxCoeff() < 1e-9);
    CHECK_THROWS_AS(decompose(first, second, {0, 1}, DecompositionKind::pooled), FactError);
}
