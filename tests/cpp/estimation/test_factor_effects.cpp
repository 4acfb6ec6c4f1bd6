#include "wagefit/estimation/factor_effects.hpp"

#include <Eigen/Dense>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>

#include "estimation/regressions.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/estimation/least_squares.hpp"

using namespace wagefit;
using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::MatrixXd;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double rounding =
    1e-11;  // log points; two direct solutions of well conditioned systems of a hundred unknowns

struct Cells {
    test::Regression data{400, 60};
    std::vector<LevelColumn> factors{{data.region, 3}, {data.trade, 60}, {data.group, 7}};
    MatrixXd outcomes;

    Cells() : outcomes(400, 3) {
        outcomes.col(0) = data.outcome;
        outcomes.col(1) = data.outcome.square();
        outcomes.col(2) = data.outcome.exp().log1p();
        for (Index i = 0; i < 400; i += 9) outcomes(i, 1) = missing;
    }
    [[nodiscard]] Eigen::Map<const MatrixXd> view() const { return {outcomes.data(), 400, 3}; }
};

}  // namespace

TEST_CASE("effects of three factors leave the residuals of a QR on indicators") {
    const Cells cells;
    const FactorEffects solved = factor_effects(cells.view(), cells.factors, cells.data.weights);
    MatrixXd indicators = MatrixXd::Zero(400, 70);
    for (Index i = 0; i < 400; ++i) {
        const auto row = static_cast<std::size_t>(i);
        indicators(i, cells.data.region[row]) = 1.0;
        indicators(i, 3 + cells.data.trade[row]) = 1.0;
        indicators(i, 63 + cells.data.group[row]) = 1.0;
    }
    for (Index j = 0; j < 3; ++j) {
        const ArrayXd present = cells.outcomes.col(j).array().isNaN().select(ArrayXd::Zero(400), 1.0);
        const ArrayXd roots = present * cells.data.weights.sqrt();
        const ArrayXd outcome = (present > 0.0).select(cells.outcomes.col(j).array(), 0.0);
        const auto qr = MatrixXd(roots.matrix().asDiagonal() * indicators).completeOrthogonalDecomposition();
        const ArrayXd fitted = (indicators * qr.solve((roots * outcome).matrix())).array();
        CHECK(solved.rank[static_cast<std::size_t>(j)] == qr.rank());
        CHECK(solved.rows[static_cast<std::size_t>(j)] == static_cast<Index>(present.sum()));
        for (Index i = 0; i < 400; ++i) {
            if (present[i] == 0.0)
                CHECK(std::isnan(solved.residuals(i, j)));
            else
                CHECK(std::abs(solved.residuals(i, j) - (outcome[i] - fitted[i])) < rounding);
        }
    }
}

TEST_CASE("constant, effects and residual add up to the outcome; effects have weighted mean zero") {
    const Cells cells;
    const FactorEffects solved = factor_effects(cells.view(), cells.factors, cells.data.weights);
    ArrayXd sums = ArrayXd::Zero(3);
    for (Index i = 0; i < 400; ++i) {
        double value = solved.constants[0] + solved.residuals(i, 0);
        for (std::size_t f = 0; f < 3; ++f) {
            const double effect = solved.effects[f](cells.factors[f].codes[static_cast<std::size_t>(i)], 0);
            value += effect;
            sums[static_cast<Index>(f)] += cells.data.weights[i] * effect;
        }
        CHECK(std::abs(value - cells.outcomes(i, 0)) < 1e-13);  // a handful of additions of numbers near 3
    }
    CHECK((sums.abs() < rounding * cells.data.weights.sum()).all());
}

TEST_CASE("levels that no row connects lower the rank, and those without rows have no effect") {
    const std::vector<std::int32_t> occupation{0, 0, 1, 1, 2, 2, 2}, area{0, 1, 0, 1, 2, 3, 2};
    const ArrayXd weights = ArrayXd::Ones(7);
    const MatrixXd outcomes{{1.0}, {2.0}, {3.0}, {4.5}, {5.0}, {6.0}, {5.5}};
    const FactorEffects solved = factor_effects({outcomes.data(), 7, 1}, {{occupation, 4}, {area, 4}}, weights);
    CHECK(solved.rank[0] == 5);  // 3 + 4 levels in two separate groups
    CHECK(std::isnan(solved.effects[0](3, 0)));
    CHECK(std::abs(solved.effects[1](3, 0) - solved.effects[1](2, 0) - 0.75) <
          rounding);  // 6 less the mean of 5 and 5.5
}

TEST_CASE("factor effects refuse wrong input") {
    const Cells cells;
    CHECK_THROWS_AS(factor_effects(cells.view(), {}, cells.data.weights), FactError);
    CHECK_THROWS_AS(factor_effects(cells.view(), cells.factors, cells.data.weights.head(5)), FactError);
    const MatrixXd none = MatrixXd::Constant(400, 1, missing);
    CHECK_THROWS_AS(factor_effects({none.data(), 400, 1}, cells.factors, cells.data.weights), FactError);
}
