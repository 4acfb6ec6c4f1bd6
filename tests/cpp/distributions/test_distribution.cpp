#include "wagefit/distributions/distribution.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>

#include "distributions/examples.hpp"
#include "distributions/integration.hpp"
#include "wagefit/distributions/operations.hpp"

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using namespace wagefit;
using test::epsilon;
using test::infinity;

namespace {

// Quadrature to rounding error on both sides: sums of a few hundred terms of one sign.
constexpr double summed = 1e-12;

}  // namespace

TEST_CASE("every distribution: score undoes value off the atoms", "[distribution]") {
    const auto [name, d] = test::each_example();
    CAPTURE(name);
    for (double z = -3.05; z < 3.1; z += 0.1) {
        const double x = d->value(z);
        if (test::is_atom(*d, x)) continue;
        // |cdf(ppf(p)) - p| <= 4 eps (p + x pdf(x)); twice that where a root was sought.
        const double allowed = 8.0 * epsilon * (normal::cdf(z) * (1.0 + z * z) + x * pdf(*d, x));
        CHECK_THAT(d->cdf(x), WithinAbs(normal::cdf(z), allowed));
        CHECK_THAT(d->cdf(x) + d->sf(x), WithinAbs(1.0, 2.0 * epsilon));
    }
}

TEST_CASE("every distribution: values ascend inside the support", "[distribution]") {
    const auto [name, d] = test::each_example();
    CAPTURE(name);
    const auto [lower, upper] = d->support();
    double previous = lower;
    for (double z = -9.0; z < 9.0; z += 1e-3) {
        const double x = d->value(z);
        REQUIRE(x >= previous * (1.0 - 2.0 * epsilon));
        REQUIRE(x <= upper);
        previous = x;
    }
    CHECK(d->cdf(std::nextafter(lower, -infinity)) == 0.0);
    CHECK(d->cdf(upper) == 1.0);
    CHECK(d->sf(upper) == 0.0);
    CHECK(d->score(infinity) == infinity);
    CHECK(d->score(-1.0) == -infinity);
    CHECK(std::isnan(d->value(std::nan(""))));
    CHECK(std::isnan(d->score(std::nan(""))));
    CHECK(std::isnan(d->log_pdf(std::nan(""))));
}

TEST_CASE("every distribution: atoms are the jumps of the cdf", "[distribution]") {
    const auto [name, d] = test::each_example();
    CAPTURE(name);
    for (const auto& [wage, probability] : d->atoms()) {
        const double jump = normal::cdf(d->score(wage)) - normal::cdf(d->score_left(wage));
        CHECK_THAT(jump, WithinAbs(probability, 8.0 * epsilon));
        const double low = std::max(d->score_left(wage), -8.0), high = std::min(d->score(wage), 8.0);
        for (const double part : {0.01, 0.5, 0.99}) CHECK(d->value(low + part * (high - low)) == wage);
    }
    for (const double z : {-2.0, -0.9, 0.2, 1.9}) {
        const double x = d->value(z);
        if (!test::is_atom(*d, x)) CHECK(d->score(x) == d->score_left(x));
    }
}

TEST_CASE("every distribution: partial moments are integrals of powers of the wage", "[distribution]") {
    const auto [name, d] = test::each_example();
    const double k = GENERATE(-1.0, 1.0, 2.0);
    CAPTURE(name, k);
    const auto power = [k](double x) { return std::pow(x, k); };
    for (const auto& [z0, z1] : {std::pair{-37.0, 37.0}, std::pair{-1.0, 0.3}, std::pair{0.5, 37.0}})
        CHECK_THAT(d->partial_moment(k, z0 < -36.0 ? -infinity : z0, z1 > 36.0 ? infinity : z1),
                   WithinRel(test::fine_expectation(*d, power, z0, z1), summed));
    CHECK(d->partial_moment(k, 0.7, 0.7) == 0.0);
}

TEST_CASE("every distribution: nodes hold all probability and the mean", "[distribution]") {
    const auto [name, d] = test::each_example();
    CAPTURE(name);
    const ExpectationNodes nodes = d->nodes();
    double total = 0.0, first = 0.0;
    for (std::size_t i = 0; i < nodes.value.size(); ++i) {
        total += nodes.weight[i];
        first += nodes.weight[i] * nodes.value[i];
    }
    CHECK_THAT(total, WithinRel(1.0, 1e-13));
    CHECK_THAT(first, WithinRel(mean(*d), summed));
}

TEST_CASE("every distribution: half the mean difference is the integral of F (1 - F)", "[distribution]") {
    const auto [name, d] = test::each_example();
    CAPTURE(name);
    const auto ranked = [&](double z) { return d->value(z) * (normal::cdf(z) - normal::sf(z)) * normal::pdf(z); };
    std::vector<double> edges{-37.0};
    for (const double z : d->breakpoints()) edges.push_back(z);
    for (double z = -36.0; z < 37.0; z += 1.0) edges.push_back(z);
    std::sort(edges.begin(), edges.end());
    double total = 0.0;
    for (std::size_t i = 1; i < edges.size(); ++i)
        if (edges[i - 1] < edges[i]) total += test::fine_integral(ranked, edges[i - 1], edges[i]);
    CHECK_THAT(d->half_mean_difference(), WithinRel(total, 1e-10));  // what a mixture promises of its own quadrature
}

TEST_CASE("every distribution: density times dx is the difference of the cdf", "[distribution]") {
    const auto [name, d] = test::each_example();
    CAPTURE(name);
    const double step = 1e-6;
    for (double z = -2.95; z < 3.0; z += 0.1) {
        const double x = d->value(z);
        if (test::is_atom(*d, x) || d->score(x * (1.0 + 2.0 * step)) - d->score(x) > 0.05) continue;
        const double difference = d->cdf(x * (1.0 + step)) - d->cdf(x * (1.0 - step));
        // Central differences are good to step^2, one-sided slopes at a knot to the step, probabilities to eps / step.
        CHECK_THAT(pdf(*d, x), WithinRel(difference / (2.0 * step * x), 1e-5) || WithinAbs(0.0, 1e-300));
    }
}

TEST_CASE("every distribution: a multiple has multiples of everything", "[distribution]") {
    const auto [name, d] = test::each_example();
    const double k = GENERATE(1.0 / 2080.0, 1e6);
    CAPTURE(name, k);
    const DistributionPtr scaled = d->scaled(k);
    for (const double z : {-5.0, -1.3, 0.1, 1.0, 4.0})
        CHECK_THAT(scaled->value(z), WithinRel(k * d->value(z), 1e-13));  // exponents up to 11 amplify rounding
    CHECK_THAT(mean(*scaled), WithinRel(k * mean(*d), summed));
    CHECK_THAT(gini(*scaled), WithinRel(gini(*d), 1e-10));
    CHECK(scaled->support().lower == k * d->support().lower);
    CHECK(scaled->support().upper == k * d->support().upper);
    CHECK(scaled->name() == d->name());
    CHECK_THAT(test::mass_of_atoms(*scaled), WithinAbs(test::mass_of_atoms(*d), 8.0 * epsilon));
}
