#include "wagefit/distributions/curve.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>

#include "distributions/examples.hpp"
#include "wagefit/distributions/operations.hpp"
#include "wagefit/numerics/normal.hpp"

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using namespace wagefit;
using test::epsilon;
using test::infinity;

TEST_CASE("a curve passes through its knots to the bit", "[curve]") {
    const auto curve = GENERATE(test::smooth_curve(), test::bounded_curve(), test::closed_curve());
    const CurveKnots& knots = curve->knots();
    for (std::size_t i = 0; i < knots.z.size(); ++i) {
        CHECK(curve->value(knots.z[i]) == knots.wage[i]);
        if (!test::is_atom(*curve, knots.wage[i])) CHECK(curve->score(knots.wage[i]) == knots.z[i]);
    }
}

TEST_CASE("a curve whose lowest knot is no normal number has densities above it", "[curve]") {
    const double lowest = 7.3e-309, rate = (std::log(1e-170) - std::log(lowest)) / 0.5;
    const Curve curve({{-2.5, -2.0}, {lowest, 1e-170}, {rate, rate}, {rate, rate}}, open_support);
    for (const double z : {-2.4, -2.2, -2.1}) {
        // A straight line in (z, log wage), whose logs near -700 are rounded once.
        const double wage = curve.value(z);
        CHECK_THAT(std::log(wage), WithinRel(std::log(1e-170) + rate * (z + 2.0), 1e-12));
        CHECK_THAT(curve.score(wage), WithinRel(z, 1e-12));
        CHECK_THAT(curve.log_pdf(wage), WithinRel(normal::log_pdf(z) - std::log(wage) - std::log(rate), 1e-12));
        CHECK(pdf(curve, wage) > 0.0);
    }
}

TEST_CASE("a wage that is no normal number has a density", "[curve]") {
    const double lowest = 1e-270, rate = 10.0;
    const Curve curve({{-1.0, 1.0}, {lowest, 2.0 * lowest}, {rate, 0.35}, {0.35, 0.35}}, open_support);
    for (const double wage : {1e-313, 5e-324}) {
        const double z = -1.0 + (std::log(wage) - std::log(lowest)) / rate;
        const double log_density = normal::log_pdf(z) - std::log(wage) - std::log(rate);
        CHECK_THAT(std::log(pdf(curve, wage)), WithinRel(log_density, 1e-2));  // the smallest numbers have one digit
    }
    const Curve widest({{-1.0, 1.0}, {1e-300, 1e300}, {700.0, 700.0}, {700.0, 700.0}}, open_support);
    for (const double wage : {1e-309, 1e-310}) {  // its density, near 1e305, is a number; over the wage alone it is not
        const double z = -1.0 + (std::log(wage) - std::log(1e-300)) / 700.0;
        const double log_density = normal::log_pdf(z) - std::log(wage) - std::log(700.0);
        CHECK_THAT(std::log(pdf(widest, wage)), WithinRel(log_density, 1e-3));
    }
    const Curve steep({{-1.0, 1.0}, {lowest, 2.0 * lowest}, {0.9, 0.35}, {0.35, 0.35}}, open_support);
    CHECK(pdf(steep, 5e-324) == 0.0);  // its score, -137, has no density, and wage times slope rounds to the wage
}

