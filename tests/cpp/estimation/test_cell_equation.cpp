#include "wagefit/estimation/cell_equation.hpp"

#include <Eigen/Cholesky>
#include <Eigen/LU>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
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

/// Kenward and Roger's covariance for variances between + sampling x known, from written-out matrices.
MatrixXd written_out(const MatrixXd& x, const ArrayXd& variances, const ArrayXd& known) {
    const MatrixXd inverse = (x.transpose() * variances.inverse().matrix().asDiagonal() * x).inverse();
    const MatrixXd precision = variances.inverse().matrix().asDiagonal();
    const MatrixXd rest = precision - precision * x * inverse * x.transpose() * precision;
    const MatrixXd derivative[2] = {MatrixXd::Identity(x.rows(), x.rows()), known.matrix().asDiagonal()};
    Eigen::Matrix2d information;
    for (int i : {0, 1})
        for (int j : {0, 1}) information(i, j) = 0.5 * (rest * derivative[i] * rest * derivative[j]).trace();
    const Eigen::Matrix2d spread = information.inverse();
    MatrixXd out = inverse;
    for (int i : {0, 1})
        for (int j : {0, 1}) {
            const MatrixXd a = derivative[i] * precision * x * inverse, b = derivative[j] * precision * x * inverse;
            out += 2.0 * spread(i, j) * a.transpose() * rest * b;
        }
    return out;
}

}  // namespace

TEST_CASE("the variance function maximizes the restricted likelihood") {
    const test::Regression data(240, 6);
    const MatrixXd x = data.dense();
    const ArrayXd known = 0.02 + 0.2 * ArrayXd::LinSpaced(240, 0.0, 1.0).square();
    ArrayXd outcome = data.outcome;
    for (Eigen::Index i = 0; i < known.size(); ++i)
        outcome[i] += 2.0 * std::sqrt(known[i]) * random_normal({7, 8}, static_cast<std::uint64_t>(i));
    const CellEquation fit = cell_equation(data.design(), outcome, known, SamplingVariance::proportional);
    REQUIRE((fit.between > 0.0 && fit.sampling > 0.0));
    const double top = restricted(x, outcome, fit.between + fit.sampling * known);
    for (const double factor : {0.98, 1.02}) {
        CHECK(restricted(x, outcome, factor * fit.between + fit.sampling * known) <= top);
        CHECK(restricted(x, outcome, fit.between + factor * fit.sampling * known) <= top);
    }
    const MatrixXd expected = written_out(x, fit.variances, known);
    CHECK((fit.covariance - expected).cwiseAbs().maxCoeff() <= 1e-7 * expected.cwiseAbs().maxCoeff());  // condition 1e5
}

TEST_CASE("parts of the variance that cannot be told apart, or leave one degree of freedom, have a finite covariance") {
    const Eigen::Index n = GENERATE(9, 10, 40);  // eight coefficients
    const test::Regression data(n, 4);
    const ArrayXd known = ArrayXd::Constant(n, 0.05);
    const CellEquation fit = cell_equation(data.design(), data.outcome, known, SamplingVariance::proportional);
    CHECK(fit.covariance.allFinite());
    CHECK(fit.covariance.diagonal().minCoeff() > 0.0);
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
