#include "wagefit/numerics/large_vector.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cstddef>

using namespace wagefit;

TEST_CASE("vectors of unset numbers keep what they are given, small and larger than a huge page", "[large_vector]") {
    for (const std::size_t n : {std::size_t{3}, std::size_t{700'000}}) {
        LargeVector numbers(n);
        for (std::size_t i = 0; i < n; ++i) numbers[i] = static_cast<double>(i);
        const LargeVector copy = numbers;
        numbers.assign(n, 1.0);
        CHECK(copy.size() == n);
        CHECK(copy[n - 1] == static_cast<double>(n - 1));
        CHECK(std::count(numbers.begin(), numbers.end(), 1.0) == static_cast<std::ptrdiff_t>(n));
    }
}

TEST_CASE("a value asked for fills the vector", "[large_vector]") {
    const LargeVector numbers(5, 2.5);
    CHECK(std::all_of(numbers.begin(), numbers.end(), [](double each) { return each == 2.5; }));
}
