#include "distributions/exponential_tail.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>

#include "numbers.hpp"

using Catch::Matchers::WithinRel;
using namespace wagefit;
using test::infinity;

namespace {

struct PartialMean {
    double c, origin, a, b;
    double value;  // from mpmath with 50 digits
};

struct LogProbability {
    double a, b;
    double value;  // from mpmath with 50 digits
};

}  // namespace

TEST_CASE("partial means of exponential tails agree with 50 digits", "[exponential_tail]") {
    const auto reference = GENERATE(values<PartialMean>({
        {0.4, 1.28, 1.28, infinity, 0.12297950810327193133},
        {0.4, -1.28, -infinity, -1.28, 0.084014822075862810416},
        {-0.8, -1.28, -infinity, -1.28, 0.15610345903465721144},
        {3.0, 0.5, 0.5, infinity, 19.960812461006153001},
        {0.0, 0.3, -1.0, 2.0, 0.81859461412036374138},
        {5.0, 0.0, -2.0, -1.0, 0.00026439483015915388809},
        {0.4, 2.0, 10.0, 11.0, 1.9455839181847922638e-22},
        {40.0, 2.0, 2.0, 2.5, 226615.64696459888466},
        // Steep tails: the textbook form cancels c^2 eps.
        {30.0, -1.28, -infinity, -1.28, 0.0056159928393557132728},
        {-30.0, 1.28, 1.28, infinity, 0.0056159928393557132728},
        {1e3, -1.28, -infinity, -1.28, 0.00017562245815362682967},
        {-1e3, 1.28, 1.28, infinity, 0.00017562245815362682967},
        {1e6, -1.25, -infinity, -1.25, 1.8264885707776790915e-7},
        {1e8, 0.0, -infinity, 0.0, 3.9894228040143263805e-9},
        {1e12, -2.0, -infinity, -2.0, 5.3990966513080070018e-14},
    }));
    CAPTURE(reference.c);
    const double found = exponential_partial_mean(reference.c, reference.origin, reference.a, reference.b);
    // The argument of exp, at most 50 here, is rounded once or twice.
    CHECK_THAT(found, WithinRel(reference.value, 2e-14));
}

TEST_CASE("a tail whose mean almost overflows is still finite", "[exponential_tail]") {
    // exp(c^2 / 2) with c = 38: the exponent 722 is known to 722 eps.
    CHECK_THAT(exponential_partial_mean(38.0, 1.28, 1.28, infinity), WithinRel(2.7323248651237793658e+292, 1e-12));
    CHECK(std::isinf(exponential_partial_mean(60.0, 1.28, 1.28, infinity)));
}

TEST_CASE("partial means add up", "[exponential_tail]") {
    const double c = GENERATE(-50.0, -3.0, -0.4, 0.0, 0.4, 3.0, 50.0), origin = GENERATE(-1.28, 0.0, 1.28);
    const double whole = exponential_partial_mean(c, origin, origin - 1.0, origin + 1.0);
    double sum = 0.0;
    for (int i = 0; i < 64; ++i)
        sum += exponential_partial_mean(c, origin, origin - 1.0 + i / 32.0, origin - 1.0 + (i + 1) / 32.0);
    // Each of the parts, of one sign, is a difference that costs it up to 32 units in the last place or two.
    CHECK_THAT(sum, WithinRel(whole, 1e-13));
}

TEST_CASE("an empty interval has no partial mean", "[exponential_tail]") {
    CHECK(exponential_partial_mean(0.4, 0.0, 1.0, 1.0) == 0.0);
    CHECK(exponential_partial_mean(0.4, 0.0, 2.0, 1.0) == 0.0);
    CHECK(log_probability_between(1.0, 1.0) == -infinity);
    CHECK(log_probability_between(2.0, 1.0) == -infinity);
}

TEST_CASE("log probabilities of intervals agree with 50 digits in both tails", "[exponential_tail]") {
    const auto reference = GENERATE(values<LogProbability>({
        {-1.0, 1.0, -0.38171514630212607227},
        {-1e-8, 1e-8, -18.6464720965970929},
        {5.0, 6.0, -15.068446096529453352},
        {30.0, 31.0, -454.32124395634325204},
        {100.0, 101.0, -5005.5242086942050886},
        {38.0, infinity, -726.5572160188201301},
    }));
    // A log of a probability is known to eps where the probability is known to eps of itself.
    CHECK_THAT(log_probability_between(reference.a, reference.b), WithinRel(reference.value, 1e-15));
    CHECK_THAT(log_probability_between(-reference.b, -reference.a), WithinRel(reference.value, 1e-15));
    CHECK(log_probability_between(-infinity, infinity) == 0.0);
}
