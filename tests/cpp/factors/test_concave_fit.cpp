#include "wagefit/factors/concave_fit.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>

#include "wagefit/errors.hpp"

using Catch::Matchers::WithinAbs;
using namespace wagefit;

namespace {

const Eigen::VectorXd amounts = (Eigen::VectorXd(7) << 0.0, 1.0, 2.0, 4.0, 8.0, 15.0, 25.0).finished();
const Eigen::VectorXd seven_weights = (Eigen::VectorXd(7) << 1.0, 2.0, 1.0, 0.5, 3.0, 1.0, 2.0).finished();

double distance(const Eigen::VectorXd& fit, const Eigen::VectorXd& y) {
    return seven_weights.dot((fit - y).cwiseAbs2());
}

}  // namespace

TEST_CASE("values that rise and are concave are kept", "[concave_fit]") {
    const Eigen::VectorXd y = 0.04 * amounts.array() - 0.0007 * amounts.array().square();
    const Eigen::VectorXd fit = fit_concave(amounts, y, seven_weights);
    CHECK_THAT((fit - y).cwiseAbs().maxCoeff(), WithinAbs(0.0, 1e-14));  // least squares of numbers below one
}

TEST_CASE("falling values become their weighted mean", "[concave_fit]") {
    const Eigen::VectorXd y = -amounts;
    const Eigen::VectorXd fit = fit_concave(amounts, y, seven_weights);
    const double mean = seven_weights.dot(y) / seven_weights.sum();
    CHECK_THAT((fit.array() - mean).abs().maxCoeff(), WithinAbs(0.0, 1e-13));
}

TEST_CASE("convex values become their weighted line", "[concave_fit]") {
    const Eigen::VectorXd y = amounts.array().square();
    const Eigen::VectorXd fit = fit_concave(amounts, y, seven_weights);
    const double w = seven_weights.sum(), mx = seven_weights.dot(amounts) / w, my = seven_weights.dot(y) / w;
    const Eigen::ArrayXd dx = amounts.array() - mx;
    const double slope =
        (seven_weights.array() * dx * (y.array() - my)).sum() / (seven_weights.array() * dx.square()).sum();
    CHECK_THAT((fit.array() - (my + slope * dx)).abs().maxCoeff(), WithinAbs(0.0, 1e-11));  // numbers up to 625
}

TEST_CASE("noisy values become the nearest curve of its kind", "[concave_fit]") {
    const int seed = GENERATE(1, 2, 3, 4);
    Eigen::VectorXd y(7);
    for (Eigen::Index i = 0; i < 7; ++i)
        y[i] = 0.1 * std::sqrt(amounts[i]) + 0.1 * std::sin(7.0 * seed + 3.0 * double(i));
    const Eigen::VectorXd fit = fit_concave(amounts, y, seven_weights);
    Eigen::VectorXd slope(6);
    for (Eigen::Index i = 0; i < 6; ++i) slope[i] = (fit[i + 1] - fit[i]) / (amounts[i + 1] - amounts[i]);
    CHECK(slope.minCoeff() >= -1e-14);
    for (Eigen::Index i = 0; i < 5; ++i) CHECK(slope[i] >= slope[i + 1] - 1e-14);
    // The set is convex: no small step toward another of its curves comes nearer.
    const double least = distance(fit, y);
    for (int k = 0; k < 200; ++k) {
        Eigen::VectorXd other = Eigen::VectorXd::Constant(7, std::sin(double(k)));
        for (Eigen::Index j = 1; j < 7; ++j)
            other.array() += std::pow(std::sin(17.0 * k + 5.0 * double(j)), 2) * 0.05 * amounts.array().min(amounts[j]);
        CHECK(distance(fit + 1e-3 * (other - fit), y) >= least - 1e-15);
    }
}

TEST_CASE("meaningless curves are not fitted", "[concave_fit]") {
    const Eigen::VectorXd two = Eigen::VectorXd::LinSpaced(2, 0.0, 1.0), ones = Eigen::VectorXd::Ones(2);
    CHECK_THROWS_AS(fit_concave(two.head(1), two.head(1), ones.head(1)), FactError);
    CHECK_THROWS_AS(fit_concave(ones, two, ones), FactError);
    CHECK_THROWS_AS(fit_concave(two, two, Eigen::VectorXd::Zero(2)), FactError);
    CHECK_THROWS_AS(fit_concave(two, two * std::nan(""), ones), FactError);
    CHECK_THROWS_AS(fit_concave(two, two, Eigen::VectorXd::Ones(3)), FactError);
}
