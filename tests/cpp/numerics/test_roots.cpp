#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "numbers.hpp"
#include "numerics/roots.hpp"
#include "wagefit/errors.hpp"

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::MessageMatches;
using Catch::Matchers::WithinRel;
using wagefit::bracketed_root;
using wagefit::ConvergenceError;
using wagefit::Point;
using wagefit::Root;
using wagefit::test::epsilon;
using wagefit::test::not_a_number;

namespace {

// The bracket is closed to 2 eps; the function itself rounds the place of its sign change by as much again.
constexpr double root_tolerance = 4.0 * epsilon;

}  // namespace

TEST_CASE("bracketed_root finds roots in closed form", "[roots]") {
    CHECK_THAT(bracketed_root([](double x) { return x * x - 2.0; }, 0.0, 2.0).x,
               WithinRel(std::sqrt(2.0), root_tolerance));
    CHECK_THAT(bracketed_root([](double x) { return std::exp(x) - 10.0; }, -50.0, 50.0).x,
               WithinRel(std::log(10.0), root_tolerance));
    CHECK_THAT(bracketed_root([](double x) { return 1.0 / x - 1e-6; }, 1e-3, 1e12).x, WithinRel(1e6, root_tolerance));
    CHECK_THAT(bracketed_root([](double x) { return 3.0 - x; }, -1e300, 1e300).x, WithinRel(3.0, root_tolerance));
}

TEST_CASE("bracketed_root is quick on smooth functions", "[roots]") {
    const Root root = bracketed_root([](double x) { return std::exp(x) - 10.0; }, 0.0, 5.0);
    CHECK(root.converged);
    CHECK(root.evaluations < 16);
}

TEST_CASE("bracketed_root converges on flat, steep and discontinuous functions", "[roots]") {
    const auto flat = [](double x) { return std::pow(x - 1.0, 9); };
    const auto steep = [](double x) { return std::atan(1e12 * (x - 0.3)); };
    const auto step = [](double x) { return x < 0.7 ? -1.0 : 1.0; };
    const auto infinite = [](double x) { return std::log(x); };
    // (x - 1)^9 underflows to 0 within 1e-36 of 1, so any point that near is a root of the function as computed.
    CHECK_THAT(bracketed_root(flat, 0.0, 3.0).x, WithinRel(1.0, 1e-15));
    CHECK_THAT(bracketed_root(steep, -1e6, 1e6).x, WithinRel(0.3, root_tolerance));
    CHECK_THAT(bracketed_root(step, 0.0, 1.0).x, WithinRel(0.7, root_tolerance));
    CHECK_THAT(bracketed_root(infinite, 0.0, 1e8).x, WithinRel(1.0, root_tolerance));
}

TEST_CASE("bracketed_root never leaves its bracket", "[roots]") {
    std::vector<double> visited;
    const auto f = [&](double x) {
        visited.push_back(x);
        return std::tan(x) - 20.0;
    };
    const Root root = bracketed_root(f, 1.0, 1.57);
    CHECK(static_cast<std::size_t>(root.evaluations) == visited.size());
    for (const double x : visited) CHECK((x >= 1.0 && x <= 1.57));
}

TEST_CASE("bracketed_root accepts a root at an end and ends in either order", "[roots]") {
    CHECK(bracketed_root([](double x) { return x; }, 0.0, 1.0).x == 0.0);
    CHECK(bracketed_root([](double x) { return x - 1.0; }, 0.0, 1.0).x == 1.0);
    CHECK_THAT(bracketed_root([](double x) { return x * x - 2.0; }, 2.0, 0.0).x,
               WithinRel(std::sqrt(2.0), root_tolerance));
}

TEST_CASE("bracketed_root takes known ends as they are and stops at a value that is small enough", "[roots]") {
    int calls = 0;
    const auto f = [&](double x) {
        ++calls;
        return x * x - 2.0;
    };
    const Root exact = bracketed_root(f, Point{0.0, -2.0}, Point{2.0, 2.0});
    CHECK(exact.evaluations == calls);
    CHECK_THAT(exact.x, WithinRel(std::sqrt(2.0), root_tolerance));
    CHECK(bracketed_root(f, 0.0, 2.0).x == exact.x);
    const Root rough = bracketed_root(f, Point{0.0, -2.0}, Point{2.0, 2.0}, {.value = 1e-3});
    CHECK(rough.converged);
    CHECK(std::abs(rough.value) <= 1e-3);
    CHECK(rough.evaluations < exact.evaluations);
    CHECK(bracketed_root(f, Point{1.0, 0.0}, Point{2.0, 2.0}).x == 1.0);
}

TEST_CASE("bracketed_root refuses what it cannot bracket", "[roots]") {
    CHECK_THROWS_AS(bracketed_root([](double x) { return x * x + 1.0; }, -1.0, 1.0), ConvergenceError);
    CHECK_THROWS_AS(bracketed_root([](double) { return not_a_number; }, -1.0, 1.0), ConvergenceError);
    CHECK_THROWS_AS(bracketed_root([](double x) { return std::abs(x) < 0.5 ? not_a_number : x; }, -1.0, 1.0),
                    ConvergenceError);
    CHECK_THROWS_AS(bracketed_root([](double x) { return x; }, -1.0, not_a_number), ConvergenceError);
    CHECK_THROWS_AS(bracketed_root([](double x) { return x; }, -std::numeric_limits<double>::infinity(), 1.0),
                    ConvergenceError);
}

TEST_CASE("require_converged names what was sought", "[roots]") {
    const auto f = [](double x) { return x * x - 2.0; };
    const Root stopped = bracketed_root(f, 0.0, 2.0, {.relative_width = 0.0, .evaluations = 4});
    CHECK_FALSE(stopped.converged);
    CHECK(stopped.evaluations == 4);
    CHECK_THROWS_MATCHES(require_converged(stopped, "square root"), ConvergenceError,
                         MessageMatches(ContainsSubstring("square root")));
    CHECK_NOTHROW(require_converged(bracketed_root(f, 0.0, 2.0), "square root"));
}
