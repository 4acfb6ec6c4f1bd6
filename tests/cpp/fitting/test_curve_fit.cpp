#include "wagefit/fitting/curve_fit.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>

#include "facts/examples.hpp"
#include "fitting/cell_fit.hpp"
#include "wagefit/distributions/operations.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/numerics/normal.hpp"

using namespace wagefit;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using test::technicians;

namespace {

constexpr double exactness = 1e-10;  // what the library promises of every fact

void check_facts(const CurveFit& fit, const Figures& facts) {
    REQUIRE(fit.curve);
    for (const QuantileFact& fact : facts.quantiles)
        CHECK_THAT(ppf(*fit.curve, fact.p), WithinRel(fact.value, exactness));
    for (const QuantileFact& bound : facts.at_least) CHECK(ppf(*fit.curve, bound.p) >= bound.value * (1.0 - exactness));
    if (facts.mean) CHECK_THAT(mean(*fit.curve), WithinRel(*facts.mean, exactness));
}

}  // namespace

TEST_CASE("the curve meets five percentiles and the mean", "[curve_fit]") {
    const CurveFit fit = fit_curve(technicians());
    CHECK(fit.status == Status::exact);
    check_facts(fit, technicians());
}

TEST_CASE("every mean inside its feasible interval is met", "[curve_fit]") {
    Figures facts = technicians();
    facts.upper = GENERATE(INFINITY, 400'000.0);
    const MeanInterval allowed = feasible_mean(facts);
    const double greatest = std::isinf(allowed.upper) ? 10.0 * allowed.lower : allowed.upper;
    const double fraction = GENERATE(1e-6, 0.01, 0.3, 0.7, 0.99, 1.0 - 1e-6);
    facts.mean = allowed.lower + fraction * (greatest - allowed.lower);
    CAPTURE(*facts.mean, facts.upper);
    const CurveFit fit = fit_curve(facts);
    CHECK(is_fitted(fit.status));
    check_facts(fit, facts);
    // Only the last resort bends a curve: down for means below the published one, up for those above it.
    const bool is_bent = fit.status == Status::guaranteed, is_low = *facts.mean < *technicians().mean;
    CHECK((fit.gamma > 1.0) == (is_bent && is_low));
    CHECK((fit.gamma < 1.0) == (is_bent && !is_low));
}

TEST_CASE("facts of any kind are met together", "[curve_fit]") {
    Figures facts = technicians();
    SECTION("a tie is an atom") {
        facts.quantiles[2].value = facts.quantiles[1].value;
        const CurveFit fit = fit_curve(facts);
        check_facts(fit, facts);
        CHECK_THAT(fit.curve->cdf(32'070), WithinRel(0.50, 1e-12));
        REQUIRE(fit.curve->atoms().size() == 1);
        CHECK_THAT(fit.curve->atoms()[0].probability, WithinRel(0.25, 1e-12));  // of rounding in Phi
    }
    SECTION("no mean") {
        facts.mean.reset();
        const CurveFit fit = fit_curve(facts);
        CHECK(fit.status == Status::exact_without_mean);
        check_facts(fit, facts);
    }
    SECTION("a floor and a ceiling") {
        facts.lower = 15'080;
        facts.upper = 250'000;
        const CurveFit fit = fit_curve(facts);
        check_facts(fit, facts);
        CHECK(fit.curve->cdf(15'079) == 0.0);
        CHECK(fit.curve->sf(250'000) == 0.0);
    }
    SECTION("one quantile and the mean") {
        facts.quantiles = {{0.9, 63'820}};
        check_facts(fit_curve(facts), facts);
    }
}

TEST_CASE("bounds are met together with facts", "[curve_fit]") {
    SECTION("top codes from P25 up, the mean published") {
        const Figures top_coded{.quantiles = {{0.10, 133'080}},
                                .at_least = {{0.25, 208'000}, {0.50, 208'000}, {0.75, 208'000}, {0.90, 208'000}},
                                .mean = 267'020,
                                .mean_at_least = std::nullopt};
        check_facts(fit_curve(top_coded), top_coded);
    }
    SECTION("a mean that is itself above the top code") {
        const Figures bounded{.quantiles = {{0.10, 150'000}},
                              .at_least = {{0.25, 208'000}},
                              .mean = std::nullopt,
                              .mean_at_least = 208'000};
        const CurveFit fit = fit_curve(bounded);
        check_facts(fit, bounded);
        CHECK(mean(*fit.curve) >= 208'000 * (1.0 - exactness));
    }
}

TEST_CASE("what cannot be fitted says why", "[curve_fit]") {
    PatternCache patterns(shape_prior());
    Figures facts = technicians();
    SECTION("infeasible") {
        facts.mean = 30'000;
        CHECK_THROWS_AS(fit_curve(facts), InfeasibleError);
        CHECK(try_fit_curve(facts, patterns).status == Status::infeasible);
    }
    SECTION("invalid") {
        facts.quantiles[0].value = -1.0;
        CHECK_THROWS_AS(fit_curve(facts), FactError);
        CHECK(try_fit_curve(facts, patterns).status == Status::invalid);
    }
    SECTION("suppressed") { CHECK(try_fit_curve(Figures{}, patterns).status == Status::suppressed); }
}

TEST_CASE("mean and Gini coefficient are those of the curve however far apart its facts are", "[curve_fit]") {
    Figures facts;
    const double p = GENERATE(1e-9, 1e-18, 1e-100, 1e-289), ratio = GENERATE(1.001, 1.5);
    facts.quantiles = {{p, 20'000}, {0.5, ratio * 20'000}};
    CAPTURE(p, ratio);
    const CurveFit fit = fit_curve(facts);
    constexpr double step = 1.0 / 512;  // of the trapezoidal rule, which a kink of the curve's slope costs 1e-9
    double pay = 0.0, half_difference = 0.0;
    for (double z = -38.0; z <= 38.0; z += step) {
        const double weighted = step * fit.curve->value(z) * normal::pdf(z);
        pay += weighted;
        half_difference += weighted * (normal::cdf(z) - normal::sf(z));
    }
    CHECK_THAT(mean(*fit.curve), WithinRel(pay, 1e-8));
    CHECK_THAT(gini(*fit.curve), WithinAbs(half_difference / pay, 1e-8));
}

TEST_CASE("no Gini coefficient is below 0 or above 1", "[curve_fit]") {
    Figures facts;  // a quarter of the people earn 12,136 and the others ten thousand times more, or no end of it
    facts.quantiles = {{0.1, 12'135.62}, {0.25, 12'135.62}, {0.3, 1.17e8}, {0.5, 1.17e8}, {0.75, 1.17e8}};
    CHECK(gini(*fit_curve(facts).curve) <= 1.0);
    constexpr double wage = 22'017.857388272103;  // of all but nobody
    const double next = std::nextafter(wage, INFINITY);
    facts.quantiles = {{8.2877726761355957e-174, wage}, {0.05, next}, {0.5, next}, {0.75, next}, {0.9, next}};
    facts.upper = next;
    CHECK(gini(*fit_curve(facts).curve) >= 0.0);
}

TEST_CASE("wages too small for a double leave no gap in the curve", "[curve_fit]") {
    Figures facts;  // logs fall so steeply towards P10 that the wages below it are 0 in double precision
    facts.quantiles = {{0.1, 1e-280}, {0.25, 6.251e-111}, {0.5, 6.263e-111}, {0.75, 6.276e-111}, {0.9, 6.28e-111}};
    const CurveFit fit = fit_curve(facts);
    for (const double p : {1e-12, 0.001, 0.05}) {
        CHECK(ppf(*fit.curve, p) >= 0.0);
        CHECK(ppf(*fit.curve, p) <= 1e-280);
    }
    CHECK(mean(*fit.curve) > 0.7 * 6.25e-111);
    CHECK(mean(*fit.curve) < 6.28e-111);
}

TEST_CASE("wages just too small for a double have a density", "[curve_fit]") {
    Figures facts;  // the lowest knots of the smooth path are subnormal numbers, of which lanes have no logs
    facts.quantiles = {
        {0.1, 8.5541e-280}, {0.25, 6.4158e-241}, {0.5, 7.0468e-241}, {0.75, 7.7405e-241}, {0.9, 8.503e-241}};
    const CurveFit fit = fit_curve(facts);
    for (const double p : {1e-6, 0.001, 0.01, 0.05}) {
        const double wage = ppf(*fit.curve, p);
        CHECK_THAT(fit.curve->cdf(wage), WithinRel(p, 1e-3));  // the smallest numbers have few digits
        CHECK(std::isfinite(fit.curve->log_pdf(wage)));
    }
}

TEST_CASE("wages near the largest number have a density and quantiles that rise", "[curve_fit]") {
    Figures facts;  // ties and steep steps below an open tail, whose highest knots are above 1e307
    SECTION("of facts") {
        facts.quantiles = {{0.2, 24'629.8},      {0.317, 28'995'166.0}, {0.35, 30'728'048.0},
                           {0.55, 30'728'050.0}, {0.65, 61'456'100.0},  {0.85, 61'456'100.0}};
    }
    SECTION("of brackets") {
        facts.quantiles = {{0.40962, 77'372.28}, {0.48247, 77'374.07}, {0.61245, 83'549.25},
                           {0.61364, 1.7176e9},  {0.85423, 1.7949e9},  {0.93886, 2.05629e9}};
    }
    const CurveFit fit = fit_curve(facts);
    double before = 0.0;
    for (const double p : {0.9, 0.99, 0.999, 1.0 - 1e-6}) {
        const double wage = ppf(*fit.curve, p);
        CHECK(wage >= before);
        CHECK(pdf(*fit.curve, std::min(wage, 1.7e308)) >= 0.0);
        before = wage;
    }
}
