#pragma once

#include "simd/elementary.hpp"

/// How 64 random bits become a standard normal draw, for one word or for lanes of them.
namespace wagefit::inline WAGEFIT_INSTRUCTION_SET::normal_draw {

/// The probability of a draw as far from 0 or farther on its side, inside (0, 1/2): the upper 52 bits and a half, times
/// 2^-53.
template <class T, class Word>
WAGEFIT_INLINE T tail(Word bits) {
    constexpr std::uint64_t magic = 0x4330000000000000;  // 2^52, whose mantissa takes 52 bits as an integer
    return ((bits_as<T>((bits >> 12) | magic) - 0x1p52) + 0.5) * 0x1p-53;
}

/// `z`, or -z where the lowest bit is set.
template <class T, class Word>
WAGEFIT_INLINE T with_sign(T z, Word bits) {
    return bits_as<T>(bits_as<Word>(z) ^ (bits << 63));
}

}  // namespace wagefit::inline WAGEFIT_INSTRUCTION_SET::normal_draw
