#pragma once

#include <array>
#include <bit>
#include <cstdint>

#include "distributions/kernels/knot_lanes.hpp"

/// Segments that few of the lanes' cells need work on: taken out of their lanes to fill registers with.
namespace wagefit::inline WAGEFIT_INSTRUCTION_SET {

/// A bit for each lane of each segment.
class SegmentFlags {
public:
    WAGEFIT_INLINE void set(std::size_t i, unsigned lanes) {
        words_[i / per_word] |= std::uint64_t{lanes} << (i % per_word * lane_count);
    }

    /// Calls f(segment, lane) for each flag that is set.
    template <class Function>
    WAGEFIT_INLINE void for_each(Function&& f) const {
        for (std::size_t k = 0; k < words_.size(); ++k)
            for (std::uint64_t rest = words_[k]; rest != 0; rest &= rest - 1) {
                const auto bit = static_cast<std::size_t>(std::countr_zero(rest));
                f(k * per_word + bit / lane_count, bit % lane_count);
            }
    }

private:
    static constexpr std::size_t per_word = 64 / lane_count;
    std::array<std::uint64_t, (most_segments + per_word - 1) / per_word> words_{};
};

/// Segments of single cells, to fill registers with.
class PickedSegments {
public:
    WAGEFIT_INLINE explicit PickedSegments(const SegmentFlags& flags) {
        flags.for_each([this](std::size_t segment, std::size_t lane) {
            segment_[n_] = static_cast<std::uint8_t>(segment);
            lane_[n_++] = static_cast<std::uint8_t>(lane);
        });
        for (std::size_t k = n_; k % lane_count != 0; ++k) {  // the last one again in lanes left over
            segment_[k] = segment_[n_ - 1];
            lane_[k] = lane_[n_ - 1];
        }
    }

    [[nodiscard]] WAGEFIT_INLINE std::size_t size() const { return n_; }

    /// f(segment, lane) of those from the one at `first` on.
    template <class Function>
    WAGEFIT_INLINE Lanes gather(std::size_t first, Function&& f) const {
        return gathered<Lanes>([&](std::size_t k) { return f(segment_[first + k], lane_[first + k]); });
    }

    /// Puts the lanes of `values` where those of gather come from.
    WAGEFIT_INLINE void scatter(std::size_t first, Lanes values, KnotLanes& to) const {
        alignas(64) double at[lane_count];
        store(at, values);
        for (std::size_t k = 0; k < lane_count; ++k) to.at[segment_[first + k]][lane_[first + k]] = at[k];
    }

private:
    std::size_t n_ = 0;
    std::array<std::uint8_t, most_segments * lane_count> segment_, lane_;
};

}  // namespace wagefit::inline WAGEFIT_INSTRUCTION_SET
