#include "wagefit/careers/career_simulation.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>

#include "wagefit/errors.hpp"
#include "wagefit/numerics/normal.hpp"

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using namespace wagefit;

namespace {

constexpr StreamKey key{7, 11};

/// Lognormal pay of log mean `level` and spread 0.3 that grows by `growth` a year of experience.
RolePay lognormal_role(std::string name, double level, double growth = 0.0) {
    RolePay::Table table(41, 49);
    for (Eigen::Index years = 0; years < table.rows(); ++years)
        for (Eigen::Index i = 0; i < table.cols(); ++i)
            table(years, i) =
                level + growth * static_cast<double>(years) + 0.3 * (-6.0 + 0.25 * static_cast<double>(i));
    return {std::move(name), table};
}

CareerPlan three_roles() {
    CareerPlan plan;
    plan.roles = {lognormal_role("clerk", 10.0), lognormal_role("manager", 11.0), {"gone", {}}};
    plan.grid = {-6.0, 0.25};
    plan.transitions = {{0, 1, 0.10, 0}, {0, 2, 0.05, 0}, {1, 2, 0.20, 0}};
    plan.persistence = 0.9;
    plan.persistence_at_moves = 0.5;
    return plan;
}

/// Four standard errors of a share of n.
double four_errors(double share, std::size_t n) { return 4.0 * std::sqrt(share * (1.0 - share) / double(n)); }

}  // namespace

TEST_CASE("people in each role follow the powers of the transition matrix", "[careers]") {
    const std::size_t n = 200'000;
    const CareerOutcome outcome = simulate_careers(three_roles(), {n, 12, key});
    Eigen::Matrix3d step;
    step << 0.85, 0.10, 0.05, 0.0, 0.80, 0.20, 0.0, 0.0, 1.0;
    Eigen::RowVector3d share(1.0, 0.0, 0.0);
    for (std::size_t year = 0; year < 12; ++year, share *= step)
        for (Eigen::Index role = 0; role < 3; ++role) {
            const double found = double(outcome.in_role[year][std::size_t(role)]) / double(n);
            CHECK_THAT(found, WithinAbs(share[role], four_errors(share[role], n) + 1e-15));
        }
}

TEST_CASE("waiting times are geometric, delayed by the years that are required", "[careers]") {
    CareerPlan plan = three_roles();
    const int after = GENERATE(0, 1, 4);
    plan.transitions = {{0, 1, 0.3, after}};
    const std::size_t n = 100'000;
    const CareerOutcome outcome = simulate_careers(plan, {n, 20, key});
    const int first = std::max(after, 1);  // the first year of which the move can be the end
    for (int year = 0; year < 20; ++year) {
        double count = 0.0;
        for (std::size_t i = 0; i < n; ++i) count += outcome.first_year[3 * i + 1] == year ? 1.0 : 0.0;
        const double expected = year < first ? 0.0 : 0.3 * std::pow(0.7, year - first);
        CHECK_THAT(count / double(n), WithinAbs(expected, four_errors(expected, n)));
    }
}

TEST_CASE("pay of those at work keeps the role's distribution", "[careers]") {
    CareerPlan plan = three_roles();
    plan.transitions = {};
    const std::size_t n = 200'000;
    const CareerOutcome outcome = simulate_careers(plan, {n, 10, key});
    for (const double p : {0.1, 0.5, 0.9}) {
        const double expected = std::exp(10.0 + 0.3 * normal::quantile(p));
        // Four standard errors of a sample quantile, and half a bin of 3.6 / 4096.
        const double error = 4.0 * 0.3 * std::sqrt(p * (1.0 - p) / double(n)) / normal::pdf(normal::quantile(p)) + 5e-4;
        CHECK_THAT(outcome.pay.quantile(9, p), WithinRel(expected, error));
    }
    const double mean = std::exp(10.0 + 0.5 * 0.09);
    CHECK_THAT(outcome.mean_pay[9], WithinRel(mean, 4.0 * 0.31 / std::sqrt(double(n))));
}

