#pragma once

#include <cstddef>

#include "simd/elementary.hpp"

/// How the log slopes of a curve's segments depart from their prior mean, given departures u that are Gaussian: by u
/// itself but in the tails beyond the facts. A lower tail gets steeper ever more slowly, so that wages do not fall to
/// nothing below the lowest percentile, however low the mean: u above 0 counts as log(1 + skew u) / skew. An upper tail
/// gets flat as a whole and easily, as it is at top codes and at the tops of pay scales: where u of its first segment
/// is below 0, skew u^2 comes off all its log slopes. Both have a derivative of 1 at 0, which is moved where the facts
/// beside a tail are far from the prior. T is a double or lanes of them.
namespace wagefit {

/// Which segments are skewed: those below `lower_end`, and from `upper_begin` up to `n`.
struct SkewedTails {
    std::size_t lower_end, upper_begin, n;
    double lower_skew, upper_skew;
};

}  // namespace wagefit

namespace wagefit::inline WAGEFIT_INSTRUCTION_SET::skew {

/// The skew of a cell's tails.
template <class T>
struct Skew {
    T lower;                       ///< of the lower tail
    T lower_origin, upper_origin;  ///< departures at which the skews begin
};

/// How far a departure may go from where it must be for the facts, and farther up as long as the log slope stays below
/// `steepest`: a segment is next to flat then, or holds next to no pay, and a mean that asks for more must be made by
/// the others. A whole upper tail is next to flat where its first segment is `flattest` from the origin.
inline constexpr double most_departure = 5.0, flattest = -1.3, steepest = 4.0;

template <class T>
WAGEFIT_INLINE T positive_part(T u) {
    return larger(u, every<T>(0.0));
}

template <class T>
WAGEFIT_INLINE T negative_part(T u) {
    return smaller(u, every<T>(0.0));
}

/// The skew of a cell whose `scale` is relative to the typical one, and whose log rises in the first and the last
/// interval between facts exceed those of the prior mean by `first` and `last`. Nearly equal percentiles leave room for
/// steeper tails.
template <class T>
WAGEFIT_INLINE Skew<T> skew_of(const SkewedTails& tails, T scale, T first, T last) {
    constexpr double usual = 1.0;  // an excess up to here says nothing special of the tail beside it
    return {tails.lower_skew * smaller(scale, every<T>(1.0)), positive_part<T>(first - usual),
            negative_part<T>(last + usual)};
}

/// Calls set(i, departure of the log slope) for every segment; u[i] is of type T.
template <class T, class Departures, class Set>
WAGEFIT_INLINE void pass(const SkewedTails& tails, const Skew<T>& skew, const Departures& u, Set&& set) {
    for (std::size_t i = 0; i < tails.lower_end; ++i) {
        const T from = T(u[i]) - skew.lower_origin;
        set(i, skew.lower_origin + negative_part<T>(from) +
                   elementary::log(1.0 + skew.lower * positive_part<T>(from)) / skew.lower);
    }
    for (std::size_t i = tails.lower_end; i < tails.upper_begin; ++i) set(i, u[i]);
    if (tails.upper_begin == tails.n) return;
    const T below = negative_part<T>(u[tails.upper_begin] - skew.upper_origin),
            fall = tails.upper_skew * (below * below);
    for (std::size_t i = tails.upper_begin; i < tails.n; ++i) set(i, u[i] - fall);
}

/// From derivatives `row` in the log slopes to those in the departures: calls set(i, derivative) where they differ.
template <class T, class Departures, class Row, class Set>
WAGEFIT_INLINE void pull_back(const SkewedTails& tails, const Skew<T>& skew, const Departures& u, const Row& row,
                              Set&& set) {
    for (std::size_t i = 0; i < tails.lower_end; ++i)
        set(i, row[i] / (1.0 + skew.lower * positive_part<T>(u[i] - skew.lower_origin)));
    if (tails.upper_begin == tails.n) return;
    T whole = row[tails.upper_begin];
    for (std::size_t i = tails.upper_begin + 1; i < tails.n; ++i) whole = whole + row[i];
    const T fall = (2.0 * tails.upper_skew) * negative_part<T>(u[tails.upper_begin] - skew.upper_origin);
    set(tails.upper_begin, row[tails.upper_begin] - fall * whole);
}

/// The least departure of segment `i`, beside or in an interval between facts whose log rise exceeds that of the prior
/// mean by `excess`.
template <class T>
WAGEFIT_INLINE T least(const SkewedTails& tails, const Skew<T>& skew, std::size_t i, T excess) {
    return i == tails.upper_begin ? skew.upper_origin + flattest : negative_part<T>(excess) - most_departure;
}

/// A departure within its bounds, `prior` being the prior mean of the log slope.
template <class T>
WAGEFIT_INLINE T bounded(T u, T least, T prior) {
    return smaller(larger(u, least), larger(steepest - prior, every<T>(most_departure)));
}

}  // namespace wagefit::inline WAGEFIT_INSTRUCTION_SET::skew
