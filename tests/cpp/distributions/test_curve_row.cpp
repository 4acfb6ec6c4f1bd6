#include "distributions/curve_row.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <vector>

#include "fitting/cell_fit.hpp"
#include "fitting/knot_pattern.hpp"
#include "fitting/log_quantiles.hpp"
#include "numbers.hpp"
#include "wagefit/distributions/operations.hpp"
#include "wagefit/fitting/curve_fit.hpp"
#include "wagefit/numerics/normal.hpp"

using namespace wagefit;
using test::infinity;

namespace {

/// Technicians of 2018, a cell with a steep segment, and one with nearly equal percentiles.
std::vector<Figures> cells() {
    const auto facts = [](std::vector<double> q, double mean) {
        Figures out;
        const std::vector<double> p{0.1, 0.25, 0.5, 0.75, 0.9};
        for (std::size_t k = 0; k < p.size(); ++k) out.quantiles.push_back({p[k], q[k]});
        out.mean = mean;
        return out;
    };
    return {facts({26'550, 32'070, 40'350, 52'730, 66'260}, 44'010),
            facts({20'000, 20'400, 45'000, 46'000, 120'000}, 55'000),
            facts({50'000, 50'100, 50'250, 50'300, 50'500}, 50'230)};
}

struct Laid {
    std::shared_ptr<const Curve> curve;
    KnotTable table;
    CurveRow row;
};

Laid laid_out(const Figures& facts) {
    std::vector<double> z;
    for (const auto& fact : facts.quantiles) z.push_back(normal::quantile(fact.p));
    const KnotPattern pattern = make_pattern(shape_prior(), z, 1e9, open_support);
    const KnotRule rule = knot_rule(pattern);
    const KnotTable table = make_knot_table(rule.z, rule.upper_tail_ratio);
    const auto curve = fit_curve(facts).curve;
    return {curve, table, row_of(table, curve->knots().wage)};
}

std::vector<double> spaced(double low, double high, std::size_t n) {
    std::vector<double> x;
    for (std::size_t i = 0; i < n; ++i)
        x.push_back(low + (high - low) * static_cast<double>(i) / static_cast<double>(n - 1));
    return x;
}

}  // namespace

TEST_CASE("a row has the wages of its curve to the last bit", "[curve_row]") {
    for (const Figures& facts : cells()) {
        const Laid laid = laid_out(facts);
        for (const std::size_t n : {2U, 7U, 8U, 9U, 101U}) {  // less than a lane, lanes and a rest
            const ScorePoints points = sort_scores(laid.table, spaced(-6.0, 6.0, n));
            std::vector<double> out(n + 8);
            values(laid.table, laid.row, points, out.data());
            for (std::size_t j = 0; j < n; ++j) REQUIRE(out[j] == laid.curve->value(points.z[j]));
        }
    }
}

TEST_CASE("a row has the probabilities and densities of its curve to the last bit", "[curve_row]") {
    for (const Figures& facts : cells()) {
        const Laid laid = laid_out(facts);
        const WagePoints points = sort_wages(spaced(-10.0, 300'000.0, 333));
        std::vector<double> out(points.n + 8);
        measure(PointMeasure::cdf, laid.table, laid.row, points, out.data());
        for (std::size_t j = 0; j < points.n; ++j) REQUIRE(out[j] == laid.curve->cdf(points.x[j]));
        measure(PointMeasure::sf, laid.table, laid.row, points, out.data());
        for (std::size_t j = 0; j < points.n; ++j) REQUIRE(out[j] == laid.curve->sf(points.x[j]));
        measure(PointMeasure::density, laid.table, laid.row, points, out.data());
        for (std::size_t j = 0; j < points.n; ++j) REQUIRE(out[j] == pdf(*laid.curve, points.x[j]));
    }
}

TEST_CASE("a row has the pay of its curve to the last bit", "[curve_row]") {
    for (const Figures& facts : cells()) {
        const Laid laid = laid_out(facts);
        REQUIRE(has_fair_tails(laid.table, laid.row));
        const RowSums pay = sums(laid.table, laid.row);
        CHECK(mean(laid.table, pay) == mean(*laid.curve));
        CHECK(half_mean_difference(laid.table, with_tail_ranks(laid.table, laid.row, pay)) ==
              laid.curve->half_mean_difference());
        for (const auto side : {PaySide::below, PaySide::above}) {
            const CutPoints points = cut_scores(laid.table, spaced(-5.0, 5.0, 77), side);
            std::vector<double> out(77 + 8);
            partial_means(laid.table, laid.row, pay, points, out.data());
            for (std::size_t j = 0; j < 77; ++j) {
                const double z = points.scores.z[j];
                const bool is_below = side == PaySide::below;
                REQUIRE(out[j] == laid.curve->partial_moment(1.0, is_below ? -infinity : z, is_below ? z : infinity));
            }
        }
    }
}

TEST_CASE("pay below a cut is what quadrature of the definition gives", "[curve_row]") {
    for (const Figures& facts : cells()) {
        const auto curve = fit_curve(facts).curve;
        const double total = mean(*curve);
        for (const double z : spaced(-4.0, 4.0, 33)) {
            const double pay = curve->partial_moment(1.0, -infinity, z);
            // Distribution's own integral on panels of width 1 between all knots; both have errors of a few ulp of the
            // total.
            CHECK(std::abs(pay - curve->Distribution::partial_moment(1.0, -infinity, z)) < 1e-13 * total);
        }
    }
}

TEST_CASE("fixed panels give what adaptive quadrature of the definition gives", "[curve_row]") {
    const auto curve = fit_curve(cells().front()).curve;
    // Distribution's own integral on panels of width 1 between all knots, independent of the fixed panels.
    CHECK(std::abs(curve->half_mean_difference() / curve->Distribution::half_mean_difference() - 1.0) < 1e-12);
    CHECK(std::abs(mean(*curve) / curve->Distribution::partial_moment(1.0, -infinity, infinity) - 1.0) < 1e-13);
}

TEST_CASE("the mean difference of a curve with an atom or a gap is that of its definition", "[curve_row]") {
    const auto curve = [](auto&& change) {
        CurveKnots knots = fit_curve(cells().front()).curve->knots();
        change(knots);
        return Curve(std::move(knots), open_support);
    };
    const Curve atom = curve([](CurveKnots& knots) { knots.wage[6] = knots.wage[5]; });
    const Curve gap = curve([](CurveKnots& knots) { knots.z[6] = knots.z[5]; });
    REQUIRE(atom.atoms().size() == 1);
    for (const Curve& each : {atom, gap})  // 1e-10: what quadrature by halving promises
        CHECK(std::abs(each.half_mean_difference() / each.Distribution::half_mean_difference() - 1.0) < 1e-10);
}
