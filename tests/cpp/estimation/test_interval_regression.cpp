#include "wagefit/estimation/interval_regression.hpp"

#include <Eigen/QR>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>

#include "estimation/regressions.hpp"
#include "numbers.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/numerics/normal.hpp"

using namespace wagefit;
using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using test::infinity;

namespace {

struct Bracketed {
    test::Regression data{300, 5};
    MatrixXd x = MatrixXd::Ones(300, 2);
    ArrayXd lower, upper;

    Bracketed() : lower((data.outcome * 4.0).floor() / 4.0), upper(lower + 0.25) {
        x.col(1) = data.numeric.col(0);
        for (Index i = 0; i < 300; ++i) {
            if (lower[i] < 2.5) lower[i] = -infinity;
            if (upper[i] > 3.25) upper[i] = infinity;
            if (i % 7 == 0) lower[i] = upper[i] = data.outcome[i];
        }
    }
    [[nodiscard]] NamedColumns columns() const { return {{x.data(), 300, 2}, {"constant", "schooling"}}; }
    [[nodiscard]] Intervals intervals() const { return {{lower.data(), 300}, {upper.data(), 300}}; }
    [[nodiscard]] double log_likelihood(const VectorXd& coefficients, double sigma) const {
        double sum = 0.0;
        for (Index i = 0; i < 300; ++i) {
            const double mean = x.row(i) * coefficients, weight = data.weights[i] / data.weights.mean();
            const double a = (lower[i] - mean) / sigma, b = (upper[i] - mean) / sigma;
            const double inside = a > 0.0 ? normal::sf(a) - normal::sf(b) : normal::cdf(b) - normal::cdf(a);
            sum += weight * (lower[i] == upper[i] ? normal::log_pdf(a) - std::log(sigma) : std::log(inside));
        }
        return sum;
    }
};

}  // namespace

TEST_CASE("no place near the estimate is likelier") {
    const Bracketed rows;
    const LikelihoodErrors errors = GENERATE(LikelihoodErrors::hessian, LikelihoodErrors::sandwich);
    const IntervalFit fit = interval_regression(rows.columns(), rows.intervals(), rows.data.weights, errors);
    CHECK(std::abs(fit.log_likelihood - rows.log_likelihood(fit.coefficients, fit.sigma)) < 1e-10);
    for (const double step : {1e-3, -1e-3, 1e-4, -1e-4}) {
        CHECK(rows.log_likelihood(fit.coefficients + VectorXd{{step, 0.0}}, fit.sigma) < fit.log_likelihood);
        CHECK(rows.log_likelihood(fit.coefficients + VectorXd{{0.0, 0.1 * step}}, fit.sigma) < fit.log_likelihood);
        CHECK(rows.log_likelihood(fit.coefficients, fit.sigma * (1.0 + step)) < fit.log_likelihood);
    }
    CHECK(fit.covariance.rows() == 3);
    CHECK((fit.covariance.diagonal().array() > 0.0).all());
}

TEST_CASE("interval regression refuses what has no maximum or makes no sense") {
    Bracketed rows;
    rows.lower[4] = rows.upper[4] + 1.0;
    CHECK_THROWS_AS(interval_regression(rows.columns(), rows.intervals(), rows.data.weights, LikelihoodErrors::hessian),
                    FactError);
    rows.lower.setConstant(-infinity);
    rows.upper = rows.data.outcome;
    CHECK_THROWS_AS(interval_regression(rows.columns(), rows.intervals(), rows.data.weights, LikelihoodErrors::hessian),
                    ConvergenceError);
}

TEST_CASE("a group whose outcomes are all open on one side has no estimate, and is named") {
    Bracketed rows;
    rows.x.conservativeResize(300, 3);
    rows.x.col(2).setZero();
    for (Index i = 0; i < 12; ++i) rows.x(i, 2) = 1.0;
    const NamedColumns columns{{rows.x.data(), 300, 3}, {"constant", "schooling", "board"}};
    const bool is_above = GENERATE(true, false);
    for (Index i = 0; i < 12; ++i) {
        rows.lower[i] = is_above ? 3.0 + 0.01 * static_cast<double>(i) : -infinity;
        rows.upper[i] = is_above ? infinity : 2.0;
    }
    const auto fit = [&] {
        return interval_regression(columns, rows.intervals(), rows.data.weights, LikelihoodErrors::hessian);
    };
    CHECK_THROWS_WITH(fit(), Catch::Matchers::ContainsSubstring(is_above ? "values of board (plus infinity), as"
                                                                         : "values of board (minus infinity), as"));
    rows.lower[5] = 2.5;  // one person between two bounds is enough
    rows.upper[5] = 3.5;
    CHECK(std::abs(fit().coefficients[2]) < 10.0);
}
