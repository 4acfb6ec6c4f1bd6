#include "wagefit/estimation/quantile_regression.hpp"

#include <Eigen/LU>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <cmath>
#include <limits>

#include "estimation/check_loss_vertex.hpp"
#include "estimation/regressions.hpp"
#include "wagefit/errors.hpp"

using namespace wagefit;
using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

TEST_CASE("quantile regression finds the best of all vertices") {
    const double p = GENERATE(0.1, 0.5, 0.83);
    const test::Regression data(40, 4);
    MatrixXd x(40, 2);
    x.col(0).setOnes();
    x.col(1) = data.numeric.col(0);
    const QuantileFit fit = quantile_regression({{x.data(), 40, 2}, {}}, data.outcome, data.weights, p);
    double least = std::numeric_limits<double>::infinity();
    for (Index i = 0; i < 40; ++i)
        for (Index j = 0; j < i; ++j) {
            const double slope = (data.outcome[i] - data.outcome[j]) / (x(i, 1) - x(j, 1));
            const ArrayXd residuals = data.outcome - data.outcome[i] - slope * (x.col(1).array() - x(i, 1));
            least = std::min(least, check_loss(data.weights * residuals, p));
        }
    CHECK(std::abs(fit.check_loss - least) <= 1e-13 * least);  // rounding of 40 additions
}

TEST_CASE("heaped outcomes and repeated rows, where vertices are degenerate") {
    const test::Regression data(300, 5);
    const MatrixXd x = data.dense();
    const ArrayXd outcome = (5.0 * data.outcome).round() / 5.0;
    const ArrayXd ones = ArrayXd::Ones(300);
    const QuantileFit fit = quantile_regression({{x.data(), 300, x.cols()}, {}}, outcome, ones, 0.4);
    // Optimal where no direction descends: random ones, and all along the axes, of a small step.
    for (std::uint64_t trial = 0; trial < 400; ++trial) {
        VectorXd step(x.cols());
        for (Index j = 0; j < step.size(); ++j)
            step[j] = 1e-4 * random_normal({3, trial}, static_cast<std::uint64_t>(j)) / x.col(j).norm();
        CHECK(check_loss(fit.residuals - (x * step).array(), 0.4) >= fit.check_loss - 1e-12);
    }
}

TEST_CASE("a constant alone is the sample quantile") {
    const test::Regression data(101, 5);
    const MatrixXd x = MatrixXd::Ones(101, 1);
    ArrayXd sorted = data.outcome;
    std::sort(sorted.begin(), sorted.end());
    const QuantileFit fit = quantile_regression({{x.data(), 101, 1}, {}}, data.outcome, ArrayXd::Ones(101), 0.25);
    CHECK(std::abs(fit.coefficients[0] - sorted[25]) < 1e-14);  // ceil(0.25 x 101) th of them
}

TEST_CASE("among equally good levels the lowest is the answer, in any order of rows") {
    const MatrixXd x = MatrixXd::Ones(4, 1);
    const ArrayXd ones = ArrayXd::Ones(4);
    for (const ArrayXd& outcome : {ArrayXd{{4.0, 5.0, 1.0, 9.0}}, ArrayXd{{5.0, 9.0, 4.0, 1.0}}})
        CHECK(quantile_regression({{x.data(), 4, 1}, {}}, outcome, ones, 0.5).coefficients[0] == 4.0);
}

TEST_CASE("quantile regression refuses wrong input") {
    const test::Regression data(30, 4);
    MatrixXd x(30, 2);
    x.col(0).setOnes();
    x.col(1).setConstant(3.0);
    CHECK_THROWS_AS(quantile_regression({{x.data(), 30, 2}, {}}, data.outcome, data.weights, 0.5), FactError);
    CHECK_THROWS_AS(quantile_regression({{x.data(), 30, 1}, {}}, data.outcome, data.weights, 1.0), FactError);
}
