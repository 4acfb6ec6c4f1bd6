#include "wagefit/estimation/cell_equation.hpp"

#include <Eigen/Cholesky>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "estimation/regressions.hpp"
#include "wagefit/errors.hpp"

using namespace wagefit;
using Eigen::ArrayXd;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

/// Restricted log likelihood without constants, from written-out columns.
double restricted(const MatrixXd& x, const ArrayXd& y, const ArrayXd& variances) {
    const MatrixXd gram = x.transpose() * (1.0 / variances).matrix().asDiagonal() * x;
    const Eigen::LLT<MatrixXd> cholesky(gram);
    const VectorXd coefficients = cholesky.solve(x.transpose() * (y / variances).matrix());
    const ArrayXd residuals = y - (x * coefficients).array();
    const double determinant = 2.0 * cholesky.matrixLLT().diagonal().array().log().sum();
    return -0.5 * (variances.log().sum() + determinant + (residuals.square() / variances).sum());
}

}  // namespace

TEST_CASE("the variance function maximizes the restricted likelihood") {
    const test::Regression data(240, 6);
    const MatrixXd x = data.dense();
    const ArrayXd known = 0.02 + 0.2 * ArrayXd::LinSpaced(240, 0.0, 1.0).square();
    const CellEquation fit = cell_equation(data.design(), data.outcome, known, SamplingVariance::proportional);
    const double top = restricted(x, data.outcome, fit.between + fit.sampling * known);
    for (const double factor : {0.98, 1.02}) {
        CHECK(restricted(x, data.outcome, factor * fit.between + fit.sampling * known) <= top);
        CHECK(restricted(x, data.outcome, fit.between + factor * fit.sampling * known) <= top);
    }
    const MatrixXd gram = x.transpose() * (1.0 / fit.variances).matrix().asDiagonal() * x;
    const MatrixXd inverse = gram.ldlt().solve(MatrixXd::Identity(x.cols(), x.cols()));
    CHECK((fit.covariance - inverse).cwiseAbs().maxCoeff() <= 1e-7 * inverse.cwiseAbs().maxCoeff());  // condition 1e5
}

TEST_CASE("known sampling variances keep their size") {
    const test::Regression data(240, 6);
    const CellEquation fit =
        cell_equation(data.design(), data.outcome, ArrayXd::Constant(240, 0.01), SamplingVariance::known);
    CHECK(fit.sampling == 1.0);
    CHECK(fit.between > 0.0);
    CHECK_THROWS_AS(cell_equation(data.design(), data.outcome, ArrayXd::Constant(240, -1.0), SamplingVariance::known),
                    FactError);
}
