#include "wagefit/factors/interaction.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>

#include "factors/models.hpp"
#include "wagefit/distributions/operations.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/factors/salary_model.hpp"

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using namespace wagefit;

namespace {

Factor credential_factor() { return test::five_factors()[2]; }
Factor setting() { return test::five_factors()[4]; }

/// A ratio of 1.1 where the certified work in the second setting, with an error of 0.03.
Interaction pair() {
    Interaction made{"credential", "setting", Eigen::MatrixXd::Ones(2, 3), Eigen::MatrixXd::Zero(2, 3)};
    made.ratio(1, 2) = 1.1;
    made.ratio_error(1, 2) = 0.03;
    return made;
}

double joint(const Factor& factor, std::size_t row, std::size_t column) {
    return factor.levels[3 * row + column].ratio;
}

}  // namespace

TEST_CASE("a joint factor averages to both factors' relative ratios", "[interaction]") {
    const Factor a = credential_factor(), b = setting(), both = joint_factor(pair(), a, b);
    for (std::size_t i = 0; i < 2; ++i) {
        double average = 0.0;
        for (std::size_t j = 0; j < 3; ++j) average += b.levels[j].share * joint(both, i, j);
        CHECK_THAT(average, WithinRel(a.levels[i].ratio / mean_ratio(a), 1e-13));  // raking's tolerance is 1e-14
    }
    for (std::size_t j = 0; j < 3; ++j) {
        double average = 0.0;
        for (std::size_t i = 0; i < 2; ++i) average += a.levels[i].share * joint(both, i, j);
        CHECK_THAT(average, WithinRel(b.levels[j].ratio / mean_ratio(b), 1e-13));
    }
    CHECK_THAT(joint(both, 1, 2) * joint(both, 0, 0) / (joint(both, 1, 0) * joint(both, 0, 2)), WithinRel(1.1, 1e-13));
    CHECK_THAT(mean_ratio(both), WithinRel(1.0, 1e-13));
}

TEST_CASE("without departures a joint factor is the product", "[interaction]") {
    Interaction none = pair();
    none.ratio(1, 2) = 1.0;
    const Factor a = credential_factor(), b = setting(), both = joint_factor(none, a, b);
    for (std::size_t i = 0; i < 2; ++i)
        for (std::size_t j = 0; j < 3; ++j)
            CHECK_THAT(joint(both, i, j),
                       WithinRel(a.levels[i].ratio * b.levels[j].ratio / (mean_ratio(a) * mean_ratio(b)), 1e-13));
}

TEST_CASE("a model with an interaction meets every mean and the anchor", "[interaction]") {
    const SalaryModel model(test::technicians_curve(), test::five_factors(), {pair()});
    const double all = mean(*model.anchor());
    for (const Factor& factor : model.factors()) {
        if (factor.curve) continue;
        for (const Level& level : factor.levels) {
            CAPTURE(factor.name, level.name);
            const double expected = all * level.ratio / mean_ratio(factor);
            CHECK_THAT(mean(*model.pay({{factor.name, level.name}})), WithinRel(expected, 1e-9));  // calibration
        }
    }
    CHECK_THAT(mean(*model.population()), WithinRel(all, 1e-9));
    const Explanation explained = model.explain({{"credential", "RHIT"}, {"setting", "all other"}, {"state", "NJ"}});
    REQUIRE(explained.parts.size() == 6);
    double sum = explained.baseline + explained.transport;
    for (const ExplanationPart& part : explained.parts) sum += part.amount;
    CHECK_THAT(sum, WithinRel(explained.total, 1e-13));
    CHECK(explained.parts.back().factor == "credential x setting");
}

