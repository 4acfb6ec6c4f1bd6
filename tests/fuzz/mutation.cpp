#include "mutation.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace wagefit::fuzz {
namespace {

constexpr std::size_t longest_input = 200, longest_piece = 16, most_changes = 8;
constexpr std::array<std::uint8_t, 6> telling_bytes{0, 1, 127, 128, 240, 255};

using Offset = Input::difference_type;

Offset place(const Input& input, Random& random) { return static_cast<Offset>(up_to(input.size() - 1, random)); }

Input piece(const Input& input, Random& random) {
    const Offset from = place(input, random);
    const auto left = input.size() - static_cast<std::size_t>(from);
    const auto length = static_cast<Offset>(1 + up_to(std::min(left, longest_piece) - 1, random));
    return {input.begin() + from, input.begin() + from + length};
}

void write(Input& input, const Input& bytes, Random& random) {
    const Offset at = place(input, random);
    const auto length = std::min(bytes.size(), input.size() - static_cast<std::size_t>(at));
    std::copy_n(bytes.begin(), length, input.begin() + at);
}

void insert(Input& input, const Input& bytes, Random& random) {
    input.insert(input.begin() + place(input, random), bytes.begin(), bytes.end());
}

void erase(Input& input, Random& random) {
    const Offset at = place(input, random);
    const auto length = std::min(longest_piece, input.size() - static_cast<std::size_t>(at));
    input.erase(input.begin() + at, input.begin() + at + static_cast<Offset>(1 + up_to(length - 1, random)));
}

void change(Input& input, const Input& other, Random& random) {
    if (input.empty()) input.push_back(0);
    std::uint8_t& byte = input[static_cast<std::size_t>(place(input, random))];
    switch (up_to(7, random)) {
        case 0:
            byte = static_cast<std::uint8_t>(byte ^ 1u << up_to(7, random));
            break;
        case 1:
            byte = static_cast<std::uint8_t>(up_to(255, random));
            break;
        case 2:
            byte = telling_bytes[up_to(telling_bytes.size() - 1, random)];
            break;
        case 3:
            byte = static_cast<std::uint8_t>(byte + up_to(16, random) - 8);
            break;
        case 4:
            write(input, piece(input, random), random);
            break;
        case 5:
            insert(input, piece(input, random), random);
            break;
        case 6:
            erase(input, random);
            break;
        default:
            if (!other.empty()) write(input, piece(other, random), random);
    }
}

}  // namespace

std::size_t up_to(std::size_t most, Random& random) { return static_cast<std::size_t>(random() % (most + 1)); }

Input fresh(Random& random) {
    Input input(up_to(longest_input, random));
    for (std::uint8_t& byte : input) byte = static_cast<std::uint8_t>(up_to(255, random));
    return input;
}

Input mutated(Input input, const Input& other, Random& random) {
    const std::size_t n_changes = 1 + up_to(most_changes - 1, random);
    for (std::size_t i = 0; i < n_changes; ++i) change(input, other, random);
    if (input.size() > longest_input) input.resize(longest_input);
    return input;
}

}  // namespace wagefit::fuzz
