#include "wagefit/factors/choice.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>

#include "factors/models.hpp"
#include "wagefit/errors.hpp"

using Catch::Matchers::WithinRel;
using namespace wagefit;

namespace {

using Maybe = std::optional<Choice>;

const Factor& three_credentials() {
    static const Factor factor{"credential",
                               {{"none", 1.0, 0.0, 0.5}, {"CCS", 1.2, 0.06, 0.3}, {"RHIT", 1.1, 0.033, 0.2}}};
    return factor;
}

Factor with_common_errors() {
    Factor factor = three_credentials();
    factor.errors = RatioErrors::common;
    return factor;
}

}  // namespace

TEST_CASE("choices are checked against the kind of factor", "[choice]") {
    CHECK_NOTHROW(require_choice(three_credentials(), "none"));
    CHECK_THROWS_AS(require_choice(three_credentials(), "MD"), FactError);
    CHECK_THROWS_AS(require_choice(three_credentials(), 8.0), FactError);
    CHECK_NOTHROW(require_choice(test::experience(), 8.0));
    CHECK_NOTHROW(require_choice(test::experience(), 60.0));
    CHECK_THROWS_AS(require_choice(test::experience(), "8"), FactError);
    CHECK_THROWS_AS(require_choice(test::experience(), -1.0), FactError);
    CHECK_THROWS_AS(require_choice(test::experience(), std::nan("")), FactError);
    CHECK_THROWS_AS(require_choice(test::experience(), INFINITY), FactError);
}

TEST_CASE("a choice is known, unknown or beyond the knots", "[choice]") {
    CHECK(standing(three_credentials(), "none") == Standing::known);
    CHECK(standing(three_credentials(), std::nullopt) == Standing::unknown);
    CHECK(standing(test::experience(), 25.0) == Standing::known);
    CHECK(standing(test::experience(), 25.5) == Standing::extrapolated);
}

TEST_CASE("relative ratios average one over the workforce", "[choice]") {
    double average = 0.0;
    for (const Level& level : three_credentials().levels)
        average += level.share * relative_ratio(three_credentials(), level.name);
    CHECK_THAT(average, WithinRel(1.0, 1e-15));
    CHECK(relative_ratio(three_credentials(), std::nullopt) == 1.0);
}

TEST_CASE("errors of a ratio of two levels", "[choice]") {
    const Maybe none = "none", ccs = "CCS", rhit = "RHIT";
    // Relative errors are 0.05 and 0.03.
    CHECK_THAT(log_ratio_variance(three_credentials(), ccs, none), WithinRel(0.0025, 1e-14));
    CHECK_THAT(log_ratio_variance(three_credentials(), ccs, rhit), WithinRel(0.0025 + 0.0009, 1e-14));
    CHECK_THAT(log_ratio_variance(with_common_errors(), ccs, rhit), WithinRel(0.0004, 1e-13));
    CHECK(log_ratio_variance(three_credentials(), ccs, ccs) == 0.0);
    CHECK(log_ratio_variance(three_credentials(), std::nullopt, std::nullopt) == 0.0);
}

TEST_CASE("errors against the workforce's mean follow from the derivative of ratio over mean ratio", "[choice]") {
    // Oracle: numerical derivatives of log(r_1 / (0.5 + 0.3 r_1 + 0.2 r_2)) times the standard errors.
    const auto log_ratio = [](double r1, double r2) { return std::log(r1 / (0.5 + 0.3 * r1 + 0.2 * r2)); };
    const double h = 1e-5;
    const double d1 = 0.06 * (log_ratio(1.2 + h, 1.1) - log_ratio(1.2 - h, 1.1)) / (2.0 * h);
    const double d2 = 0.033 * (log_ratio(1.2, 1.1 + h) - log_ratio(1.2, 1.1 - h)) / (2.0 * h);
    // Central differences: h^2 times a third derivative of order 1.
    CHECK_THAT(log_ratio_variance(three_credentials(), "CCS", std::nullopt), WithinRel(d1 * d1 + d2 * d2, 1e-8));
    CHECK_THAT(log_ratio_variance(with_common_errors(), "CCS", std::nullopt), WithinRel((d1 + d2) * (d1 + d2), 1e-8));
    CHECK_THAT(log_ratio_variance(three_credentials(), std::nullopt, "CCS"), WithinRel(d1 * d1 + d2 * d2, 1e-8));
}

TEST_CASE("errors along a curve move together", "[choice]") {
    const Factor factor = test::experience();
    const auto relative = [&](double years) { return factor.curve->ratio_error(years) / factor.curve->ratio(years); };
    const double difference = relative(25.0) - relative(10.0);
    CHECK_THAT(log_ratio_variance(factor, 25.0, 10.0), WithinRel(difference * difference, 1e-12));
    double mean = 0.0;
    for (const Level& level : factor.levels) mean += level.share * level.ratio_error / mean_ratio(factor);
    CHECK_THAT(log_ratio_variance(factor, 25.0, std::nullopt), WithinRel(std::pow(relative(25.0) - mean, 2), 1e-12));
}

TEST_CASE("an unknown error of the chosen level is unknown, of another level is left out", "[choice]") {
    const Factor factor{"state", {{"NJ", 1.2, test::not_known, 0.5}, {"AR", 0.8, 0.02, 0.5}}};
    CHECK(std::isnan(log_ratio_variance(factor, "NJ", std::nullopt)));
    CHECK(std::isnan(log_ratio_variance(factor, "AR", "NJ")));
    CHECK_THAT(log_ratio_variance(factor, "AR", std::nullopt), WithinRel(std::pow((1.0 / 0.8 - 0.5) * 0.02, 2), 1e-14));
}
