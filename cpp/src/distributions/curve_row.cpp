#include "distributions/curve_row.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "distributions/careful_sums.hpp"
#include "distributions/exponential_tail.hpp"
#include "distributions/kernels/curve_row.hpp"
#include "distributions/rational_segment.hpp"
#include "distributions/segment_sums.hpp"
#include "numerics/constants.hpp"
#include "simd/kernels.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

constexpr std::size_t spare = 8;  // lanes beyond the last point

std::vector<std::size_t> ascending_order(std::span<const double> values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) {
        return std::isnan(values[j]) ? !std::isnan(values[i]) : values[i] < values[j];
    });
    return order;
}

/// The sorted numbers, without NaN.
std::vector<double> sorted(std::span<const double> values, const std::vector<std::size_t>& order) {
    std::vector<double> out;
    for (const std::size_t i : order)
        if (!std::isnan(values[i])) out.push_back(values[i]);
    return out;
}

double lower_rate(const CurveRow& row) { return row.lower_slope * row.wage[0] / (row.wage[0] - 0.0); }

/// Calls f(piece, begin, end) for each piece with points; piece 0 is the lower tail, the last one the upper.
template <class Function>
void for_pieces(std::span<const std::size_t> start, Function&& f) {
    for (std::size_t piece = 0; piece + 1 < start.size(); ++piece)
        if (start[piece] < start[piece + 1]) f(piece, start[piece], start[piece + 1]);
}

auto measure_kernel(PointMeasure what) {
    const CurveKernels& kernels = best_kernels<CurveKernels>();
    switch (what) {
        case PointMeasure::cdf:
            return kernels.cdf;
        case PointMeasure::sf:
            return kernels.sf;
        default:
            return kernels.density;
    }
}

}  // namespace

ScorePoints sort_scores(const KnotTable& table, std::span<const double> z) {
    ScorePoints points;
    points.order = ascending_order(z);
    points.z = sorted(z, points.order);
    points.t.assign(points.z.size() + spare, 0.5);
    points.s = points.t;
    const std::size_t n = table.n_segments;
    points.start.push_back(0);
    for (std::size_t i = 0; i <= n; ++i)
        points.start.push_back(static_cast<std::size_t>(std::lower_bound(points.z.begin(), points.z.end(), table.z[i]) -
                                                        points.z.begin()));
    points.start.push_back(points.z.size());
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = points.start[i + 1]; j < points.start[i + 2]; ++j) {
            points.t[j] = (points.z[j] - table.z[i]) / table.step[i];
            points.s[j] = (table.z[i + 1] - points.z[j]) / table.step[i];
        }
    return points;
}

WagePoints sort_wages(std::span<const double> x) {
    WagePoints points;
    points.order = ascending_order(x);
    points.x = sorted(x, points.order);
    points.n = points.x.size();
    points.x.resize(points.n + spare, 1.0);
    return points;
}

CurveRow row_of(const KnotTable& table, std::span<const double> wages) {
    CurveRow row;
    row.wage.fill(1.0);
    std::copy(wages.begin(), wages.end(), row.wage.begin());
    best_kernels<CurveKernels>().shape(table, row);
    return row;
}

void values(const KnotTable& table, const CurveRow& row, const ScorePoints& points, double* out) {
    const std::size_t n = table.n_segments;
    const auto kernel = best_kernels<CurveKernels>().values;
    for_pieces(points.start, [&](std::size_t piece, std::size_t begin, std::size_t end) {
        if (piece > 0 && piece <= n)
            return kernel(row, piece - 1, &points.t[begin], &points.s[begin], end - begin, out + begin);
        for (std::size_t j = begin; j < end; ++j) out[j] = tail_value(table, row, points.z[j]);
    });
}

double tail_value(const KnotTable& table, const CurveRow& row, double z) {
    const std::size_t knot = z <= table.z[0] ? 0 : table.n_segments;
    const double rate = knot == 0 ? lower_rate(row) : row.upper_slope;
    return row.wage[knot] * std::exp(rate * (z - table.z[knot]));
}

namespace {

/// First of the sorted points in each piece of the curve, lower tail, segments, upper tail, and their number.
std::array<std::size_t, most_knots + 2> piece_starts(const KnotTable& table, const CurveRow& row,
                                                     const WagePoints& points) {
    std::array<std::size_t, most_knots + 2> start;
    start[0] = 0;
    for (std::size_t i = 0, j = 0; i <= table.n_segments; ++i) {
        while (j < points.n && points.x[j] < row.wage[i]) ++j;
        start[i + 1] = j;
    }
    start[table.n_segments + 2] = points.n;
    return start;
}

}  // namespace