TEST_CASE("an interaction along a curve is interpolated between its knots", "[interaction]") {
    const Factor years = test::experience(), held = credential_factor();
    Interaction along{"credential", "experience", Eigen::MatrixXd::Ones(2, 5), Eigen::MatrixXd::Zero(2, 5)};
    for (Eigen::Index j = 0; j < 5; ++j) along.ratio(1, j) = 1.2 - 0.02 * static_cast<double>(j);
    const SalaryModel model(test::technicians_curve(), test::five_factors(), {along});
    const auto premium = [&](double at) {
        return mean(*model.pay({{"credential", "RHIT"}, {"experience", at}})) /
               mean(*model.pay({{"credential", "none"}, {"experience", at}}));
    };
    CHECK_THAT(premium(25.0) / premium(0.0), WithinRel(1.12 / 1.2, 1e-9));
    CHECK(premium(1.0) < premium(0.0));
    CHECK(premium(1.0) > premium(2.0));
    const Factor both = joint_factor(along, held, years);
    CHECK_THAT(joint_ratio(both, held, years, "RHIT", 5.0), WithinRel(both.levels[5 + 2].ratio, 1e-14));
}

TEST_CASE("errors of an interaction are those of its cells", "[interaction]") {
    const Factor a = credential_factor(), b = setting();
    CHECK_THAT(interaction_log_error(pair(), a, b, "RHIT", "all other"), WithinRel(0.03 / 1.1, 1e-14));
    CHECK(interaction_log_error(pair(), a, b, "none", "school") == 0.0);
}

TEST_CASE("joint shares keep their odds and get both factors' shares", "[interaction]") {
    const Factor a = credential_factor(), b = setting();
    Interaction both = pair();
    both.share = Eigen::MatrixXd{{6.0, 1.0, 2.0}, {1.0, 4.0, 3.0}};
    const Eigen::MatrixXd people = joint_shares(both, a, b);
    for (Eigen::Index i = 0; i < 2; ++i)  // raking's tolerance is 1e-14
        CHECK_THAT(people.row(i).sum(), WithinAbs(a.levels[static_cast<std::size_t>(i)].share, 1e-13));
    for (Eigen::Index j = 0; j < 3; ++j)
        CHECK_THAT(people.col(j).sum(), WithinAbs(b.levels[static_cast<std::size_t>(j)].share, 1e-13));
    CHECK(people.col(1).isZero(0.0));  // nobody works at schools
    CHECK_THAT(people(0, 0) * people(1, 2) / (people(0, 2) * people(1, 0)), WithinRel(9.0, 1e-11));
}

TEST_CASE("ratios that count the same thing twice are taken apart by joint shares", "[interaction]") {
    Interaction both = pair();
    both.ratio.setOnes();
    both.share = Eigen::MatrixXd{{6.0, 1.0, 2.0}, {1.0, 4.0, 3.0}};
    const SalaryModel model(test::technicians_curve(), test::five_factors(), {both});
    const double all = mean(*model.anchor());
    for (const Factor& factor : {credential_factor(), setting()})
        for (const Level& level : factor.levels) {
            CAPTURE(factor.name, level.name);
            const double expected = all * level.ratio / mean_ratio(factor);
            CHECK_THAT(mean(*model.pay({{factor.name, level.name}})), WithinRel(expected, 1e-9));  // calibration
        }
    CHECK_THAT(mean(*model.population()), WithinRel(all, 1e-9));
}

TEST_CASE("shares that leave a level empty are infeasible", "[interaction]") {
    Interaction both = pair();
    both.share = Eigen::MatrixXd{{0.0, 1.0, 1.0}, {0.0, 1.0, 1.0}};  // a quarter of all are in the first column
    CHECK_THROWS_AS(joint_shares(both, credential_factor(), setting()), InfeasibleError);
    both.share(0, 1) = -1.0;
    CHECK_THROWS_AS(joint_factor(both, credential_factor(), setting()), FactError);
}

TEST_CASE("meaningless interactions are refused", "[interaction]") {
    const auto refused = [](auto&& change) {
        Interaction made = pair();
        change(made);
        CHECK_THROWS_AS(SalaryModel(test::technicians_curve(), test::five_factors(), {made}), FactError);
    };
    refused([](Interaction& made) { made.ratio(0, 0) = 0.0; });
    refused([](Interaction& made) { made.ratio_error(0, 0) = -0.1; });
    refused([](Interaction& made) { made.ratio.resize(2, 2); });
    refused([](Interaction& made) { made.second = "height"; });
    refused([](Interaction& made) { made.second = made.first; });
    CHECK_THROWS_AS(SalaryModel(test::technicians_curve(), test::five_factors(), {pair(), pair()}), FactError);
}
