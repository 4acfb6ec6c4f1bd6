#pragma once

#include <cstdint>
#include <span>

namespace wagefit {

/// Selects one stream of random numbers; equal keys give equal streams.
struct StreamKey {
    std::uint64_t high;
    std::uint64_t low;
};

/// random_bits for one index or for lanes of them, which need not be a type that this header knows.
template <class Word>
constexpr Word random_words(StreamKey key, Word index) noexcept {
    constexpr auto mix = [](Word x) {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
        return x ^ (x >> 31);
    };
    const Word first = mix(key.high + (index + 1) * 0x9E3779B97F4A7C15ULL);
    return mix(first ^ key.low);
}

/// The `index`-th 64 random bits of a stream, computed from the index alone: any thread can draw any part. Two rounds
/// of the SplitMix64 finalizer (Steele, Lea & Flood 2014, OOPSLA) over a Weyl sequence, keyed before each round.
[[nodiscard]] constexpr std::uint64_t random_bits(StreamKey key, std::uint64_t index) noexcept {
    return random_words(key, index);
}

/// The stream of row `i` of a table whose draws `key` selects. The first row's is `key` itself, so that a table of one
/// distribution draws what the distribution draws. Others are steps of SplitMix64's Weyl sequence, which random_bits
/// mixes.
[[nodiscard]] constexpr StreamKey row_stream(StreamKey key, std::uint64_t i) noexcept {
    return {key.high, key.low + i * 0x9E3779B97F4A7C15ULL};
}

/// The stream that says which component of a mixture each draw of `key` comes from, independent of the draws
/// themselves.
[[nodiscard]] constexpr StreamKey component_stream(StreamKey key) noexcept { return {~key.high, key.low}; }

/// A draw in [0, 1) by 53 random bits.
[[nodiscard]] constexpr double random_uniform(StreamKey key, std::uint64_t index) noexcept {
    return static_cast<double>(random_bits(key, index) >> 11) * 0x1p-53;
}

/// A standard normal draw by inversion of 53 bits, symmetric about 0 with equal resolution in both tails; within 4 ulp
/// of the exact quantile.
[[nodiscard]] double random_normal(StreamKey key, std::uint64_t index) noexcept;

/// Fills `out` with the draws first, first + 1, ... of a stream, in vector lanes.
void random_normals(StreamKey key, std::uint64_t first, std::span<double> out) noexcept;

}  // namespace wagefit
