#include "wagefit/distributions/inequality.hpp"

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <vector>

#include "distributions/examples.hpp"
#include "distributions/integration.hpp"
#include "wagefit/distributions/curve.hpp"
#include "wagefit/distributions/family.hpp"
#include "wagefit/distributions/operations.hpp"
#include "wagefit/numerics/normal.hpp"

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using namespace wagefit;
using test::infinity;

TEST_CASE("nodes over dollars weigh people by their pay", "[inequality]") {
    const auto [name, d] = test::each_example();
    CAPTURE(name);
    const ExpectationNodes pay = d->pay_nodes();
    double all = 0.0, of_their_pay = 0.0;
    for (std::size_t i = 0; i < pay.value.size(); ++i) {
        all += pay.weight[i];
        of_their_pay += pay.weight[i] * pay.value[i];
    }
    CHECK_THAT(all, WithinRel(1.0, 1e-11));  // panels of unit width beside the breakpoints
    CHECK_THAT(of_their_pay, WithinRel(moment(*d, 2.0) / mean(*d), 1e-11));
}

TEST_CASE("indices of inequality keep their digits where wages hardly differ", "[inequality]") {
    const double sigma = GENERATE(1e-6, 1e-4, 1e-2, 0.5, 3.0), square = sigma * sigma;
    const DistributionPtr d = make_distribution(Family::lognormal, std::array{40'000.0, sigma});
    const double known = 1e-12 + 1e-15 / sigma;  // wages are rounded to 1e-16 / sigma of their spread
    CHECK_THAT(theil(*d), WithinRel(0.5 * square, known));
    CHECK_THAT(gini(*d), WithinRel(std::erf(0.5 * sigma), known));
    CHECK_THAT(standard_deviation(*d) / mean(*d), WithinRel(std::sqrt(std::expm1(square)), known));
    for (const double aversion : {0.3, 0.99, 1.0, 1.0 + 1e-9, 1.5, 3.0})
        CHECK_THAT(atkinson(*d, aversion), WithinRel(-std::expm1(-0.5 * aversion * square), known));
}

TEST_CASE("an Atkinson index does not lose those whose wage underflows", "[inequality]") {
    // E log X = digamma(shape) + log(scale), some -1 / shape: wages of exp(-1000) of the mean are common.
    const DistributionPtr d = make_distribution(Family::gamma, std::array{1.0, 1e-3});
    CHECK(d->value(-1.0) == 0.0);
    CHECK(atkinson(*d, 1.0) == 1.0);                                             // 1 - exp(-993.7)
    CHECK_THAT(log_moments(*d).mean, WithinRel(-1000.5755719318102797, 1e-12));  // digamma(0.001) by mpmath
    CHECK_THAT(theil(*d), WithinRel(6.3321833471718365598, 1e-12));              // digamma(1.001) - log(0.001)
}

TEST_CASE("indices of little inequality count people whose share of pay underflows", "[inequality]") {
    // Below z = -3.5 the wage is exp(-1e5) of the mean and less at once.
    const std::vector<double> slopes(3, 0.01);
    const double middle = 40'000.0, end = middle * std::exp(0.035);
    const Curve d({{-3.5, 0.0, 3.5}, {middle * middle / end, middle, end}, {1e5, 0.01, 0.01}, slopes}, {0.0, infinity});
    const double average = mean(d);
    const auto others = [&](auto&& f) {
        return test::fine_expectation(d, [&](double x) { return f(x / average); }, -3.5);
    };
    constexpr double few_beside = 1e-5;  // of the tail's first 1e-5 of a normal score, over which its wages fall
    CHECK_THAT(theil(d), WithinRel(others([](double r) { return r * std::log(r); }), 10.0 * few_beside));
    const double falling = normal::pdf(-3.5) / (0.05 * 1e5);  // of the tail's E r^0.05, which falls that fast
    const double moment = others([](double r) { return std::pow(r, 0.05); }) + falling;
    CHECK_THAT(atkinson(d, 0.95), WithinRel(1.0 - std::pow(moment, 1.0 / 0.05), 10.0 * few_beside));
}

TEST_CASE("an infinite mean is all inequality", "[inequality]") {
    const DistributionPtr d = make_distribution(Family::loglogistic, std::array{40'000.0, 0.9});
    CHECK(gini(*d) == 1.0);
    CHECK(theil(*d) == infinity);
    CHECK(atkinson(*d, 1.0) == 1.0);
    CHECK(lorenz(*d, 0.99) == 0.0);
    CHECK(lorenz(*d, 1.0) == 1.0);
    CHECK(top_share(*d, 0.01) == 1.0);
}
