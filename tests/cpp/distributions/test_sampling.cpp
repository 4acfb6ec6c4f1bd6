#include "wagefit/distributions/sampling.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <cmath>
#include <vector>

#include "distributions/examples.hpp"
#include "wagefit/distributions/operations.hpp"

using namespace wagefit;

namespace {

std::vector<double> drawn(const Distribution& d, StreamKey key, std::size_t n, int n_threads) {
    std::vector<double> out(n);
    sample(d, key, out, n_threads);
    return out;
}

}  // namespace

TEST_CASE("draws depend on the key and on nothing else", "[sampling]") {
    const auto curve = test::tied_curve();
    const auto once = drawn(*curve, {1, 2}, 1001, 1);
    CHECK(drawn(*curve, {1, 2}, 1001, GENERATE(0, 2, 3, 16)) == once);
    const auto longer = drawn(*curve, {1, 2}, 3000, 4);
    CHECK(std::equal(once.begin(), once.end(), longer.begin()));
    CHECK(drawn(*curve, {1, 3}, 1001, 1) != once);
    CHECK(drawn(*curve, {2, 2}, 1001, 1) != once);
    CHECK(drawn(*curve, {1, 2}, 0, 2).empty());
}

TEST_CASE("draws in bulk have the bits of draws one by one", "[sampling]") {
    const auto d = GENERATE(DistributionPtr(test::smooth_curve()), DistributionPtr(test::bounded_curve()),
                            DistributionPtr(test::tied_curve()));
    const auto draws = drawn(*d, {3, 5}, 30'001, 2);
    for (std::size_t i = 0; i < draws.size(); ++i) REQUIRE(draws[i] == d->value(random_normal({3, 5}, i)));
}

TEST_CASE("draws follow the distribution", "[sampling]") {
    const auto d = GENERATE(DistributionPtr(test::smooth_curve()), DistributionPtr(test::bounded_curve()));
    auto draws = drawn(*d, {2018, 29}, 20'000, 1);
    std::sort(draws.begin(), draws.end());
    double distance = 0.0;
    for (std::size_t i = 0; i < draws.size(); ++i)
        distance = std::max(distance, std::abs(d->cdf(draws[i]) - (static_cast<double>(i) + 0.5) / 20'000.0));
    CHECK(distance < 1.95 / std::sqrt(20'000.0));  // Kolmogorov's distribution: one key in a thousand would be above
}

TEST_CASE("draws fall on atoms as often as they should", "[sampling]") {
    const auto curve = test::tied_curve();
    const auto draws = drawn(*curve, {7, 7}, 40'000, 1);
    const auto hits = static_cast<double>(std::count(draws.begin(), draws.end(), 40'350.0));
    CHECK(std::abs(hits / 40'000.0 - 0.25) < 4.0 * std::sqrt(0.25 * 0.75 / 40'000.0));  // four standard deviations
}
