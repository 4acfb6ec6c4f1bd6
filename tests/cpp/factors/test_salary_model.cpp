#include "wagefit/factors/salary_model.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <limits>

#include "factors/models.hpp"
#include "wagefit/distributions/operations.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/factors/transported.hpp"

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::MessageMatches;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using namespace wagefit;

namespace {

SalaryModel technicians() { return {test::technicians_curve(), test::five_factors()}; }

Profile worked_example() {
    return {{"experience", 8.0},
            {"education", "associate"},
            {"credential", "RHIT"},
            {"state", "NJ"},
            {"setting", "general hospital"}};
}

Choice choice_of(const Factor& factor, const Level& level) {
    return factor.curve ? Choice(std::stod(level.name)) : Choice(level.name);
}

/// A group of people with one profile.
struct Group {
    Profile profile;
    double share;
};

/// Every combination of levels that somebody has.
std::vector<Group> every_profile(const std::vector<Factor>& factors) {
    std::vector<Group> groups{{{}, 1.0}};
    for (const Factor& factor : factors) {
        std::vector<Group> next;
        for (const Group& group : groups) {
            for (const Level& level : factor.levels) {
                if (level.share == 0.0) continue;
                Group longer = group;
                longer.profile[factor.name] = choice_of(factor, level);
                longer.share *= level.share;
                next.push_back(longer);
            }
        }
        groups = std::move(next);
    }
    return groups;
}

/// Mean pay by quadrature over the person's own normal score, not over the model's grid.
double mean_by_score(const Distribution& pay) {
    constexpr double inf = std::numeric_limits<double>::infinity();
    const auto* person = dynamic_cast<const Transported*>(&pay);
    REQUIRE(person != nullptr);
    return person->Distribution::partial_moment(1.0, -inf, inf);
}

}  // namespace

