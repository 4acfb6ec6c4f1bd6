#pragma once

#include <cstdint>

namespace wagefit {

/// Selects one stream of random numbers; equal keys give equal streams.
struct StreamKey {
    std::uint64_t high;
    std::uint64_t low;
};

/// The `index`-th 64 random bits of a stream, computed from the index alone: any thread can draw any part. Two rounds of the
/// SplitMix64 finalizer (Steele, Lea & Flood 2014, OOPSLA) over a Weyl sequence, keyed before each round.
[[nodiscard]] constexpr std::uint64_t random_bits(StreamKey key, std::uint64_t index) noexcept {
    constexpr auto mix = [](std::uint64_t x) {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
        return x ^ (x >> 31);
    };
    const std::uint64_t first = mix(key.high + (index + 1) * 0x9E3779B97F4A7C15ULL);
    return mix(first ^ key.low);
}

/// A standard normal draw by inversion of 53 bits, symmetric about 0 with equal resolution in both tails.
[[nodiscard]] double random_normal(StreamKey key, std::uint64_t index) noexcept;

}  // namespace wagefit
