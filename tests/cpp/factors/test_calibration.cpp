#include "wagefit/factors/calibration.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>

#include "factors/models.hpp"
#include "wagefit/distributions/operations.hpp"
#include "wagefit/errors.hpp"

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::MessageMatches;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using namespace wagefit;

namespace {

Factor credential_of(double ratio, double share) {
    return {"credential", {{"none", 1.0, 0.0, 1.0 - share}, {"RHIT", ratio, 0.02, share}}};
}

/// Log ratios of equal steps with binomial shares, nearly normal, with a standard deviation of `spread`.
Factor grades(double spread) {
    constexpr int n = 14;
    Factor factor{"grade", {}};
    double share = std::pow(0.5, n);
    for (int k = 0; k <= n; ++k) {
        factor.levels.push_back(
            {std::to_string(k), std::exp(spread * (k - 0.5 * n) / std::sqrt(0.25 * n)), 0.0, share});
        share *= static_cast<double>(n - k) / (k + 1);
    }
    return factor;
}

}  // namespace

TEST_CASE("published level means follow from ratios and shares", "[calibration]") {
    const Effects means = log_level_means(44'010.0, {credential_of(1.145, 0.6)});
    CHECK_THAT(0.4 * std::exp(means[0][0]) + 0.6 * std::exp(means[0][1]), WithinRel(44'010.0, 1e-15));
    CHECK_THAT(means[0][1] - means[0][0], WithinRel(std::log(1.145), 1e-13));
}

TEST_CASE("the residual has the variance that the factors leave", "[calibration]") {
    const auto anchor = test::technicians_curve();
    const Calibration result = calibrate(*anchor, test::five_factors());
    CHECK(result.margin_error <= 1e-12);
    CHECK_THAT(result.residual_spread * result.residual_spread + result.factor_log_variance,
               WithinRel(log_moments(*anchor).variance, 1e-14));
    for (std::size_t f = 0; f < 5; ++f) {
        double average = 0.0;
        const std::vector<Level> levels = test::five_factors()[f].levels;
        for (std::size_t i = 0; i < levels.size(); ++i) average += levels[i].share * result.effects[f][i];
        CHECK_THAT(average, WithinAbs(0.0, 1e-15));
    }
}

TEST_CASE("the published ratios come back as effects where the workforce is lognormal throughout", "[calibration]") {
    // Two levels so near one another that the mixture is normal to second order: transport is then the identity.
    const Calibration result = calibrate(Lognormal(40'000.0, 0.35), {credential_of(1.001, 0.5)});
    CHECK_THAT(result.effects[0][1] - result.effects[0][0], WithinAbs(std::log(1.001), 1e-8));
}

TEST_CASE("factors that explain most of the anchor still meet every margin", "[calibration]") {
    const Calibration result = calibrate(Lognormal(40'000.0, 0.21), {grades(0.2)});
    CHECK(result.margin_error <= 1e-12);
    CHECK_THAT(result.residual_spread, WithinAbs(std::sqrt(0.21 * 0.21 - 0.2 * 0.2), 1e-3));  // nearly normal effects
}

TEST_CASE("factors that leave next to nothing for the residual are refused", "[calibration]") {
    CHECK_THROWS_AS(calibrate(Lognormal(40'000.0, 0.21), {grades(0.2095)}), ConvergenceError);
}

TEST_CASE("a start near the solution takes no more rounds and ends in the same effects", "[calibration]") {
    const auto anchor = test::technicians_curve();
    const Calibration first = calibrate(*anchor, test::five_factors());
    const Calibration again = calibrate(*anchor, test::five_factors(), {}, first.effects);
    CHECK(again.rounds <= 3);
    CHECK(again.rounds < first.rounds);
    CHECK_THAT(again.effects[1][2], WithinAbs(first.effects[1][2], 1e-11));
}

TEST_CASE("margins beyond the anchor's tails are refused with their certificate", "[calibration]") {
    const auto anchor = test::technicians_curve();
    CHECK_NOTHROW(check_margins(*anchor, {credential_of(1.8, 0.2)}));
    CHECK_THROWS_MATCHES(check_margins(*anchor, {credential_of(3.0, 0.3)}), InfeasibleError,
                         MessageMatches(ContainsSubstring("level 'RHIT'") || ContainsSubstring("level 'none'")));
    CHECK_THROWS_AS(calibrate(*anchor, {credential_of(3.0, 0.3)}), ConvergenceError);
}

TEST_CASE("factors whose level means vary more than the anchor are refused", "[calibration]") {
    const Lognormal anchor(40'000.0, 0.25);
    CHECK_NOTHROW(check_margins(anchor, {grades(0.2), credential_of(1.2, 0.5)}));
    CHECK_THROWS_MATCHES(check_margins(anchor, {grades(0.22), credential_of(1.35, 0.5)}), InfeasibleError,
                         MessageMatches(ContainsSubstring("coefficient of variation")));
}

TEST_CASE("running out of rounds is an error that names the worst level", "[calibration]") {
    CalibrationOptions options;
    options.max_rounds = 1;
    CHECK_THROWS_MATCHES(calibrate(*test::technicians_curve(), test::five_factors(), options), ConvergenceError,
                         MessageMatches(ContainsSubstring("state 'NJ'") || ContainsSubstring("setting") ||
                                        ContainsSubstring("experience") || ContainsSubstring("state 'AR'")));
}
