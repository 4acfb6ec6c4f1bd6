// Compiled once for each instruction set; see cpp/cmake/Kernels.cmake.
#include "wagefit/distributions/kernels/curve_row.hpp"

#include "wagefit/distributions/rational_shape.hpp"

namespace wagefit {
namespace {

double chord_slope(const KnotTable& table, const CurveRow& row, std::size_t low, std::size_t high) {
    return elementary::log_ratio(row.wage[high], row.wage[low]) / (table.z[high] - table.z[low]);
}

void shape(const KnotTable& table, CurveRow& row) {
    const std::size_t n = table.n_segments;
    KnotArray chord, slope;
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

/// Where the wages `x` lie in a segment.
WAGEFIT_INLINE Inverse inverse(const KnotTable& table, const CurveRow& row, std::size_t i, Lanes x) {
    const auto rise = every<Lanes>(row.rise[i]);
    Lanes y = elementary::log_ratio(x, every<Lanes>(row.wage[i]));
    y = y < rise ? y : rise;
    const auto at = rational_shape::inverse(y / rise, (rise - y) / rise, every<Lanes>(row.a[i]), every<Lanes>(row.b[i]));
    return {at, rational_shape::between(at, every<Lanes>(table.z[i]), every<Lanes>(table.z[i + 1]))};
}

void cdf(const KnotTable& table, const CurveRow& row, std::size_t i, const double* x, std::size_t n, double* out) {
    for (std::size_t j = 0; j < n; j += lane_count)
        store(out + j, elementary::normal_cdf(inverse(table, row, i, loaded<Lanes>(x + j)).z));
}

void sf(const KnotTable& table, const CurveRow& row, std::size_t i, const double* x, std::size_t n, double* out) {
    for (std::size_t j = 0; j < n; j += lane_count)
        store(out + j, elementary::normal_cdf(-inverse(table, row, i, loaded<Lanes>(x + j)).z));
}

void density(const KnotTable& table, const CurveRow& row, std::size_t i, const double* x, std::size_t n, double* out) {
    const auto a = every<Lanes>(row.a[i]), b = every<Lanes>(row.b[i]);
    const auto scale = every<Lanes>(table.step[i] / row.rise[i]);
    for (std::size_t j = 0; j < n; j += lane_count) {
        const auto wage = loaded<Lanes>(x + j);
        const Inverse found = inverse(table, row, i, wage);
        store(out + j, elementary::normal_pdf(found.z) * scale / (wage * rational_shape::slope(found.at, a, b)));
    }
}

}  // namespace

const CurveKernels WAGEFIT_OF_THIS_SET(curve_kernels){&shape, &values, &cdf, &sf, &density};

}  // namespace wagefit
