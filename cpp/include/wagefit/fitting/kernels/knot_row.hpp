#pragma once

#include <array>
#include <cstddef>

#include "wagefit/distributions/knot_table.hpp"
#include "wagefit/numerics/simd.hpp"

/// Values at the knots or segments of one curve, and sums over them, for lanes.
namespace wagefit::inline WAGEFIT_INSTRUCTION_SET {

/// A value at each knot or segment, aligned for lanes.
struct alignas(64) Row {
    KnotArray at;

    double& operator[](std::size_t i) { return at[i]; }
    double operator[](std::size_t i) const { return at[i]; }
};

WAGEFIT_INLINE Lanes load(const Row& row, std::size_t i) { return loaded<Lanes>(&row.at[i]); }

constexpr std::size_t block = 8;  ///< sums add up eight partial sums on every instruction set, for the same bits

struct alignas(64) PartialSums {
    std::array<double, block> part{};

    WAGEFIT_INLINE void add(std::size_t i, Lanes value) {
        double* const at = &part[i % block];
        store(at, loaded<Lanes>(at) + value);
    }

    [[nodiscard]] WAGEFIT_INLINE double total() const {
        return ((part[0] + part[4]) + (part[2] + part[6])) + ((part[1] + part[5]) + (part[3] + part[7]));
    }
};

WAGEFIT_INLINE std::size_t whole_blocks(std::size_t n) { return (n + block - 1) / block * block; }

/// Calls f(i) for the lanes that begin at 0, ..., up to the last of `n` values; whole blocks of them.
template <class Function>
WAGEFIT_INLINE void for_lanes(std::size_t n, Function&& f) {
    for (std::size_t i = 0; i < n; i += block)
        for (std::size_t j = i; j < i + block; j += lane_count) f(j);
}

/// Values beyond knot `n`, the last, that keep the lanes of segments there finite: a chord of 1 over steps of 1.
WAGEFIT_INLINE void pad(std::size_t n, Row& g) {
    for (std::size_t i = n + 1; i <= whole_blocks(n); ++i) g[i] = g[i - 1] + 1.0;
}

}  // namespace wagefit::inline WAGEFIT_INSTRUCTION_SET
