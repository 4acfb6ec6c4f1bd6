#pragma once

#include "distributions/kernels/knot_lanes.hpp"
#include "distributions/kernels/picked_segments.hpp"
#include "fitting/mean_gradient.hpp"
#include "fitting/smooth_path_table.hpp"
#include "simd/elementary.hpp"
#include "simd/short_exp.hpp"

/// E[exp g(Z)] of the curves through log quantiles g at the knots, to several precisions; see mean_gradient.hpp.
namespace wagefit::inline WAGEFIT_INSTRUCTION_SET {

inline constexpr double fair_terms[]{1.0, 1.0, 1.0 / 2.0, 1.0 / 6.0, 1.0 / 24.0, 1.0 / 120.0, 1.0 / 720.0};

/// For |x| <= 0.2 to 3e-9, for |x| <= 0.75 to 3e-5: Taylor's polynomial.
WAGEFIT_INLINE Lanes fair_exp(Lanes x) { return short_exp::polynomial(fair_terms, x); }

using mean_gradient::Tails;
using LogCurve = mean_gradient::LogCurve<KnotLanes>;
using Shape = mean_gradient::Shape<KnotLanes>;
using Sums = mean_gradient::Sums<Lanes>;

/// Slope of the chord that leads to the lower tail, of values `g` at the knots.
WAGEFIT_INLINE Lanes lower_slope(const KnotTable& table, const KnotLanes& g) {
    return (g[1] - g[0]) * table.inverse_step[0];
}
WAGEFIT_INLINE Lanes upper_slope(const KnotTable& table, const KnotLanes& g) {
    const std::size_t n = table.n_segments;
    return (g[n] - g[n - 1]) * (table.inverse_step[n - 1] * table.upper_tail_ratio);
}

/// From the lowest knot up, by products: 1 in 1e15 each.
WAGEFIT_INLINE void set_pay(std::size_t n, const KnotLanes& g, Shape& shape) {
    Lanes pay = elementary::exp(g[0]);
    shape.lower_pay = pay;
    for (std::size_t i = 0; i < n; ++i) {
        const Lanes half = short_exp::wide(0.5 * shape.rise[i]), middle = pay * half;
        shape.middle.set(i, middle);
        pay = middle * half;
    }
    shape.upper_pay = pay;
}

WAGEFIT_INLINE void set_shape(const KnotTable& table, const KnotLanes& g, Shape& shape) {
    const std::size_t n = table.n_segments;
    for (std::size_t i = 0; i < n; ++i) shape.rise.set(i, g[i + 1] - g[i]);
    set_pay(n, g, shape);
    shape.lower_slope = lower_slope(table, g);
    shape.upper_slope = upper_slope(table, g);
    Lanes d0 = shape.rise[0] * table.inverse_step[0];
    shape.a.set(0, shape.lower_slope / d0);
    for (std::size_t i = 1; i < n; ++i) {
        const double h0 = table.step[i - 1], h1 = table.step[i];
        const Lanes d1 = shape.rise[i] * table.inverse_step[i], inverse = (h0 + h1) / fused(h1, d1, h0 * d0);
        shape.b.set(i - 1, d1 * inverse);
        shape.a.set(i, d0 * inverse);
        d0 = d1;
    }
    shape.b.set(n - 1, shape.upper_slope / d0);
}

/// E[exp g] over the log-linear tails, for c = slope - z: mass = x phi(z) R(|c|), and E[(Z - z) exp g] = c mass +- x
/// phi.
WAGEFIT_INLINE Tails<Lanes> tails(const KnotTable& table, const Shape& shape) {
    const std::size_t n = table.n_segments;
    const Lanes c0 = shape.lower_slope - table.z[0], c1 = table.z[n] - shape.upper_slope;
    const Lanes x0 = shape.lower_pay * table.first_density, x1 = shape.upper_pay * table.last_density;
    const Lanes lower = x0 * elementary::mills_ratio(c0), upper = x1 * elementary::mills_ratio(c1);
    return {lower, upper, fused(c0, lower, -x0), fused(-c1, upper, x1)};
}

/// The sums of a segment whose weights are `weight(row)` of a row of the nodes. The two nodes of a pair share r and t
/// s: v = t s r (a - b) / 2 +- (t - 1/2) r.
template <std::size_t n_nodes, class Weight, class Exp>
WAGEFIT_INLINE Sums sums_by(const SegmentNodes<n_nodes>& nodes, const segment_sums::Shape& of, Weight&& weight,
                            Exp&& exp) {
    const auto& [rise, both, apart] = of;
    Sums sums{};
    if constexpr (n_nodes % 2 != 0) {
        const Lanes inverse = 1.0 / (2.0 + both), center = inverse * apart;
        const Lanes pay = weight(nodes.middle) * exp(rise * center);
        sums = {pay, pay * center, pay * inverse, (pay * inverse) * center};
    }
    for (std::size_t j = 0; j < n_nodes / 2; ++j) {
        const Lanes r = 1.0 / fused(nodes.ts[j], both, nodes.squares[j]), e = nodes.ts[j] * r, f = nodes.tilt[j] * r;
        const Lanes v = e * apart;
        const Lanes right = weight(nodes.right[j]) * exp(rise * (v + f));
        const Lanes left = weight(nodes.left[j]) * exp(rise * (v - f));
        const Lanes pay = right + left, more = right - left, height = fused(v, pay, f * more);
        sums.pay += pay;
        sums.height += height;
        sums.spread = fused(e, pay, sums.spread);
        sums.tilt = fused(e, height, sums.tilt);
    }
    return sums;
}

/// The sums of segment `i`.
template <std::size_t n_nodes, class Exp>
WAGEFIT_INLINE Sums sums_of(const SegmentNodes<n_nodes>& nodes, std::size_t i, const Shape& shape, Exp&& exp) {
    const auto of = segment_sums::shape(shape.rise[i], shape.a[i], shape.b[i]);
    return sums_by(nodes, of, [i](const KnotArray& row) { return row[i]; }, exp);
}

/// Whether a segment is so long, as those of the tails are, that it takes more nodes in most cells.
WAGEFIT_INLINE bool is_long(const KnotTable& table, std::size_t i) { return table.step[i] > 0.6; }

/// Sums over the segments of the curves through `g` by `sum(curve)`, and what these add up to.
template <class SumSegments>
WAGEFIT_INLINE void integrate(const KnotTable& table, const KnotLanes& g, LogCurve& curve, SumSegments&& sum) {
    set_shape(table, g, curve.shape);
    curve.tail = tails(table, curve.shape);
    sum(curve);
    Lanes total = curve.tail.lower;
    for (std::size_t i = 0; i < table.n_segments; ++i) total = fused(curve.shape.middle[i], curve.pay[i], total);
    curve.total = total + curve.tail.upper;
}

/// To about 1e-7.
WAGEFIT_INLINE void integrate_some(const SmoothPathTable& path, const KnotLanes& g, LogCurve& curve) {
    integrate(path.knots, g, curve, [&](LogCurve& out) {
        for (std::size_t i = 0; i < path.knots.n_segments; ++i)
            out.set(i, is_long(path.knots, i) ? sums_of(path.some_long, i, out.shape, &short_exp::small)
                                              : sums_of(path.some, i, out.shape, &fair_exp));
    });
}

/// Sums the picked segments again by `nodes`.
template <std::size_t n_nodes, class Exp>
WAGEFIT_INLINE void sum_again(const SegmentNodes<n_nodes>& nodes, const PickedSegments& picked, LogCurve& curve,
                              Exp&& exp) {
    for (std::size_t first = 0; first < picked.size(); first += lane_count) {
        const auto at = [&](const KnotLanes& values) {
            return picked.gather(first, [&](std::size_t i, std::size_t lane) { return values.at[i][lane]; });
        };
        const auto weight = [&](const KnotArray& row) {
            return picked.gather(first, [&](std::size_t i, std::size_t) { return row[i]; });
        };
        const auto of = segment_sums::shape(at(curve.shape.rise), at(curve.shape.a), at(curve.shape.b));
        const Sums sums = sums_by(nodes, of, weight, exp);
        picked.scatter(first, sums.pay, curve.pay);
        picked.scatter(first, sums.height, curve.height);
        picked.scatter(first, sums.spread, curve.spread);
        picked.scatter(first, sums.tilt, curve.tilt);
    }
}

/// Sums again the segments of single cells that the common nodes do not reach.
inline void sum_rough(const SmoothPathTable& path, LogCurve& curve) {
    SegmentFlags mild, steep;
    for (std::size_t i = 0; i < path.knots.n_segments; ++i) {
        const Lanes rise = curve.shape.rise[i], a = curve.shape.a[i], b = curve.shape.b[i];
        const Mask is_mild = segment_sums::is_mild(rise, a, b);
        if (!is_long(path.knots, i))
            mild.set(i, lane_bits(is_mild & !segment_sums::is_gentle(path.knots.step[i], rise, a, b)));
        steep.set(i, lane_bits(!is_mild));
    }
    sum_again(path.many_long, PickedSegments(mild), curve, &short_exp::medium);
    sum_again(path.steep, PickedSegments(steep), curve, &short_exp::wide);
}

/// Whether integrate_all reaches rounding error: the nodes on every segment, see segment_sums, and the closed form on
/// the upper tail.
WAGEFIT_INLINE Mask is_fair(const KnotTable& table, const Shape& shape) {
    Mask fair = shape.upper_slope < table.z[table.n_segments];
    for (std::size_t i = 0; i < table.n_segments; ++i)
        fair = fair & segment_sums::is_fair(shape.rise[i], shape.a[i], shape.b[i]);
    return fair;
}

/// To rounding error where the curve is fair.
WAGEFIT_INLINE void integrate_all(const SmoothPathTable& path, const KnotLanes& g, LogCurve& curve) {
    integrate(path.knots, g, curve, [&](LogCurve& out) {
        for (std::size_t i = 0; i < path.knots.n_segments; ++i)
            out.set(i, is_long(path.knots, i) ? sums_of(path.many_long, i, out.shape, &short_exp::medium)
                                              : sums_of(path.many, i, out.shape, &short_exp::small));
        sum_rough(path, out);
    });
}

}  // namespace wagefit::inline WAGEFIT_INSTRUCTION_SET