TEST_CASE("tails of an unbounded curve are exponential", "[curve]") {
    const auto curve = test::smooth_curve();
    const CurveKnots& knots = curve->knots();
    for (const double beyond : {1e-9, 0.3, 2.0, 30.0}) {
        const double below = knots.z.front() - beyond, above = knots.z.back() + beyond;
        // The exponent, up to 12, is rounded once.
        CHECK_THAT(curve->value(below), WithinRel(26'550.0 * std::exp(-0.31 * (knots.z.front() - below)), 1e-14));
        CHECK_THAT(curve->value(above), WithinRel(66'260.0 * std::exp(0.41 * (above - knots.z.back())), 1e-14));
        CHECK_THAT(curve->score(curve->value(above)), WithinRel(above, 1e-14));
        CHECK_THAT(curve->score(curve->value(below)), WithinRel(below, 1e-14));
    }
}

TEST_CASE("tails of a bounded curve approach the ends of the support", "[curve]") {
    const auto curve = test::bounded_curve();
    const double z0 = curve->knots().z.front(), zn = curve->knots().z.back();
    const double a = 0.31 * 26'550.0 / (26'550.0 - 15'080.0), b = 0.41 * 66'260.0 / (90'000.0 - 66'260.0);
    for (const double beyond : {1e-9, 0.3, 2.0, 8.0}) {
        CHECK_THAT(curve->value(z0 - beyond), WithinRel(15'080.0 + 11'470.0 * std::exp(-a * beyond), 1e-13));
        CHECK_THAT(curve->value(zn + beyond), WithinRel(90'000.0 - 23'740.0 * std::exp(-b * beyond), 1e-13));
    }
    CHECK(curve->value(-400.0) >= 15'080.0);
    CHECK(curve->value(400.0) <= 90'000.0);
    CHECK(curve->log_pdf(15'079.0) == -infinity);
    CHECK(curve->log_pdf(90'001.0) == -infinity);
}

TEST_CASE("a distant end of the support costs no digits", "[curve]") {
    const double upper = GENERATE(1e7, 1e10, 1e13, 1e16);
    const Curve bounded(test::five_knots(), {0.0, upper});
    const Curve unlike(test::five_knots(), {0.0, 4.0 * upper});
    const double zn = bounded.knots().z.back();
    for (const double beyond : {1e-6, 1e-3, 0.1, 1.0, 3.0}) {
        const double x = bounded.value(zn + beyond);
        CHECK_THAT(bounded.score(x), WithinAbs(zn + beyond, 16.0 * epsilon / 0.41));
        // U - (U - x) exp(-d) differs between two ends by half the rise's fraction of U.
        CHECK_THAT(x, WithinRel(unlike.value(zn + beyond), 1e6 / upper + 1e-14));
    }
    CHECK_THAT(mean(bounded), WithinRel(mean(unlike), 1e6 / upper + 1e-13));
}

TEST_CASE("a tie is an atom with one-sided densities beside it", "[curve]") {
    const auto curve = test::tied_curve();
    REQUIRE(curve->atoms().size() == 1);
    CHECK(curve->atoms()[0].value == 40'350.0);
    CHECK_THAT(curve->atoms()[0].probability, WithinAbs(0.25, 8.0 * epsilon));
    CHECK_THAT(curve->cdf(40'350.0), WithinAbs(0.50, 4.0 * epsilon));
    CHECK_THAT(curve->cdf(std::nextafter(40'350.0, 0.0)), WithinAbs(0.25, 1e-14));
    CHECK(std::isfinite(curve->log_pdf(40'350.0)));
    CHECK(std::isfinite(curve->log_pdf(std::nextafter(40'350.0, 0.0))));
}

TEST_CASE("a gap has no density and gives its lower end", "[curve]") {
    const auto curve = test::gapped_curve();
    CHECK(curve->value(0.0) == 40'350.0);
    CHECK(curve->value(std::nextafter(0.0, 1.0)) >= 45'000.0);
    for (const double x : {40'350.1, 42'000.0, 44'999.0}) {
        CHECK(curve->score(x) == 0.0);
        CHECK(curve->log_pdf(x) == -infinity);
        CHECK(curve->cdf(x) == 0.5);
    }
    CHECK(std::isfinite(curve->log_pdf(45'000.0)));
    CHECK(curve->atoms().empty());
}

TEST_CASE("ends of the support that are published are atoms", "[curve]") {
    const auto curve = test::closed_curve();
    REQUIRE(curve->atoms().size() == 2);
    CHECK(curve->atoms()[0].value == 26'550.0);
    CHECK(curve->atoms()[1].value == 66'260.0);
    CHECK_THAT(curve->atoms()[0].probability, WithinAbs(0.1, 4.0 * epsilon));
    CHECK_THAT(curve->atoms()[1].probability, WithinAbs(0.1, 4.0 * epsilon));
    CHECK(curve->value(-5.0) == 26'550.0);
    CHECK(curve->value(5.0) == 66'260.0);
    CHECK(curve->score(66'260.0) == infinity);
    CHECK(curve->score_left(26'550.0) == -infinity);
}

TEST_CASE("wages a few units in the last place apart keep their slope", "[curve]") {
    // Logs against a common reference would round this gap to nothing, or to twice its size.
    const double gap = GENERATE(1.0, 2.0, 3.0, 100.0);
    CurveKnots knots = test::five_knots();
    const double ulp = std::nextafter(32'070.0, infinity) - 32'070.0;
    knots.wage = {32'070.0, 32'070.0 + gap * ulp, 40'350.0, 52'730.0, 66'260.0};
    const double secant = gap * ulp / 32'070.0 / (knots.z[1] - knots.z[0]);
    knots.slope_right[0] = knots.slope_left[1] = secant;
    const Curve curve(knots, {0.0, infinity});
    CHECK(curve.atoms().empty());
    CHECK_THAT(curve.log_pdf(32'070.0), WithinAbs(normal::log_pdf(knots.z[0]) - std::log(32'070.0 * secant), 1e-12));
    CHECK(std::isfinite(mean(curve)));
    CHECK(std::isfinite(gini(curve)));
    for (double z = knots.z[0]; z < knots.z[1]; z += 0.01) {
        CHECK(curve.value(z) >= knots.wage[0]);
        CHECK(curve.value(z) <= knots.wage[1]);
    }
}

TEST_CASE("a lone knot is a lognormal where both slopes agree", "[curve]") {
    const Curve curve({{0.0}, {41'631.0}, {0.33336}, {0.33336}}, {0.0, infinity});
    const Lognormal twin(41'631.0, 0.33336);
    for (const double z : {-8.0, -1.0, 0.0, 0.5, 7.0})
        CHECK_THAT(curve.value(z), WithinRel(twin.value(z), 2.0 * epsilon));
    CHECK_THAT(mean(curve), WithinRel(mean(twin), 1e-14));
    CHECK_THAT(gini(curve), WithinRel(gini(twin), 1e-13));
    CHECK_THAT(variance(curve), WithinRel(variance(twin), 1e-12));
}

TEST_CASE("long segments have the Gini coefficient of a lognormal of little spread", "[curve]") {
    const double sigma = 1e-9;
    CurveKnots knots{{-3.0, -1.6, 0.0, 1.4, 3.0}, {}, std::vector<double>(5, sigma), std::vector<double>(5, sigma)};
    for (const double z : knots.z) knots.wage.push_back(40'000.0 * std::exp(sigma * z));
    // Ranks times 1e-16 in ten pieces, beside an index of 6e-10; knots and slopes are rounded by 2e-16 / 1e-9 too.
    CHECK_THAT(gini(Curve(knots, open_support)), WithinRel(std::erf(0.5 * sigma), 3e-6));
}

TEST_CASE("tails of any steepness have a mean", "[curve]") {
    // From an atom in all but name to a tail that falls to nothing within a millionth of a score.
    const double slope = GENERATE(1e-12, 1e-6, 0.4, 5.0, 1e3, 1e6, 1e12);
    CurveKnots knots = test::five_knots();
    knots.slope_left[0] = slope;
    const Curve curve(knots, {0.0, infinity});
    const double below = curve.partial_moment(1.0, -infinity, knots.z[0]);
    CHECK(below > 0.0);
    CHECK(below <= 2'655.0 * (1.0 + 4.0 * epsilon));
    // Partial integration: E[X; Z < z0] = x0 phi(z0) / slope (1 + z0 / slope + ...) for steep tails.
    if (slope >= 1e3) CHECK_THAT(below, WithinRel(26'550.0 * normal::pdf(knots.z[0]) / slope, 2.0 / slope + 1e-13));
    if (slope <= 1e-6) CHECK_THAT(below, WithinRel(2'655.0, 2.0 * slope + 1e-13));
}