void measure(PointMeasure what, const KnotTable& table, const CurveRow& row, const WagePoints& points, double* out) {
    const auto start = piece_starts(table, row, points);
    measure_kernel(what)(table, row, {start.data(), table.n_segments + 3}, points.x.data(), out);
}

bool has_fair_tails(const KnotTable& table, const CurveRow& row) {
    return segment_sums::has_fair_tails(table.z[0], table.z[table.n_segments], row.lower_slope, row.upper_slope);
}

namespace {

RationalSegment segment_of(const KnotTable& table, const CurveRow& row, std::size_t i) {
    return {table.z[i], table.z[i + 1], 0.0, row.rise[i], row.slope[i], row.slope[i + 1]};
}

/// E[X; from < Z < to] within segment i, however steep.
double careful_mean(const KnotTable& table, const CurveRow& row, std::size_t i, double from, double to) {
    return row.wage[i] * careful_moment(segment_of(table, row, i), from, to, 1.0);
}

bool is_fair(const CurveRow& row, std::size_t i) { return segment_sums::is_fair(row.rise[i], row.a[i], row.b[i]); }

}  // namespace

RowSums sums(const KnotTable& table, const CurveRow& row) {
    const std::size_t n = table.n_segments;
    RowSums out;
    best_kernels<CurveKernels>().sums(table, row, out);
    for (std::size_t i = 0; i < n; ++i) {
        if (is_fair(row, i)) continue;
        out.mean[i] = careful_mean(table, row, i, table.z[i], table.z[i + 1]);
        out.rank[i] = row.wage[i] * careful_rank(segment_of(table, row, i));
    }
    out.lower_mean = row.wage[0] * exponential_partial_mean(lower_rate(row), table.z[0], -infinity, table.z[0]);
    out.upper_mean = row.wage[n] * exponential_partial_mean(row.upper_slope, table.z[n], table.z[n], infinity);
    return out;
}

RowSums with_tail_ranks(const KnotTable& table, const CurveRow& row, RowSums sums) {
    best_kernels<CurveKernels>().tail_ranks(table, row, sums);
    return sums;
}

double mean(const KnotTable& table, const RowSums& sums) {
    double total = sums.lower_mean;
    for (std::size_t i = 0; i < table.n_segments; ++i) total += sums.mean[i];
    return total + sums.upper_mean;
}

double half_mean_difference(const KnotTable& table, const RowSums& sums) {
    double total = 2.0 * sums.lower_rank - sums.lower_mean;
    for (std::size_t i = 0; i < table.n_segments; ++i) total += sums.rank[i];
    return total + (sums.upper_mean - 2.0 * sums.upper_rank);
}

namespace {

/// Copies nodes to column `j` of matrices with rows of `stride`.
template <class Nodes>
void put_nodes(const Nodes& nodes, std::size_t stride, std::size_t j, std::vector<double>& t,
               std::vector<double>& weight) {
    for (std::size_t k = 0; k < Nodes::size; ++k) {
        t[k * stride + j] = nodes.t[k];
        weight[k * stride + j] = nodes.weight[k];
    }
}

/// The panels of point `j`, which cuts segment `i`.
void put_cut(const KnotTable& table, std::size_t i, std::size_t j, CutPoints& points) {
    const double z = points.scores.z[j], z0 = table.z[i], step = table.step[i];
    const bool is_below = points.side == PaySide::below;
    const double from = is_below ? z0 : z, to = is_below ? z : table.z[i + 1];
    const CutWeights smooth = cut_weights(z0, step, from, to);
    for (std::size_t k = 0; k < smooth.size(); ++k) points.smooth_weight[k * points.stride + j] = smooth[k];
    put_nodes(panel_nodes(z0, step, from, to), points.stride, j, points.mild_t, points.mild_weight);
    put_nodes(steep_nodes(z0, step, from, to), points.stride, j, points.steep_t, points.steep_weight);
}

}  // namespace

