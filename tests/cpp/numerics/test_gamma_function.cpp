#include "wagefit/numerics/gamma_function.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using namespace wagefit;

// Right values by mpmath with 50 digits.

TEST_CASE("a ratio of gamma functions keeps its digits at any size", "[gamma_function]") {
    CHECK_THAT(gamma_ratio(2.5e9, 1.0), WithinRel(2.5e9, 1e-14));
    CHECK_THAT(gamma_ratio(1e12, -0.5), WithinRel(1.000000000000375e-6, 1e-14));
    CHECK_THAT(gamma_ratio(1e6, 0.3333), WithinRel(99.953947794868685851, 1e-14));
    CHECK_THAT(gamma_ratio(0.7, 1e-3), WithinRel(0.9987821346001863128, 1e-14));
}

TEST_CASE("log gamma beside 1 keeps its digits", "[gamma_function]") {
    CHECK_THAT(log_gamma_of_one_plus(1e-12), WithinRel(-5.7721566490071038196e-13, 1e-14));
    CHECK_THAT(log_gamma_of_one_plus(1e-3), WithinRel(-5.7639359828336955361e-4, 1e-14));
    CHECK_THAT(log_gamma_of_one_plus(0.3), WithinRel(-0.10817480950786046907, 1e-14));
    CHECK_THAT(log_gamma_of_one_plus(5.0), WithinRel(4.7874917427820459942, 1e-14));
}

TEST_CASE("the beta function's logarithm errs by a few units of its own size", "[gamma_function]") {
    CHECK_THAT(log_beta(1e-6, 1e-6), WithinRel(14.508657738522574527, 1e-15));
    CHECK_THAT(log_beta(0.004, 1e5), WithinRel(5.4731135071605035021, 1e-15));
    CHECK_THAT(log_beta(9.5, 1e20), WithinRel(-425.80183424807141148, 1e-15));
    CHECK_THAT(log_beta(15.0, 1e6), WithinRel(-182.04154218621793374, 1e-15));
    CHECK_THAT(log_beta(1000.0, 1000.0), WithinRel(-1388.4826016359022503, 1e-15));
    CHECK(log_beta(0.3, 1000.0) == log_beta(1000.0, 0.3));
}

TEST_CASE("the gamma density keeps its digits where its factors cancel", "[gamma_function]") {
    // The exponent is a square of some 300,000 / 100,000 over 2: its rounding is all that is left.
    CHECK_THAT(log_gamma_kernel(1e10, 1e10 + 3e5), WithinAbs(6.0940769297322709438, 1e-14));
    CHECK_THAT(log_gamma_kernel(1e4, 9'900.0), WithinAbs(3.1828647844356762352, 1e-14));
    CHECK_THAT(log_gamma_kernel(2.5, 0.1), WithinRel(-6.1411456029580332365, 1e-15));
}
