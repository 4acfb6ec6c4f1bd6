#include "distributions/knot_table.hpp"

#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>
#include <cassert>

#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

void tabulate_coarse(KnotTable& table) {
    using Rule = boost::math::quadrature::gauss<double, KnotTable::coarse_nodes>;
    constexpr std::size_t middle = KnotTable::coarse_nodes / 2;  // the rule lists its nodes from there outwards
    for (std::size_t j = 0; j < KnotTable::coarse_nodes; ++j) {
        const std::size_t k = j < middle ? middle - j : j - middle;
        table.coarse_t[j] = 0.5 * (1.0 + (j < middle ? -Rule::abscissa()[k] : Rule::abscissa()[k]));
        for (std::size_t i = 0; i < table.n_segments; ++i)
            table.coarse[j][i] =
                0.5 * Rule::weights()[k] * table.step[i] * normal::pdf(table.z[i] + table.coarse_t[j] * table.step[i]);
    }
}

void tabulate_fine(KnotTable& table, std::size_t i) {
    const PanelNodes nodes = panel_nodes(table.z[i], table.step[i], table.z[i], table.z[i + 1]);
    const auto ranks = rank_weights(nodes);
    for (std::size_t j = 0; j < PanelNodes::size; ++j) {
        table.fine_t[j] = nodes.t[j];
        table.fine[j][i] = table.panel[i][j] = nodes.weight[j];
        table.panel_t[j] = nodes.t[j];
        table.panel_rank[i][j] = ranks[j];
    }
}

void tabulate_few(KnotTable& table, std::size_t i) {
    const FewNodes nodes = few_nodes(table.z[i], table.z[i + 1]);
    const auto ranks = rank_weights(nodes);
    for (std::size_t j = 0; j < FewNodes::size; ++j) {
        table.few_t[j] = nodes.t[j];
        table.few[j][i] = nodes.weight[j];
        table.few_rank[j][i] = ranks[j];
    }
}

void tabulate_steep(KnotTable& table, std::size_t i) {
    const SteepNodes nodes = steep_nodes(table.z[i], table.step[i], table.z[i], table.z[i + 1]);
    table.steep_t[i].fill(0.5);
    std::ranges::copy(nodes.t, table.steep_t[i].begin());
    std::ranges::copy(nodes.weight, table.steep[i].begin());
    std::ranges::copy(rank_weights(nodes), table.steep_rank[i].begin());
}

}  // namespace

KnotTable make_knot_table(std::span<const double> z, double upper_tail_ratio) {
    assert(z.size() > 2 && z.size() <= most_knots);
    KnotTable table;
    table.n_segments = z.size() - 1;
    table.step.fill(1.0);
    table.inverse_step.fill(1.0);
    std::copy(z.begin(), z.end(), table.z.begin());
    for (std::size_t i = 0; i < table.n_segments; ++i) {
        table.step[i] = z[i + 1] - z[i];
        table.inverse_step[i] = 1.0 / table.step[i];
        if (i > 0) table.weight_after[i] = table.step[i - 1] / (table.step[i - 1] + table.step[i]);
    }
    tabulate_coarse(table);
    table.panel_t.fill(0.5);
    for (std::size_t i = 0; i < table.n_segments; ++i) {
        tabulate_few(table, i);
        tabulate_fine(table, i);
        tabulate_steep(table, i);
    }
    table.lower_tail = tail_nodes(-z.front());
    table.upper_tail = tail_nodes(z.back());
    table.first_density = normal::pdf(z.front());
    table.last_density = normal::pdf(z.back());
    table.upper_tail_ratio = upper_tail_ratio;
    return table;
}

}  // namespace wagefit
