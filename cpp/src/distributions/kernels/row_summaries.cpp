// Compiled once for each instruction set; see cpp/cmake/Kernels.cmake.
#include "distributions/kernels/row_summaries.hpp"

#include <algorithm>
#include <array>

#include "distributions/kernels/knot_lanes.hpp"
#include "distributions/kernels/picked_segments.hpp"
#include "distributions/rational_shape.hpp"
#include "distributions/segment_sums.hpp"
#include "simd/elementary.hpp"

namespace wagefit {
namespace {

/// CurveRow of the lanes' rows.
struct RowLanes {
    KnotLanes wage, rise, a, b;
    Lanes lower_slope, upper_slope;
};

WAGEFIT_INLINE Lanes chord_slope(const KnotTable& table, const KnotLanes& wage, std::size_t low, std::size_t high) {
    return elementary::log_ratio(wage[high], wage[low]) / (table.z[high] - table.z[low]);
}

/// Fills in all but the wages.
WAGEFIT_INLINE void set_shape(const KnotTable& table, RowLanes& row) {
    const std::size_t n = table.n_segments;
    KnotLanes chord, slope;
    for (std::size_t i = 0; i < n; ++i) {
        row.rise.set(i, elementary::log_ratio(row.wage[i + 1], row.wage[i]));
        chord.set(i, row.rise[i] / table.step[i]);
    }
    for (std::size_t i = 1; i < n; ++i) {
        const double h0 = table.step[i - 1], h1 = table.step[i];
        const Lanes d0 = chord[i - 1], d1 = chord[i];
        slope.set(i, rational_shape::knot_slope(h0, d0, h1, d1));
    }
    row.lower_slope = chord_slope(table, row.wage, 0, 1);
    row.upper_slope = chord_slope(table, row.wage, n - 1, n) * table.upper_tail_ratio;
    slope.set(0, row.lower_slope);
    slope.set(n, row.upper_slope);
    for (std::size_t i = 0; i < n; ++i) {
        const Lanes scale = table.step[i] / row.rise[i];
        row.a.set(i, slope[i] * scale);
        row.b.set(i, slope[i + 1] * scale);
    }
}

/// Whether fixed panels integrate the segments and the tails.
WAGEFIT_INLINE Mask is_fair(const KnotTable& table, const RowLanes& row) {
    const std::size_t n = table.n_segments;
    Mask fair = segment_sums::has_fair_tails(table.z[0], table.z[n], row.lower_slope, row.upper_slope);
    for (std::size_t i = 0; i < n; ++i) fair = fair & segment_sums::is_fair(row.rise[i], row.a[i], row.b[i]);
    return fair;
}

/// The weights of nodes in one kind of sum.
struct SumWeights {
    const std::array<KnotArray, FewNodes::size>& few;
    const std::array<std::array<double, KnotTable::panel_nodes>, most_segments>& panel;
    const std::array<std::array<double, KnotTable::steep_nodes>, most_segments>& steep;
};

WAGEFIT_INLINE SumWeights pay_weights(const KnotTable& table) { return {table.few, table.panel, table.steep}; }
WAGEFIT_INLINE SumWeights rank_weights(const KnotTable& table) {
    return {table.few_rank, table.panel_rank, table.steep_rank};
}

/// `n_sums` kinds of sums, with a weight and a total for each.
template <std::size_t n_sums>
using Weights = std::array<SumWeights, n_sums>;
template <std::size_t n_sums>
using Totals = std::array<KnotLanes, n_sums>;

template <std::size_t n_nodes>
using Growths = std::array<Lanes, n_nodes>;

/// Growths at the fractions `t`, which are ascending and mirrored: two nodes share a division.
template <std::size_t n_nodes, class Exp>
WAGEFIT_INLINE Growths<n_nodes> mirrored_growths(const double* t, const segment_sums::Shape& shape, Exp&& exp) {
    static_assert(n_nodes % 2 == 1);
    Growths<n_nodes> growths;
    for (std::size_t j = 0; j < n_nodes / 2; ++j) {
        const auto low = segment_sums::node(t[j]), high = segment_sums::mirrored(low);
        const Lanes inverse = segment_sums::inverse_denominator(low, shape);
        growths[j] = exp(segment_sums::height(low, shape, inverse));
        growths[n_nodes - 1 - j] = exp(segment_sums::height(high, shape, inverse));
    }
    growths[n_nodes / 2] = segment_sums::growth(segment_sums::node(t[n_nodes / 2]), shape, exp);
    return growths;
}

/// Sums weight(kind, node) growths[node], and returns them times `middle`.
template <std::size_t n_sums, std::size_t n_nodes, class Weight>
WAGEFIT_INLINE std::array<Lanes, n_sums> sum_nodes(Lanes middle, const Growths<n_nodes>& growths, Weight&& weight) {
    std::array<Lanes, n_sums> sums;
    sums.fill(every<Lanes>(0.0));
    for (std::size_t j = 0; j < n_nodes; ++j)
        for (std::size_t k = 0; k < n_sums; ++k) sums[k] = fused(weight(k, j), growths[j], sums[k]);
    for (Lanes& sum : sums) sum = middle * sum;
    return sums;
}

template <std::size_t n_sums>
WAGEFIT_INLINE void set_totals(const std::array<Lanes, n_sums>& sums, std::size_t i, Totals<n_sums>& totals) {
    for (std::size_t k = 0; k < n_sums; ++k) totals[k].set(i, sums[k]);
}

/// Sums the picked segments again: `growths(shape, of_segment)` and `weight(kind, node, segment)`, of_segment(f) being
/// f(segment) in the lanes.
template <std::size_t n_sums, class SetGrowths, class Weight>
WAGEFIT_INLINE void sum_picked(const PickedSegments& picked, const RowLanes& row, SetGrowths&& growths, Weight&& weight,
                               Totals<n_sums>& totals) {
    for (std::size_t first = 0; first < picked.size(); first += lane_count) {
        const auto of_cell = [&](const KnotLanes& values) {
            return picked.gather(first, [&](std::size_t i, std::size_t lane) { return values.at[i][lane]; });
        };
        const auto of_segment = [&](auto&& f) {
            return picked.gather(first, [&](std::size_t i, std::size_t) { return f(i); });
        };
        const Lanes rise = of_cell(row.rise), middle = segment_sums::middle_wage(of_cell(row.wage), rise);
        const auto shape = segment_sums::shape(rise, of_cell(row.a), of_cell(row.b));
        const auto weights = [&](std::size_t k, std::size_t j) {
            return of_segment([&](std::size_t i) { return weight(k, j, i); });
        };
        const auto sums = sum_nodes<n_sums>(middle, growths(shape, of_segment), weights);
        for (std::size_t k = 0; k < n_sums; ++k) picked.scatter(first, sums[k], totals[k]);
    }
}

template <std::size_t n_sums>
WAGEFIT_INLINE void sum_mild(const KnotTable& table, const Weights<n_sums>& weights, const PickedSegments& picked,
                             const RowLanes& row, Totals<n_sums>& totals) {
    const auto growths = [&](const segment_sums::Shape& shape, auto&&) {
        return mirrored_growths<PanelNodes::size>(table.panel_t.data(), shape, segment_sums::MildExp{});
    };
    const auto weight = [&](std::size_t k, std::size_t j, std::size_t i) { return weights[k].panel[i][j]; };
    sum_picked(picked, row, growths, weight, totals);
}

template <std::size_t n_sums>
WAGEFIT_INLINE void sum_steep(const KnotTable& table, const Weights<n_sums>& weights, const PickedSegments& picked,
                              const RowLanes& row, Totals<n_sums>& totals) {
    const auto growths = [&](const segment_sums::Shape& shape, auto&& of_segment) {
        Growths<SteepNodes::size> out;
        for (std::size_t j = 0; j < out.size(); ++j) {
            const Lanes t = of_segment([&](std::size_t i) { return table.steep_t[i][j]; });
            out[j] = segment_sums::growth(segment_sums::node(t), shape, segment_sums::SteepExp{});
        }
        return out;
    };
    const auto weight = [&](std::size_t k, std::size_t j, std::size_t i) { return weights[k].steep[i][j]; };
    sum_picked(picked, row, growths, weight, totals);
}

/// Sums over the segments, whole registers by the nodes that their cells have in common.
template <std::size_t n_sums>
WAGEFIT_INLINE void sum_segments(const KnotTable& table, const Weights<n_sums>& weights, const RowLanes& row,
                                 Totals<n_sums>& totals) {
    SegmentFlags mild, steep;
    for (std::size_t i = 0; i < table.n_segments; ++i) {
        const Lanes rise = row.rise[i], a = row.a[i], b = row.b[i];
        const Lanes middle = segment_sums::middle_wage(row.wage[i], rise);
        const auto shape = segment_sums::shape(rise, a, b);
        const Mask is_gentle = segment_sums::is_gentle(table.step[i], rise, a, b),
                   is_mild = segment_sums::is_mild(rise, a, b);
        steep.set(i, lane_bits(!is_mild));
        if (any(is_gentle)) {
            mild.set(i, lane_bits(is_mild & !is_gentle));
            const auto growths = mirrored_growths<FewNodes::size>(table.few_t.data(), shape, segment_sums::GentleExp{});
            const auto weight = [&](std::size_t k, std::size_t j) { return weights[k].few[j][i]; };
            set_totals(sum_nodes<n_sums>(middle, growths, weight), i, totals);
        } else {
            const auto growths =
                mirrored_growths<PanelNodes::size>(table.panel_t.data(), shape, segment_sums::MildExp{});
            const auto weight = [&](std::size_t k, std::size_t j) { return weights[k].panel[i][j]; };
            set_totals(sum_nodes<n_sums>(middle, growths, weight), i, totals);
        }
    }
    sum_mild(table, weights, PickedSegments(mild), row, totals);
    sum_steep(table, weights, PickedSegments(steep), row, totals);
}

/// E[X] over the tails.
struct TailMeans {
    Lanes lower, upper;
};

/// See exponential_partial_mean.
WAGEFIT_INLINE TailMeans tail_means(const KnotTable& table, const RowLanes& row) {
    const std::size_t n = table.n_segments;
    const double z0 = table.z[0], zn = table.z[n];
    const Lanes w0 = row.wage[0], rate = row.lower_slope * w0 / (w0 - 0.0);
    const Lanes lower = elementary::normal_pdf(z0) * elementary::mills_ratio(rate - z0);
    const Lanes upper = elementary::normal_pdf(zn) * elementary::mills_ratio(zn - row.upper_slope);
    return {w0 * lower, row.wage[n] * upper};
}

WAGEFIT_INLINE Lanes tail_rank(const TailNodes& nodes, Lanes wage, Lanes rate) {
    Lanes total = every<Lanes>(0.0);
    for (std::size_t j = 0; j < TailNodes::size; ++j)
        total = fused(nodes.weight[j], short_exp::reduced(rate * nodes.u[j]), total);
    return wage * total;
}

WAGEFIT_INLINE Lanes total_pay(const KnotTable& table, const KnotLanes& pay, const TailMeans& tails) {
    Lanes total = tails.lower;
    for (std::size_t i = 0; i < table.n_segments; ++i) total += pay[i];
    return total + tails.upper;
}

/// Half the mean difference of two draws; see half_mean_difference of a row.
WAGEFIT_INLINE Lanes half_mean_difference(const KnotTable& table, const RowLanes& row, const KnotLanes& rank,
                                          const TailMeans& tails) {
    const std::size_t n = table.n_segments;
    const Lanes lower = tail_rank(table.lower_tail, row.wage[0], -row.lower_slope);
    const Lanes upper = tail_rank(table.upper_tail, row.wage[n], row.upper_slope);
    Lanes total = 2.0 * lower - tails.lower;
    for (std::size_t i = 0; i < n; ++i) total += rank[i];
    return total + (tails.upper - 2.0 * upper);
}

WAGEFIT_INLINE std::array<Lanes, 1> mean_of(const KnotTable& table, const RowLanes& row) {
    Totals<1> totals;
    sum_segments<1>(table, {pay_weights(table)}, row, totals);
    return {total_pay(table, totals[0], tail_means(table, row))};
}

WAGEFIT_INLINE std::array<Lanes, 2> mean_and_gini_of(const KnotTable& table, const RowLanes& row) {
    Totals<2> totals;
    sum_segments<2>(table, {pay_weights(table), rank_weights(table)}, row, totals);
    const TailMeans tails = tail_means(table, row);
    const Lanes mean = total_pay(table, totals[0], tails);
    const Lanes gini = half_mean_difference(table, row, totals[1], tails) / mean;
    return {mean, smaller(larger(gini, every<Lanes>(0.0)), every<Lanes>(1.0))};
}

/// The rows a register at a time, the last one again in lanes left over.
template <std::size_t n_values, class Function>
WAGEFIT_INLINE void for_lanes(const KnotTable& table, std::span<const double* const> rows, double* out, bool* is_found,
                              Function&& summary) {
    for (std::size_t first = 0; first < rows.size(); first += lane_count) {
        RowLanes row;
        const auto wages = [&](std::size_t lane) { return rows[std::min(first + lane, rows.size() - 1)]; };
        for (std::size_t i = 0; i <= table.n_segments; ++i)
            row.wage.set(i, gathered<Lanes>([&](std::size_t lane) { return wages(lane)[i]; }));
        set_shape(table, row);
        alignas(64) double at[n_values][lane_count];
        const std::array<Lanes, n_values> values = summary(table, row);
        for (std::size_t k = 0; k < n_values; ++k) store(at[k], values[k]);
        const unsigned fair = lane_bits(is_fair(table, row));
        for (std::size_t lane = 0; lane < lane_count && first + lane < rows.size(); ++lane) {
            for (std::size_t k = 0; k < n_values; ++k) out[(first + lane) * n_values + k] = at[k][lane];
            is_found[first + lane] = (fair >> lane & 1u) != 0;
        }
    }
}

void mean(const KnotTable& table, std::span<const double* const> rows, double* out, bool* is_found) {
    for_lanes<1>(table, rows, out, is_found, &mean_of);
}

void mean_and_gini(const KnotTable& table, std::span<const double* const> rows, double* out, bool* is_found) {
    for_lanes<2>(table, rows, out, is_found, &mean_and_gini_of);
}

constexpr RowSummaryKernels row_summary_kernels{&mean, &mean_and_gini};

}  // namespace

const RowSummaryKernels RowSummaryKernels::WAGEFIT_INSTRUCTION_SET = row_summary_kernels;

}  // namespace wagefit
