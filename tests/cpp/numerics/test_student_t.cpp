#include "wagefit/numerics/student_t.hpp"

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>

#include "numbers.hpp"
#include "wagefit/numerics/normal.hpp"

using namespace wagefit;
using test::infinity;

TEST_CASE("Student's upper tail agrees with 30-digit arithmetic, also for fractional degrees of freedom") {
    struct Reference {
        double t, freedom, sf;
    };
    // mpmath: the regularized incomplete beta function of freedom / 2 and 1 / 2 at freedom / (freedom + t^2), halved.
    const std::array<Reference, 7> references{{
        {0.5, 1.0, 0.35241638234956673},
        {2.0, 1.5, 0.11209416517802553},
        {-1.25, 3.0, 0.85003526602456869},
        {10.0, 4.0, 0.00028100181135799558},
        {40.0, 2.25, 0.00014755089512444531},
        {8.0, 300.0, 1.3675076950769211e-14},
        {3.0, 1000000.0, 0.0013499312707108985},
    }};
    for (const Reference& each : references) {
        const double sf = student_t::sf(each.t, each.freedom);
        CHECK(std::abs(sf - each.sf) <= 1e-13 * each.sf);  // the beta function's own error
        CHECK(std::abs(student_t::quantile(1.0 - each.sf, each.freedom) - each.t) <=
              1e-9 * std::abs(each.t) * (1.0 + 1e-16 / each.sf / 1e-9));  // 1 - sf keeps 16 digits of it
    }
}

TEST_CASE("Student's distribution at its ends") {
    const double missing = std::numeric_limits<double>::quiet_NaN();
    CHECK(student_t::quantile(0.5, 3.0) == 0.0);
    CHECK(student_t::quantile(1.0, 3.0) == infinity);
    CHECK(student_t::quantile(0.95, infinity) == normal::quantile(0.95));
    CHECK(student_t::sf(1.5, infinity) == normal::sf(1.5));
    CHECK(student_t::sf(-infinity, 2.0) == 1.0);
    CHECK(std::isnan(student_t::sf(missing, 2.0)));
    CHECK(std::isnan(student_t::sf(1.0, missing)));
    CHECK(std::isnan(student_t::sf(1.0, 0.0)));
    CHECK(std::isnan(student_t::quantile(1.2, 2.0)));
}
