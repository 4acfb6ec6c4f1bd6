#pragma once

#include <cstddef>

#include "fitting/segment_path.hpp"
#include "simd/simd.hpp"

/// The derivatives of E[exp g(Z)] in the log wages g at the knots, for one cell or for lanes of them; see
/// slope_equations.hpp for `Values`.
namespace wagefit::inline WAGEFIT_INSTRUCTION_SET::mean_gradient {

/// Of each segment the rise, the end slopes over the chord and exp of g halfway between the ends' values; slopes and
/// exp of g at the end knots.
template <class Values>
struct Shape {
    Values rise, a, b, middle;
    typename Values::Number lower_slope, upper_slope, lower_pay, upper_pay;
};

/// Sums over the nodes of a segment, at the fractions t of its run and s = 1 - t: p = weight exp(rise v), v is the
/// shape's height over the middle, and r is 1 over its denominator, t^2 + s^2 + (a + b) t s.
template <class T>
struct Sums {
    T pay;                   ///< of p
    T height, spread, tilt;  ///< of p v, p t s r, p t s r v
};

/// E[exp g] over the tails, and E[(Z - z) exp g] there, z being the end knot.
template <class T>
struct Tails {
    T lower, upper, lower_moved, upper_moved;
};

/// E[exp g] of the curves through g.
template <class Values>
struct LogCurve {
    using T = typename Values::Number;

    Shape<Values> shape;
    Values pay, height, spread, tilt;  ///< [segment]; see Sums
    Tails<T> tail;
    T total;

    WAGEFIT_INLINE void set(std::size_t i, const Sums<T>& sums) {
        pay.set(i, sums.pay);
        height.set(i, sums.height);
        spread.set(i, sums.spread);
        tilt.set(i, sums.tilt);
    }
};

/// Derivatives of E[exp g] in each segment's chord, the ends' values fixed, and in the slopes at the end knots.
template <class Values>
struct ShapeGradient {
    Values by_chord;
    typename Values::Number by_lower_slope, by_upper_slope;
};

/// With s the derivative in the slope at an inner knot: slope = (h0 + h1) d0 d1 / (h1 d1 + h0 d0) moves by
/// (h1 b^2 dd0 + h0 a^2 dd1) / (h0 + h1), a and b being the slope over the chords d1 and d0. Where a slope
/// is that of one chord, as beside ties, that chord has all the weight.
template <class Values>
WAGEFIT_INLINE void set_shape_gradient(const SegmentPath& path, const LogCurve<Values>& curve,
                                       ShapeGradient<Values>& gradient) {
    using T = typename Values::Number;
    const Shape<Values>& shape = curve.shape;
    T s = curve.tail.lower_moved, before = every<T>(0.0);
    for (std::size_t i = 0; i < path.n_segments; ++i) {
        const T run = shape.middle[i] * path.step[i], half = 0.5 * curve.spread[i], tilt = curve.tilt[i];
        const T by_left = run * (half - tilt), by_right = -(run * (half + tilt));
        T own = product_plus<T>(-by_right, shape.b[i], product_plus<T>(-by_left, shape.a[i], run * curve.height[i]));
        s += by_left;
        if (i == 0) {
            gradient.by_lower_slope = s;
        } else {
            const double after = path.weight_after[i];
            gradient.by_chord.set(i - 1, product_plus<T>((1.0 - after) * s, shape.b[i - 1] * shape.b[i - 1], before));
            own = product_plus<T>(after * s, shape.a[i] * shape.a[i], own);
        }
        before = own;
        s = by_right;
    }
    gradient.by_chord.set(path.n_segments - 1, before);
    gradient.by_upper_slope = s + curve.tail.upper_moved;
}

/// Adds derivatives in the slopes at the end knots, which their chords give, to those in the knots.
template <class Values, class T = typename Values::Number>
WAGEFIT_INLINE void add_ends(const SegmentPath& path, T by_lower_slope, T by_upper_slope, Values& gradient) {
    const std::size_t n = path.n_segments;
    const T low = by_lower_slope * path.inverse_step[0];
    const T high = by_upper_slope * (path.inverse_step[n - 1] * path.upper_tail_ratio);
    gradient.set(0, gradient[0] - low);
    gradient.set(1, gradient[1] + low);
    gradient.set(n, gradient[n] + high);
    gradient.set(n - 1, gradient[n - 1] - high);
}

/// Gradient of log E[exp g] in the knots.
template <class Values>
WAGEFIT_INLINE void set_knot_gradient(const SegmentPath& path, const LogCurve<Values>& curve, Values& gradient) {
    using T = typename Values::Number;
    const std::size_t n = path.n_segments;
    ShapeGradient<Values> shape{Values(n), {}, {}};
    set_shape_gradient(path, curve, shape);
    const T inverse = 1.0 / curve.total;
    T before = curve.tail.lower;
    for (std::size_t i = 0; i < n; ++i) {
        const T shift = 0.5 * (curve.shape.middle[i] * curve.pay[i]), turn = shape.by_chord[i] * path.inverse_step[i];
        gradient.set(i, (before + (shift - turn)) * inverse);
        before = shift + turn;
    }
    gradient.set(n, (before + curve.tail.upper) * inverse);
    add_ends<Values>(path, shape.by_lower_slope * inverse, shape.by_upper_slope * inverse, gradient);
}

}  // namespace wagefit::inline WAGEFIT_INSTRUCTION_SET::mean_gradient
