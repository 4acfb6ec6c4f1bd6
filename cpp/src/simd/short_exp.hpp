#pragma once

#include <cstddef>

#include "simd/elementary.hpp"

/// e^x near 0 by Chebyshev's polynomials, for kernels: less than half of the work of elementary::exp.
namespace wagefit::inline WAGEFIT_INSTRUCTION_SET::short_exp {

inline constexpr double small_terms[]{1.0,
                                      0.99999999999975178113,
                                      0.4999999999999751815,
                                      0.16666666674940403506,
                                      0.041666666674939313033,
                                      0.0083333258875191210574,
                                      0.0013888881443964575847,
                                      0.00019866084961095039375,
                                      0.000024826400165469778186};
inline constexpr double medium_terms[]{1.0,
                                       0.99999999999998371386,
                                       0.49999999999999883797,
                                       0.16666666666747727704,
                                       0.041666666666724505176,
                                       0.0083333333218074041558,
                                       0.0013888888880664686165,
                                       0.00019841276863468202431,
                                       0.000024801592312479862607,
                                       2.7555240287356321107e-6,
                                       2.7555835586099945468e-7,
                                       2.5347265722888266691e-8,
                                       2.1087442408301482808e-9};

/// c[0] + c[1] x + c[2] x^2 + ..., with the same bits on every instruction set. The even and the odd terms by Horner's
/// rule: two short chains beside each other.
template <std::size_t n>
WAGEFIT_INLINE Lanes polynomial(const double (&c)[n], Lanes x) {
    const Lanes square = x * x;
    auto even = every<Lanes>(c[n - 1 - (n + 1) % 2]), odd = every<Lanes>(c[n - 1 - n % 2]);
    for (std::size_t i = n - 1 - (n + 1) % 2; i >= 2; i -= 2) even = fused(even, square, c[i - 2]);
    for (std::size_t i = n - 1 - n % 2; i >= 3; i -= 2) odd = fused(odd, square, c[i - 2]);
    return fused(odd, x, even);
}

/// For |x| <= 0.2 to 7e-15.
WAGEFIT_INLINE Lanes small(Lanes x) { return polynomial(small_terms, x); }

/// For |x| <= 0.75 to 2e-15.
WAGEFIT_INLINE Lanes medium(Lanes x) { return polynomial(medium_terms, x); }

/// For |x| <= 700, within 2 ulp.
WAGEFIT_INLINE Lanes reduced(Lanes x) {
    constexpr double log2_e = 1.44269504088896340736, shifter = 0x1.8p52;
    const Lanes shifted = fused(x, log2_e, shifter), k = shifted - shifter;  // the low bits of its mantissa are k
    const Lanes rest = fused(k, -elementary::ln2_low, fused(k, -elementary::ln2_high, x));
    return bits_as<Lanes>(bits_as<LaneWords>(medium(rest)) + (bits_as<LaneWords>(shifted) << 52));
}

/// For |x| <= 1.5 to 4e-15.
WAGEFIT_INLINE Lanes wide(Lanes x) {
    const Lanes half = medium(0.5 * x);
    return half * half;
}

}  // namespace wagefit::inline WAGEFIT_INSTRUCTION_SET::short_exp
