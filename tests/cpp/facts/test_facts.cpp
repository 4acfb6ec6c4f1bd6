#include "wagefit/facts/facts.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <string>
#include <tuple>
#include <utility>

#include "facts/examples.hpp"
#include "numbers.hpp"
#include "wagefit/errors.hpp"

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::MessageMatches;
using namespace wagefit;
using test::infinity;
using test::not_a_number;
using test::technicians;

TEST_CASE("meaningful facts have no problem", "[facts]") {
    CHECK_FALSE(first_problem(technicians()));
    CHECK_NOTHROW(Facts(technicians()));
}

TEST_CASE("a wage must be finite and positive", "[facts]") {
    const double wage = GENERATE(0.0, -1.0, not_a_number, infinity, -infinity);
    Figures facts = technicians();
    SECTION("quantile") {
        facts.quantiles[2].value = wage;
        CHECK_THROWS_MATCHES(Facts(facts), FactError, MessageMatches(ContainsSubstring("quantiles[0.5] is ")));
    }
    SECTION("bound") {
        facts.at_least = {{0.95, wage}};
        CHECK_THROWS_MATCHES(Facts(facts), FactError, MessageMatches(ContainsSubstring("at_least[0.95] is ")));
    }
    SECTION("mean") {
        facts.mean = wage;
        CHECK_THROWS_MATCHES(Facts(facts), FactError, MessageMatches(ContainsSubstring("mean is ")));
    }
    SECTION("bound of the mean") {
        facts.mean.reset();
        facts.mean_at_least = wage;
        CHECK_THROWS_MATCHES(Facts(facts), FactError, MessageMatches(ContainsSubstring("at_least['mean'] is ")));
    }
}

TEST_CASE("a wage of fewer digits than a double is none", "[facts]") {
    Figures facts;
    facts.quantiles = {{0.1, 1e-300}, {0.9, 3e-300}};
    CHECK_NOTHROW(Facts(facts));
    facts.quantiles[0].value = 9e-301;
    CHECK_THROWS_MATCHES(Facts(facts), FactError, MessageMatches(ContainsSubstring("expected a wage of at least")));
}

TEST_CASE("a wage near the largest number is none", "[facts]") {
    Figures facts;
    facts.quantiles = {{0.1, 1e299}, {0.9, 1e300}};
    CHECK_NOTHROW(Facts(facts));
    facts.upper = 2e300;
    CHECK_THROWS_MATCHES(Facts(facts), FactError,
                         MessageMatches(ContainsSubstring("upper is 2e+300; expected a wage")));
    facts.upper = infinity;
    facts.quantiles[1].value = 1.1e300;
    CHECK_THROWS_MATCHES(Facts(facts), FactError, MessageMatches(ContainsSubstring("expected a wage of at most")));
}

TEST_CASE("an upper end beyond all proportion is none", "[facts]") {
    Figures facts;
    facts.quantiles = {{0.1, 1e-279}, {0.9, 2e-279}};
    facts.upper = 2.0;
    CHECK_NOTHROW(Facts(facts));
    facts.upper = 21.0;
    CHECK_THROWS_MATCHES(Facts(facts), FactError, MessageMatches(ContainsSubstring("times the highest quantile")));
    facts.upper = 1e300;  // over the quantile it overflows
    CHECK_THROWS_MATCHES(Facts(facts), FactError, MessageMatches(ContainsSubstring("times the highest quantile")));
}

