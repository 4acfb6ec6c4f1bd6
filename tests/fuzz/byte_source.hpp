#pragma once

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

namespace wagefit::fuzz {

/// Numbers from the bytes of a fuzzer; zeros once they are used up. Most numbers are such as agencies publish, so that
/// an input reaches deep into the library; some are any bits at all.
class ByteSource {
public:
    explicit ByteSource(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

    [[nodiscard]] std::uint8_t byte() {
        if (next_ == bytes_.size()) return 0;
        return bytes_[next_++];
    }

    /// A number from 0 to `most`, both included.
    [[nodiscard]] std::size_t count(std::size_t most) { return byte() % (most + 1); }

    /// A number in [0, 1) of 16 bits.
    [[nodiscard]] double part() {
        const unsigned high = byte();
        return (256.0 * high + byte()) / 65'536.0;
    }

    /// A power of ten between 10^low and 10^high.
    [[nodiscard]] double power(double low, double high) { return std::pow(10.0, low + part() * (high - low)); }

    /// Any bits: subnormal, negative, infinite or no number at all.
    [[nodiscard]] double any_double() {
        std::uint64_t bits = 0;
        for (int i = 0; i < 8; ++i) bits = bits << 8 | byte();
        return std::bit_cast<double>(bits);
    }

    /// A probability: one of those that agencies publish, any 16 bits, close to 0 or 1, or any bits.
    [[nodiscard]] double probability() {
        const std::uint8_t kind = byte();
        if (kind < 160) return 0.05 * static_cast<double>(1 + kind % 19);
        if (kind < 220) return part();
        if (kind < 235) return power(-18.0, -2.0);
        if (kind < 250) return 1.0 - power(-18.0, -2.0);
        return any_double();
    }

    /// A wage beside `before`: equal to it, above it by a factor of 1 + 10^-13 to 1 + 10^6, below it, or any bits.
    [[nodiscard]] double wage_after(double before) {
        const std::uint8_t kind = byte();
        if (kind < 20) return before;
        if (kind < 190) return before * (1.0 + power(-3.0, 0.0));
        if (kind < 215) return before * (1.0 + power(-13.0, -3.0));
        if (kind < 235) return before * (1.0 + power(0.0, 6.0));
        if (kind < 250) return before * (1.0 - part());
        return any_double();
    }

    /// Whether this is one input of 16, by the sum of its bytes: for checks that take long.
    [[nodiscard]] bool is_sampled() const {
        unsigned sum = 0;
        for (const std::uint8_t each : bytes_) sum += each;
        return sum % 16 == 0;
    }

private:
    std::span<const std::uint8_t> bytes_;
    std::size_t next_ = 0;
};

}  // namespace wagefit::fuzz
