#include "simd/elementary.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "numerics/reference.hpp"

namespace elementary = wagefit::elementary;
using wagefit::lane_count;
using wagefit::Lanes;
using wagefit::test::normal_reference;
using wagefit::test::ulps;

namespace {

/// Units in the last place between a double and a long double, whose own error is 1/2048 of one.
double distance(double value, long double exact) {
    const double ulp = std::nextafter(std::abs(value), std::numeric_limits<double>::infinity()) - std::abs(value);
    return static_cast<double>(std::abs(static_cast<long double>(value) - exact)) / ulp;
}

std::vector<double> random_numbers(double low, double high) {
    std::mt19937_64 generator(7);
    std::uniform_real_distribution<double> uniform(low, high);
    std::vector<double> x(20'000);
    for (double& each : x) each = uniform(generator);
    return x;
}

/// Calls f with doubles one by one and with lanes of them; whether all bits agree.
template <class Function>
bool has_same_bits_in_lanes(const std::vector<double>& x, Function&& f) {
    for (std::size_t i = 0; i + lane_count <= x.size(); i += lane_count) {
        double lanes[lane_count];
        wagefit::store(lanes, f(wagefit::loaded<Lanes>(&x[i])));
        for (std::size_t j = 0; j < lane_count; ++j)
            if (lanes[j] != f(x[i + j])) return false;
    }
    return true;
}

}  // namespace

TEST_CASE("exp and logarithms are within an ulp", "[elementary]") {
    for (const double x : random_numbers(-690.0, 690.0)) {
        REQUIRE(distance(elementary::exp(x), std::exp(static_cast<long double>(x))) <= 1.0);
        const double y = std::exp(x);
        REQUIRE(distance(elementary::log(y), std::log(static_cast<long double>(y))) <= 1.0);
    }
    for (const double x : random_numbers(-1.0, 1.0))
        REQUIRE(distance(elementary::exp(x), std::exp(static_cast<long double>(x))) <= 1.0);
    CHECK(elementary::exp(0.0) == 1.0);
    CHECK(elementary::log(1.0) == 0.0);
    CHECK(elementary::exp(1e9) == elementary::exp(700.0));
}

TEST_CASE("the logarithm of a ratio is within 2 ulp however near to 1 the ratio is", "[elementary]") {
    const auto exact = [](double high, double low) {
        return std::log1p((static_cast<long double>(high) - low) / static_cast<long double>(low));
    };
    for (const double power : random_numbers(-16.0, 2.8)) {  // ratios from the next double to e^630
        const double low = 1e-30 * (1.0 + std::abs(std::sin(power * 1e3))), ratio = std::exp(std::pow(10.0, power));
        const double high = std::max(low * ratio, std::nextafter(low, 1.0));
        REQUIRE(distance(elementary::log_ratio(high, low), exact(high, low)) <= 2.0);
    }
    CHECK(elementary::log_ratio(3.0, 3.0) == 0.0);
    CHECK(elementary::log_ratio(6.0, 3.0) == std::log(2.0));
}

TEST_CASE("the normal cdf keeps its relative precision in the tail", "[elementary]") {
    // Rounding in the polynomial of degree 24 and in phi add up; the worst seen is 6.
    constexpr double promised_ulps = 8.0;
    for (const auto& reference : normal_reference("cdf")) {
        if (std::abs(reference.argument) > 37.0) continue;
        INFO("cdf at " << reference.argument);
        CHECK(ulps(elementary::normal_cdf(reference.argument), reference) <= promised_ulps);
    }
    CHECK(elementary::normal_cdf(0.0) == 0.5);
    CHECK(elementary::normal_cdf(-40.0) == 0.0);
    CHECK(elementary::normal_cdf(40.0) == 1.0);
    CHECK(elementary::normal_cdf(std::numeric_limits<double>::infinity()) == 1.0);
    CHECK(elementary::normal_pdf(-std::numeric_limits<double>::infinity()) == 0.0);
}

TEST_CASE("the central normal quantile is within 4 ulp", "[elementary]") {
    // Roundings of the polynomial of degree 23, of its argument and of the product add up; the worst seen is 3.2.
    constexpr double promised_ulps = 4.0;
    for (const auto& reference : normal_reference("quantile")) {
        if (!(reference.argument >= wagefit::normal_quantile_table::least && reference.argument < 0.5)) continue;
        INFO("quantile at " << reference.argument);
        CHECK(ulps(elementary::central_normal_quantile(reference.argument), reference) <= promised_ulps);
    }
    CHECK(elementary::central_normal_quantile(0.5) == 0.0);
}

TEST_CASE("lanes have the bits of single doubles", "[elementary]") {
    const auto x = random_numbers(-36.0, 36.0), positive = random_numbers(1e-6, 1e6);
    CHECK(has_same_bits_in_lanes(x, [](auto v) { return elementary::exp(v); }));
    CHECK(has_same_bits_in_lanes(x, [](auto v) { return elementary::normal_cdf(v); }));
    CHECK(has_same_bits_in_lanes(x, [](auto v) { return elementary::normal_pdf(v); }));
    CHECK(has_same_bits_in_lanes(random_numbers(5e-4, 0.5),
                                 [](auto p) { return elementary::central_normal_quantile(p); }));
    CHECK(has_same_bits_in_lanes(positive, [](auto v) { return elementary::log(v); }));
    CHECK(has_same_bits_in_lanes(positive, [](auto v) { return elementary::log_ratio(v + 3.0, v); }));
    CHECK(has_same_bits_in_lanes(positive, [](auto v) { return elementary::mills_ratio(v); }));
    CHECK(has_same_bits_in_lanes(positive, [](auto v) { return elementary::square_root(v); }));
}
