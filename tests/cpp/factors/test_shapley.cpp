#include "factors/shapley.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <numeric>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using namespace wagefit;

namespace {

/// Ratios on both sides of one, one of them neutral.
std::vector<double> ratios_of(std::size_t n) {
    const std::vector<double> all{1.23, 0.87, 1.0, 1.61, 0.4, 1.05, 2.2, 0.97};
    return {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(n)};
}

/// What each ratio adds when they are applied one after another, averaged over every order.
std::vector<double> by_all_orders(double base, const std::vector<double>& ratios) {
    std::vector<std::size_t> order(ratios.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::vector<double> parts(ratios.size(), 0.0);
    double orders = 0.0;
    do {
        double value = base;
        for (const std::size_t j : order) {
            parts[j] += value * (ratios[j] - 1.0);
            value *= ratios[j];
        }
        orders += 1.0;
    } while (std::next_permutation(order.begin(), order.end()));
    for (double& part : parts) part /= orders;
    return parts;
}

}  // namespace

TEST_CASE("Shapley values agree with brute force over all orders", "[shapley]") {
    const std::size_t n = GENERATE(1U, 2U, 3U, 4U, 5U, 6U, 7U, 8U);
    const std::vector<double> ratios = ratios_of(n);
    const auto parts = product_shapley(44'010.0, ratios);
    const auto expected = by_all_orders(44'010.0, ratios);
    REQUIRE(parts.size() == n);
    for (std::size_t j = 0; j < n; ++j) {
        CAPTURE(n, j);
        // Brute force sums up to 40,320 terms below 1e6 dollars, whose rounding of 1e-10 averages out.
        CHECK_THAT(parts[j], WithinAbs(expected[j], 1e-8));
    }
}

TEST_CASE("Shapley values sum to the total", "[shapley]") {
    const std::size_t n = GENERATE(1U, 2U, 5U, 8U);
    const std::vector<double> ratios = ratios_of(n);
    const auto parts = product_shapley(44'010.0, ratios);
    double total = 44'010.0;
    for (const double ratio : ratios) total *= ratio;
    const double sum = std::accumulate(parts.begin(), parts.end(), 44'010.0);
    CHECK_THAT(sum, WithinRel(total, 1e-14));  // a dozen roundings of numbers of the total's size
}

TEST_CASE("equal ratios share equally and a ratio of one adds nothing", "[shapley]") {
    const auto parts = product_shapley(100.0, {1.2, 1.0, 1.2});
    CHECK(parts[1] == 0.0);
    CHECK(parts[0] == parts[2]);
    CHECK_THAT(parts[0], WithinRel(22.0, 1e-14));
    CHECK(product_shapley(100.0, {}).empty());
}

TEST_CASE("the gradient is the derivative of the Shapley values", "[shapley]") {
    const std::vector<double> ratios = ratios_of(5);
    const Eigen::MatrixXd gradient = product_shapley_gradient(1.0, ratios);
    const double h = 1e-3;
    for (std::size_t k = 0; k < ratios.size(); ++k) {
        std::vector<double> up = ratios, down = ratios;
        up[k] += h;
        down[k] -= h;
        const auto above = product_shapley(1.0, up), below = product_shapley(1.0, down);
        for (std::size_t j = 0; j < ratios.size(); ++j) {
            CAPTURE(j, k);
            // The values are linear in each ratio: central differences are exact but for rounding of size eps / h.
            CHECK_THAT(gradient(static_cast<Eigen::Index>(j), static_cast<Eigen::Index>(k)),
                       WithinAbs((above[j] - below[j]) / (2.0 * h), 1e-12));
        }
    }
}
