#pragma once

#include <cstdint>
#include <random>
#include <vector>

namespace wagefit::fuzz {

using Input = std::vector<std::uint8_t>;
using Random = std::mt19937_64;

/// A whole number from 0 to `most`, both included; the same on every platform, as std::uniform_int_distribution is not.
[[nodiscard]] std::size_t up_to(std::size_t most, Random& random);

/// Any bytes, as many as an input may have or fewer.
[[nodiscard]] Input fresh(Random& random);

/// `input` with one to eight changes: bits, bytes, pieces cut out, repeated or taken over from `other`.
[[nodiscard]] Input mutated(Input input, const Input& other, Random& random);

}  // namespace wagefit::fuzz
