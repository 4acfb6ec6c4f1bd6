#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>

#include "distributions/integration.hpp"
#include "numbers.hpp"
#include "wagefit/distributions/lognormal.hpp"
#include "wagefit/distributions/operations.hpp"
#include "wagefit/distributions/stacked.hpp"
#include "wagefit/distributions/truncated.hpp"
#include "wagefit/numerics/normal.hpp"

using namespace wagefit;
using Catch::Matchers::WithinRel;
using test::infinity;

namespace {

/// A quarter between 10 and 20, nobody between 20 and 30, three quarters from 30 on.
Stacked three_bands() {
    const auto base = std::make_shared<Lognormal>(25.0, 0.5);
    return {{std::make_shared<Truncated>(base, 10.0, 20.0), std::make_shared<Truncated>(base, 30.0, infinity)},
            {1.0, 3.0}};
}

}  // namespace

TEST_CASE("a stack stands still in a gap and takes its lower end", "[stacked]") {
    const Stacked d = three_bands();
    CHECK(d.cdf(20.0) == 0.25);
    CHECK(d.cdf(25.0) == 0.25);
    CHECK_THAT(d.sf(25.0), WithinRel(0.75, 1e-15));
    CHECK(ppf(d, 0.25) == 20.0);
    CHECK(ppf(d, 0.2500001) >= 30.0);
    CHECK(pdf(d, 25.0) == 0.0);
    CHECK(d.support().lower == 10.0);
}

TEST_CASE("a stack has its layer's tail at scores whose probabilities underflow", "[stacked]") {
    const Stacked d = three_bands();
    // Three quarters of the whole are in the layer: P(Z > z) is 0.75 of the layer's. Lognormal(25, 0.5) truncated at 30
    // keeps the share P(Z > log(1.2) / 0.5).
    for (const double z : {20.0, 38.0, 38.6, 60.0}) {
        const double log_sf = normal::log_sf(z) - std::log(0.75) + normal::log_sf(std::log(1.2) / 0.5);
        const double expected = 25.0 * std::exp(-0.5 * normal::quantile_of_log(log_sf));
        CHECK_THAT(d.value(z), WithinRel(expected, 1e-12));
        CHECK_THAT(d.score(expected), WithinRel(z, 1e-12));
    }
    CHECK(std::isfinite(gini(d)));
}

TEST_CASE("quantiles and moments of a stack are those of its layers", "[stacked]") {
    const Stacked d = three_bands();
    for (const double p : {0.01, 0.1, 0.2, 0.26, 0.5, 0.9, 0.999}) CHECK_THAT(d.cdf(ppf(d, p)), WithinRel(p, 1e-12));
    const double by_layer = 0.25 * mean(*d.layers()[0]) + 0.75 * mean(*d.layers()[1]);
    CHECK_THAT(mean(d), WithinRel(by_layer, 1e-13));
    CHECK_THAT(mean_between(d, 0.0, 0.25), WithinRel(mean(*d.layers()[0]), 1e-12));
    CHECK_THAT(gini(*d.scaled(7.0)), WithinRel(gini(d), 1e-12));
}

TEST_CASE("expectations over a stack are those of its layers", "[stacked]") {
    const Stacked d = three_bands();
    const auto z = [](double wage) { return std::log(wage / 25.0) / 0.5; };
    // Of a normal variable between a and b: mu + sigma (phi(a) - phi(b)) / (Phi(b) - Phi(a)).
    const double low = (normal::pdf(z(10.0)) - normal::pdf(z(20.0))) / (normal::cdf(z(20.0)) - normal::cdf(z(10.0)));
    const double high = normal::pdf(z(30.0)) / normal::sf(z(30.0));
    const double expected = std::log(25.0) + 0.5 * (0.25 * low + 0.75 * high);
    CHECK_THAT(log_moments(d).mean, WithinRel(expected, 1e-12));
    // Half the mean difference is the integral of F (1 - F), over both layers and the gap.
    const auto integrand = [&](double log_wage) {
        const double wage = std::exp(log_wage);
        return d.cdf(wage) * d.sf(wage) * wage;
    };
    const double layers = test::fine_integral(integrand, std::log(10.0), std::log(20.0)) +
                          test::fine_integral(integrand, std::log(30.0), std::log(1e4));
    CHECK_THAT(d.half_mean_difference(), WithinRel(layers + 10.0 * 0.25 * 0.75, 1e-11));
}
