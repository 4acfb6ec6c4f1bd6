#include "wagefit/estimation/least_squares.hpp"

#include <Eigen/Dense>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "estimation/regressions.hpp"
#include "wagefit/errors.hpp"

using namespace wagefit;
using Eigen::ArrayXd;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

/// Both sides invert matrices with a condition of about 1e5, squared in the explicit inverse of the oracle.
constexpr double relative = 1e-8;

struct Oracle {
    VectorXd coefficients;
    ArrayXd residuals, leverage;
    MatrixXd x, bread;
};

/// Householder QR of the rows times the roots of their weights, indicators written out.
Oracle oracle(const test::Regression& data, const MatrixXd& x) {
    const ArrayXd roots = data.weights.sqrt();
    const MatrixXd scaled = roots.matrix().asDiagonal() * x;
    const VectorXd coefficients = scaled.colPivHouseholderQr().solve((roots * data.outcome).matrix());
    const MatrixXd bread = (scaled.transpose() * scaled).ldlt().solve(MatrixXd::Identity(x.cols(), x.cols()));
    const ArrayXd leverage = (scaled * bread).cwiseProduct(scaled).rowwise().sum();
    return {coefficients, data.outcome - (x * coefficients).array(), leverage, x, bread};
}

MatrixXd sandwich(const Oracle& o, const ArrayXd& scores) {
    const MatrixXd rows = scores.matrix().asDiagonal() * o.x;
    return o.bread * (rows.transpose() * rows) * o.bread;
}

MatrixXd clustered(const Oracle& o, const test::Regression& data) {
    MatrixXd sums = MatrixXd::Zero(o.x.cols(), data.groups);
    for (Eigen::Index i = 0; i < o.x.rows(); ++i)
        sums.col(data.group[static_cast<std::size_t>(i)]) += data.weights[i] * o.residuals[i] * o.x.row(i).transpose();
    return o.bread * sums * sums.transpose() * o.bread;
}

void check_close(const MatrixXd& actual, const MatrixXd& expected) {
    REQUIRE(actual.rows() == expected.rows());
    CHECK((actual - expected).cwiseAbs().maxCoeff() <= relative * expected.cwiseAbs().maxCoeff());
}

}  // namespace

TEST_CASE("least squares agrees with a QR of written-out indicators, cells collapsed or not") {
    const Eigen::Index trades = GENERATE(5, 90);  // 15 joint cells; 270 for 300 rows
    const test::Regression data(300, trades);
    const Oracle o = oracle(data, data.dense());
    const auto n = 300.0, p = static_cast<double>(o.x.cols());
    const ArrayXd scores = data.weights * o.residuals;
    LeastSquaresOptions options;

    const LeastSquaresFit fit = least_squares(data.design(), data.outcome, data.weights, options);
    check_close(fit.coefficients, o.coefficients);
    check_close(fit.covariance, n / (n - p) * sandwich(o, scores));
    check_close(fit.means, o.x.transpose() * data.weights.matrix() / data.weights.sum());
    CHECK(fit.rank == o.x.cols());

    options.covariance = Covariance::classic;
    const double variance = (scores * o.residuals).sum() / (n - p);
    check_close(least_squares(data.design(), data.outcome, data.weights, options).covariance, variance * o.bread);
    options.covariance = Covariance::hc3;
    check_close(least_squares(data.design(), data.outcome, data.weights, options).covariance,
                sandwich(o, scores / (1.0 - o.leverage)));
    options.covariance = Covariance::clustered;
    options.clusters = LevelColumn{data.group, data.groups};
    check_close(least_squares(data.design(), data.outcome, data.weights, options).covariance,
                7.0 / 6.0 * (n - 1.0) / (n - p) * clustered(o, data));
}

TEST_CASE("errors by leverage agree with matrices of all rows (Bell and McCaffrey 2002)") {
    const auto clusters = GENERATE(Eigen::Index{7}, Eigen::Index{60});
    test::Regression data(60, 4);
    data.groups = clusters;
    for (Eigen::Index i = 0; i < 60; ++i)
        data.group[static_cast<std::size_t>(i)] = static_cast<std::int32_t>(i % clusters);
    const Oracle o = oracle(data, data.dense());
    const MatrixXd scaled = data.weights.sqrt().matrix().asDiagonal() * o.x;
    const MatrixXd maker = MatrixXd::Identity(60, 60) - scaled * o.bread * scaled.transpose();
    const VectorXd residuals = data.weights.sqrt() * o.residuals;
    MatrixXd middle = MatrixXd::Zero(o.x.cols(), o.x.cols()), parts(60, clusters);
    for (Eigen::Index g = 0; g < clusters; ++g) {
        std::vector<Eigen::Index> rows;
        for (Eigen::Index i = g; i < 60; i += clusters) rows.push_back(i);
        const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(MatrixXd(maker(rows, rows)));
        const MatrixXd adjusted = solver.operatorInverseSqrt() * scaled(rows, Eigen::all);
        const VectorXd score = adjusted.transpose() * residuals(rows);
        middle += score * score.transpose();
        parts.col(g) = maker(Eigen::all, rows) * adjusted * o.bread.col(1);
    }
    const MatrixXd form = parts.transpose() * parts;
    LeastSquaresOptions options;
    options.covariance = clusters == 60 ? Covariance::hc2 : Covariance::clustered_leverage;
    options.clusters = LevelColumn{data.group, clusters};
    const LeastSquaresFit fit = least_squares(data.design(), data.outcome, data.weights, options);
    check_close(fit.covariance, o.bread * middle * o.bread);
    const double freedom = form.trace() * form.trace() / form.squaredNorm();
    CHECK(std::abs(fit.error_freedom[1] - freedom) < relative * freedom);
}

