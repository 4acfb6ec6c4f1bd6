#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <limits>

#include "numbers.hpp"
#include "numerics/reference.hpp"
#include "wagefit/numerics/normal.hpp"

namespace normal = wagefit::normal;
using Catch::Matchers::WithinRel;
using wagefit::test::epsilon;
using wagefit::test::infinity;
using wagefit::test::normal_reference;
using wagefit::test::not_a_number;
using wagefit::test::ulps;

namespace {

// The accuracy the library promises; the worst seen is 3.
constexpr double promised_ulps = 4.0;

template <class Function>
void check_against_reference(const std::string& name, Function&& function) {
    for (const auto& reference : normal_reference(name)) {
        INFO(name << " at " << reference.argument);
        CHECK(ulps(function(reference.argument), reference) <= promised_ulps);
    }
}

}  // namespace

TEST_CASE("normal functions agree with mpmath's 50 digits to 4 ulp", "[normal]") {
    check_against_reference("pdf", normal::pdf);
    check_against_reference("cdf", normal::cdf);
    check_against_reference("cdf", [](double z) { return normal::sf(-z); });
    check_against_reference("log_cdf", normal::log_cdf);
    check_against_reference("log_cdf", [](double z) { return normal::log_sf(-z); });
    check_against_reference("quantile", normal::quantile);
    check_against_reference("quantile", [](double p) { return -normal::isf(p); });
}

TEST_CASE("normal functions at infinity and at the ends of [0, 1]", "[normal]") {
    CHECK(normal::pdf(infinity) == 0.0);
    CHECK(normal::pdf(-infinity) == 0.0);
    CHECK(normal::log_pdf(infinity) == -infinity);
    CHECK(normal::cdf(-infinity) == 0.0);
    CHECK(normal::cdf(infinity) == 1.0);
    CHECK(normal::sf(-infinity) == 1.0);
    CHECK(normal::sf(infinity) == 0.0);
    CHECK(normal::log_cdf(-infinity) == -infinity);
    CHECK(normal::log_cdf(infinity) == 0.0);
    CHECK(normal::log_sf(-infinity) == 0.0);
    CHECK(normal::log_sf(infinity) == -infinity);
    CHECK(normal::quantile(0.0) == -infinity);
    CHECK(normal::quantile(1.0) == infinity);
    CHECK(normal::quantile(0.5) == 0.0);
    CHECK(normal::isf(0.0) == infinity);
    CHECK(normal::isf(1.0) == -infinity);
}

TEST_CASE("normal functions underflow in silence far out", "[normal]") {
    const double z = GENERATE(39.0, 1e3, 1e10, 1e160, std::numeric_limits<double>::max());
    CAPTURE(z);
    CHECK(normal::pdf(z) == 0.0);
    CHECK(normal::sf(z) == 0.0);
    CHECK(normal::cdf(z) == 1.0);
    CHECK(normal::cdf(-z) == 0.0);
    CHECK(normal::log_cdf(z) == 0.0);
}

TEST_CASE("normal functions give NaN for NaN and outside [0, 1]", "[normal]") {
    CHECK(std::isnan(normal::pdf(not_a_number)));
    CHECK(std::isnan(normal::log_pdf(not_a_number)));
    CHECK(std::isnan(normal::cdf(not_a_number)));
    CHECK(std::isnan(normal::sf(not_a_number)));
    CHECK(std::isnan(normal::log_cdf(not_a_number)));
    CHECK(std::isnan(normal::log_sf(not_a_number)));
    for (const double p : {not_a_number, -1.0, -1e-300, 1.0 + epsilon, infinity, -infinity}) {
        CAPTURE(p);
        CHECK(std::isnan(normal::quantile(p)));
        CHECK(std::isnan(normal::isf(p)));
    }
}

TEST_CASE("normal cdf and quantile are monotone on a fine grid", "[normal]") {
    double last = -infinity;
    for (double p = 1e-5; p < 1.0; p += 1e-5) {
        const double z = normal::quantile(p);
        REQUIRE(z > last);
        last = z;
    }
    double below = 0.0;
    for (double z = -38.0; z <= 7.0; z += 1e-3) {  // above 7 the steps of the cdf come down to the rounding of 1
        const double p = normal::cdf(z);
        REQUIRE(p > below);
        below = p;
    }
}

TEST_CASE("normal cdf inverts quantile", "[normal]") {
    // An error of a ulp in z moves Phi(z) by z phi(z) ulps; 4 ulps of each are promised.
    for (double p = 0.001; p < 1.0; p += 0.001) {
        const double z = normal::quantile(p);
        CAPTURE(p);
        CHECK(std::abs(normal::cdf(z) - p) <= 4.0 * epsilon * (p + std::abs(z) * normal::pdf(z)));
    }
}

TEST_CASE("normal log density agrees with the density", "[normal]") {
    const double z = GENERATE(range(-37.0, 37.5, 0.5));
    // exp multiplies the relative error of its argument, up to 1 ulp of 686, by that argument.
    CHECK_THAT(std::exp(normal::log_pdf(z)), WithinRel(normal::pdf(z), 700.0 * epsilon));
}
