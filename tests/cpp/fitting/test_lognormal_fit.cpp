#include "wagefit/fitting/lognormal_fit.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>

#include "wagefit/distributions/operations.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/numerics/normal.hpp"

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::MessageMatches;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using namespace wagefit;

namespace {

// A handful of operations in logs below 20.
constexpr double closed_form = 1e-12;

Figures pair(double p, double quantile, double mean) {
    Figures facts;
    facts.quantiles = {{p, quantile}};
    facts.mean = mean;
    return facts;
}

}  // namespace

TEST_CASE("the quoted pair has two lognormals", "[lognormal_fit]") {
    const LognormalFit fit = fit_lognormal(pair(0.9, 63'820.0, 44'010.0));
    CHECK_THAT(fit.distribution.sigma(), WithinAbs(0.33336, 5e-6));
    CHECK_THAT(fit.distribution.median(), WithinAbs(41'631.0, 0.5));
    REQUIRE(fit.other_root);
    CHECK_THAT(fit.other_root->sigma(), WithinAbs(2.22975, 5e-6));
    CHECK_THAT(fit.other_root->median(), WithinAbs(3'664.0, 0.5));
    for (const Lognormal& root : {fit.distribution, *fit.other_root}) {
        CHECK_THAT(mean(root), WithinRel(44'010.0, closed_form));
        CHECK_THAT(ppf(root, 0.9), WithinRel(63'820.0, closed_form));
    }
}

TEST_CASE("a quantile not above the mean has one lognormal", "[lognormal_fit]") {
    const double p = GENERATE(0.1, 0.5, 0.9), ratio = GENERATE(0.3, 0.9, 0.999);
    const LognormalFit fit = fit_lognormal(pair(p, 1'000.0 * ratio, 1'000.0));
    CHECK_FALSE(fit.other_root);
    CHECK_THAT(mean(fit.distribution), WithinRel(1'000.0, closed_form));
    CHECK_THAT(ppf(fit.distribution, p), WithinRel(1'000.0 * ratio, closed_form));
}

TEST_CASE("ratios no lognormal has are refused with their limit", "[lognormal_fit]") {
    CHECK_THAT(greatest_quantile_to_mean_ratio(0.9), WithinAbs(2.2732, 5e-5));
    CHECK(greatest_quantile_to_mean_ratio(0.5) == 1.0);
    CHECK(greatest_quantile_to_mean_ratio(0.1) == 1.0);
    CHECK_THROWS_MATCHES(fit_lognormal(pair(0.9, 2'300.0, 1'000.0)), InfeasibleError,
                         MessageMatches(ContainsSubstring("above exp(z^2 / 2) = 2.2732")));
    CHECK_THROWS_MATCHES(fit_lognormal(pair(0.1, 1'050.0, 1'000.0)), InfeasibleError,
                         MessageMatches(ContainsSubstring("not below 1")));
}

TEST_CASE("two quantiles are met exactly, more in least squares", "[lognormal_fit]") {
    Figures facts;
    facts.quantiles = {{0.1, 26'550.0}, {0.9, 66'260.0}};
    const LognormalFit exact = fit_lognormal(facts);
    CHECK_THAT(ppf(exact.distribution, 0.1), WithinRel(26'550.0, closed_form));
    CHECK_THAT(ppf(exact.distribution, 0.9), WithinRel(66'260.0, closed_form));
    CHECK(exact.largest_log_residual < closed_form);
    facts.quantiles.insert(facts.quantiles.begin() + 1, {0.5, 40'350.0});
    const LognormalFit fitted = fit_lognormal(facts);
    // The normal equations of a line: residuals sum to zero, and so do they times z.
    double sum = 0.0, moment = 0.0;
    for (const auto& [p, value] : facts.quantiles) {
        const double residual = std::log(value / ppf(fitted.distribution, p));
        sum += residual;
        moment += residual * normal::quantile(p);
    }
    CHECK_THAT(sum, WithinAbs(0.0, closed_form));
    CHECK_THAT(moment, WithinAbs(0.0, closed_form));
    CHECK(fitted.largest_log_residual > 0.01);
}

TEST_CASE("beside a mean the squares of all log residuals are least", "[lognormal_fit]") {
    Figures facts;
    facts.quantiles = {{0.1, 26'550.0}, {0.25, 32'070.0}, {0.5, 40'350.0}, {0.75, 52'730.0}, {0.9, 66'260.0}};
    facts.mean = 1.08 * 44'010.0;  // which no lognormal near the quantiles has
    const LognormalFit fit = fit_lognormal(facts);
    const double sigma = fit.distribution.sigma();
    const double of_mean = std::log(*facts.mean / mean(fit.distribution));
    // Derivatives of half the sum in the log median and in sigma; the log mean is log median + sigma^2 / 2.
    double by_median = of_mean, by_sigma = of_mean * sigma, largest = std::abs(of_mean);
    for (const auto& [p, value] : facts.quantiles) {
        const double residual = std::log(value / ppf(fit.distribution, p));
        by_median += residual;
        by_sigma += residual * normal::quantile(p);
        largest = std::max(largest, std::abs(residual));
    }
    CHECK_THAT(by_median, WithinAbs(0.0, closed_form));
    CHECK_THAT(by_sigma, WithinAbs(0.0, closed_form));
    CHECK_THAT(fit.largest_log_residual, WithinAbs(largest, closed_form));
}

TEST_CASE("lognormals honor no bounds and need a spread", "[lognormal_fit]") {
    Figures facts = pair(0.9, 63'820.0, 44'010.0);
    SECTION("bound") { facts.at_least = {{0.95, 50'000.0}}; }
    SECTION("lower") { facts.lower = 15'080.0; }
    SECTION("upper") { facts.upper = 500'000.0; }
    SECTION("equal quantiles") {
        facts.mean.reset();
        facts.quantiles = {{0.1, 30'000.0}, {0.9, 30'000.0}};
    }
    CHECK_THROWS_AS(fit_lognormal(facts), FactError);
}
