#include "numerics/lanes.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstddef>
#include <vector>

using namespace wagefit;

TEST_CASE("totals and dot products are lane sums to the last bit, whole lanes or not", "[lanes]") {
    for (const std::size_t n : {0U, 1U, 7U, 8U, 9U, 31U, 1000U}) {
        std::vector<double> a, b;
        for (std::size_t i = 0; i < n; ++i) {
            a.push_back(std::sin(static_cast<double>(3 * i + 1)) * std::exp2(static_cast<double>(i % 40)));
            b.push_back(std::cos(static_cast<double>(i)));
        }
        const auto size = static_cast<std::ptrdiff_t>(n);
        const auto at = [&](std::ptrdiff_t i) { return a[static_cast<std::size_t>(i)]; };
        const auto product = [&](std::ptrdiff_t i) { return at(i) * b[static_cast<std::size_t>(i)]; };
        CHECK(lane_total(a.data(), size) == lane_sum(size, at));
        CHECK(lane_dot(a.data(), b.data(), size) == lane_sum(size, product));
    }
}

TEST_CASE("columns are centered and weighed, whole lanes or not", "[lanes]") {
    for (const std::size_t n : {0U, 1U, 7U, 8U, 9U}) {
        std::vector<double> a, weights, centered(n + 1, -1.0), weighted(n + 1, -1.0);
        for (std::size_t i = 0; i < n; ++i) {
            a.push_back(0.1 * static_cast<double>(i));
            weights.push_back(1.0 / static_cast<double>(i + 1));
        }
        center_and_weigh(a.data(), 0.3, weights.data(), static_cast<std::ptrdiff_t>(n), centered.data(),
                         weighted.data());
        for (std::size_t i = 0; i < n; ++i) {
            CHECK(centered[i] == a[i] - 0.3);
            CHECK(weighted[i] == (a[i] - 0.3) * weights[i]);
        }
        CHECK(centered[n] == -1.0);
        CHECK(weighted[n] == -1.0);
    }
}
