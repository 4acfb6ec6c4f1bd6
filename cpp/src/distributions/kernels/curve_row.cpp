// Compiled once for each instruction set; see cpp/cmake/Kernels.cmake.
#include "wagefit/distributions/kernels/curve_row.hpp"

#include <array>

#include "wagefit/distributions/open_tail.hpp"
#include "wagefit/distributions/rational_shape.hpp"
#include "wagefit/distributions/segment_sums.hpp"

namespace wagefit {
namespace {

double chord_slope(const KnotTable& table, const CurveRow& row, std::size_t low, std::size_t high) {
    return elementary::log_ratio(row.wage[high], row.wage[low]) / (table.z[high] - table.z[low]);
}

void shape(const KnotTable& table, CurveRow& row) {
    const std::size_t n = table.n_segments;
    KnotArray chord;
    KnotArray& slope = row.slope;
    for (std::size_t i = 0; i < n; i += lane_count) {
        const Lanes rise = elementary::log_ratio(loaded<Lanes>(&row.wage[i + 1]), loaded<Lanes>(&row.wage[i]));
        store(&row.rise[i], rise);
        store(&chord[i], rise / loaded<Lanes>(&table.step[i]));
    }
    for (std::size_t i = 1; i < n; i += lane_count) {
        const auto h0 = loaded<Lanes>(&table.step[i - 1]), h1 = loaded<Lanes>(&table.step[i]);
        const auto d0 = loaded<Lanes>(&chord[i - 1]), d1 = loaded<Lanes>(&chord[i]);
        store(&slope[i], (h0 + h1) * (d0 * d1) / (h1 * d1 + h0 * d0));
    }
    row.lower_slope = slope[0] = chord_slope(table, row, 0, table.lower_far);
    row.upper_slope = slope[n] = chord_slope(table, row, table.upper_far, n) * table.upper_tail_ratio;
    for (std::size_t i = 0; i < n; i += lane_count) {
        const Lanes scale = loaded<Lanes>(&table.step[i]) / loaded<Lanes>(&row.rise[i]);
        store(&row.a[i], loaded<Lanes>(&slope[i]) * scale);
        store(&row.b[i], loaded<Lanes>(&slope[i + 1]) * scale);
    }
}

void values(const CurveRow& row, std::size_t segment, const double* t, const double* s, std::size_t n, double* out) {
    const auto a = every<Lanes>(row.a[segment]), b = every<Lanes>(row.b[segment]);
    const auto rise = every<Lanes>(row.rise[segment]), zero = every<Lanes>(0.0);
    const auto low = every<Lanes>(row.wage[segment]), high = every<Lanes>(row.wage[segment + 1]);
    for (std::size_t j = 0; j < n; j += lane_count) {
        const Lanes y = rational_shape::value(loaded<Lanes>(t + j), loaded<Lanes>(s + j), a, b, zero, rise);
        Lanes x = low * elementary::exp(y);
        x = x > low ? x : low;
        store(out + j, x < high ? x : high);
    }
}

struct Inverse {
    rational_shape::Place<Lanes> at;
    Lanes z;
};

/// A log-linear tail.
struct Tail {
    double wage, knot, rate;
};

WAGEFIT_INLINE Tail tail_of(const KnotTable& table, const CurveRow& row, std::size_t piece) {
    const std::size_t n = table.n_segments;
    if (piece == 0) return {row.wage[0], table.z[0], row.lower_slope * row.wage[0] / (row.wage[0] - 0.0)};
    return {row.wage[n], table.z[n], row.upper_slope};
}

WAGEFIT_INLINE Lanes tail_score(const Tail& tail, Lanes x) {
    return open_tail::score(x, every<Lanes>(tail.wage), every<Lanes>(tail.knot), every<Lanes>(tail.rate));
}

WAGEFIT_INLINE bool is_tail(const KnotTable& table, std::size_t piece) {
    return piece == 0 || piece > table.n_segments;
}

/// Where the wages `x` lie in a segment.
WAGEFIT_INLINE Inverse inverse(const KnotTable& table, const CurveRow& row, std::size_t i, Lanes x) {
    const auto rise = every<Lanes>(row.rise[i]);
    Lanes y = elementary::log_ratio(x, every<Lanes>(row.wage[i]));
    y = y < rise ? y : rise;
    const auto at =
        rational_shape::inverse(y / rise, (rise - y) / rise, every<Lanes>(row.a[i]), every<Lanes>(row.b[i]));
    return {at, rational_shape::between(at, every<Lanes>(table.z[i]), every<Lanes>(table.z[i + 1]))};
}

/// Calls f(j, z) for lanes of points in a piece of the curve.
template <class Function>
WAGEFIT_INLINE void for_scores(const KnotTable& table, const CurveRow& row, std::size_t piece, const double* x,
                               std::size_t n, Function&& f) {
    const Tail tail = tail_of(table, row, piece);
    if (is_tail(table, piece))
        for (std::size_t j = 0; j < n; j += lane_count) f(j, tail_score(tail, loaded<Lanes>(x + j)));
    else
        for (std::size_t j = 0; j < n; j += lane_count) f(j, inverse(table, row, piece - 1, loaded<Lanes>(x + j)).z);
}

void cdf(const KnotTable& table, const CurveRow& row, std::size_t piece, const double* x, std::size_t n, double* out) {
    for_scores(table, row, piece, x, n, [out](std::size_t j, Lanes z) { store(out + j, elementary::normal_cdf(z)); });
}

void sf(const KnotTable& table, const CurveRow& row, std::size_t piece, const double* x, std::size_t n, double* out) {
    for_scores(table, row, piece, x, n, [out](std::size_t j, Lanes z) { store(out + j, elementary::normal_cdf(-z)); });
}

void tail_density(const Tail& tail, const double* x, std::size_t n, double* out) {
    for (std::size_t j = 0; j < n; j += lane_count) {
        const auto wage = loaded<Lanes>(x + j);
        const Lanes density = elementary::normal_pdf(tail_score(tail, wage)) / (wage * tail.rate);
        store(out + j, wage > 0.0 ? density : every<Lanes>(0.0));
    }
}

void density(const KnotTable& table, const CurveRow& row, std::size_t piece, const double* x, std::size_t n,
             double* out) {
    if (is_tail(table, piece)) return tail_density(tail_of(table, row, piece), x, n, out);
    const std::size_t i = piece - 1;
    const auto a = every<Lanes>(row.a[i]), b = every<Lanes>(row.b[i]);
    const auto scale = every<Lanes>(table.step[i] / row.rise[i]);
    for (std::size_t j = 0; j < n; j += lane_count) {
        const auto wage = loaded<Lanes>(x + j);
        const Inverse found = inverse(table, row, i, wage);
        store(out + j, elementary::normal_pdf(found.z) * scale / (wage * rational_shape::slope(found.at, a, b)));
    }
}

/// Sums of one segment by the nodes of panels of its own, lanes being nodes.
template <std::size_t n_nodes>
WAGEFIT_INLINE void sum_segment(const std::array<double, n_nodes>& t, const std::array<double, n_nodes>& weight,
                                const std::array<double, n_nodes>& rank_weight, const CurveRow& row, std::size_t i,
                                RowSums& out) {
    std::array<double, n_nodes> growth;
    const auto rise = every<Lanes>(row.rise[i]), a = every<Lanes>(row.a[i]), b = every<Lanes>(row.b[i]);
    for (std::size_t j = 0; j < n_nodes; j += lane_count)
        store(&growth[j], segment_sums::growth(loaded<Lanes>(&t[j]), rise, a, b));
    double mean = 0.0, rank = 0.0;
    for (std::size_t j = 0; j < n_nodes; ++j) {
        mean += weight[j] * growth[j];
        rank += rank_weight[j] * growth[j];
    }
    out.mean[i] = row.wage[i] * mean;
    out.rank[i] = row.wage[i] * rank;
}

void sums(const KnotTable& table, const CurveRow& row, RowSums& out) {
    const std::size_t n = table.n_segments;
    for (std::size_t i = 0; i < n; i += lane_count) {
        const auto rise = loaded<Lanes>(&row.rise[i]), a = loaded<Lanes>(&row.a[i]), b = loaded<Lanes>(&row.b[i]);
        Lanes mean = every<Lanes>(0.0), rank = mean;
        for (std::size_t j = 0; j < FewNodes::size; ++j) {
            const Lanes growth = segment_sums::growth(every<Lanes>(table.few_t[j]), rise, a, b);
            mean += loaded<Lanes>(&table.few[j][i]) * growth;
            rank += loaded<Lanes>(&table.few_rank[j][i]) * growth;
        }
        const auto wage = loaded<Lanes>(&row.wage[i]);
        store(&out.mean[i], wage * mean);
        store(&out.rank[i], wage * rank);
    }
    for (std::size_t i = 0; i < n; ++i) {
        const double rise = row.rise[i], a = row.a[i], b = row.b[i];
        if (segment_sums::is_gentle(rise, a, b)) continue;
        if (segment_sums::is_mild(rise, a, b))
            sum_segment(table.panel_t, table.panel[i], table.panel_rank[i], row, i, out);
        else
            sum_segment(table.halves_t[i], table.halves[i], table.halves_rank[i], row, i, out);
    }
}

WAGEFIT_INLINE double tail_rank(const TailNodes& nodes, double rate) {
    std::array<double, TailNodes::size> growth;
    for (std::size_t j = 0; j < growth.size(); j += lane_count)
        store(&growth[j], elementary::exp(rate * loaded<Lanes>(&nodes.u[j])));
    double total = 0.0;
    for (std::size_t j = 0; j < growth.size(); ++j) total += nodes.weight[j] * growth[j];
    return total;
}

void tail_ranks(const KnotTable& table, const CurveRow& row, RowSums& out) {
    out.lower_rank = row.wage[0] * tail_rank(table.lower_tail, -row.lower_slope);
    out.upper_rank = row.wage[table.n_segments] * tail_rank(table.upper_tail, row.upper_slope);
}

void cuts(const KnotTable& table, const CurveRow& row, std::size_t i, const double* weight, std::size_t stride,
          std::size_t n, double* out) {
    std::array<double, KnotTable::panel_nodes> growth;
    const auto rise = every<Lanes>(row.rise[i]), a = every<Lanes>(row.a[i]), b = every<Lanes>(row.b[i]);
    for (std::size_t j = 0; j < growth.size(); j += lane_count)
        store(&growth[j], segment_sums::growth(loaded<Lanes>(&table.panel_t[j]), rise, a, b));
    for (std::size_t j = 0; j < n; j += lane_count) {
        Lanes total = every<Lanes>(0.0);
        for (std::size_t k = 0; k < PanelNodes::size; ++k) total += loaded<Lanes>(weight + k * stride + j) * growth[k];
        store(out + j, row.wage[i] * total);
    }
}

void panels(const CurveRow& row, std::size_t i, const double* t, const double* weight, std::size_t n_nodes,
            std::size_t stride, std::size_t n, double* out) {
    const auto rise = every<Lanes>(row.rise[i]), a = every<Lanes>(row.a[i]), b = every<Lanes>(row.b[i]);
    for (std::size_t j = 0; j < n; j += lane_count) {
        Lanes total = every<Lanes>(0.0);
        for (std::size_t k = 0; k < n_nodes; ++k)
            total += loaded<Lanes>(weight + k * stride + j) *
                     segment_sums::growth(loaded<Lanes>(t + k * stride + j), rise, a, b);
        store(out + j, row.wage[i] * total);
    }
}

}  // namespace

const CurveKernels WAGEFIT_OF_THIS_SET(curve_kernels){&shape, &values,     &cdf,  &sf,    &density,
                                                      &sums,  &tail_ranks, &cuts, &panels};

}  // namespace wagefit