TEST_CASE("a probability must lie inside (0, 1) and stand once", "[facts]") {
    Figures facts = technicians();
    SECTION("outside") {
        facts.quantiles[0].p = GENERATE(0.0, 1.0, -0.1, 10.0, not_a_number, infinity);
        CHECK_THROWS_MATCHES(
            Facts(facts), FactError,
            MessageMatches(ContainsSubstring("quantiles has the probability") && ContainsSubstring("inside (0, 1)")));
    }
    SECTION("twice") {
        facts.quantiles.push_back({0.9, 70'000.0});
        CHECK_THROWS_MATCHES(Facts(facts), FactError, MessageMatches(ContainsSubstring("0.9 twice")));
    }
    SECTION("in quantiles and bounds") {
        facts.at_least = {{0.9, 60'000.0}};
        CHECK_THROWS_MATCHES(Facts(facts), FactError, MessageMatches(ContainsSubstring("both quantiles and at_least")));
    }
}

TEST_CASE("the support must be an interval of wages", "[facts]") {
    using Ends = std::pair<double, double>;
    Figures facts = technicians();
    std::tie(facts.lower, facts.upper) =
        GENERATE(Ends{-1.0, infinity}, Ends{not_a_number, infinity}, Ends{infinity, infinity}, Ends{5.0, 5.0},
                 Ends{5.0, 2.0}, Ends{0.0, not_a_number});
    CHECK_THROWS_AS(Facts(facts), FactError);
}

TEST_CASE("something must set a scale", "[facts]") {
    Figures facts;
    CHECK_THROWS_MATCHES(Facts(facts), FactError, MessageMatches(ContainsSubstring("no quantiles and no mean")));
    facts.quantiles = {{0.5, 100.0}};
    CHECK_THROWS_MATCHES(Facts(facts), FactError, MessageMatches(ContainsSubstring("one quantile alone")));
    facts.at_least = {{0.9, 200.0}};
    CHECK_NOTHROW(Facts(facts));
    facts = {};
    facts.mean = 100.0;
    CHECK_THROWS_MATCHES(Facts(facts), FactError, MessageMatches(ContainsSubstring("mean alone")));
}

TEST_CASE("facts are ordered by probability", "[facts]") {
    Figures facts = technicians();
    std::swap(facts.quantiles[0], facts.quantiles[4]);
    facts.at_least = {{0.95, 2.0}, {0.05, 1.0}};
    const Facts sorted = facts;
    for (std::size_t i = 1; i < sorted.quantiles().size(); ++i)
        CHECK(sorted.quantiles()[i - 1].p < sorted.quantiles()[i].p);
    CHECK(sorted.at_least()[0].value == 1.0);
    CHECK(sorted.quantiles()[0].value == 26'550.0);
}

TEST_CASE("the lowest quantile function steps at every fact and never falls", "[facts]") {
    Figures facts;
    facts.quantiles = {{0.1, 10.0}, {0.9, 50.0}};
    facts.at_least = {{0.3, 5.0}, {0.5, 30.0}, {0.7, 20.0}};
    facts.lower = 8.0;
    const auto steps = lower_steps(facts);
    const std::vector<double> expected{10.0, 10.0, 30.0, 30.0, 50.0};
    REQUIRE(steps.size() == expected.size());
    for (std::size_t i = 0; i < steps.size(); ++i) CHECK(steps[i].value == expected[i]);
}

TEST_CASE("probabilities that differ by rounding are one", "[facts]") {
    Figures figures;
    const double p = GENERATE(1e-300, 0.1);
    figures.quantiles = {{p, 20'000}, {std::nextafter(p, 1.0), 20'100}};
    CHECK(first_problem(figures).value().find("twice but for rounding") != std::string::npos);
    figures.quantiles = {{p, 20'000}, {p * (1.0 + 1e-9), 20'100}};
    CHECK_FALSE(first_problem(figures));
}

TEST_CASE("a bound at a quantile's probability but for rounding is a second figure for it", "[facts]") {
    Figures facts;
    facts.quantiles = {{6.2510526099854632e-111, 20'639.0}, {0.5, 40'000.0}};
    facts.at_least = {{6.2510526099855851e-111, 24'129.0}};
    CHECK_THROWS_MATCHES(Facts(facts), FactError, MessageMatches(ContainsSubstring("in both quantiles and at_least")));
    facts.at_least = {{7e-111, 20'640.0}};
    CHECK_NOTHROW(Facts(facts));
}