TEST_CASE("with a fixed rank and no moves a career is arithmetic", "[careers]") {
    CareerPlan plan = three_roles();
    plan.roles[0] = lognormal_role("clerk", 10.0, 0.02);
    plan.transitions = {};
    plan.start_score = 0.5;
    plan.persistence = 1.0;
    plan.log_growth = 0.01;
    plan.start_experience = 3;
    const CareerOutcome outcome = simulate_careers(plan, {3, 5, key, 0.03});
    double sum = 0.0, discounted = 0.0;
    for (int year = 0; year < 5; ++year) {
        const double pay = std::exp(10.0 + 0.02 * (3 + year) + 0.15 + 0.01 * year);
        sum += pay;
        discounted += pay * std::exp(-0.03 * year);
        CHECK_THAT(outcome.mean_pay[std::size_t(year)], WithinRel(pay, 1e-13));
        CHECK_THAT(outcome.pay.quantile(std::size_t(year), 0.5), WithinRel(pay, 2e-3));  // one bin of 4.5 / 4096
    }
    CHECK_THAT(outcome.lifetime[2], WithinRel(sum, 1e-13));
    CHECK_THAT(outcome.discounted[2], WithinRel(discounted, 1e-13));
}

TEST_CASE("careers are the same whatever the threads, and paths are those of the same people", "[careers]") {
    const CareerPlan plan = three_roles();
    const CareerOutcome one = simulate_careers(plan, {5'000, 15, key, 0.02, 1});
    const int threads = GENERATE(2, 3, 8);
    const CareerOutcome many = simulate_careers(plan, {5'000, 15, key, 0.02, threads});
    CHECK(one.lifetime == many.lifetime);
    CHECK(one.discounted == many.discounted);
    CHECK(one.first_year == many.first_year);
    CHECK(one.in_role == many.in_role);
    CHECK(one.mean_pay == many.mean_pay);
    CHECK(one.pay.quantile(14, 0.37) == many.pay.quantile(14, 0.37));

    const CareerPaths paths = career_paths(plan, {40, 15, key, 0.02, threads});
    for (std::size_t i = 0; i < 40; ++i) {
        double sum = 0.0;
        for (std::size_t year = 0; year < 15; ++year) sum += paths.pay[i * 15 + year];
        CHECK_THAT(sum, WithinRel(one.lifetime[i], 1e-14));
    }
    const CareerPaths longer = career_paths(plan, {1, 30, key});
    for (std::size_t year = 0; year < 15; ++year) CHECK(longer.pay[year] == paths.pay[year]);
}

TEST_CASE("ranks keep the correlation that was asked for", "[careers]") {
    CareerPlan plan = three_roles();
    plan.transitions = {};
    const std::size_t n = 50'000;
    const CareerPaths paths = career_paths(plan, {n, 4, key});
    double sum = 0.0;
    for (std::size_t i = 0; i < n; ++i)
        sum += (std::log(paths.pay[4 * i]) - 10.0) * (std::log(paths.pay[4 * i + 3]) - 10.0) / 0.09;
    CHECK_THAT(sum / double(n), WithinAbs(std::pow(0.9, 3), 4.0 * std::sqrt((1.0 + std::pow(0.9, 6)) / double(n))));
}

TEST_CASE("meaningless plans are refused", "[careers]") {
    const CareerOptions options{10, 5, key};
    const auto refused = [&](auto&& change) {
        CareerPlan plan = three_roles();
        change(plan);
        CHECK_THROWS_AS(simulate_careers(plan, options), FactError);
    };
    refused([](CareerPlan& plan) { plan.roles.clear(); });
    refused([](CareerPlan& plan) { plan.transitions[0].chance = 1.2; });
    refused([](CareerPlan& plan) { plan.transitions[0].chance = 0.96; });  // with 0.05 more than one
    refused([](CareerPlan& plan) { plan.transitions[0].to = 0; });
    refused([](CareerPlan& plan) { plan.transitions[0].to = 9; });
    refused([](CareerPlan& plan) { plan.transitions[0].after_years = -1; });
    refused([](CareerPlan& plan) { plan.persistence = 1.1; });
    refused([](CareerPlan& plan) { plan.start_experience = -1; });
    refused([](CareerPlan& plan) { plan.roles[0].log_wage(3, 3) = std::nan(""); });
    refused([](CareerPlan& plan) { plan.roles[0].log_wage.resize(3, 1); });
    CHECK_THROWS_AS(simulate_careers(three_roles(), {0, 5, key}), FactError);
    CHECK_THROWS_AS(simulate_careers(three_roles(), {5, 0, key}), FactError);
    CHECK_THROWS_AS(simulate_careers(three_roles(), {5, 121, key}), FactError);
}
