#pragma once

#include <cmath>

#include "simd/mills_table.hpp"
#include "simd/normal_quantile_table.hpp"
#include "simd/simd.hpp"

/// Elementary functions of one double or of lanes of them, with the same bits either way and on every instruction set:
/// nothing but IEEE additions, multiplications and divisions in a fixed order, no fused operations, no calls of the C
/// library.
namespace wagefit::inline WAGEFIT_INSTRUCTION_SET::elementary {

inline constexpr double ln2_high = 6.93147180369123816490e-01;  // 33 bits: whole multiples are exact
inline constexpr double ln2_low = 1.90821492927058770002e-10;

/// e^x within 1 ulp, for |x| <= 700; beyond, its value at the nearer end.
template <class T>
WAGEFIT_INLINE T exp(T x) {
    constexpr double log2_e = 1.44269504088896340736, shifter = 0x1.8p52;
    x = larger(every<T>(-700.0), smaller(every<T>(700.0), x));
    const T shifted = x * log2_e + shifter;  // the low bits of its mantissa are the nearest integer
    const T k = shifted - shifter;
    const T r = (x - k * ln2_high) - k * ln2_low;
    const T r2 = r * r, r4 = r2 * r2;
    const T p0 = (1.0 / 2.0 + r * (1.0 / 6.0)) + r2 * (1.0 / 24.0 + r * (1.0 / 120.0));
    const T p1 = (1.0 / 720.0 + r * (1.0 / 5040.0)) + r2 * (1.0 / 40320.0 + r * (1.0 / 362880.0));
    const T p2 = (1.0 / 3628800.0 + r * (1.0 / 39916800.0)) + r2 * (1.0 / 479001600.0 + r * (1.0 / 6227020800.0));
    const T value = 1.0 + (r + r2 * (p0 + r4 * (p1 + r4 * p2)));
    return bits_as<T>(bits_as<Bits<T>>(value) + (bits_as<Bits<T>>(shifted) << 52));
}

/// z times 2/3 + 2/5 z + 2/7 z^2 + ..., what 2 artanh(s) / s has beyond 2, for z = s^2 <= 0.043.
template <class T>
WAGEFIT_INLINE T artanh_rest(T z) {
    const T z2 = z * z, z4 = z2 * z2;
    const T low = (2.0 / 3.0 + z * (2.0 / 5.0)) + z2 * (2.0 / 7.0 + z * (2.0 / 9.0));
    const T middle = (2.0 / 11.0 + z * (2.0 / 13.0)) + z2 * (2.0 / 15.0 + z * (2.0 / 17.0));
    const T high = 2.0 / 19.0 + z * (2.0 / 21.0);
    return z * (low + z4 * (middle + z4 * high));
}

/// log(x) for positive normal `x`, within an ulp: x = m 2^k with m in [sqrt(1/2), sqrt(2)), then
/// log m = 2 artanh((m - 1) / (m + 1)).
template <class T>
WAGEFIT_INLINE T log(T x) {
    constexpr std::uint64_t root_half = 0x3FE6A09E667F3BCD, one = 0x3FF0000000000000, magic = 0x4330000000000000;
    const Bits<T> shifted = bits_as<Bits<T>>(x) + (one - root_half);  // its exponent is 1023 + k, above 0
    const Bits<T> exponent = shifted >> 52;
    const T k = bits_as<T>(exponent | magic) - (0x1p52 + 1023.0);
    const Bits<T> mantissa = (shifted & 0x000FFFFFFFFFFFFF) + root_half;
    const T f = bits_as<T>(mantissa) - 1.0;
    const T s = f / (2.0 + f), rest = artanh_rest(s * s);
    const T half_square = 0.5 * f * f;
    return k * ln2_high - ((half_square - (s * (half_square + rest) + k * ln2_low)) - f);
}

/// Ends of the numbers that log_ratio takes: m may be half as large as `low` and still a normal number, and their sum
/// is still a number.
inline constexpr double least_of_ratio = 0x1p-1021, largest_of_ratio = 0x1p1022;

/// log(high / low) for least_of_ratio <= low <= high <= largest_of_ratio, within 2 ulp however near each other the two
/// are: with m = high / 2^k about as large as low, k log 2 + 2 artanh((m - low) / (m + low)).
template <class T>
WAGEFIT_INLINE T log_ratio(T high, T low) {
    constexpr std::uint64_t half = std::uint64_t{1} << 51, magic = 0x4330000000000000;
    const Bits<T> exponent = (bits_as<Bits<T>>(high) - bits_as<Bits<T>>(low) + half) >> 52;
    const T k = bits_as<T>(exponent | magic) - 0x1p52, m = bits_as<T>(bits_as<Bits<T>>(high) - (exponent << 52));
    const T s = (m - low) / (m + low);
    return k * ln2_high + (2.0 * s + (s * artanh_rest(s * s) + k * ln2_low));
}

template <class T>
WAGEFIT_INLINE T square_root(T x) {
    constexpr std::size_t n = sizeof(T) / sizeof(double);
    double parts[n];
    std::memcpy(parts, &x, sizeof(T));
    for (std::size_t i = 0; i < n; ++i) parts[i] = std::sqrt(parts[i]);
    return loaded<T>(parts);
}

/// Mills' ratio P(Z > x) / phi(x) for x >= 0, within a few ulp.
template <class T>
WAGEFIT_INLINE T mills_ratio(T x) {
    constexpr const auto& c = mills_table::coefficients;
    const T u = (x - mills_table::split) / (x + mills_table::split);
    const T u2 = u * u, u4 = u2 * u2;
    T sum = every<T>(c[24]);
    for (std::size_t i = 24; i > 0; i -= 4)
        sum = sum * u4 + ((c[i - 4] + c[i - 3] * u) + u2 * (c[i - 2] + c[i - 1] * u));
    return sum / (x + 1.0);
}

/// phi(z); 0 beyond 37.5, where it nears subnormal numbers. The high half of z squares exactly; the rest enters by a
/// series.
template <class T>
WAGEFIT_INLINE T normal_pdf(T z) {
    constexpr double inverse_sqrt_2pi = 0.39894228040143267794, farthest = 37.5;
    const T high = bits_as<T>(bits_as<Bits<T>>(z) & ~std::uint64_t{0x7FFFFFF});
    const T rest = -0.5 * ((z - high) * (z + high));
    const T density =
        inverse_sqrt_2pi * exp(-0.5 * (high * high)) * (1.0 + (rest + rest * rest * (0.5 + rest * (1.0 / 6.0))));
    return z * z <= farthest * farthest ? density : every<T>(0.0);
}

/// Coefficients of z, z^3, ... of Phi(z) - 1/2: (-1)^n / (sqrt(2 pi) 2^n n! (2n + 1)).
inline constexpr double central_cdf[13] = {
    3.98942280401432677940e-1,  -6.64903800669054463233e-2,  9.97355701003581694850e-3,  -1.18732821548045439863e-3,
    1.15434687616155288756e-4,  -9.44465625950361453456e-6,  6.65969351631665127437e-7,  -4.12266741486268888413e-8,
    2.27352982437280636993e-9,  -1.13011716416192129499e-10, 5.11243479025631062021e-12, -2.12176147421704590957e-13,
    8.13341898449867598669e-15,
};

/// Phi(z) for one who has phi(z), with full relative precision in the lower tail; 0 below -37.5. Its series within 0.7
/// of the middle, where the thirteenth term is below 1e-17.
template <class T>
WAGEFIT_INLINE T normal_cdf(T z, T density) {
    const T distance = magnitude(z), square = z * z, fourth = square * square, eighth = fourth * fourth;
    const auto pair = [&](std::size_t n) { return central_cdf[n] + central_cdf[n + 1] * square; };
    const T low = pair(0) + pair(2) * fourth, middle = pair(4) + pair(6) * fourth;
    const T high = (pair(8) + pair(10) * fourth) + central_cdf[12] * eighth;
    const T central = 0.5 + z * (low + eighth * (middle + eighth * high));
    const T tail = distance <= 37.5 ? density * mills_ratio(distance) : every<T>(0.0);
    const T outer = z < 0.0 ? tail : 1.0 - tail;
    return distance < 0.7 ? central : outer;
}

/// Phi(z).
template <class T>
WAGEFIT_INLINE T normal_cdf(T z) {
    return normal_cdf(z, normal_pdf(z));
}

/// What central_normal_quantile is a polynomial of.
template <class T>
WAGEFIT_INLINE T quantile_argument(T p) {
    return -log((4.0 * p) * (1.0 - p)) - normal_quantile_table::middle;
}

/// Phi^-1(p) for p whose quantile_argument is `u`.
template <class T>
WAGEFIT_INLINE T central_normal_quantile(T p, T u) {
    constexpr const auto& c = normal_quantile_table::coefficients;
    const T u2 = u * u, u4 = u2 * u2;
    const auto four = [&](std::size_t n) { return (c[n] + c[n + 1] * u) + u2 * (c[n + 2] + c[n + 3] * u); };
    T sum = four(20);
    for (std::size_t n = 20; n > 0; n -= 4) sum = sum * u4 + four(n - 4);
    return (p - 0.5) * sum;
}

/// Phi^-1(p) within a few ulp, for normal_quantile_table::least <= p <= 1/2.
template <class T>
WAGEFIT_INLINE T central_normal_quantile(T p) {
    return central_normal_quantile(p, quantile_argument(p));
}

}  // namespace wagefit::inline WAGEFIT_INSTRUCTION_SET::elementary
