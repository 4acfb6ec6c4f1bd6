#include "wagefit/estimation/wild_bootstrap.hpp"

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>

#include "estimation/regressions.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/estimation/least_squares.hpp"

using namespace wagefit;
using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::MatrixXd;

namespace {

/// CR1 t ratio of the slope in `y`, less `null`.
double slope_ratio(const MatrixXd& x, const ArrayXd& y, const LevelColumn& groups, double null) {
    const LeastSquaresOptions options{.covariance = Covariance::clustered, .clusters = groups};
    const Design design{{x.data(), x.rows(), 1}, {}, Intercept::included, {}};
    const LeastSquaresFit fit = least_squares(design, y, ArrayXd::Ones(x.rows()), options);
    return std::abs(fit.coefficients[1] - null) / std::sqrt(fit.covariance(1, 1));
}

}  // namespace

TEST_CASE("the wild bootstrap of three clusters equals refitting all 216 samples") {
    test::Regression data(24, 4);
    data.groups = 3;
    for (std::size_t i = 0; i < 24; ++i) data.group[i] = static_cast<std::int32_t>(i / 5 % 3);
    const MatrixXd x = data.numeric.leftCols(1);
    const LevelColumn groups{data.group, 3};
    const Design design{{x.data(), 24, 1}, {}, Intercept::included, {}};
    const double null = 0.05;
    const WildBootstrap found =
        wild_cluster_bootstrap(design, data.outcome, ArrayXd::Ones(24), groups, {.coefficient = 1, .null = null});
    const ArrayXd restricted = data.outcome - null * x.col(0).array(), fitted = data.outcome - restricted;
    const double level = restricted.mean(), own = slope_ratio(x, data.outcome, groups, null);
    const std::array<double, 6> webb{-std::sqrt(1.5), -1.0, -std::sqrt(0.5), std::sqrt(0.5), 1.0, std::sqrt(1.5)};
    int count = 0;
    for (std::size_t draw = 0; draw < 216; ++draw) {
        const std::array<double, 3> v{webb[draw % 6], webb[draw / 6 % 6], webb[draw / 36]};
        ArrayXd y = fitted + level;
        for (Index i = 0; i < 24; ++i)
            y[i] += v[static_cast<std::size_t>(data.group[static_cast<std::size_t>(i)])] * (restricted[i] - level);
        if (slope_ratio(x, y, groups, null) >= own * (1.0 - 1e-9)) ++count;
    }
    CHECK(found.draws == 216);
    CHECK(std::abs(found.p_value - count / 216.0) < 1e-12);
    CHECK(std::abs(std::abs(found.t) - own) < 1e-9 * own);
}

TEST_CASE("the wild bootstrap refuses one cluster") {
    const test::Regression data(24, 4);
    const std::vector<std::int32_t> one(24, 0);
    CHECK_THROWS_WITH(wild_cluster_bootstrap(data.design(), data.outcome, data.weights, {one, 1}, {.coefficient = 1}),
                      Catch::Matchers::StartsWith("clusters hold one group"));
}
