#include "wagefit/distributions/curve_row.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <limits>
#include <numeric>

#include "wagefit/distributions/kernels/curve_row.hpp"
#include "wagefit/numerics/instruction_set.hpp"
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

double tail_score(const KnotTable& table, const CurveRow& row, double x) {
    const std::size_t n = table.n_segments;
    if (x < row.wage[0])
        return x > 0.0 ? table.z[0] + std::log(x / row.wage[0]) / lower_rate(row) : -std::numeric_limits<double>::infinity();
    if (x == row.wage[n]) return table.z[n];
    return std::isinf(x) ? x : table.z[n] + std::log(x / row.wage[n]) / row.upper_slope;
}

double tail_density(const KnotTable& table, const CurveRow& row, double x) {
    const double z = tail_score(table, row, x);
    if (std::isinf(z)) return 0.0;
    const double slope = x < row.wage[0] ? lower_rate(row) * x / x : row.upper_slope;
    return std::exp(normal::log_pdf(z) - std::log(x * slope));
}

double tail_measure(PointMeasure what, const KnotTable& table, const CurveRow& row, double x) {
    switch (what) {
        case PointMeasure::cdf: return normal::cdf(tail_score(table, row, x));
        case PointMeasure::sf: return normal::sf(tail_score(table, row, x));
        default: return tail_density(table, row, x);
    }
}

auto measure_kernel(PointMeasure what) {
    const CurveKernels& kernels = curve_kernels();
    switch (what) {
        case PointMeasure::cdf: return kernels.cdf;
        case PointMeasure::sf: return kernels.sf;
        default: return kernels.density;
    }
}

}  // namespace

const CurveKernels& curve_kernels() {
#ifdef WAGEFIT_X86_KERNELS
    if (instruction_set() == InstructionSet::avx512) return curve_kernels_avx512;
    if (instruction_set() == InstructionSet::avx2) return curve_kernels_avx2;
#endif
    return curve_kernels_baseline;
}

ScorePoints sort_scores(const KnotTable& table, std::span<const double> z) {
    ScorePoints points;
    points.order = ascending_order(z);
    points.z = sorted(z, points.order);
    points.t.assign(points.z.size() + spare, 0.5);
    points.s = points.t;
    const std::size_t n = table.n_segments;
    points.start.push_back(0);
    for (std::size_t i = 0; i <= n; ++i)
        points.start.push_back(static_cast<std::size_t>(std::lower_bound(points.z.begin(), points.z.end(), table.z[i]) - points.z.begin()));
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
    curve_kernels().shape(table, row);
    return row;
}

void values(const KnotTable& table, const CurveRow& row, const ScorePoints& points, double* out) {
    const std::size_t n = table.n_segments;
    const auto kernel = curve_kernels().values;
    for_pieces(points.start, [&](std::size_t piece, std::size_t begin, std::size_t end) {
        if (piece > 0 && piece <= n) return kernel(row, piece - 1, &points.t[begin], &points.s[begin], end - begin, out + begin);
        const std::size_t knot = piece == 0 ? 0 : n;
        const double rate = piece == 0 ? lower_rate(row) : row.upper_slope;
        for (std::size_t j = begin; j < end; ++j) out[j] = row.wage[knot] * std::exp(rate * (points.z[j] - table.z[knot]));
    });
}

void measure(PointMeasure what, const KnotTable& table, const CurveRow& row, const WagePoints& points, double* out) {
    const std::size_t n = table.n_segments;
    std::array<std::size_t, most_knots + 2> start;
    start[0] = 0;
    for (std::size_t i = 0, j = 0; i <= n; ++i) {
        while (j < points.n && points.x[j] < row.wage[i]) ++j;
        start[i + 1] = j;
    }
    start[n + 2] = points.n;
    const auto kernel = measure_kernel(what);
    for_pieces({start.data(), n + 3}, [&](std::size_t piece, std::size_t begin, std::size_t end) {
        if (piece > 0 && piece <= n) return kernel(table, row, piece - 1, &points.x[begin], end - begin, out + begin);
        for (std::size_t j = begin; j < end; ++j) out[j] = tail_measure(what, table, row, points.x[j]);
    });
}

}  // namespace wagefit
