#include "wagefit/numerics/incomplete_gamma.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>

#include "numbers.hpp"

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using namespace wagefit;
using test::epsilon;

TEST_CASE("scores of incomplete gamma functions reach where they underflow", "[incomplete_gamma]") {
    // log P and log Q by mpmath with 50 digits.
    const auto below = [](double shape, double y) { return normal::log_cdf(incomplete::gamma_score(shape, y)); };
    const auto above = [](double shape, double y) { return normal::log_sf(incomplete::gamma_score(shape, y)); };
    CHECK_THAT(below(0.25, 1e-300), WithinRel(-172.59561013813161314, 1e-14));
    CHECK_THAT(below(3.5, 1e-90), WithinRel(-727.76804086396683269, 1e-14));
    CHECK_THAT(below(2'000.0, 400.0), WithinRel(-1623.3722688380820437, 1e-14));
    CHECK_THAT(below(1e5, 9e4), WithinRel(-540.42528068332387889, 1e-12));  // a shape of 1e5 times eps
    CHECK_THAT(above(0.25, 800.0), WithinRel(-806.30241721449672512, 1e-14));
    CHECK_THAT(above(2'000.0, 5'000.0), WithinRel(-1172.5439877598225803, 1e-14));
    CHECK_THAT(above(1e5, 1.2e5), WithinRel(-1772.9105845814190558, 1e-14));
}

TEST_CASE("the inverse undoes the incomplete gamma function at any score", "[incomplete_gamma]") {
    const double shape = GENERATE(0.3, 1.0, 12.0, 900.0, 9e5, 1.1e6, 1e12);
    CAPTURE(shape);
    double previous = 0.0;
    for (const double z : {-60.0, -36.1, -35.9, -8.0, -1.0, 0.0, 0.3, 5.0, 35.9, 36.1, 60.0}) {
        const double y = incomplete::gamma_inverse(shape, z);
        CAPTURE(z, y);
        if (!(y > 0.0)) continue;
        CHECK(y > previous);
        // The rounding of y is worth sqrt(shape) eps of z.
        CHECK_THAT(incomplete::gamma_score(shape, y),
                   WithinAbs(z, 32 * epsilon * (1.0 + std::abs(z) + std::sqrt(shape))));
        CHECK_THAT(incomplete::log_gamma_inverse(shape, z), WithinRel(std::log(y), 1e-14));
        previous = y;
    }
}

TEST_CASE("the inverse has a logarithm where it underflows", "[incomplete_gamma]") {
    CHECK(incomplete::gamma_inverse(1e-3, -1.0) == 0.0);
    // P(shape, y) = y^shape / Gamma(1 + shape) there; log Gamma(1.001) by mpmath.
    const double right = (normal::log_cdf(-1.0) - 5.7639359828336955361e-4) / 1e-3;
    CHECK_THAT(incomplete::log_gamma_inverse(1e-3, -1.0), WithinRel(right, 1e-14));
}
