#include "fitting/smooth_path.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <memory>
#include <random>
#include <vector>

#include "fitting/cell.hpp"
#include "fitting/log_quantiles.hpp"
#include "fitting/log_slopes.hpp"
#include "wagefit/distributions/operations.hpp"
#include "wagefit/numerics/normal.hpp"

using namespace wagefit;

namespace {

struct Row {
    std::vector<double> q;
    double mean;
};

const std::vector<double> p{0.1, 0.25, 0.5, 0.75, 0.9};

/// Technicians of 2018, skewed to either side, narrow, wide; published ones with a jump.
const std::vector<Row> rows{
    {{26'550, 32'070, 40'350, 52'730, 66'260}, 44'010},   {{20'000, 21'000, 24'000, 35'000, 80'000}, 36'000},
    {{25'000, 48'000, 60'000, 66'000, 69'000}, 55'500},   {{50'000, 50'800, 51'500, 52'300, 53'200}, 51'560},
    {{18'000, 30'000, 70'000, 140'000, 200'000}, 92'000}, {{22'270, 25'670, 30'100, 41'570, 50'560}, 38'410},
    {{16'920, 18'070, 19'970, 40'040, 49'630}, 33'530}};

constexpr double infinitely_many = std::numeric_limits<double>::infinity();  // people behind the facts

bool meets_mean(const Curve& curve, double target) { return std::abs(mean(curve) / target - 1.0) <= 1e-12; }

Figures facts_of(const Row& row) {
    Figures facts;
    for (std::size_t k = 0; k < p.size(); ++k) facts.quantiles.push_back({p[k], row.q[k]});
    facts.mean = row.mean;
    return facts;
}

}  // namespace

TEST_CASE("many cells at once are what the general search finds one by one", "[smooth_path]") {
    PatternCache patterns(shape_prior());
    for (const Row& row : rows) {
        const Cell cell = make_cell(facts_of(row), infinitely_many, patterns);
        REQUIRE(cell.pattern.smooth_path);
        std::vector<double> knots(static_cast<std::size_t>(cell.pattern.size()));
        REQUIRE(cell.pattern.smooth_path->fit(row.q, row.mean, {}, knots));
        const PlausibleSlopes general =
            most_plausible(cell, Eigen::VectorXd::Zero(cell.pattern.n_segments()), row.mean);
        REQUIRE(general.is_met);
        REQUIRE(general.curve->knots().wage.size() == knots.size());
        // Where the mean is met to 1e-3 both have nearly settled between the curves that meet it, and go straight
        // there.
        for (std::size_t i = 0; i < knots.size(); ++i)
            CHECK(std::abs(std::log(knots[i] / general.curve->knots().wage[i])) < 5e-3);
        const Curve curve(knots_through(knot_rule(cell.pattern), knots), open_support);
        CHECK(meets_mean(curve, row.mean));
    }
}

TEST_CASE("any two or more percentiles meet their mean on the smooth path", "[smooth_path]") {
    PatternCache patterns(shape_prior());
    const std::vector<std::vector<double>> published{
        {0.1, 0.9}, {0.25, 0.5, 0.75}, {0.05, 0.5, 0.95}, {0.02, 0.3, 0.31, 0.62, 0.97}, {0.2, 0.4, 0.6, 0.8}};
    for (const auto& probabilities : published)  // 16 to 21 knots: whole lanes and parts of them
        for (const double ratio : {0.97, 1.0, 1.05}) {
            Figures facts;
            std::vector<double> q;
            for (const double each : probabilities) q.push_back(40'000.0 * std::exp(0.4 * normal::quantile(each)));
            for (std::size_t k = 0; k < q.size(); ++k) facts.quantiles.push_back({probabilities[k], q[k]});
            const double target = ratio * 40'000.0 * std::exp(0.5 * 0.4 * 0.4);
            facts.mean = target;
            const Cell cell = make_cell(facts, infinitely_many, patterns);
            std::vector<double> knots(static_cast<std::size_t>(cell.pattern.size()));
            REQUIRE(cell.pattern.smooth_path->fit(q, target, {}, knots));
            CHECK(meets_mean(Curve(knots_through(knot_rule(cell.pattern), knots), open_support), target));
        }
}

TEST_CASE("however steep the curve, a mean that is found is met", "[smooth_path]") {
    PatternCache patterns(shape_prior());
    const Cell cell = make_cell(facts_of(rows.front()), infinitely_many, patterns);
    std::vector<double> knots(static_cast<std::size_t>(cell.pattern.size()));
    int n_found = 0;
    double steepest = 0.0;
    std::mt19937_64 engine(1);
    const auto uniform = [&] { return static_cast<double>(engine() >> 11) * 0x1p-53; };
    for (int i = 0; i < 2'000; ++i) {
        // Rises from a hundredth of a log point to ten times the usual one; the mean of the log-linear curve, moved.
        Row row{{20'000.0}, 0.0};
        while (row.q.size() < p.size()) row.q.push_back(row.q.back() * std::exp(0.01 * std::pow(200.0, uniform())));
        for (const double q : row.q) row.mean += 0.2 * q;
        row.mean *= 1.0 + 0.06 * (uniform() - 0.4);
        if (!cell.pattern.smooth_path->fit(row.q, row.mean, {}, knots)) continue;
        ++n_found;
        const Curve curve(knots_through(knot_rule(cell.pattern), knots), open_support);
        // Flat segments beside steep ones lose digits of their slopes' ratio: 2.4e-12 was seen in 200,000 such rows.
        CHECK(std::abs(mean(curve) / row.mean - 1.0) < 1e-11);
        for (std::size_t k = 1; k < knots.size(); ++k) steepest = std::max(steepest, std::log(knots[k] / knots[k - 1]));
    }
    CHECK(n_found > 1'000);
    CHECK(steepest > 1.5);  // beyond what 15 nodes on a segment integrate
}

TEST_CASE("without a mean many cells at once are what the general search finds", "[smooth_path]") {
    PatternCache patterns(shape_prior());
    for (const Row& row : rows) {
        const Cell cell = make_cell(facts_of(row), infinitely_many, patterns);
        std::vector<double> knots(static_cast<std::size_t>(cell.pattern.size()));
        REQUIRE(cell.pattern.smooth_path->fit(row.q, std::numeric_limits<double>::quiet_NaN(), {}, knots));
        const PlausibleSlopes general =
            most_plausible(cell, Eigen::VectorXd::Zero(cell.pattern.n_segments()), std::nullopt);
        for (std::size_t i = 0; i < knots.size(); ++i)  // both stop where the rises are met to 1e-9
            CHECK(std::abs(std::log(knots[i] / general.curve->knots().wage[i])) < 1e-6);
    }
}

TEST_CASE("a mean near the least feasible one is left to the general search", "[smooth_path]") {
    PatternCache patterns(shape_prior());
    const Row row{{26'550, 32'070, 40'350, 52'730, 66'260}, 36'700};  // feasible from 36,623 on
    const Cell cell = make_cell(facts_of(row), infinitely_many, patterns);
    std::vector<double> knots(static_cast<std::size_t>(cell.pattern.size()));
    CHECK_FALSE(cell.pattern.smooth_path->fit(row.q, row.mean, {}, knots));
}

TEST_CASE("a cell's curve is the same alone and in any company", "[smooth_path]") {
    PatternCache patterns(shape_prior());
    const Cell cell = make_cell(facts_of(rows[0]), infinitely_many, patterns);
    const SmoothPath& path = *cell.pattern.smooth_path;
    std::vector<Row> many;
    for (std::size_t i = 0; i < 131; ++i) {  // two blocks of the kernel and a part of a third
        Row row = rows[i % rows.size()];
        row.mean *= 1.0 + 0.002 * static_cast<double>(i % 7);
        if (i % 11 == 3) row = {{26'550, 32'070, 40'350, 52'730, 66'260}, 36'700};  // not on the line
        many.push_back(row);
    }
    std::vector<double> wages, means, knots(many.size() * path.n_knots());
    std::vector<double*> places;
    const auto found = std::make_unique<bool[]>(many.size());
    for (std::size_t i = 0; i < many.size(); ++i) {
        wages.insert(wages.end(), many[i].q.begin(), many[i].q.end());
        means.push_back(many[i].mean);
        places.push_back(&knots[i * path.n_knots()]);
    }
    path.fit({many.size(), wages.data(), means.data(), nullptr, places.data(), found.get()});
    std::vector<double> alone(path.n_knots());
    for (std::size_t i = 0; i < many.size(); ++i) {
        REQUIRE(path.fit(many[i].q, many[i].mean, {}, alone) == found[i]);
        if (found[i]) CHECK(std::equal(alone.begin(), alone.end(), places[i]));
    }
}
