#pragma once

#include <limits>

#include "simd/elementary.hpp"

/// Log-linear tails of a curve with open support, x = wage exp(rate (z - knot)), for one double or for lanes of them.
namespace wagefit::inline WAGEFIT_INSTRUCTION_SET::open_tail {

/// Normal score of the wages `x`; -inf at 0 and below, inf at inf.
template <class T>
WAGEFIT_INLINE T score(T x, T wage, T knot, T rate) {
    constexpr double infinity = std::numeric_limits<double>::infinity(), least = 1e-300, most = 1e300;
    const T ratio = smaller(larger(x / wage, every<T>(least)), every<T>(most));
    const T z = knot + elementary::log(ratio) / rate;
    const T from_below = x > 0.0 ? z : every<T>(-infinity);
    return x < infinity ? from_below : every<T>(infinity);
}

/// phi / (x rate), the density at x > 0 where the normal score has the density `phi`: neither the product nor a
/// quotient on the way leaves the floating-point numbers before the result does.
template <class T>
WAGEFIT_INLINE T density(T phi, T x, T rate) {
    return phi / larger(x, rate) / smaller(x, rate);
}

}  // namespace wagefit::inline WAGEFIT_INSTRUCTION_SET::open_tail
