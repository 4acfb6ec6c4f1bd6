#pragma once

#include <array>
#include <cstddef>
#include <utility>

#include "simd/elementary.hpp"
#include "simd/short_exp.hpp"

/// Quadrature of exp(y(z)) phi(z) over a rational-quadratic segment by fixed Gauss-Legendre panels. `a` and `b` are the
/// end slopes over the mean slope, `rise` the segment's height in logs.
namespace wagefit {

/// Nodes in fractions of the segment's run and as normal scores; Gauss-Legendre weights times phi.
struct PanelNodes {
    static constexpr std::size_t size = 15;
    std::array<double, size> t, z, weight;
};

/// Three panels one after the other, the outer ones short: for steep segments.
struct SteepNodes {
    static constexpr std::size_t size = 3 * PanelNodes::size;
    static constexpr double outer = 0.15;  ///< of the length
    std::array<double, size> t, z, weight;
};

/// Fewer nodes, for a whole segment of gentle shape; see PanelNodes.
struct FewNodes {
    static constexpr std::size_t size = 7;
    std::array<double, size> t, z, weight;
};

/// The weights times Phi(z) - Phi(-z).
[[nodiscard]] std::array<double, PanelNodes::size> rank_weights(const PanelNodes& nodes);
[[nodiscard]] std::array<double, SteepNodes::size> rank_weights(const SteepNodes& nodes);
[[nodiscard]] std::array<double, FewNodes::size> rank_weights(const FewNodes& nodes);

/// Weights by which the values at the 15 nodes of a whole segment give the integral times phi over a part of it: that
/// of the polynomial through them.
using CutWeights = std::array<double, PanelNodes::size>;

/// Nodes u > 0 of quadrature beyond the end knots and Gauss-Legendre weights times Phi(-|z|) phi(z) at |z| = |knot| +
/// u.
struct TailNodes {
    static constexpr std::size_t size = 24;
    std::array<double, size> u, weight;
};

/// Beyond `distance` = |knot| of at least 2; Phi(-|z|) phi(z) leaves nothing for the part not covered.
[[nodiscard]] TailNodes tail_nodes(double distance);

/// A panel from z = `from` to `to` of the segment that starts at `z0` and is `step` long.
[[nodiscard]] PanelNodes panel_nodes(double z0, double step, double from, double to);

[[nodiscard]] SteepNodes steep_nodes(double z0, double step, double from, double to);

/// Of the whole segment from `z0` to `z1`.
[[nodiscard]] FewNodes few_nodes(double z0, double z1);

/// For the part from z = `from` to `to` of a segment; see cuts_smoothly.
[[nodiscard]] CutWeights cut_weights(double z0, double step, double from, double to);

/// Longest segment, in normal scores, over which phi itself is as good as a polynomial to the fixed panels.
inline constexpr double longest_fair_segment = 2.0;

inline namespace WAGEFIT_INSTRUCTION_SET {
namespace segment_sums {

/// What a comparison of `T` gives: bool, or a mask of lanes.
template <class T>
using Holds = decltype(std::declval<T>() < std::declval<T>());

// How far a segment's shape is from the straight line decides how near exp(y) has its singularities: the fraction t of
// the run where t (1 - t) = -1 / (a + b - 2).

/// Whether 7 nodes reach rounding error on a segment that is `step` long: phi times ranks needs more on a longer one.
template <class T>
WAGEFIT_INLINE auto is_gentle(double step, T rise, T a, T b) {
    const T excess = (a + b) - 2.0, highest = every<T>(step <= 1.0 ? 0.4 : -1.0);
    return Holds<T>((rise <= highest) & (excess >= -0.35) & (excess <= 0.35));
}

/// Whether 15 nodes do, or 15 on each of three panels.
template <class T>
WAGEFIT_INLINE auto is_mild(T rise, T a, T b) {
    const T excess = (a + b) - 2.0;
    return Holds<T>((rise <= 1.5) & (excess >= -1.4) & (excess <= 1.6));
}
template <class T>
WAGEFIT_INLINE auto is_fair(T rise, T a, T b) {
    return Holds<T>((rise <= 3.0) & ((a + b) - 2.0 <= 11.0));
}

/// Whether tail_nodes serve tails of these slopes at the end knots.
template <class T>
WAGEFIT_INLINE auto has_fair_tails(double first_z, double last_z, T lower_slope, T upper_slope) {
    const T farthest = every<T>(first_z <= -2.0 && last_z >= 2.0 ? 8.0 : -1.0);
    return Holds<T>((lower_slope <= farthest) & (upper_slope <= 1.5));
}

/// Whether the polynomial through 15 nodes is exp(y) to rounding error of the segment's integral.
template <class T>
WAGEFIT_INLINE auto cuts_smoothly(T rise, T a, T b) {
    const T excess = (a + b) - 2.0;
    return Holds<T>((rise <= 0.6) & (excess >= -0.5) & (excess <= 0.5));
}

/// What the shape needs of a node at the fraction t of the run, s = 1 - t.
template <class T>
struct Node {
    T ts, tilt, squares;  ///< t s, t - 1/2, t^2 + s^2
};

template <class T>
WAGEFIT_INLINE Node<T> node(T t) {
    const T s = 1.0 - t;
    return {t * s, 0.5 * (t - s), t * t + s * s};
}

/// A segment's height in logs and what its end slopes make of it.
struct Shape {
    Lanes rise, both, apart;  ///< a + b, (a - b) / 2
};

WAGEFIT_INLINE Shape shape(Lanes rise, Lanes a, Lanes b) { return {rise, a + b, 0.5 * (a - b)}; }

/// The node at the fraction s.
template <class T>
WAGEFIT_INLINE Node<T> mirrored(const Node<T>& at) {
    return {at.ts, -at.tilt, at.squares};
}

/// What the shape divides by at a node and at the mirrored one.
template <class T>
WAGEFIT_INLINE Lanes inverse_denominator(const Node<T>& at, const Shape& of) {
    return 1.0 / fused(at.ts, of.both, at.squares);
}

/// y less half the rise, for one who has the inverse denominator.
template <class T>
WAGEFIT_INLINE Lanes height(const Node<T>& at, const Shape& of, Lanes inverse) {
    return of.rise * (fused(at.ts, of.apart, at.tilt) * inverse);
}

// e^height on the rises of a class of segments. Objects, because functions that are passed on are not inlined.

/// For rises up to 0.4.
struct GentleExp {
    WAGEFIT_INLINE Lanes operator()(Lanes height) const { return short_exp::small(height); }
};

/// For rises up to 1.5.
struct MildExp {
    WAGEFIT_INLINE Lanes operator()(Lanes height) const { return short_exp::medium(height); }
};

/// For rises up to 3.
struct SteepExp {
    WAGEFIT_INLINE Lanes operator()(Lanes height) const { return short_exp::wide(height); }
};

/// exp(y) over its value halfway up.
template <class T, class Exp>
WAGEFIT_INLINE Lanes growth(const Node<T>& at, const Shape& of, Exp&& exp) {
    return exp(height(at, of, inverse_denominator(at, of)));
}

/// exp(y) halfway up a segment that starts at `wage`. For rises up to 3.
WAGEFIT_INLINE Lanes middle_wage(Lanes wage, Lanes rise) { return wage * short_exp::wide(0.5 * rise); }

}  // namespace segment_sums
}  // namespace WAGEFIT_INSTRUCTION_SET
}  // namespace wagefit
