#include "wagefit/fitting/parent_shape.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "fitting/borrowed_slopes.hpp"
#include "fitting/log_slopes.hpp"
#include "wagefit/distributions/operations.hpp"
#include "wagefit/fitting/curve_fit.hpp"
#include "wagefit/numerics/normal.hpp"

using namespace wagefit;

namespace {

constexpr double everyone = std::numeric_limits<double>::infinity();  // people behind the facts

Figures nation_of_technicians() {
    Figures facts;
    facts.quantiles = {{0.1, 26'550}, {0.25, 32'070}, {0.5, 40'350}, {0.75, 52'730}, {0.9, 66'260}};
    facts.mean = 44'010;
    return facts;
}

ParentShape parent_of(const Distribution& distribution) {
    std::vector<double> wages;
    for (const double z : parent_scores(shape_prior())) wages.push_back(distribution.value(z));
    return make_parent_shape(wages, shape_prior());
}

/// Wages that are exponentials of `log_wage` at the scores.
template <class LogWage>
ParentShape parent_with(LogWage log_wage) {
    std::vector<double> wages;
    for (const double z : parent_scores(shape_prior())) wages.push_back(std::exp(log_wage(z)));
    return make_parent_shape(wages, shape_prior());
}

}  // namespace

TEST_CASE("a parent is asked at the ends of stretches about the prior's scores", "[parent_shape]") {
    const Eigen::VectorXd z = shape_prior().z, scores = parent_scores(shape_prior());
    REQUIRE(scores.size() == z.size() + 1);
    for (Eigen::Index i = 0; i < z.size(); ++i) {
        CHECK(scores[i] < z[i]);
        CHECK(z[i] < scores[i + 1]);
    }
}

TEST_CASE("a lognormal parent has its sigma for scale and departs by what the prior mean is", "[parent_shape]") {
    const ShapePrior& prior = shape_prior();
    const ParentShape parent = parent_with([&](double z) { return 10.0 + prior.typical_scale * z; });
    CHECK(std::abs(parent.scale - prior.typical_scale) < 1e-12);
    for (Eigen::Index i = 0; i < prior.z.size(); ++i) {
        const double z = prior.z[i];
        const double weight = z < -prior.tail  ? prior.parent.lower_weight
                              : z > prior.tail ? prior.parent.upper_weight
                                               : prior.parent.middle_weight;
        CHECK(std::abs(parent.with_mean[i] + weight * prior.mean[i]) < 1e-12);
        CHECK(std::abs(parent.alone[i] + weight * prior.mean_alone[i]) < 1e-12);
    }
}

TEST_CASE("ties of a parent do not run off", "[parent_shape]") {
    const ParentShape parent = parent_with([](double z) { return z < 0.0 ? 10.0 : 10.0 + 0.4 * z; });
    CHECK(parent.with_mean.allFinite());
    CHECK(parent.with_mean.cwiseAbs().maxCoeff() <= 2.0);
}

TEST_CASE("lanes and single cells borrow alike", "[parent_shape]") {
    const ParentShape parent = parent_of(*fit_curve(nation_of_technicians()).curve);
    const ShapePrior prior = borrowing(shape_prior());
    PatternCache patterns(prior);
    Figures facts;
    facts.quantiles = {{0.1, 22'270}, {0.25, 25'670}, {0.5, 30'100}, {0.75, 41'570}, {0.9, 50'560}};
    for (const std::optional<double> mean : {std::optional<double>{}, std::optional(35'000.0)}) {
        facts.mean = mean;
        const Cell cell = make_cell(*Facts::from(facts), everyone, {patterns, &parent});
        const PlausibleSlopes general = most_plausible(cell, Eigen::VectorXd::Zero(cell.pattern.n_segments()), mean);
        REQUIRE(general.is_met);
        const Eigen::VectorXd borrowed = borrowed_slopes(cell, mean.has_value());
        std::vector<double> knots(static_cast<std::size_t>(cell.pattern.size()));
        REQUIRE(cell.pattern.smooth_path->fit(cell.pinned.wages, mean.value_or(std::nan("")),
                                              {borrowed.data(), static_cast<std::size_t>(borrowed.size())}, knots));
        // Both end where the constraints are met to 1e-3 and then go straight there.
        for (std::size_t i = 0; i < knots.size(); ++i)
            CHECK(std::abs(knots[i] / general.curve->knots().wage[i] - 1.0) < 1e-3);
    }
}

TEST_CASE("a cell without a parent borrows nothing", "[parent_shape]") {
    PatternCache patterns(shape_prior());
    CHECK(borrowed_slopes(make_cell(*Facts::from(nation_of_technicians()), everyone, patterns), true).size() == 0);
}
