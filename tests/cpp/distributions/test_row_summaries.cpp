#include "distributions/row_summaries.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <memory>
#include <random>
#include <vector>

#include "fitting/knot_pattern.hpp"
#include "fitting/log_quantiles.hpp"
#include "wagefit/distributions/curve.hpp"
#include "wagefit/distributions/operations.hpp"
#include "wagefit/fitting/shape_prior.hpp"
#include "wagefit/numerics/normal.hpp"

using namespace wagefit;

namespace {

KnotRule rule_of_percentiles() {
    std::vector<double> z;
    for (const double p : {0.1, 0.25, 0.5, 0.75, 0.9}) z.push_back(normal::quantile(p));
    return knot_rule(make_pattern(shape_prior(), z, 1e9, open_support));
}

KnotTable table_of(const KnotRule& rule) { return make_knot_table(rule.z, rule.upper_tail_ratio); }

/// Wages at the knots that rise by 0.1 to 50 per cent a knot: gentle, mild, steep segments, and some that no fixed
/// panels integrate.
std::vector<std::vector<double>> made_up_rows(std::size_t n_rows, std::size_t n_knots) {
    std::mt19937_64 engine(1);
    const auto uniform = [&] { return static_cast<double>(engine() >> 11) * 0x1p-53; };
    std::vector<std::vector<double>> rows;
    for (std::size_t i = 0; i < n_rows; ++i) {
        const double spread = 4.0 * uniform();  // of the logs of the rises
        std::vector<double> wages{15'000.0};
        while (wages.size() < n_knots)
            wages.push_back(wages.back() * std::exp(0.05 * std::exp(spread * (uniform() - 0.5))));
        if (i % 10 == 9)  // a jump that no fixed panels integrate
            for (std::size_t k = n_knots / 2; k < n_knots; ++k) wages[k] *= 40.0;
        rows.push_back(wages);
    }
    return rows;
}

struct Summaries {
    std::vector<double> values;  ///< shape (n_rows, n_values)
    std::vector<char> is_found;
};

Summaries summaries(Summary what, const KnotTable& table, const std::vector<const double*>& rows) {
    Summaries out{std::vector<double>(rows.size() * n_values(what)), std::vector<char>(rows.size())};
    const auto is_found = std::make_unique<bool[]>(rows.size());
    summarize(what, table, rows, out.values.data(), is_found.get());
    std::copy_n(is_found.get(), rows.size(), out.is_found.begin());
    return out;
}

std::vector<const double*> starts(const std::vector<std::vector<double>>& rows) {
    std::vector<const double*> out;
    for (const auto& row : rows) out.push_back(row.data());
    return out;
}

}  // namespace

TEST_CASE("a summary of many rows has the bits of each curve's own", "[row_summaries]") {
    const KnotRule rule = rule_of_percentiles();
    const KnotTable table = table_of(rule);
    const auto rows = made_up_rows(203, rule.z.size());  // whole registers and a rest on every instruction set
    const Summaries means = summaries(Summary::mean, table, starts(rows));
    const Summaries both = summaries(Summary::mean_and_gini, table, starts(rows));
    REQUIRE(means.is_found == both.is_found);
    std::size_t n_found = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!means.is_found[i]) continue;
        ++n_found;
        const Curve curve(knots_through(rule, rows[i]), open_support);
        REQUIRE(means.values[i] == mean(curve));
        REQUIRE(both.values[2 * i] == mean(curve));
        REQUIRE(both.values[2 * i + 1] == gini(curve));
    }
    CHECK(n_found > 150);
    CHECK(n_found < rows.size());
}

TEST_CASE("a row's summary is the same alone and in any company", "[row_summaries]") {
    const KnotRule rule = rule_of_percentiles();
    const KnotTable table = table_of(rule);
    const auto rows = made_up_rows(37, rule.z.size());
    const Summaries together = summaries(Summary::mean_and_gini, table, starts(rows));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Summaries alone = summaries(Summary::mean_and_gini, table, {rows[i].data()});
        REQUIRE(alone.is_found[0] == together.is_found[i]);
        if (!alone.is_found[0]) continue;
        REQUIRE(alone.values[0] == together.values[2 * i]);
        REQUIRE(alone.values[1] == together.values[2 * i + 1]);
    }
}

TEST_CASE("fixed panels reach rounding error wherever they say so", "[row_summaries]") {
    const KnotRule rule = rule_of_percentiles();
    const KnotTable table = table_of(rule);
    const auto rows = made_up_rows(400, rule.z.size());
    const Summaries both = summaries(Summary::mean_and_gini, table, starts(rows));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!both.is_found[i]) continue;
        const Curve curve(knots_through(rule, rows[i]), open_support);
        // The definitions, by panels as short as 1/64 of each segment; tails to z = 12 leave less than 1e-20.
        double pay = 0.0, half_difference = 0.0;
        std::vector<double> edges{-12.0, -9.0, -7.0, -5.0, -4.0, -3.5, -3.0};
        for (std::size_t k = 0; k + 1 < rule.z.size(); ++k)
            for (int part = 0; part < 64; ++part)
                edges.push_back(rule.z[k] + (rule.z[k + 1] - rule.z[k]) * static_cast<double>(part) / 64.0);
        for (const double z : {rule.z.back(), 5.0, 7.0, 9.0, 12.0}) edges.push_back(z);
        for (std::size_t k = 0; k + 1 < edges.size(); ++k) {
            const PanelNodes nodes = panel_nodes(edges[k], 1.0, edges[k], edges[k + 1]);
            for (std::size_t j = 0; j < PanelNodes::size; ++j) {
                const double part = nodes.weight[j] * curve.value(nodes.z[j]);
                pay += part;
                half_difference += part * (normal::cdf(nodes.z[j]) - normal::sf(nodes.z[j]));
            }
        }
        // 1e-12: the sum of 15,000 terms rounds to about 1e-13.
        CHECK(std::abs(both.values[2 * i] / pay - 1.0) < 1e-12);
        CHECK(std::abs(both.values[2 * i + 1] / (half_difference / pay) - 1.0) < 1e-12);
    }
}
