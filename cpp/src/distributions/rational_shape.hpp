#pragma once

#include "simd/elementary.hpp"

/// The monotone rational-quadratic segment of rational_segment.hpp on the unit square, for one double or for lanes of
/// them: `t` is the fraction of the run, s = 1 - t, `a` and `b` are the end slopes over the mean slope.
namespace wagefit::inline WAGEFIT_INSTRUCTION_SET::rational_shape {

/// A fraction of the run from both ends, each with its relative precision.
template <class T>
struct Place {
    T t, s;
};

/// The rise y0 + (y1 - y0) f(t), taken from the nearer end.
template <class T>
WAGEFIT_INLINE T value(T t, T s, T a, T b, T y0, T y1) {
    const T from_start = t * (t + a * s), from_end = s * (s + b * t);
    const T denominator = (t * t + s * s) + (a + b) * (t * s);
    const auto is_low = from_start <= from_end;
    const T part = (y1 - y0) * ((is_low ? from_start : from_end) / denominator);
    return is_low ? y0 + part : y1 - part;
}

/// Slope at the knot between chords of slopes `d0` and `d1` over the runs `h0` and `h1`: their harmonic mean weighted
/// by the other's run, which keeps the curve monotone (Fritsch & Butland 1984, SIAM J. Sci. Stat. Comput. 5(2)).
template <class H, class T>
WAGEFIT_INLINE T knot_slope(H h0, T d0, H h1, T d1) {
    return (h0 + h1) * (d0 * d1) / (h1 * d1 + h0 * d0);
}

/// Slope of f at a place.
template <class T>
WAGEFIT_INLINE T slope(Place<T> at, T a, T b) {
    const T ts = at.t * at.s, squares = at.t * at.t + at.s * at.s, denominator = squares + (a + b) * ts;
    return ((b * at.t) * at.t + 2.0 * ts + (a * at.s) * at.s) / (denominator * denominator);
}

/// The place where f is `w`, v = 1 - w: with a and b exchanged beyond the middle, the root t in [0, 1/2] of
/// (1 - q) t^2 + q t - w = 0, q = a v + (2 - b) w. `middle` is f(1/2).
template <class T>
WAGEFIT_INLINE Place<T> inverse(T w, T v, T a, T b, T middle) {
    const auto is_low = w <= middle;
    const T low = is_low ? w : v, high = is_low ? v : w, near = is_low ? a : b, far = is_low ? b : a;
    const T q = near * high + (2.0 - far) * low, rest = 1.0 - q;
    const T square = q * q + 4.0 * rest * low;
    const T root = elementary::square_root(larger(square, every<T>(0.0)));
    const T t = (q >= 0.0 ? 2.0 * low : root - q) / (q >= 0.0 ? q + root : 2.0 * rest);
    return {is_low ? t : 1.0 - t, is_low ? 1.0 - t : t};
}

template <class T>
WAGEFIT_INLINE T middle(T a, T b) {
    return (1.0 + a) / (2.0 + (a + b));
}

template <class T>
WAGEFIT_INLINE Place<T> inverse(T w, T v, T a, T b) {
    return inverse(w, v, a, b, middle(a, b));
}

/// z0 + (z1 - z0) t from the nearer end.
template <class T>
WAGEFIT_INLINE T between(Place<T> at, T z0, T z1) {
    const T z = at.t <= at.s ? z0 + (z1 - z0) * at.t : z1 - (z1 - z0) * at.s;
    return smaller(larger(z, z0), z1);
}

}  // namespace wagefit::inline WAGEFIT_INSTRUCTION_SET::rational_shape
