#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <vector>

#include "wagefit/numerics/counter_random.hpp"
#include "wagefit/numerics/normal.hpp"

using namespace wagefit;

namespace {
constexpr StreamKey key{12345, 67890};
constexpr std::uint64_t draws = 1'000'000;
}  // namespace

TEST_CASE("random bits depend on the key's two halves and on the index", "[counter_random]") {
    CHECK(random_bits(key, 0) != random_bits(key, 1));
    CHECK(random_bits(key, 0) != random_bits({12346, 67890}, 0));
    CHECK(random_bits(key, 0) != random_bits({12345, 67891}, 0));
}

TEST_CASE("each of the 64 bits is set in half of the draws", "[counter_random]") {
    std::array<double, 64> count{};
    for (std::uint64_t i = 0; i < draws; ++i)
        for (unsigned bit = 0; bit < 64; ++bit) count[bit] += static_cast<double>(random_bits(key, i) >> bit & 1U);
    // Standard error of a frequency is 5e-4; 64 of them stay within five with probability 1 - 4e-5.
    for (const double n : count) CHECK(std::abs(n / static_cast<double>(draws) - 0.5) < 2.5e-3);
}

TEST_CASE("normal draws have the moments of the normal distribution and no serial correlation", "[counter_random]") {
    std::array<double, 4> moment{};
    double serial = 0.0, previous = 0.0;
    for (std::uint64_t i = 0; i < draws; ++i) {
        const double z = random_normal(key, i);
        double power = z;
        for (double& m : moment) {
            m += power / static_cast<double>(draws);
            power *= z;
        }
        serial += z * previous / static_cast<double>(draws);
        previous = z;
    }
    // Five standard errors: sqrt(Var Z^k / n) with Var Z^k = 1, 2, 15, 96.
    CHECK(std::abs(moment[0]) < 5e-3);
    CHECK(std::abs(moment[1] - 1.0) < 7.1e-3);
    CHECK(std::abs(moment[2]) < 1.94e-2);
    CHECK(std::abs(moment[3] - 3.0) < 4.9e-2);
    CHECK(std::abs(serial) < 5e-3);
}

TEST_CASE("streams of rows begin with the key's own and are not correlated with each other", "[counter_random]") {
    const StreamKey first = row_stream(key, 0);
    CHECK(first.high == key.high);
    CHECK(first.low == key.low);
    for (const std::uint64_t lag : {1ULL, 2ULL, 64ULL}) {
        double across = 0.0;
        for (std::uint64_t i = 0; i < draws; ++i) {
            const std::uint64_t row = i / 100, index = i % 100;
            across += random_normal(row_stream(key, row), index) * random_normal(row_stream(key, row + lag), index);
        }
        CHECK(std::abs(across / static_cast<double>(draws)) < 5e-3);  // five standard errors of 1e-3
    }
}

TEST_CASE("normal draws are quantiles of 53 bits within the accuracy of two quantile functions", "[counter_random]") {
    for (std::uint64_t i = 0; i < 100'000; ++i) {
        const std::uint64_t bits = random_bits(key, i);
        const double tail = (static_cast<double>(bits >> 12) + 0.5) * 0x1p-53;
        const double z = (bits & 1U) != 0U ? normal::isf(tail) : normal::quantile(tail);
        REQUIRE(std::abs(random_normal(key, i) - z) <= 8.0 * 0x1p-52 * std::abs(z));  // 4 ulp each
    }
}

TEST_CASE("normal draws in bulk have the bits of draws one by one", "[counter_random]") {
    for (const std::size_t n : {0U, 1U, 7U, 8U, 127U, 128U, 129U, 30'000U}) {  // less than lanes, blocks and a rest
        std::vector<double> out(n);
        const std::uint64_t first = 1'000'003;
        random_normals(key, first, out);
        for (std::size_t i = 0; i < n; ++i) REQUIRE(out[i] == random_normal(key, first + i));
    }
}
