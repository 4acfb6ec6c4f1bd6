#include "wagefit/numerics/incomplete_beta.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>

#include "numbers.hpp"

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using namespace wagefit;
using test::epsilon;

namespace {

/// Right values by mpmath with 50 digits.
struct Reference {
    double p, q, log_odds, log_below, log_above;
};

}  // namespace

TEST_CASE("the incomplete beta function is right where its argument or itself underflows", "[incomplete_beta]") {
    const auto r = GENERATE(values<Reference>({
        {0.004, 0.004, -800.0, -3.8931210145147259115, -0.020592206926926941604},
        {0.004, 0.006, -20.0, -0.59078643157501252985, -0.80719311803898139815},
        {1.5, 2.5, -1000.0, -1498.7776062717177833, 0.0},
        {30.0, 0.5, -40.0, -1202.2771301075854563, 0.0},
        {1000.0, 1000.0, -2.5, -1276.0402765657927573, 0.0},
        {2.5, 900.0, -9.0, -6.7721734629606969151, -0.0011458591338439141162},
    }));
    CAPTURE(r.p, r.q, r.log_odds);
    // A log of 1,000 is known to 1,000 eps, and a sum of several such terms to a few times that.
    CHECK_THAT(incomplete::log_beta_below(r.p, r.q, r.log_odds), WithinRel(r.log_below, 8 * epsilon));
    CHECK_THAT(incomplete::log_beta_below(r.q, r.p, -r.log_odds), WithinRel(r.log_above, 1e-13) || WithinAbs(0.0, 0.0));
    const TwoTails tails = incomplete::beta(r.p, r.q, r.log_odds);
    CHECK_THAT(tails.below, WithinRel(std::exp(r.log_below), 1e-13));
    CHECK_THAT(tails.above, WithinRel(std::exp(r.log_above), 1e-13));
}

TEST_CASE("log odds undo the incomplete beta function at any score", "[incomplete_beta]") {
    const double p = GENERATE(1e-3, 0.4, 1.0, 7.0, 1e3), q = GENERATE(1e-3, 0.6, 2.0, 1e3);
    CAPTURE(p, q);
    double previous = -test::infinity;
    for (const double z : {-80.0, -36.1, -35.9, -8.0, -1.0, 0.0, 0.3, 5.0, 35.9, 36.1, 80.0}) {
        const double t = incomplete::beta_log_odds(p, q, z);
        CHECK(t > previous);
        // Log odds of some hundreds are rounded, and move a probability whose log has a slope of at most p or q.
        const double slope = std::max(p, q) * std::abs(t) / std::max(1.0, std::abs(z));
        CHECK_THAT(incomplete::beta_score(p, q, t), WithinAbs(z, 16 * epsilon * (1.0 + std::abs(z) + slope)));
        previous = t;
    }
}
