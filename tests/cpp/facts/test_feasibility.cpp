#include "wagefit/facts/feasibility.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <limits>

#include "numbers.hpp"

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::WithinRel;
using namespace wagefit;
using test::infinity;

namespace {

// The ends of the interval are sums of at most six products.
constexpr double sum_tolerance = 6.0 * std::numeric_limits<double>::epsilon();

Figures five(double p10, double p25, double p50, double p75, double p90) {
    Figures facts;
    facts.quantiles = {{0.10, p10}, {0.25, p25}, {0.50, p50}, {0.75, p75}, {0.90, p90}};
    return facts;
}

}  // namespace

TEST_CASE("means lie between the step functions through the quantiles", "[feasibility]") {
    Figures facts = five(10.0, 20.0, 30.0, 40.0, 50.0);
    CHECK_THAT(feasible_mean(facts).lower, WithinRel(1.5 + 5.0 + 7.5 + 6.0 + 5.0, sum_tolerance));
    CHECK(std::isinf(feasible_mean(facts).upper));
    facts.lower = 8.0;
    facts.upper = 100.0;
    CHECK_THAT(feasible_mean(facts).lower, WithinRel(0.8 + 1.5 + 5.0 + 7.5 + 6.0 + 5.0, sum_tolerance));
    CHECK_THAT(feasible_mean(facts).upper, WithinRel(1.0 + 3.0 + 7.5 + 10.0 + 7.5 + 10.0, sum_tolerance));
}

TEST_CASE("a bound raises the least mean only", "[feasibility]") {
    Figures facts = five(10.0, 20.0, 30.0, 40.0, 50.0);
    facts.upper = 100.0;
    const MeanInterval free = feasible_mean(facts);
    facts.at_least = {{0.6, 36.0}};
    CHECK_THAT(feasible_mean(facts).lower, WithinRel(free.lower + 0.15 * 6.0, sum_tolerance));
    CHECK(feasible_mean(facts).upper == free.upper);
    facts.at_least = {{0.6, 30.0}};
    CHECK_THAT(feasible_mean(facts).lower, WithinRel(free.lower, sum_tolerance));
}

TEST_CASE("the ends of the interval are not feasible, their neighbors are", "[feasibility]") {
    Figures facts = five(10.0, 20.0, 30.0, 40.0, 50.0);
    facts.upper = 100.0;
    const MeanInterval interval = feasible_mean(facts);
    facts.mean = interval.lower;
    CHECK(check_feasibility(facts).reason == Infeasibility::mean_too_low);
    facts.mean = std::nextafter(interval.lower, infinity);
    CHECK(check_feasibility(facts).feasible());
    facts.mean = std::nextafter(interval.upper, 0.0);
    CHECK(check_feasibility(facts).feasible());
    facts.mean = interval.upper;
    CHECK(check_feasibility(facts).reason == Infeasibility::mean_too_high);
    facts.mean.reset();
    facts.mean_at_least = interval.upper;
    CHECK(check_feasibility(facts).reason == Infeasibility::bounded_mean_too_high);
    facts.mean_at_least = 0.5 * interval.lower;
    CHECK(check_feasibility(facts).feasible());
}

TEST_CASE("rows of the source that no distribution can meet", "[feasibility]") {
    Figures sentinel = five(18'304.0, 27'747.2, 44'075.2, 84'323.2, 20'779.2);
    sentinel.mean = 55'120.0;
    CHECK(check_feasibility(sentinel).reason == Infeasibility::decreasing_quantiles);
    CHECK(check_feasibility(sentinel).p_low == 0.75);
    CHECK(check_feasibility(sentinel).p_high == 0.90);
    Figures median_as_mean = five(12'180.0, 13'540.0, 18'500.0, 30'850.0, 49'800.0);
    median_as_mean.mean = 18'500.0;
    const Feasibility verdict = check_feasibility(median_as_mean);
    CHECK(verdict.reason == Infeasibility::mean_too_low);
    CHECK_THAT(verdict.mean.lower, WithinRel(19'444.5, sum_tolerance));
    CHECK_THAT(explain(verdict, median_as_mean),
               ContainsSubstring("mean is 18,500") && ContainsSubstring("above 19,444.50"));
}

TEST_CASE("quantiles, bounds and support that clash are named", "[feasibility]") {
    Figures facts = five(10.0, 20.0, 30.0, 40.0, 50.0);
    SECTION("a quantile below an earlier bound") {
        facts.at_least = {{0.6, 45.0}};
        const Feasibility verdict = check_feasibility(facts);
        CHECK(verdict.reason == Infeasibility::quantile_below_bound);
        CHECK(verdict.p_low == 0.6);
        CHECK(verdict.p_high == 0.75);
        CHECK_THAT(explain(verdict, facts), ContainsSubstring("quantiles[0.75] = 40"));
    }
    SECTION("a quantile equal to an earlier bound is no clash") {
        facts.at_least = {{0.6, 40.0}};
        CHECK(check_feasibility(facts).feasible());
    }
    SECTION("a quantile outside the support") {
        facts.lower = 12.0;
        CHECK(check_feasibility(facts).reason == Infeasibility::outside_support);
        CHECK_THAT(explain(check_feasibility(facts), facts), ContainsSubstring("quantiles[0.1] = 10"));
    }
    SECTION("a quantile on the end of the support is inside") {
        facts.lower = 10.0;
        facts.upper = 50.0;
        CHECK(check_feasibility(facts).feasible());
    }
    SECTION("a bound above the support") {
        facts.upper = 60.0;
        facts.at_least = {{0.95, 61.0}};
        CHECK(check_feasibility(facts).reason == Infeasibility::outside_support);
        CHECK_THAT(explain(check_feasibility(facts), facts), ContainsSubstring("at_least[0.95] = 61"));
    }
}

TEST_CASE("random quantile functions are feasible with their own mean", "[feasibility]") {
    // A discrete distribution over a thousand equally likely wages, seen at five of its quantiles.
    const int seed = GENERATE(Catch::Generators::range(1, 21));
    std::vector<double> wages;
    double wage = 1.0, state = seed;
    for (int i = 0; i < 1000; ++i) {
        state = std::fmod(state * 16'807.0, 2'147'483'647.0);
        wage *= 1.0 + 0.01 * state / 2'147'483'647.0;
        wages.push_back(wage);
    }
    double total = 0.0;
    for (const double x : wages) total += x;
    Figures facts = five(wages[100], wages[250], wages[500], wages[750], wages[900]);
    facts.mean = total / 1000.0;
    facts.upper = 1.01 * wages.back();
    CHECK(check_feasibility(facts).feasible());
}