CutPoints cut_scores(const KnotTable& table, std::span<const double> z, PaySide side) {
    CutPoints points{sort_scores(table, z), side, {}, {}, {}, {}, {}, z.size() + spare};
    points.smooth_weight.assign(PanelNodes::size * points.stride, 0.0);
    points.mild_t.assign(PanelNodes::size * points.stride, 0.5);
    points.mild_weight.assign(PanelNodes::size * points.stride, 0.0);
    points.steep_t.assign(SteepNodes::size * points.stride, 0.5);
    points.steep_weight.assign(SteepNodes::size * points.stride, 0.0);
    for (std::size_t i = 0; i < table.n_segments; ++i)
        for (std::size_t j = points.scores.start[i + 1]; j < points.scores.start[i + 2]; ++j)
            put_cut(table, i, j, points);
    return points;
}

namespace {

/// Pay below each knot, summed in the order of Curve::partial_moment.
KnotArray pay_below_knots(const KnotTable& table, const RowSums& sums) {
    KnotArray below;
    below[0] = sums.lower_mean;
    for (std::size_t i = 0; i < table.n_segments; ++i) below[i + 1] = below[i] + sums.mean[i];
    return below;
}

/// Pay above a cut in a piece of which `cut` is above it, in the same order.
double pay_above(const KnotTable& table, const RowSums& sums, std::size_t piece, double cut) {
    if (piece > table.n_segments) return cut;
    double total = cut;
    for (std::size_t i = piece; i < table.n_segments; ++i) total += sums.mean[i];
    return total + sums.upper_mean;
}

double tail_cut(const KnotTable& table, const CurveRow& row, std::size_t piece, PaySide side, double z) {
    const bool is_below = side == PaySide::below;
    const std::size_t knot = piece == 0 ? 0 : table.n_segments;
    const double rate = piece == 0 ? lower_rate(row) : row.upper_slope, at = table.z[knot];
    const double from = is_below ? (piece == 0 ? -infinity : at) : z, to = is_below ? z : (piece == 0 ? at : infinity);
    return row.wage[knot] * exponential_partial_mean(rate, at, from, to);
}

/// Pay of the cut parts of segment i, whose points are `begin` to `end`.
void segment_cuts(const KnotTable& table, const CurveRow& row, std::size_t i, const CutPoints& points,
                  std::size_t begin, std::size_t end, double* out) {
    const double rise = row.rise[i], a = row.a[i], b = row.b[i];
    const std::size_t n = end - begin, stride = points.stride;
    if (segment_sums::cuts_smoothly(rise, a, b))
        return best_kernels<CurveKernels>().cuts(table, row, i, &points.smooth_weight[begin], stride, n, out + begin);
    if (segment_sums::is_mild(rise, a, b))
        return best_kernels<CurveKernels>().panels(row, i, &points.mild_t[begin], &points.mild_weight[begin], stride, n,
                                                   out + begin);
    if (segment_sums::is_fair(rise, a, b))
        return best_kernels<CurveKernels>().steep_panels(row, i, &points.steep_t[begin], &points.steep_weight[begin],
                                                         stride, n, out + begin);
    const bool is_below = points.side == PaySide::below;
    for (std::size_t j = begin; j < end; ++j) {
        const double z = points.scores.z[j];
        out[j] = careful_mean(table, row, i, is_below ? table.z[i] : z, is_below ? z : table.z[i + 1]);
    }
}

}  // namespace

void partial_means(const KnotTable& table, const CurveRow& row, const RowSums& sums, const CutPoints& points,
                   double* out) {
    const std::size_t n = table.n_segments;
    const KnotArray below = pay_below_knots(table, sums);
    for_pieces(points.scores.start, [&](std::size_t piece, std::size_t begin, std::size_t end) {
        if (piece > 0 && piece <= n) {
            segment_cuts(table, row, piece - 1, points, begin, end, out);
            for (std::size_t j = begin; j < end && points.scores.z[j] == table.z[piece - 1]; ++j)
                out[j] = points.side == PaySide::below ? 0.0 : sums.mean[piece - 1];  // nothing, or all of it
        } else
            for (std::size_t j = begin; j < end; ++j)
                out[j] = tail_cut(table, row, piece, points.side, points.scores.z[j]);
        for (std::size_t j = begin; j < end; ++j)
            if (points.side == PaySide::above)
                out[j] = pay_above(table, sums, piece, out[j]);
            else if (piece > 0)
                out[j] = below[piece - 1] + out[j];
    });
}

}  // namespace wagefit
