#pragma once

#include "fitting/compression.hpp"
#include "simd/elementary.hpp"

/// The compression of curves without a mean wage, for one curve or for lanes of them.
namespace wagefit::inline WAGEFIT_INSTRUCTION_SET {

/// The line through the values at the facts `a` and `b`. `Values` gives a value at each knot by [i] and takes one by
/// set(i, value).
template <class T>
struct Chord {
    double z;
    T y, slope;

    template <class Values>
    WAGEFIT_INLINE Chord(const Compression& table, const Values& g, std::size_t a, std::size_t b)
        : z(table.z[a]), y(g[a]), slope((g[b] - g[a]) / (table.z[b] - table.z[a])) {}

    [[nodiscard]] WAGEFIT_INLINE T rise(double to) const { return slope * (to - z); }

    /// The slope over the scale, at least 0 and at most 1.
    [[nodiscard]] WAGEFIT_INLINE T ratio(T scale) const {
        const T ratio = slope / scale, positive = ratio < 0.0 ? every<T>(0.0) : ratio;
        return positive > 1.0 ? every<T>(1.0) : positive;
    }
};

template <class T, class Values>
WAGEFIT_INLINE void compress_between(const Compression& table, T scale, std::size_t a, std::size_t b, Values& g) {
    const Chord<T> chord(table, g, a, b);
    const T ratio = chord.ratio(scale), part = ratio * ratio;
    for (std::size_t i = a + 1; i < b; ++i) {
        const T line = chord.y + chord.rise(table.z[i]);
        g.set(i, line + part * (g[i] - line));
    }
}

/// ratio^(3/4) of the distance to the first fact remains where wage floors bind.
template <class T, class Values>
WAGEFIT_INLINE void compress_below(const Compression& table, T scale, Values& g) {
    const std::size_t first = table.facts.front();
    const Chord<T> chord(table, g, first, table.lower_end);
    const T ratio = chord.ratio(scale), part = ratio * ratio, root = elementary::square_root(ratio);
    const T kept = table.reaches_floor ? root * elementary::square_root(root) : every<T>(1.0);
    for (std::size_t i = 0; i < first; ++i) {
        const T rise = chord.rise(table.z[i]);
        g.set(i, chord.y + kept * (rise + part * (g[i] - chord.y - rise)));
    }
}

template <class T, class Values>
WAGEFIT_INLINE void compress_values(const Compression& table, T scale, Values& g) {
    const std::vector<std::size_t>& facts = table.facts;
    if (facts.size() < 2) return;
    for (std::size_t k = 1; k < facts.size(); ++k) compress_between(table, scale, facts[k - 1], facts[k], g);
    compress_below(table, scale, g);
}

}  // namespace wagefit::inline WAGEFIT_INSTRUCTION_SET
