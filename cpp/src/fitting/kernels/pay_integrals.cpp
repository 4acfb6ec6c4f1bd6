// Compiled once for each instruction set; see cpp/cmake/Kernels.cmake.
#include "fitting/kernels/pay_integrals.hpp"

#include <limits>

#include "distributions/rational_shape.hpp"
#include "distributions/segment_sums.hpp"
#include "simd/elementary.hpp"

namespace wagefit {
namespace {

/// Slopes of the curve at the knots: harmonic means of neighboring chords, and chords at the ends.
WAGEFIT_INLINE void set_slopes(const KnotTable& table, const KnotArray& g, const KnotArray& chord, KnotArray& slope) {
    const std::size_t n = table.n_segments;
    for (std::size_t i = 1; i < n; i += lane_count) {
        const auto h0 = loaded<Lanes>(&table.step[i - 1]), h1 = loaded<Lanes>(&table.step[i]);
        const auto d0 = loaded<Lanes>(&chord[i - 1]), d1 = loaded<Lanes>(&chord[i]);
        store(&slope[i], rational_shape::knot_slope(h0, d0, h1, d1));
    }
    slope[0] = (g[table.lower_far] - g[0]) / (table.z[table.lower_far] - table.z[0]);
    slope[n] = (g[n] - g[table.upper_far]) / (table.z[n] - table.z[table.upper_far]) * table.upper_tail_ratio;
}

struct Shape {
    KnotArray chord, slope;
};

WAGEFIT_INLINE void shape_of(const KnotTable& table, const KnotArray& g, Shape& shape) {
    for (std::size_t i = 0; i < table.n_segments; i += lane_count)
        store(&shape.chord[i],
              (loaded<Lanes>(&g[i + 1]) - loaded<Lanes>(&g[i])) * loaded<Lanes>(&table.inverse_step[i]));
    set_slopes(table, g, shape.chord, shape.slope);
}

/// Moments 0 and 1 in t of exp(g) phi over each segment.
template <std::size_t n_nodes>
WAGEFIT_INLINE void integrate_segments(const KnotTable& table, const std::array<KnotArray, n_nodes>& weights,
                                       const std::array<double, n_nodes>& nodes, const KnotArray& g, const Shape& shape,
                                       KnotArray& m0, KnotArray& m1) {
    for (std::size_t i = 0; i < table.n_segments; i += lane_count) {
        const auto chord = loaded<Lanes>(&shape.chord[i]), from = loaded<Lanes>(&g[i]);
        const Lanes rise = loaded<Lanes>(&g[i + 1]) - from;
        const Lanes a = loaded<Lanes>(&shape.slope[i]) / chord, both = a + loaded<Lanes>(&shape.slope[i + 1]) / chord;
        Lanes s0 = every<Lanes>(0.0), s1 = s0;
        for (std::size_t j = 0; j < n_nodes; ++j) {
            const double t = nodes[j], s = 1.0 - t, ts = t * s;
            const Lanes w = (t * t + ts * a) / ((t * t + s * s) + ts * both);
            const Lanes pay = loaded<Lanes>(&weights[j][i]) * elementary::exp(from + rise * w);
            s0 += pay;
            s1 += t * pay;
        }
        store(&m0[i], s0);
        store(&m1[i], s1);
    }
}

/// E[exp(g(Z)); z in segment i] by the nodes of steep segments, lanes being nodes.
WAGEFIT_INLINE double integrate_steep(const KnotTable& table, std::size_t i, double from, double rise, double a,
                                      double b) {
    std::array<double, KnotTable::steep_nodes> pay;
    const double both = a + b;
    for (std::size_t j = 0; j < pay.size(); j += lane_count) {
        const auto t = loaded<Lanes>(&table.steep_t[i][j]);
        const Lanes s = 1.0 - t, ts = t * s;
        const Lanes w = (t * t + ts * a) / ((t * t + s * s) + ts * both);
        store(&pay[j], loaded<Lanes>(&table.steep[i][j]) * elementary::exp(from + rise * w));
    }
    double total = 0.0;
    for (const double part : pay) total += part;
    return total;
}

/// Integrates segment `i` again where the common nodes do not reach.
WAGEFIT_INLINE void integrate_rough(const KnotTable& table, const KnotArray& g, const Shape& shape, std::size_t i,
                                    double& m0) {
    const double rise = g[i + 1] - g[i], slope0 = shape.slope[i], slope1 = shape.slope[i + 1];
    const double a = slope0 / shape.chord[i], b = slope1 / shape.chord[i];
    if (segment_sums::is_mild(rise, a, b)) return;
    m0 = segment_sums::is_fair(rise, a, b) ? integrate_steep(table, i, g[i], rise, a, b)
                                           : elementary::exp(g[i]) * careful_segment(table, i, rise, slope0, slope1);
}

/// E[exp(g0 + c (Z - z0)); Z < z0] for c > z0, and the way it tilts with its chord: see log_mean_gradient.
WAGEFIT_INLINE double add_lower_tail(const KnotTable& table, const KnotArray& g, double slope, KnotArray& gradient) {
    const double z = table.z[0], x = elementary::exp(g[0]), density = table.first_density;
    const double mass = x * density * elementary::mills_ratio(slope - z);
    const double tilt = ((slope - z) * mass - x * density) / (table.z[table.lower_far] - z);
    gradient[0] += mass - tilt;
    gradient[table.lower_far] += tilt;
    return mass;
}

WAGEFIT_INLINE double add_upper_tail(const KnotTable& table, const KnotArray& g, double slope, KnotArray& gradient) {
    const std::size_t n = table.n_segments;
    const double z = table.z[n], x = elementary::exp(g[n]), density = table.last_density;
    if (!(slope < z)) return std::numeric_limits<double>::quiet_NaN();
    const double mass = x * density * elementary::mills_ratio(z - slope);
    const double moved = (slope - z) * mass + x * density;
    const double tilt = moved * table.upper_tail_ratio / (z - table.z[table.upper_far]);
    gradient[n] += mass + tilt;
    gradient[table.upper_far] -= tilt;
    return mass;
}

template <std::size_t n_nodes>
WAGEFIT_INLINE void integrate(const KnotTable& table, const std::array<KnotArray, n_nodes>& weights,
                              const std::array<double, n_nodes>& nodes, const KnotArray& g, PayIntegrals& out) {
    Shape shape;
    KnotArray m0{}, m1{};
    const std::size_t n = table.n_segments;
    shape_of(table, g, shape);
    integrate_segments(table, weights, nodes, g, shape, m0, m1);
    for (std::size_t i = 0; i < n && n_nodes == KnotTable::fine_nodes; ++i) integrate_rough(table, g, shape, i, m0[i]);
    out.gradient[0] = m0[0] - m1[0];
    double total = m0[0];
    for (std::size_t i = 1; i < n; ++i) {
        out.gradient[i] = (m0[i] - m1[i]) + m1[i - 1];
        total += m0[i];
    }
    out.gradient[n] = m1[n - 1];
    total += add_lower_tail(table, g, shape.slope[0], out.gradient);
    total += add_upper_tail(table, g, shape.slope[n], out.gradient);
    for (std::size_t i = 0; i <= n; ++i) out.gradient[i] /= total;
    out.total = total;
}

void coarse(const KnotTable& table, const KnotArray& g, PayIntegrals& out) {
    integrate(table, table.coarse, table.coarse_t, g, out);
}

void fine(const KnotTable& table, const KnotArray& g, PayIntegrals& out) {
    integrate(table, table.fine, table.fine_t, g, out);
}

constexpr PayKernels pay_kernels{&coarse, &fine};

}  // namespace

const PayKernels PayKernels::WAGEFIT_INSTRUCTION_SET = pay_kernels;

}  // namespace wagefit
