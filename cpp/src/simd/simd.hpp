#pragma once

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <type_traits>
#include <utility>

#if defined(__AVX2__) && defined(__FMA__)
#include <immintrin.h>
#endif

// Kernels are compiled once for each instruction set. The namespace keeps their inline functions apart, so that the
// linker never gives a machine code that it cannot run.
#ifndef WAGEFIT_INSTRUCTION_SET
#define WAGEFIT_INSTRUCTION_SET baseline
#endif

#if defined(__GNUC__)
#define WAGEFIT_INLINE [[gnu::always_inline]] inline
#else
#define WAGEFIT_INLINE inline
#endif

namespace wagefit::inline WAGEFIT_INSTRUCTION_SET {

#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpsabi"  // lanes never cross the boundary of a function that is not inlined
/// The doubles of one register, which every operator takes elementwise: wider vectors would live in memory.
#if defined(__AVX512F__)
inline constexpr std::size_t register_bytes = 64;
#elif defined(__AVX2__)
inline constexpr std::size_t register_bytes = 32;
#else
inline constexpr std::size_t register_bytes = 16;
#endif
using Lanes = double __attribute__((vector_size(register_bytes)));
using LaneWords = std::uint64_t __attribute__((vector_size(register_bytes)));
#pragma GCC diagnostic pop
#else
using Lanes = double;
using LaneWords = std::uint64_t;
#endif

inline constexpr std::size_t lane_count = sizeof(Lanes) / sizeof(double);

/// The integers of as many lanes as `T` has, unsigned: the sums of their bits may wrap around, as those of a NaN do.
template <class T>
struct BitsOf {
    using type = LaneWords;
};
template <>
struct BitsOf<double> {
    using type = std::uint64_t;
};
template <class T>
using Bits = typename BitsOf<T>::type;

template <class To, class From>
WAGEFIT_INLINE To bits_as(From from) {
    static_assert(sizeof(To) == sizeof(From));
    To to;
    std::memcpy(&to, &from, sizeof(To));
    return to;
}

template <class T>
WAGEFIT_INLINE T loaded(const double* from) {
    T to;
    std::memcpy(&to, from, sizeof(T));
    return to;
}

template <class T>
WAGEFIT_INLINE void store(double* to, T from) {
    std::memcpy(to, &from, sizeof(T));
}

template <class T, class Function, std::size_t... lane>
WAGEFIT_INLINE T gathered(Function&& f, std::index_sequence<lane...>) {
    return T{f(lane)...};
}

/// f(0), f(1), ... in the lanes.
template <class T, class Function>
WAGEFIT_INLINE T gathered(Function&& f) {
    return gathered<T>(f, std::make_index_sequence<sizeof(T) / sizeof(double)>{});
}

/// `x` in every lane.
template <class T>
WAGEFIT_INLINE T every(double x) {
    return gathered<T>([x](std::size_t) { return x; });
}

WAGEFIT_INLINE double first_lane(Lanes x) {
    alignas(64) double at[lane_count];
    store(at, x);
    return at[0];
}

WAGEFIT_INLINE Lanes fused_lanes(Lanes a, Lanes b, Lanes c) {
#if defined(__AVX512F__)
    return _mm512_fmadd_pd(a, b, c);
#elif defined(__AVX2__) && defined(__FMA__)
    return _mm256_fmadd_pd(a, b, c);
#else
    double parts[3][lane_count];
    std::memcpy(parts[0], &a, sizeof a);
    std::memcpy(parts[1], &b, sizeof b);
    std::memcpy(parts[2], &c, sizeof c);
    return gathered<Lanes>([&](std::size_t i) { return std::fma(parts[0][i], parts[1][i], parts[2][i]); });
#endif
}

WAGEFIT_INLINE Lanes as_lanes(Lanes x) { return x; }
template <class T>
    requires(std::is_same_v<T, double> && !std::is_same_v<T, Lanes>)
WAGEFIT_INLINE Lanes as_lanes(T x) {
    return every<Lanes>(x);
}

/// a b + c, rounded once, of lanes or of numbers that are the same in every lane.
template <class A, class B, class C>
WAGEFIT_INLINE Lanes fused(A a, B b, C c) {
    return fused_lanes(as_lanes(a), as_lanes(b), as_lanes(c));
}

/// a b + c, of lanes rounded once; of a double twice, since one rounding may take a call of the C library.
template <class T>
WAGEFIT_INLINE T product_plus(T a, T b, T c) {
    if constexpr (std::is_same_v<T, Lanes>)
        return fused_lanes(a, b, c);
    else
        return a * b + c;
}

/// Where a comparison of lanes holds: a bit for each, the first lane's lowest.
template <class Mask>
WAGEFIT_INLINE unsigned lane_bits(Mask mask) {
#if defined(__AVX512DQ__)
    return _mm512_movepi64_mask(bits_as<__m512i>(mask));
#elif defined(__AVX2__) && defined(__FMA__)
    return static_cast<unsigned>(_mm256_movemask_pd(bits_as<__m256d>(mask)));
#else
    std::int64_t parts[sizeof(Mask) / sizeof(std::int64_t)];
    std::memcpy(parts, &mask, sizeof(Mask));
    unsigned bits = 0;
    for (std::size_t i = 0; i < std::size(parts); ++i) bits |= (parts[i] != 0 ? 1u : 0u) << i;
    return bits;
#endif
}
WAGEFIT_INLINE unsigned lane_bits(bool mask) { return mask ? 1u : 0u; }

/// Whether a comparison of lanes holds in any of them.
template <class Mask>
WAGEFIT_INLINE bool any(Mask mask) {
    return lane_bits(mask) != 0;
}

/// a > b ? a : b, elementwise.
template <class T>
WAGEFIT_INLINE T larger(T a, T b) {
    return a > b ? a : b;
}

/// a < b ? a : b, elementwise.
template <class T>
WAGEFIT_INLINE T smaller(T a, T b) {
    return a < b ? a : b;
}

// One instruction each, which compilers do not make of the comparison.
#if defined(__AVX512F__)
WAGEFIT_INLINE Lanes larger(Lanes a, Lanes b) { return _mm512_maskz_max_pd(0xFF, a, b); }
WAGEFIT_INLINE Lanes smaller(Lanes a, Lanes b) { return _mm512_maskz_min_pd(0xFF, a, b); }
#elif defined(__AVX2__) && defined(__FMA__)
WAGEFIT_INLINE Lanes larger(Lanes a, Lanes b) { return _mm256_max_pd(a, b); }
WAGEFIT_INLINE Lanes smaller(Lanes a, Lanes b) { return _mm256_min_pd(a, b); }
#endif

/// |x|, elementwise.
template <class T>
WAGEFIT_INLINE T magnitude(T x) {
    return bits_as<T>(bits_as<Bits<T>>(x) & std::uint64_t{0x7FFFFFFFFFFFFFFF});
}

}  // namespace wagefit::inline WAGEFIT_INSTRUCTION_SET