TEST_CASE("what one row or one cluster decides alone has no error") {
    test::Regression data(60, 4);
    for (std::size_t i = 0; i < 60; ++i) data.trade[i] = static_cast<std::int32_t>(i == 17 ? 3 : i % 3);
    for (std::size_t i = 0; i < 60; ++i) data.region[i] = static_cast<std::int32_t>(data.group[i] == 2 ? 2 : i % 2);
    LeastSquaresOptions options;
    options.clusters = LevelColumn{data.group, data.groups};
    const auto unknown = [&](Covariance kind) {
        options.covariance = kind;
        const LeastSquaresFit fit = least_squares(data.design(), data.outcome, data.weights, options);
        return ArrayXd(fit.covariance.diagonal().array().isNaN().cast<double>());
    };
    const ArrayXd row{{0, 0, 0, 0, 0, 0, 0, 1}}, cluster{{0, 0, 0, 0, 1, 0, 0, 1}};  // the last is a row of a cluster
    for (const Covariance kind : {Covariance::hc2, Covariance::hc3}) CHECK((unknown(kind) == row).all());
    for (const Covariance kind : {Covariance::clustered, Covariance::clustered_leverage})
        CHECK((unknown(kind) == cluster).all());
    CHECK((unknown(Covariance::hc1) == 0.0).all());
}

TEST_CASE("least squares without an intercept") {
    const test::Regression data(200, 4);
    const MatrixXd x = data.dense().rightCols(data.dense().cols() - 1);
    const Oracle o = oracle(data, x);
    const LeastSquaresFit fit = least_squares(data.design(Intercept::none), data.outcome, data.weights);
    check_close(fit.coefficients, o.coefficients);
    const double squares = (data.weights * o.residuals.square()).sum();
    const double total = (data.weights * data.outcome.square()).sum();
    CHECK(std::abs(fit.r_squared - (1.0 - squares / total)) < 1e-12);  // rounding of two sums of 200 squares
}

TEST_CASE("a dependent column is refused by name or left out") {
    test::Regression data(60, 4);
    data.numeric.col(1) = 2.0 * data.numeric.col(0).array() + 1.0;
    Design design = data.design();
    design.names = {"one", "experience", "age"};
    CHECK_THROWS_WITH(least_squares(design, data.outcome, data.weights),
                      Catch::Matchers::StartsWith("age is a linear combination"));
    LeastSquaresOptions options;
    options.dependence = Dependence::left_out;
    const LeastSquaresFit fit = least_squares(design, data.outcome, data.weights, options);
    CHECK(fit.coefficients[2] == 0.0);
    CHECK(fit.covariance.row(2).isZero());
    CHECK(fit.rank == fit.coefficients.size() - 1);
}

TEST_CASE("wrong input is refused") {
    test::Regression data(30, 4);
    ArrayXd weights = data.weights;
    weights[3] = 0.0;
    CHECK_THROWS_AS(least_squares(data.design(), data.outcome, weights), FactError);
    CHECK_THROWS_AS(least_squares(data.design(), data.outcome.head(29), data.weights), FactError);
    data.outcome[2] = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_AS(least_squares(data.design(), data.outcome, data.weights), FactError);
    const test::Regression few(7, 4);
    CHECK_THROWS_WITH(least_squares(few.design(), few.outcome, few.weights),
                      Catch::Matchers::ContainsSubstring("expected more rows than coefficients"));
    test::Regression outside(30, 4);
    outside.region[5] = 3;
    CHECK_THROWS_WITH(least_squares(outside.design(), outside.outcome, outside.weights),
                      Catch::Matchers::StartsWith("codes of factor 0 hold"));
}

TEST_CASE("the smearing factor is the weighted mean of exp(residual)") {
    const ArrayXd residuals{{0.0, std::log(4.0)}};
    const ArrayXd weights{{2.0, 1.0}};
    CHECK(std::abs(smearing(residuals, weights) - 2.0) < 1e-15);
}
