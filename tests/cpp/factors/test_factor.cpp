#include "wagefit/factors/factor.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>

#include "factors/models.hpp"
#include "wagefit/errors.hpp"

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::MessageMatches;
using Catch::Matchers::WithinRel;
using namespace wagefit;

TEST_CASE("a continuous factor has its levels at the amounts that carry shares", "[factor]") {
    const Factor factor = test::experience();
    REQUIRE(factor.levels.size() == 5);
    CHECK(factor.levels[3].name == "10");
    CHECK(factor.levels[3].ratio == factor.curve->ratio(10.0));
    CHECK(factor.levels[3].share == 0.25);
    CHECK(factor.errors == RatioErrors::common);
    CHECK_NOTHROW(validate(factor));
}

TEST_CASE("the mean ratio weighs by shares", "[factor]") {
    const Factor factor{"credential", {{"none", 1.0, 0.0, 0.4}, {"RHIT", 1.145, 0.02, 0.6}}};
    CHECK_THAT(mean_ratio(factor), WithinRel(1.087, 1e-15));
}

TEST_CASE("an unknown level is an error naming the known ones", "[factor]") {
    const Factor factor{"credential", {{"none", 1.0, 0.0, 0.4}, {"RHIT", 1.145, 0.02, 0.6}}};
    CHECK(level_index(factor, "RHIT") == 1);
    CHECK_THROWS_MATCHES(level_index(factor, "MD"), FactError,
                         MessageMatches(ContainsSubstring("credential is 'MD'; expected one of 'none', 'RHIT'")));
}

TEST_CASE("meaningless factors are refused, naming factor and level", "[factor]") {
    const auto with = [](const Level& level) { return Factor{"credential", {{"none", 1.0, 0.0, 0.4}, level}}; };
    CHECK_NOTHROW(validate(with({"RHIT", 1.1, test::not_known, 0.6})));
    CHECK_THROWS_MATCHES(validate(with({"RHIT", -1.1, 0.0, 0.6})), FactError,
                         MessageMatches(ContainsSubstring("factor 'credential', level 'RHIT': got the ratio -1.1")));
    CHECK_THROWS_AS(validate(with({"RHIT", std::nan(""), 0.0, 0.6})), FactError);
    CHECK_THROWS_AS(validate(with({"RHIT", 1.1, -0.1, 0.6})), FactError);
    CHECK_THROWS_AS(validate(with({"RHIT", 1.1, INFINITY, 0.6})), FactError);
    CHECK_THROWS_AS(validate(with({"RHIT", 1.1, 0.0, 1.6})), FactError);
    CHECK_THROWS_AS(validate(with({"RHIT", 1.1, 0.0, std::nan("")})), FactError);
    CHECK_THROWS_AS(validate(with({"none", 1.1, 0.0, 0.6})), FactError);
    CHECK_THROWS_AS(validate(Factor{"empty", {}}), FactError);
    CHECK_THROWS_MATCHES(validate(with({"RHIT", 1.1, 0.0, 0.5})), FactError,
                         MessageMatches(ContainsSubstring("got shares with the sum 0.9, expected 1")));
}
