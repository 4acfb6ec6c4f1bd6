#include "wagefit/distributions/knot_table.hpp"

#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>
#include <cassert>

#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

template <std::size_t n>
void tabulate(KnotTable& table, std::array<KnotArray, n>& weights, std::array<double, n>& nodes) {
    using Rule = boost::math::quadrature::gauss<double, n>;
    const auto& half_nodes = Rule::abscissa();  // from the middle, which is one of them, outwards
    for (std::size_t j = 0; j < n; ++j) {
        const std::size_t k = j < n / 2 ? n / 2 - j : j - n / 2;
        nodes[j] = 0.5 * (1.0 + (j < n / 2 ? -half_nodes[k] : half_nodes[k]));
        for (std::size_t i = 0; i < table.n_segments; ++i)
            weights[j][i] = 0.5 * Rule::weights()[k] * table.step[i] * normal::pdf(table.z[i] + nodes[j] * table.step[i]);
    }
}

/// A panel of 15 nodes on each half of a segment.
void tabulate_halves(KnotTable& table) {
    constexpr std::size_t n = KnotTable::fine_nodes;
    table.halves_t.fill(0.5);
    for (std::size_t j = 0; j < 2 * n; ++j) {
        const double t = 0.5 * table.fine_t[j % n] + (j < n ? 0.0 : 0.5);
        table.halves_t[j] = t;
        for (std::size_t i = 0; i < table.n_segments; ++i) {
            const double gauss = table.fine[j % n][i] / normal::pdf(table.z[i] + table.fine_t[j % n] * table.step[i]);
            table.halves[i][j] = 0.5 * gauss * normal::pdf(table.z[i] + t * table.step[i]);
        }
    }
}

}  // namespace

KnotTable make_knot_table(std::span<const double> z, EndChords ends) {
    assert(z.size() > 2 && z.size() <= most_knots);
    KnotTable table;
    table.n_segments = z.size() - 1;
    table.step.fill(1.0);
    table.inverse_step.fill(1.0);
    std::copy(z.begin(), z.end(), table.z.begin());
    for (std::size_t i = 0; i < table.n_segments; ++i) {
        table.step[i] = z[i + 1] - z[i];
        table.inverse_step[i] = 1.0 / table.step[i];
    }
    tabulate(table, table.coarse, table.coarse_t);
    tabulate(table, table.fine, table.fine_t);
    tabulate_halves(table);
    table.first_density = normal::pdf(z.front());
    table.last_density = normal::pdf(z.back());
    table.lower_far = ends.lower_far;
    table.upper_far = ends.upper_far;
    table.upper_tail_ratio = ends.upper_tail_ratio;
    return table;
}

EndChords end_chords(std::span<const double> z, double lower_chord_end, double upper_chord_start,
                     double upper_tail_ratio) {
    constexpr double tolerance = 1e-9;  // published probabilities and the prior's may round to different scores
    std::size_t lower = 1, upper = z.size() - 2;
    while (lower + 1 < z.size() && z[lower] < lower_chord_end - tolerance) ++lower;
    while (upper > 0 && z[upper] > upper_chord_start + tolerance) --upper;
    return {lower, upper, upper_tail_ratio};
}

}  // namespace wagefit
