#pragma once

#include "wagefit/fitting/kernels/knot_row.hpp"
#include "wagefit/fitting/smooth_path_table.hpp"
#include "wagefit/numerics/elementary.hpp"

/// E[exp g(Z)] of the curve through log quantiles g at the knots: to several precisions, its gradient, its derivative
/// along a direction.
namespace wagefit::inline WAGEFIT_INSTRUCTION_SET {

/// e^x for |x| <= 0.2, within a few ulp: the Taylor polynomial of degree 10.
WAGEFIT_INLINE Lanes small_exp(Lanes x) {
    const Lanes x2 = x * x, x4 = x2 * x2;
    const Lanes low = (1.0 + x) + x2 * (1.0 / 2.0 + x * (1.0 / 6.0));
    const Lanes middle = (1.0 / 24.0 + x * (1.0 / 120.0)) + x2 * (1.0 / 720.0 + x * (1.0 / 5040.0));
    const Lanes high = (1.0 / 40320.0 + x * (1.0 / 362880.0)) + x2 * (1.0 / 3628800.0);
    return low + x4 * (middle + x4 * high);
}

/// The same to 1e-6: degree 6.
WAGEFIT_INLINE Lanes rough_exp(Lanes x) {
    const Lanes x2 = x * x;
    return (1.0 + x) +
           x2 * ((1.0 / 2.0 + x * (1.0 / 6.0)) + x2 * ((1.0 / 24.0 + x * (1.0 / 120.0)) + x2 * (1.0 / 720.0)));
}

/// log(ratio) to rounding error where the ratio is within a hundredth of 1, to 1e-10 within a fifth.
WAGEFIT_INLINE double log_near_one(double ratio) {
    const double s = (ratio - 1.0) / (ratio + 1.0), s2 = s * s;
    return s * (2.0 + s2 * (2.0 / 3.0 + s2 * (2.0 / 5.0 + s2 * (2.0 / 7.0))));
}

/// The curve through `g`: chords, slopes at the knots, and of each segment the rise and the end slopes over the chord.
struct Shape {
    Row chord, slope, rise, a, b, middle;  ///< middle: exp of g halfway between the ends' values
};

WAGEFIT_INLINE void set_shape(const KnotTable& table, const Row& g, Shape& shape) {
    const std::size_t n = table.n_segments;
    shape.chord[whole_blocks(n)] = 1.0;
    for_lanes(n, [&](std::size_t i) {
        const Lanes low = load(g, i), high = loaded<Lanes>(&g.at[i + 1]), rise = high - low;
        store(&shape.rise[i], rise);
        store(&shape.chord[i], rise * loaded<Lanes>(&table.inverse_step[i]));
        store(&shape.middle[i], elementary::exp(0.5 * (low + high)));
    });
    for_lanes(n, [&](std::size_t i) {
        const auto h0 = loaded<Lanes>(&table.step[i]), h1 = loaded<Lanes>(&table.step[i + 1]);
        const auto d0 = load(shape.chord, i), d1 = loaded<Lanes>(&shape.chord.at[i + 1]);
        store(&shape.slope[i + 1], (h0 + h1) * (d0 * d1) / (h1 * d1 + h0 * d0));
    });
    shape.slope[0] = (g[table.lower_far] - g[0]) / (table.z[table.lower_far] - table.z[0]);
    shape.slope[n] = (g[n] - g[table.upper_far]) / (table.z[n] - table.z[table.upper_far]) * table.upper_tail_ratio;
    for_lanes(n, [&](std::size_t i) {
        const Lanes inverse = 1.0 / load(shape.chord, i);
        store(&shape.a[i], load(shape.slope, i) * inverse);
        store(&shape.b[i], loaded<Lanes>(&shape.slope.at[i + 1]) * inverse);
    });
}

/// How the shape changes with lambda in g + lambda u.
struct Change {
    Row slope, rise, a, b;
};

WAGEFIT_INLINE void set_change(const KnotTable& table, const Shape& shape, const Row& u, Change& change) {
    const std::size_t n = table.n_segments;
    Row chord;
    chord[whole_blocks(n)] = 0.0;
    for_lanes(n, [&](std::size_t i) {
        const Lanes rise = loaded<Lanes>(&u.at[i + 1]) - load(u, i);
        store(&change.rise[i], rise);
        store(&chord[i], rise * loaded<Lanes>(&table.inverse_step[i]));
    });
    for_lanes(n, [&](std::size_t i) {
        const auto h0 = loaded<Lanes>(&table.step[i]), h1 = loaded<Lanes>(&table.step[i + 1]);
        const auto d0 = load(shape.chord, i), d1 = loaded<Lanes>(&shape.chord.at[i + 1]);
        const auto c0 = load(chord, i), c1 = loaded<Lanes>(&chord.at[i + 1]);
        const Lanes inverse = 1.0 / (h1 * d1 + h0 * d0), x0 = d0 * inverse, x1 = d1 * inverse;
        store(&change.slope[i + 1], (h0 + h1) * (h1 * (x1 * x1) * c0 + h0 * (x0 * x0) * c1));
    });
    change.slope[0] = (u[table.lower_far] - u[0]) / (table.z[table.lower_far] - table.z[0]);
    change.slope[n] = (u[n] - u[table.upper_far]) / (table.z[n] - table.z[table.upper_far]) * table.upper_tail_ratio;
    for_lanes(n, [&](std::size_t i) {
        const Lanes inverse = 1.0 / load(shape.chord, i), moved = load(chord, i);
        store(&change.a[i], (load(change.slope, i) - load(shape.a, i) * moved) * inverse);
        store(&change.b[i], (loaded<Lanes>(&change.slope.at[i + 1]) - load(shape.b, i) * moved) * inverse);
    });
}

/// E[exp g] over the log-linear tails, for c = slope - z: mass = x phi(z) R(|c|), and E[(Z - z) exp g] = c mass +- x
/// phi.
struct Tails {
    double lower, upper, lower_moved, upper_moved;
};

WAGEFIT_INLINE Tails tails(const KnotTable& table, const Row& g, const Shape& shape) {
    const std::size_t n = table.n_segments;
    const double c0 = shape.slope[0] - table.z[0], c1 = table.z[n] - shape.slope[n];
    alignas(64) std::array<double, block> ratio{c0, c1}, pay{g[0], g[n]};
    for (std::size_t j = 0; j < 2; j += lane_count) {
        store(&ratio[j], elementary::mills_ratio(loaded<Lanes>(&ratio[j])));
        store(&pay[j], elementary::exp(loaded<Lanes>(&pay[j])));
    }
    const double x0 = pay[0] * table.first_density, x1 = pay[1] * table.last_density;
    const double lower = x0 * ratio[0], upper = x1 * ratio[1];
    return {lower, upper, c0 * lower - x0, x1 - c1 * upper};
}

/// Sums over a segment's nodes, with p = weight exp(rise v), v the shape's height over the middle and r = 1 / its
/// denominator.
struct NodeSums {
    Row pay, moment;           ///< of p, p t
    Row height, spread, tilt;  ///< of p v, p t s r, p t s r v
};

/// E[exp g] of the curve through `g`.
struct LogCurve {
    Shape shape;
    NodeSums sums;
    Tails tail;
    double total;
};

WAGEFIT_INLINE void add_up(std::size_t n, LogCurve& curve) {
    PartialSums sum;
    for_lanes(n, [&](std::size_t i) { sum.add(i, load(curve.shape.middle, i) * load(curve.sums.pay, i)); });
    curve.total = (sum.total() + curve.tail.lower) + curve.tail.upper;
}

/// Sums of pay and its first moment only.
WAGEFIT_INLINE void sum_few(const SegmentNodes<3>& nodes, std::size_t n, const Shape& shape, NodeSums& sums) {
    for_lanes(n, [&](std::size_t i) {
        const Lanes rise = load(shape.rise, i), a = load(shape.a, i), b = load(shape.b, i);
        const Lanes both = a + b, apart = 0.5 * (a - b);
        Lanes s = every<Lanes>(0.0), st = s;
        for (std::size_t j = 0; j < 3; ++j) {
            const Lanes v = (nodes.tilt[j] + nodes.ts[j] * apart) / (nodes.squares[j] + nodes.ts[j] * both);
            const Lanes pay = loaded<Lanes>(&nodes.weight[j][i]) * rough_exp(rise * v);
            s += pay;
            st += nodes.t[j] * pay;
        }
        store(&sums.pay[i], s);
        store(&sums.moment[i], st);
    });
}

template <std::size_t n_nodes>
WAGEFIT_INLINE void sum_all(const SegmentNodes<n_nodes>& nodes, std::size_t n, const Shape& shape, NodeSums& sums) {
    for_lanes(n, [&](std::size_t i) {
        const Lanes rise = load(shape.rise, i), a = load(shape.a, i), b = load(shape.b, i);
        const Lanes both = a + b, apart = 0.5 * (a - b);
        Lanes s = every<Lanes>(0.0), st = s, sv = s, q = s, qv = s;
        for (std::size_t j = 0; j < n_nodes; ++j) {
            const Lanes r = 1.0 / (nodes.squares[j] + nodes.ts[j] * both);
            const Lanes v = (nodes.tilt[j] + nodes.ts[j] * apart) * r;
            const Lanes pay = loaded<Lanes>(&nodes.weight[j][i]) * small_exp(rise * v);
            const Lanes spread = pay * (nodes.ts[j] * r);
            s += pay;
            st += nodes.t[j] * pay;
            sv += pay * v;
            q += spread;
            qv += spread * v;
        }
        store(&sums.pay[i], s);
        store(&sums.moment[i], st);
        store(&sums.height[i], sv);
        store(&sums.spread[i], q);
        store(&sums.tilt[i], qv);
    });
}

/// The sums of segment `i`, but for the moment, by the nodes of a finer panel.
template <std::size_t n_nodes>
WAGEFIT_INLINE void sum_finely(const SegmentPanels<n_nodes>& panels, std::size_t i, const Shape& shape,
                               NodeSums& sums) {
    const auto rise = every<Lanes>(shape.rise[i]);
    const auto both = every<Lanes>(shape.a[i] + shape.b[i]), apart = every<Lanes>(0.5 * (shape.a[i] - shape.b[i]));
    PartialSums s, sv, q, qv;
    for_lanes(n_nodes, [&](std::size_t j) {
        const auto ts = loaded<Lanes>(&panels.ts[i][j]);
        const Lanes r = 1.0 / (loaded<Lanes>(&panels.squares[i][j]) + ts * both);
        const Lanes v = (loaded<Lanes>(&panels.tilt[i][j]) + ts * apart) * r;
        const Lanes pay = loaded<Lanes>(&panels.weight[i][j]) * elementary::exp(rise * v);
        const Lanes spread = pay * (ts * r);
        s.add(j, pay);
        sv.add(j, pay * v);
        q.add(j, spread);
        qv.add(j, spread * v);
    });
    sums.pay[i] = s.total();
    sums.height[i] = sv.total();
    sums.spread[i] = q.total();
    sums.tilt[i] = qv.total();
}

/// Sums again what the common nodes do not reach; false where a segment is too steep for fixed panels.
WAGEFIT_INLINE bool sum_rest(const SmoothPathTable& path, const Shape& shape, NodeSums& sums) {
    Row roughness;  // above 0 where a segment is not gentle
    for_lanes(path.knots.n_segments, [&](std::size_t i) {
        const Lanes excess = (load(shape.a, i) + load(shape.b, i)) - 2.0, rise = load(shape.rise, i) - 0.4;
        const Lanes bend = (excess > 0.0 ? excess : -excess) - 0.35;
        store(&roughness[i], bend > rise ? bend : rise);
    });
    for (std::size_t i = 0; i < path.knots.n_segments; ++i) {
        if (roughness[i] <= 0.0) continue;
        const double rise = shape.rise[i], a = shape.a[i], b = shape.b[i];
        if (!segment_sums::is_fair(rise, a, b)) return false;
        if (segment_sums::is_mild(rise, a, b))
            sum_finely(path.panels, i, shape, sums);
        else
            sum_finely(path.halves, i, shape, sums);
    }
    return true;
}

/// E[exp g] to about 1e-4.
WAGEFIT_INLINE void integrate_few(const SmoothPathTable& path, const Row& g, LogCurve& curve) {
    set_shape(path.knots, g, curve.shape);
    curve.tail = tails(path.knots, g, curve.shape);
    sum_few(path.few, path.knots.n_segments, curve.shape, curve.sums);
    add_up(path.knots.n_segments, curve);
}

/// To about 1e-8.
WAGEFIT_INLINE void integrate_some(const SmoothPathTable& path, const Row& g, LogCurve& curve) {
    set_shape(path.knots, g, curve.shape);
    curve.tail = tails(path.knots, g, curve.shape);
    sum_all(path.some, path.knots.n_segments, curve.shape, curve.sums);
    sum_finely(path.panels, path.knots.n_segments - 1, curve.shape, curve.sums);  // it bends most
    add_up(path.knots.n_segments, curve);
}

/// To rounding error; false where that takes more than fixed panels.
WAGEFIT_INLINE bool integrate_all(const SmoothPathTable& path, const Row& g, LogCurve& curve) {
    set_shape(path.knots, g, curve.shape);
    curve.tail = tails(path.knots, g, curve.shape);
    sum_all(path.many, path.knots.n_segments, curve.shape, curve.sums);
    if (!sum_rest(path, curve.shape, curve.sums)) return false;
    add_up(path.knots.n_segments, curve);
    return curve.shape.slope[path.knots.n_segments] < path.knots.z[path.knots.n_segments];
}

/// Gradient of log E[exp g] in the knots, the curve taken as linear between them.
WAGEFIT_INLINE void set_gradient(const KnotTable& table, LogCurve& curve, Row& gradient) {
    const std::size_t n = table.n_segments;
    const double inverse = 1.0 / curve.total;
    Row right;  // what each segment gives to its right knot, then to its left one
    for_lanes(n, [&](std::size_t i) {
        const Lanes scale = load(curve.shape.middle, i) * inverse, moment = scale * load(curve.sums.moment, i);
        store(&right[i], moment);
        store(&gradient[i], scale * load(curve.sums.pay, i) - moment);
    });
    gradient[n] = 0.0;
    for (std::size_t i = 0; i < n; ++i) gradient[i + 1] += right[i];
    const Tails& tail = curve.tail;
    const double low = tail.lower_moved / (table.z[table.lower_far] - table.z[0]) * inverse;
    const double high = tail.upper_moved * table.upper_tail_ratio / (table.z[n] - table.z[table.upper_far]) * inverse;
    gradient[0] += tail.lower * inverse - low;
    gradient[table.lower_far] += low;
    gradient[n] += tail.upper * inverse + high;
    gradient[table.upper_far] -= high;
}

/// Derivative of log E[exp(g + lambda u)] in lambda.
WAGEFIT_INLINE double slope_along(const KnotTable& table, const LogCurve& curve, const Row& u) {
    const std::size_t n = table.n_segments;
    const Shape& shape = curve.shape;
    const NodeSums& sums = curve.sums;
    Change change;
    set_change(table, shape, u, change);
    PartialSums moved;
    for_lanes(n, [&](std::size_t i) {
        const Lanes da = load(change.a, i), db = load(change.b, i);
        const Lanes shift = 0.5 * (load(u, i) + loaded<Lanes>(&u.at[i + 1]));
        const Lanes bend = 0.5 * (da - db) * load(sums.spread, i) - (da + db) * load(sums.tilt, i);
        moved.add(i,
                  load(shape.middle, i) * ((shift * load(sums.pay, i) + load(change.rise, i) * load(sums.height, i)) +
                                           load(shape.rise, i) * bend));
    });
    const double lower = curve.tail.lower * u[0] + curve.tail.lower_moved * change.slope[0];
    const double upper = curve.tail.upper * u[n] + curve.tail.upper_moved * change.slope[n];
    return ((moved.total() + lower) + upper) / curve.total;
}

}  // namespace wagefit::inline WAGEFIT_INSTRUCTION_SET
