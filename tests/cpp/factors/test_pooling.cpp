#include "wagefit/factors/pooling.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <limits>

#include "wagefit/errors.hpp"

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using namespace wagefit;

namespace {

/// Log risk ratios of thirteen BCG vaccine trials from their 2 x 2 tables (Colditz et al. 1994, JAMA 271:698).
std::vector<Reading> bcg_trials() {
    constexpr double trials[13][4] = {{4, 119, 11, 128},       {6, 300, 29, 274},        {3, 228, 11, 209},
                                      {62, 13536, 248, 12619}, {33, 5036, 47, 5761},     {180, 1361, 372, 1079},
                                      {8, 2537, 10, 619},      {505, 87886, 499, 87892}, {29, 7470, 45, 7232},
                                      {17, 1699, 65, 1600},    {186, 50448, 141, 27197}, {5, 2493, 3, 2338},
                                      {27, 16886, 29, 17825}};
    std::vector<Reading> readings;
    for (const auto& [a, b, c, d] : trials)
        readings.push_back(
            {std::log(a / (a + b) / (c / (c + d))), std::sqrt(1.0 / a - 1.0 / (a + b) + 1.0 / c - 1.0 / (c + d))});
    return readings;
}

/// Numerical derivative of the restricted likelihood.
double slope(const std::vector<Reading>& readings, double tau_squared) {
    const double h = 1e-5 * tau_squared;
    return (restricted_log_likelihood(readings, tau_squared + h) -
            restricted_log_likelihood(readings, tau_squared - h)) /
           (2.0 * h);
}

}  // namespace

TEST_CASE("the BCG trials pool to the published figures", "[pooling]") {
    // Viechtbauer (2010), Journal of Statistical Software 36(3), section 3.1: tau^2 0.3132, I^2 92.22 %, Q 152.2330,
    // estimate -0.7145; printed to four decimals.
    const Pooled pooled = pool_by_reml(bcg_trials());
    CHECK_THAT(pooled.tau_squared, WithinAbs(0.3132, 0.5e-4));
    CHECK_THAT(pooled.i_squared, WithinAbs(0.9222, 0.5e-4));
    CHECK_THAT(pooled.q, WithinAbs(152.2330, 0.5e-4));
    CHECK_THAT(pooled.effect, WithinAbs(-0.7145, 0.5e-4));
    CHECK(pooled.q_p_value < 1e-4);
    CHECK(pooled.degrees_of_freedom == 12.0);
}

TEST_CASE("the restricted likelihood is level at its maximum", "[pooling]") {
    const auto readings = bcg_trials();
    // The difference quotient of a function of size 10 with a step of 3e-6 has six digits less.
    CHECK_THAT(slope(readings, reml_tau_squared(readings)), WithinAbs(0.0, 1e-8));
}

TEST_CASE("equal errors give the textbook's moments", "[pooling]") {
    const double error = 0.05;
    const std::vector<Reading> readings{{0.10, error}, {0.30, error}, {0.20, error}, {0.60, error}};
    const Pooled pooled = pool_by_reml(readings);
    const double variance = (0.04 + 0.0 + 0.01 + 0.09) / 3.0;  // of the four effects around 0.3
    CHECK_THAT(pooled.effect, WithinRel(0.3, 1e-14));
    CHECK_THAT(pooled.tau_squared, WithinRel(variance - error * error, 1e-10));  // the root's width
    CHECK_THAT(pooled.error, WithinRel(std::sqrt(variance / 4.0), 1e-10));
    CHECK_THAT(pooled.q, WithinRel(3.0 * variance / (error * error), 1e-13));
    CHECK_THAT(pooled.weights[2], WithinRel(0.25, 1e-14));
}

TEST_CASE("readings that agree have no variance between them and keep their own errors", "[pooling]") {
    const std::vector<Reading> readings{{0.20, 0.1}, {0.21, 0.1}, {0.19, 0.1}};
    const Pooled pooled = pool_by_reml(readings);
    CHECK(pooled.tau_squared == 0.0);
    CHECK(pooled.i_squared == 0.0);
    CHECK_THAT(pooled.error, WithinRel(0.1 / std::sqrt(3.0), 1e-14));
}

TEST_CASE("one reading is itself", "[pooling]") {
    const Pooled pooled = pool_by_reml({{0.2, 0.03}});
    CHECK(pooled.effect == 0.2);
    CHECK_THAT(pooled.error, WithinRel(0.03, 1e-15));
    CHECK(std::isinf(pooled.degrees_of_freedom));
    CHECK(std::isnan(pooled.q_p_value));
    CHECK(std::isnan(pooled.i_squared));
}

TEST_CASE("a narrow prior gives the fixed-effect mean, a wide one the plain mean", "[pooling]") {
    const std::vector<Reading> readings{{0.10, 0.01}, {0.40, 0.05}};
    const double fixed = (0.10 / 1e-4 + 0.40 / 25e-4) / (1.0 / 1e-4 + 1.0 / 25e-4);
    CHECK_THAT(PooledPosterior(readings, 1e-6).summary().effect, WithinAbs(fixed, 1e-6));  // order tau^2 / error^2
    // With tau of hundreds the weights differ by error^2 / tau^2.
    CHECK_THAT(PooledPosterior(readings, 1e3).summary().effect, WithinAbs(0.25, 2e-3));
}

TEST_CASE("the posterior's quantiles invert its distribution function", "[pooling]") {
    const PooledPosterior posterior({{0.135, 0.02}, {0.115, 0.03}}, 0.1);
    const double p = GENERATE(0.001, 0.05, 0.5, 0.95);
    CHECK_THAT(posterior.cdf(posterior.quantile(p)), WithinRel(p, 1e-12));
}

TEST_CASE("Student's distribution", "[pooling]") {
    const double t = GENERATE(-30.0, -1.3, 0.2, 2.0);
    // Closed forms for one and two degrees of freedom.
    CHECK_THAT(student_cdf(t, 1.0), WithinRel(0.5 + std::atan(t) / M_PI, 1e-13));
    CHECK_THAT(student_cdf(t, 2.0), WithinRel(0.5 * (1.0 + t / std::sqrt(2.0 + t * t)), 1e-12));
    CHECK_THAT(student_quantile(student_cdf(t, 5.0), 5.0), WithinRel(t, 1e-11));  // 1 - p near one loses digits
    CHECK(student_quantile(0.5, 3.0) == 0.0);
    CHECK_THAT(student_quantile(0.975, std::numeric_limits<double>::infinity()), WithinAbs(1.959963984540054, 1e-14));
}

TEST_CASE("meaningless readings are refused", "[pooling]") {
    CHECK_THROWS_AS(pool_by_reml({}), FactError);
    CHECK_THROWS_AS(pool_by_reml({{std::nan(""), 0.1}}), FactError);
    CHECK_THROWS_AS(pool_by_reml({{0.1, 0.0}}), FactError);
    CHECK_THROWS_AS(pool_by_reml({{0.1, std::nan("")}}), FactError);
    CHECK_THROWS_AS(PooledPosterior({{0.1, 0.1}}, 0.0), FactError);
    CHECK_THROWS_AS(PooledPosterior({{0.1, 0.1}}, 1.0).quantile(1.0), FactError);
}
