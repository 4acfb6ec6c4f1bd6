#include "wagefit/estimation/recentered_influence.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "wagefit/errors.hpp"

using namespace wagefit;
using Eigen::ArrayXd;

TEST_CASE("the Gini coefficient of two wages, and its influence function's mean") {
    const ArrayXd wages{{1.0, 3.0}}, weights{{2.0, 2.0}};
    const RecenteredInfluence gini = influence_of_gini(wages, weights);
    CHECK(std::abs(gini.statistic - 0.25) < 1e-15);  // (1/2 x 1/2 x 2 x 2) / (2 x 2)
    CHECK(std::abs(gini.values.mean() - 0.25) < 1e-15);
    CHECK_THROWS_AS(influence_of_gini(ArrayXd{{0.0, 1.0}}, weights), FactError);
}

TEST_CASE("equal wages have no inequality, in whatever order") {
    const ArrayXd wages = ArrayXd::Constant(5, 7.0), weights = ArrayXd::LinSpaced(5, 1.0, 2.0);
    CHECK(std::abs(influence_of_gini(wages, weights).statistic) < 1e-15);
    CHECK_THROWS_AS(influence_of_quantile(wages, weights, 0.5), FactError);
}

TEST_CASE("a quantile's influence takes two values about it") {
    const ArrayXd values{{4.0, 1.0, 3.0, 2.0}}, weights = ArrayXd::Ones(4);
    const RecenteredInfluence median = influence_of_quantile(values, weights, 0.5);
    CHECK(median.statistic == 2.0);
    CHECK(std::abs(median.values.mean() - 2.0) < 1e-15);
    CHECK(median.values[0] == median.values[2]);
    CHECK(median.values[1] == median.values[3]);
    CHECK(median.values[0] > median.values[1]);
    CHECK_THROWS_AS(influence_of_quantile(values, weights, 0.0), FactError);
    CHECK(influence_of_mean(values, weights).statistic == 2.5);
}
