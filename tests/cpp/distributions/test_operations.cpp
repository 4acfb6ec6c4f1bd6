#include "wagefit/distributions/operations.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>

#include "distributions/examples.hpp"

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using namespace wagefit;
using test::epsilon;
using test::infinity;

TEST_CASE("ppf and isf are two sides of one function", "[operations]") {
    const auto [name, d] = test::each_example();
    CAPTURE(name);
    for (const double p : {0.125, 0.25, 0.5, 0.75}) CHECK(isf(*d, 1.0 - p) == ppf(*d, p));
    CHECK(ppf(*d, 0.0) == d->support().lower);
    CHECK(ppf(*d, 1.0) == d->support().upper);
    CHECK(isf(*d, 0.0) == d->support().upper);
    CHECK(isf(*d, 1.0) == d->support().lower);
}

TEST_CASE("probabilities outside [0, 1] and orders that are no numbers give NaN", "[operations]") {
    const auto [name, d] = test::each_example();
    CAPTURE(name);
    const double p = GENERATE(-1e-300, -1.0, 1.5, infinity, std::nan(""));
    for (const auto f : {&ppf, &isf, &lorenz, &top_share}) CHECK(std::isnan(f(*d, p)));
    CHECK(std::isnan(mean_between(*d, p, 0.5)));
    CHECK(std::isnan(mean_between(*d, 0.6, 0.5)));
    CHECK(std::isnan(moment(*d, infinity)));
    CHECK(std::isnan(moment(*d, std::nan(""))));
    CHECK(std::isnan(atkinson(*d, -1.0)));
}

TEST_CASE("a Lorenz curve is convex, below the diagonal, and its complement the top share", "[operations]") {
    const auto [name, d] = test::each_example();
    CAPTURE(name);
    double previous = 0.0, step = 0.0;
    for (int i = 1; i <= 64; ++i) {
        const double p = i / 64.0, share = lorenz(*d, p);
        CHECK(share <= p + 1e-13);
        CHECK(share - previous >= step - 1e-13);
        CHECK_THAT(top_share(*d, 1.0 - p), WithinAbs(1.0 - share, 1e-12));
        step = share - previous;
        previous = share;
    }
    CHECK_THAT(previous, WithinAbs(1.0, 1e-12));
}

TEST_CASE("means of fifths average to the mean and ascend", "[operations]") {
    const auto [name, d] = test::each_example();
    CAPTURE(name);
    double sum = 0.0, previous = 0.0;
    for (int i = 0; i < 5; ++i) {
        const double fifth = mean_between(*d, i / 5.0, (i + 1) / 5.0);
        CHECK(fifth >= previous * (1.0 - 1e-13));
        sum += fifth / 5.0;
        previous = fifth;
    }
    CHECK_THAT(sum, WithinRel(mean(*d), 1e-12));
}

TEST_CASE("indices of inequality agree on no inequality and on their bounds", "[operations]") {
    const auto [name, d] = test::each_example();
    CAPTURE(name);
    const double variation = std::sqrt(variance(*d)) / mean(*d);
    CHECK(gini(*d) > 0.0);
    CHECK(gini(*d) < 1.0);
    CHECK(gini(*d) <= variation / std::sqrt(3.0) + 1e-12);          // equality for a uniform distribution
    CHECK(theil(*d) <= std::log1p(variation * variation) + 1e-12);  // Jensen
    CHECK(theil(*d) > 0.0);
    CHECK_THAT(atkinson(*d, 0.0), WithinAbs(0.0, 4.0 * epsilon));
    CHECK(atkinson(*d, 0.5) < atkinson(*d, 1.0));
    CHECK(atkinson(*d, 1.0) < atkinson(*d, 2.0));
    CHECK_THAT(moment(*d, 2.0), WithinRel(variance(*d) + mean(*d) * mean(*d), 1e-11));
    CHECK(moment(*d, 0.0) == 1.0);
}

TEST_CASE("logs of probabilities reach where the probabilities underflow", "[operations]") {
    const auto curve = test::smooth_curve();
    for (const double z : {-100.0, -45.0, -3.0, 3.0, 45.0, 100.0}) {
        const double x = curve->value(z);
        // The score of a wage e^40 away from the knots is known to 40 eps / 0.3, and enters squared.
        CHECK_THAT(log_cdf(*curve, x), WithinRel(normal::log_cdf(z), 1e-12) || WithinAbs(normal::log_cdf(z), 1e-300));
        CHECK_THAT(log_sf(*curve, x), WithinRel(normal::log_sf(z), 1e-12) || WithinAbs(normal::log_sf(z), 1e-300));
    }
}

TEST_CASE("a moment of any order takes little work", "[operations]") {
    const auto curve = test::smooth_curve();
    for (const double k : {1e3, 1e9, 1e300}) CHECK(moment(*curve, k) == infinity);
    CHECK(std::isfinite(moment(*curve, 20.0)));
}
