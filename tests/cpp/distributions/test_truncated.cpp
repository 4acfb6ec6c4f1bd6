#include "wagefit/distributions/truncated.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>

#include "distributions/examples.hpp"
#include "wagefit/distributions/operations.hpp"
#include "wagefit/errors.hpp"

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using namespace wagefit;
using test::epsilon;
using test::infinity;

TEST_CASE("truncation is conditioning", "[truncated]") {
    const DistributionPtr base = GENERATE(DistributionPtr(test::smooth_curve()), DistributionPtr(test::gapped_curve()));
    const double lower = GENERATE(0.0, 30'000.0), upper = GENERATE(60'000.0, infinity);
    const Truncated d(base, lower, upper);
    const double mass = base->cdf(upper) - base->cdf(lower);
    for (double x = 31'000.0; x < 60'000.0; x += 500.0) {
        CHECK_THAT(d.cdf(x), WithinAbs((base->cdf(x) - base->cdf(lower)) / mass, 1e-14));
        CHECK_THAT(d.log_pdf(x), WithinAbs(base->log_pdf(x) - std::log(mass), 1e-13));
    }
    const double part = base->partial_moment(1.0, base->score(lower), base->score(upper));
    CHECK_THAT(mean(d), WithinRel(part / mass, 1e-13));
}

TEST_CASE("far tails keep their digits when they are cut off", "[truncated]") {
    const DistributionPtr base = std::make_shared<Lognormal>(40'000.0, 0.35);
    const Truncated d(base, base->value(9.0), infinity);  // one person in 1e19
    for (const double q : {0.9, 0.5, 0.01}) {
        const double x = isf(d, q);
        CHECK_THAT(base->sf(x) / base->sf(base->value(9.0)), WithinRel(q, 1e-12));  // z^2 = 81 units in the last place
    }
}

TEST_CASE("an atom on an end belongs to the truncated distribution", "[truncated]") {
    const DistributionPtr base = test::tied_curve();
    const Truncated from(base, 40'350.0, infinity), to(base, 0.0, 40'350.0);
    REQUIRE(from.atoms().size() == 1);
    REQUIRE(to.atoms().size() == 1);
    CHECK_THAT(from.atoms()[0].probability, WithinAbs(0.25 / 0.75, 8.0 * epsilon));
    CHECK_THAT(to.atoms()[0].probability, WithinAbs(0.25 / 0.50, 8.0 * epsilon));
    CHECK(ppf(from, 0.3) == 40'350.0);
    CHECK(ppf(to, 0.51) == 40'350.0);
    CHECK(ppf(to, 0.49) < 40'350.0);
}

TEST_CASE("nothing is left where there is no probability", "[truncated]") {
    CHECK_THROWS_AS(Truncated(test::smooth_curve(), 5.0, 5.0), FactError);
    CHECK_THROWS_AS(Truncated(test::smooth_curve(), 6.0, 5.0), FactError);
    CHECK_THROWS_AS(Truncated(test::smooth_curve(), std::nan(""), 5.0), FactError);
    CHECK_THROWS_AS(Truncated(test::bounded_curve(), 100'000.0, 200'000.0), FactError);
    CHECK_THROWS_AS(Truncated(test::gapped_curve(), 41'000.0, 44'000.0), FactError);
}