TEST_CASE("the population has the anchor's mean and percentiles", "[salary_model]") {
    const SalaryModel model = technicians();
    const DistributionPtr population = model.population();
    REQUIRE(population->name() == "mixture");
    // The promise is 1e-9; quadrature, raking and root finding together reach a few roundings.
    CHECK_THAT(mean(*population), WithinRel(44'010.0, 1e-12));
    for (const QuantileFact& fact : test::technicians().quantiles)
        CHECK_THAT(ppf(*population, fact.p), WithinRel(fact.value, 1e-12));
    CHECK_THAT(variance(*population), WithinRel(variance(*model.anchor()), 1e-11));
}

TEST_CASE("the workforce, person by person, has the anchor's mean, tails and level means", "[salary_model]") {
    const SalaryModel model = technicians();
    const Factor& education = model.factors()[1];
    double total = 0.0, below = 0.0, above = 0.0;
    std::map<std::string, double> level_totals;
    for (const Group& group : every_profile(model.factors())) {
        const DistributionPtr pay = model.pay(group.profile);
        const double pay_mean = mean(*pay);
        total += group.share * pay_mean;
        below += group.share * pay->cdf(26'550.0);
        above += group.share * pay->sf(66'260.0);
        level_totals[std::get<std::string>(group.profile.at("education"))] += group.share * pay_mean;
    }
    // 180 profiles against 32 nodes agree to rounding; the calibration leaves 1e-12 on the effects.
    CHECK_THAT(total, WithinRel(44'010.0, 1e-11));
    CHECK_THAT(below, WithinRel(0.1, 1e-11));
    CHECK_THAT(above, WithinRel(0.1, 1e-11));
    for (const Level& level : education.levels)
        CHECK_THAT(level_totals[level.name] / level.share,
                   WithinRel(44'010.0 * relative_ratio(education, level.name), 1e-11));
}

TEST_CASE("every level's mean pay is the published one", "[salary_model]") {
    const SalaryModel model = technicians();
    for (const Factor& factor : model.factors()) {
        for (const Level& level : factor.levels) {
            CAPTURE(factor.name, level.name);
            const Choice choice = choice_of(factor, level);
            const DistributionPtr pay = model.pay({{factor.name, choice}});
            CHECK_THAT(mean_by_score(*pay), WithinRel(44'010.0 * relative_ratio(factor, choice), 1e-11));
        }
    }
}

TEST_CASE("between the knots of a continuous factor mean pay follows the curve", "[salary_model]") {
    const SalaryModel model = technicians();
    const double years = GENERATE(0.5, 3.0, 8.0, 17.25);
    const Factor& experience = model.factors()[0];
    CHECK_THAT(mean(*model.pay({{"experience", years}})),
               WithinRel(44'010.0 * relative_ratio(experience, years), 1e-11));
}

TEST_CASE("a person's pay varies less than the occupation's", "[salary_model]") {
    const SalaryModel model = technicians();
    const DistributionPtr pay = model.pay(worked_example());
    CHECK(log_moments(*pay).variance < log_moments(*model.anchor()).variance);
    CHECK(quantile_ratio(*pay, 0.9, 0.1) < quantile_ratio(*model.anchor(), 0.9, 0.1));
}

TEST_CASE("a factor left out is averaged over the workforce", "[salary_model]") {
    const SalaryModel model = technicians();
    Profile without = worked_example();
    without.erase("credential");
    double average = 0.0;
    for (const Level& level : model.factors()[2].levels) {
        Profile with = without;
        with["credential"] = level.name;
        average += level.share * mean(*model.pay(with));
    }
    CHECK_THAT(mean(*model.pay(without)), WithinRel(average, 1e-13));
    CHECK_THAT(mean(*model.pay({})), WithinRel(44'010.0, 1e-12));
}

TEST_CASE("an explanation adds up to the person's mean", "[salary_model]") {
    const SalaryModel model = technicians();
    const Profile baseline = GENERATE(Profile{}, Profile{{"credential", "none"}, {"state", "AR"}, {"experience", 0.0}});
    const Explanation explanation = model.explain(worked_example(), baseline);
    double sum = explanation.baseline + explanation.transport;
    for (const ExplanationPart& part : explanation.parts) sum += part.amount;
    CHECK_THAT(sum, WithinRel(explanation.total, 1e-12));
    CHECK(explanation.total == mean(*model.pay(worked_example())));
    CHECK(std::abs(explanation.transport) < 0.03 * explanation.total);  // a correction, not a factor of its own
}

TEST_CASE("a person known by one factor is explained without transport", "[salary_model]") {
    const Explanation explanation = technicians().explain({{"credential", "RHIT"}});
    CHECK_THAT(explanation.transport, WithinAbs(0.0, 1e-7));  // dollars: 1e-12 of the mean
    CHECK_THAT(explanation.parts[2].amount, WithinAbs(explanation.total - 44'010.0, 1e-6));
    CHECK(explanation.parts[0].standing == Standing::unknown);
    CHECK(explanation.parts[0].ratio == 1.0);
    CHECK(explanation.parts[0].amount == 0.0);
}

TEST_CASE("dollar errors follow from ratio errors, unknown ones stay unknown", "[salary_model]") {
    const SalaryModel model = technicians();
    const Explanation alone = model.explain({{"credential", "RHIT"}}, {{"credential", "none"}});
    REQUIRE(alone.parts[2].amount_error.has_value());
    // With one ratio in play the part is B (r - 1) and its error B times the ratio's.
    CHECK_THAT(*alone.parts[2].ratio_error, WithinRel(0.023, 1e-13));
    CHECK_THAT(*alone.parts[2].amount_error, WithinRel(alone.baseline * 0.023, 1e-12));
    const Explanation explanation = model.explain(worked_example());
    CHECK_FALSE(explanation.parts[3].ratio_error.has_value());
    CHECK_FALSE(explanation.parts[3].amount_error.has_value());
    CHECK(explanation.parts[1].amount_error.has_value());
}

TEST_CASE("an amount beyond the knots is held and flagged", "[salary_model]") {
    const SalaryModel model = technicians();
    CHECK(model.standings({{"experience", 40.0}})[0] == Standing::extrapolated);
    CHECK(mean(*model.pay({{"experience", 40.0}})) == mean(*model.pay({{"experience", 25.0}})));
    CHECK(model.explain({{"experience", 40.0}}).parts[0].standing == Standing::extrapolated);
}

TEST_CASE("profiles that mean nothing are refused", "[salary_model]") {
    const SalaryModel model = technicians();
    CHECK_THROWS_MATCHES(model.pay({{"shoe size", 42.0}}), FactError,
                         MessageMatches(ContainsSubstring("got 'shoe size', expected one of 'experience'")));
    CHECK_THROWS_MATCHES(model.pay({{"state", "XX"}}), FactError,
                         MessageMatches(ContainsSubstring("'NJ', 'AR', 'other'")));
    CHECK_THROWS_AS(model.pay({{"experience", -1.0}}), FactError);
    CHECK_THROWS_AS(model.explain({{"experience", "8"}}), FactError);
    CHECK_THROWS_AS(model.explain({}, {{"state", "XX"}}), FactError);
}

TEST_CASE("moving a share keeps the population and the other levels' proportions", "[salary_model]") {
    const SalaryModel model = technicians().with_share("education", "bachelor", 0.3);
    const Factor& education = model.factors()[1];
    CHECK(education.levels[2].share == 0.3);
    CHECK_THAT(education.levels[0].share / education.levels[1].share, WithinRel(0.6, 1e-14));
    CHECK_THAT(mean(*model.population()), WithinRel(44'010.0, 1e-12));
    CHECK_THROWS_AS(model.with_share("education", "bachelor", 1.3), FactError);
    CHECK_THROWS_AS(model.with_share("education", "doctor", 0.3), FactError);
    CHECK_THROWS_AS(model.with_share("height", "tall", 0.3), FactError);
}

TEST_CASE("a model from the other room's families works the same", "[salary_model]") {
    const SalaryModel model(std::make_shared<Lognormal>(40'000.0, 0.4), test::five_factors());
    const DistributionPtr population = model.population();
    CHECK_THAT(mean(*population), WithinRel(mean(*model.anchor()), 1e-12));
    const double p = GENERATE(1e-6, 0.1, 0.5, 0.99);
    CHECK_THAT(ppf(*population, p), WithinRel(ppf(*model.anchor(), p), 1e-12));
}

TEST_CASE("a model needs an anchor and distinct, feasible factors", "[salary_model]") {
    const auto anchor = test::technicians_curve();
    CHECK_THROWS_AS(SalaryModel(nullptr, test::five_factors()), FactError);
    CHECK_THROWS_AS(SalaryModel(anchor, {}), FactError);
    CHECK_THROWS_AS(SalaryModel(anchor, {test::experience(), test::experience()}), FactError);
    CHECK_THROWS_AS(SalaryModel(anchor, {{"role", {{"aide", 1.0, 0.0, 0.7}, {"chief", 3.0, 0.0, 0.3}}}}),
                    InfeasibleError);
}
