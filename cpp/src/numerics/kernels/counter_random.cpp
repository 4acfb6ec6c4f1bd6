// Compiled once for each instruction set; see cpp/cmake/Kernels.cmake.
#include "numerics/kernels/counter_random.hpp"

#include "numerics/normal_draw.hpp"

namespace wagefit {
namespace {

constexpr std::size_t draws_per_block = 128;  // a multiple of the lanes

/// Numbers on the way from random bits to draws. Each step is a loop of its own, short enough for a processor to work
/// on several turns of it at once.
struct alignas(64) DrawBlock {
    std::uint64_t bits[draws_per_block];
    double tail[draws_per_block], argument[draws_per_block];
};

WAGEFIT_INLINE LaneWords words_at(const std::uint64_t* from) {
    LaneWords words;
    std::memcpy(&words, from, sizeof(words));
    return words;
}

void draw_bits(StreamKey key, std::uint64_t first, DrawBlock& of, std::size_t n) {
    std::uint64_t start[lane_count];
    for (std::size_t lane = 0; lane < lane_count; ++lane) start[lane] = first + lane;
    LaneWords index = words_at(start);
    for (std::size_t i = 0; i < n; i += lane_count, index += lane_count) {
        const LaneWords bits = random_words(key, index);
        std::memcpy(of.bits + i, &bits, sizeof(bits));
    }
}

void find_arguments(DrawBlock& of, std::size_t n) {
    for (std::size_t i = 0; i < n; i += lane_count) {
        const auto tail = normal_draw::tail<Lanes>(words_at(of.bits + i));
        store(of.tail + i, tail);
        store(of.argument + i, elementary::quantile_argument(tail));
    }
}

void find_scores(const DrawBlock& of, double* out, std::size_t n) {
    for (std::size_t i = 0; i < n; i += lane_count) {
        const auto z = elementary::central_normal_quantile(loaded<Lanes>(of.tail + i), loaded<Lanes>(of.argument + i));
        store(out + i, normal_draw::with_sign(z, words_at(of.bits + i)));
    }
}

/// Few draws, far from 0, are not central: those one by one.
void draw_far_ones(StreamKey key, std::uint64_t first, const DrawBlock& of, double* out, std::size_t n) {
    for (std::size_t i = 0; i < n; i += lane_count)
        if (any(loaded<Lanes>(of.tail + i) < normal_quantile_table::least)) [[unlikely]]
            for (std::size_t j = i; j < i + lane_count; ++j) out[j] = random_normal(key, first + j);
}

/// Draws `n` numbers, a multiple of the lanes.
void draw_block(StreamKey key, std::uint64_t first, double* out, std::size_t n) {
    DrawBlock of;
    draw_bits(key, first, of, n);
    find_arguments(of, n);
    find_scores(of, out, n);
    draw_far_ones(key, first, of, out, n);
}

void normals(StreamKey key, std::uint64_t first, double* out, std::size_t n) noexcept {
    std::size_t i = 0;
    for (; i + draws_per_block <= n; i += draws_per_block) draw_block(key, first + i, out + i, draws_per_block);
    if (i == n) return;
    double rest[draws_per_block];
    draw_block(key, first + i, rest, (n - i + lane_count - 1) / lane_count * lane_count);
    std::memcpy(out + i, rest, (n - i) * sizeof(double));
}

constexpr RandomKernels random_kernels{&normals};

}  // namespace

const RandomKernels RandomKernels::WAGEFIT_INSTRUCTION_SET = random_kernels;

}  // namespace wagefit
