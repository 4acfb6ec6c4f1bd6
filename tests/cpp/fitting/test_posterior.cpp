#include "wagefit/fitting/posterior.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>

#include "facts/examples.hpp"
#include "wagefit/distributions/operations.hpp"

using namespace wagefit;
using Catch::Matchers::WithinRel;
using test::technicians;

namespace {

constexpr StreamKey key{1, 2};

}  // namespace

TEST_CASE("every draw meets every fact that is the people's own", "[posterior]") {
    const auto draws =
        posterior_draws(technicians(), fit_curve(technicians()), {300.0, FactSource::own}, 40, key, shape_prior(), 2);
    for (const CurveFit& draw : draws) {
        REQUIRE(draw.curve);
        for (const QuantileFact& fact : technicians().quantiles)
            CHECK_THAT(ppf(*draw.curve, fact.p), WithinRel(fact.value, 1e-10));  // what the library promises
        CHECK_THAT(mean(*draw.curve), WithinRel(44'010.0, 1e-10));
    }
}

TEST_CASE("draws differ from each other, and not by the number of threads", "[posterior]") {
    const Precision precision{300.0, GENERATE(FactSource::own, FactSource::sampled)};
    const auto one = posterior_draws(technicians(), fit_curve(technicians()), precision, 8, key, shape_prior(), 1);
    const auto three = posterior_draws(technicians(), fit_curve(technicians()), precision, 8, key, shape_prior(), 3);
    for (std::size_t i = 0; i < one.size(); ++i) CHECK(one[i].curve->knots().wage == three[i].curve->knots().wage);
    CHECK(ppf(*one[0].curve, 0.99) != ppf(*one[1].curve, 0.99));
}

TEST_CASE("sampled facts are drawn anew", "[posterior]") {
    const auto draws = posterior_draws(technicians(), fit_curve(technicians()), {300.0, FactSource::sampled}, 8, key,
                                       shape_prior(), 1);
    for (const CurveFit& draw : draws) CHECK(mean(*draw.curve) != 44'010.0);
}

TEST_CASE("a lone quantile with the mean has draws too", "[posterior]") {
    Figures facts = technicians();
    facts.quantiles = {{0.9, 63'820}};
    for (const CurveFit& draw :
         posterior_draws(facts, fit_curve(facts), {300.0, FactSource::own}, 8, key, shape_prior(), 1)) {
        CHECK_THAT(ppf(*draw.curve, 0.9), WithinRel(63'820.0, 1e-10));
        CHECK_THAT(mean(*draw.curve), WithinRel(44'010.0, 1e-10));
    }
}

TEST_CASE("draws of a lone quantile without a mean differ in scale, and meet the bound that does not bind",
          "[posterior]") {
    Figures facts{.quantiles = {{0.5, 40'000}}, .at_least = {}, .mean = std::nullopt, .mean_at_least = std::nullopt};
    SECTION("of a quantile") { facts.at_least = {{0.9, 42'000}}; }
    SECTION("of the mean") { facts.mean_at_least = 40'500; }
    const auto draws = posterior_draws(facts, fit_curve(facts), {1e6, FactSource::own}, 200, key, shape_prior(), 2);
    double sum = 0.0, squares = 0.0;
    for (const CurveFit& draw : draws) {
        CHECK_THAT(ppf(*draw.curve, 0.5), WithinRel(40'000.0, 1e-10));
        for (const QuantileFact& bound : facts.at_least) CHECK(ppf(*draw.curve, bound.p) >= bound.value);
        CHECK(mean(*draw.curve) >= facts.mean_at_least.value_or(0.0));
        const double log_width = std::log(std::log(ppf(*draw.curve, 0.9) / ppf(*draw.curve, 0.1)));
        sum += log_width;
        squares += log_width * log_width;
    }
    const double n = static_cast<double>(draws.size());
    const double spread = std::sqrt(squares / n - sum * sum / (n * n));
    // The scale's own spread, and that of the mean slope of shapes, 0.18 to 0.24; 200 draws of a t tell it to a fifth.
    CHECK(spread > 0.8 * shape_prior().scale_spread);
    CHECK(spread < 1.9 * shape_prior().scale_spread);
}

TEST_CASE("a bound that binds is open upwards, whatever the number of threads", "[posterior]") {
    Figures facts = technicians();
    SECTION("of a quantile, with a mean") { facts.at_least = {{0.95, 80'000}}; }
    SECTION("of two quantiles, without one") {
        facts.mean.reset();
        facts.at_least = {{0.95, 100'000}, {0.99, 140'000}};
    }
    SECTION("of the mean") {
        facts.mean.reset();
        facts.mean_at_least = 46'000;
    }
    const CurveFit fit = fit_curve(facts);
    REQUIRE((fit.mean_binds || !fit.binding.empty()));
    const auto one = posterior_draws(facts, fit, {1e5, FactSource::own}, 60, key, shape_prior(), 1);
    const auto three = posterior_draws(facts, fit, {1e5, FactSource::own}, 60, key, shape_prior(), 3);
    for (std::size_t i = 0; i < one.size(); ++i) {
        CHECK(one[i].curve->knots().wage == three[i].curve->knots().wage);
        for (const QuantileFact& bound : facts.at_least) CHECK(ppf(*one[i].curve, bound.p) > bound.value);
        if (facts.mean_at_least) CHECK(mean(*one[i].curve) > *facts.mean_at_least);
        if (facts.mean) CHECK_THAT(mean(*one[i].curve), WithinRel(*facts.mean, 1e-10));
        for (const QuantileFact& fact : facts.quantiles)
            CHECK_THAT(ppf(*one[i].curve, fact.p), WithinRel(fact.value, 1e-10));
    }
}

TEST_CASE("no draw has wages beyond any that have been seen, however rough its figures", "[posterior]") {
    Figures facts;  // nurses in New Jersey, May 2025: without a mean, half of them within a seventh of the median
    facts.quantiles = {{0.1, 83'060}, {0.25, 99'710}, {0.5, 106'500}, {0.75, 127'730}, {0.9, 135'170}};
    const CurveFit fit = fit_curve(facts);
    const auto draws = posterior_draws(facts, fit, {92'680.0, FactSource::own}, 200, key, shape_prior(), 2);
    // A tail as steep as one published row in 20,000 leads from P90 to P99.9 in exp(3 (3.09 - 1.28)).
    for (const CurveFit& draw : draws) CHECK(ppf(*draw.curve, 0.999) < 135'170.0 * std::exp(3.0 * 1.82));
    for (const CurveFit& draw : draws) CHECK(mean(*draw.curve) < 1.5 * mean(*fit.curve));
}
