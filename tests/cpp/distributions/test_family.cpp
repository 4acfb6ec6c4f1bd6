#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <numbers>
#include <vector>

#include "numbers.hpp"
#include "wagefit/distributions/family.hpp"
#include "wagefit/distributions/operations.hpp"
#include "wagefit/errors.hpp"

using namespace wagefit;
using Catch::Matchers::WithinRel;
using test::infinity;

namespace {

std::vector<double> typical(Family family) {
    switch (family) {
        case Family::lognormal:
            return {40'000.0, 0.4};
        case Family::weibull:
            return {45'000.0, 2.3};
        case Family::gamma:
            return {12'000.0, 3.7};
        case Family::loglogistic:
            return {40'000.0, 3.1};
        case Family::singh_maddala:
            return {40'000.0, 3.1, 1.7};
        case Family::dagum:
            return {40'000.0, 3.1, 0.6};
        case Family::generalized_beta2:
            return {40'000.0, 2.5, 1.3, 1.9};
    }
    return {};
}

Family family_at(int i) { return static_cast<Family>(i); }

}  // namespace

TEST_CASE("every family undoes its own quantiles, far tails included", "[family]") {
    const Family family = family_at(GENERATE(range(0, family_count)));
    const DistributionPtr d = make_distribution(family, typical(family));
    CAPTURE(d->name());
    for (const double z : {-12.0, -5.0, -1.0, 0.0, 0.5, 3.0, 12.0})
        CHECK_THAT(d->score(d->value(z)), WithinRel(z, 1e-12) || Catch::Matchers::WithinAbs(z, 1e-13));
    CHECK(d->value(-infinity) == 0.0);
    CHECK(d->value(infinity) == infinity);
}

TEST_CASE("partial means of a family add up to its mean", "[family]") {
    const Family family = family_at(GENERATE(range(0, family_count)));
    const DistributionPtr d = make_distribution(family, typical(family));
    CAPTURE(d->name());
    double sum = 0.0;
    for (const auto& [a, b] : {std::pair{-infinity, -1.0}, std::pair{-1.0, 0.7}, std::pair{0.7, infinity}})
        sum += d->partial_moment(1.0, a, b);
    CHECK_THAT(sum, WithinRel(mean(*d), 1e-13));
    CHECK_THAT(gini(*d->scaled(3.0)), WithinRel(gini(*d), 1e-12));
}

TEST_CASE("a mean is a number though its factors are none", "[family]") {
    const DistributionPtr d =
        make_distribution(Family::singh_maddala, std::array{4.027778321730071e286, 0.006976596479756803, 1000.0});
    // scale B(1 + 1/a, q - 1/a) / B(1, q) by mpmath; logs of 10^286 and 10^-177 keep 13 digits.
    CHECK_THAT(mean(*d), WithinRel(4.289734277537569179e109, 1e-12));
    // The square of the scale is no normal number: 4.461e-289 by mpmath.
    const DistributionPtr small = make_distribution(Family::generalized_beta2, std::array{3e-162, 0.1, 1000.0, 30.0});
    CHECK_THAT(moment(*small, 2.0), WithinRel(4.461197865008584585e-289, 1e-11));
}

TEST_CASE("the loglogistic has the closed forms of its textbook", "[family]") {
    const DistributionPtr d = make_distribution(Family::loglogistic, std::array{40'000.0, 3.0});
    CHECK_THAT(d->cdf(40'000.0), WithinRel(0.5, 1e-15));
    CHECK_THAT(mean(*d), WithinRel(40'000.0 * (std::numbers::pi / 3.0) / std::sin(std::numbers::pi / 3.0), 1e-14));
    CHECK_THAT(gini(*d), WithinRel(1.0 / 3.0, 1e-11));
    CHECK(moment(*d, 3.0) == infinity);
}

TEST_CASE("a family refuses parameters that are not positive", "[family]") {
    CHECK_THROWS_AS(make_distribution(Family::gamma, std::array{1.0, 0.0}), FactError);
    CHECK_THROWS_AS(make_distribution(Family::gamma, std::array{1.0}), FactError);
    CHECK_THROWS_AS(make_distribution(Family::weibull, std::array{infinity, 1.0}), FactError);
}
