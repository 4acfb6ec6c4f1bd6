#include "wagefit/numerics/uninitialized.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cstddef>

using namespace wagefit;

TEST_CASE("vectors of unset numbers keep what they are given, small and larger than a huge page", "[uninitialized]") {
    for (const std::size_t n : {std::size_t{3}, std::size_t{700'000}}) {
        UninitializedVector numbers(n);
        for (std::size_t i = 0; i < n; ++i) numbers[i] = static_cast<double>(i);
        const UninitializedVector copy = numbers;
        numbers.assign(n, 1.0);
        CHECK(copy.size() == n);
        CHECK(copy[n - 1] == static_cast<double>(n - 1));
        CHECK(std::count(numbers.begin(), numbers.end(), 1.0) == static_cast<std::ptrdiff_t>(n));
    }
}

TEST_CASE("a value asked for fills the vector", "[uninitialized]") {
    const UninitializedVector numbers(5, 2.5);
    CHECK(std::all_of(numbers.begin(), numbers.end(), [](double each) { return each == 2.5; }));
}
