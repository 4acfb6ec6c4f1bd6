// Compiled once for each instruction set; see cpp/cmake/Kernels.cmake.
#include "distributions/kernels/score_segments.hpp"

#include "distributions/rational_shape.hpp"

namespace wagefit {
namespace {

/// Scores on the way to wages. Each step is a loop of its own, short enough for a processor to work on several turns of
/// it at once.
struct alignas(64) ScoreBlock {
    std::int64_t cell[most_scores];  ///< of the grid; then segment
    double z[most_scores];           ///< moved into the range of the knots
    double log_growth[most_scores];
};

/// Cells of the grid: the nearest integers to the scores' places.
void find_cells(const ScoreSegments& of, const double* scores, ScoreBlock& block, std::size_t n) {
    constexpr double shifter = 0x1p52;
    constexpr std::uint64_t mantissa = 0x000FFFFFFFFFFFFF;
    const auto first = every<Lanes>(of.first), last = every<Lanes>(of.last);
    for (std::size_t i = 0; i < n; i += lane_count) {
        auto z = loaded<Lanes>(scores + i);
        z = z > first ? z : first;
        z = z < last ? z : last;
        store(block.z + i, z);
        const Bits<Lanes> cell = bits_as<Bits<Lanes>>((z - first) * of.cells_per_score + shifter) & mantissa;
        std::memcpy(block.cell + i, &cell, sizeof(cell));
    }
}

void find_segments(const ScoreSegments& of, const ScoreSegment* segments, ScoreBlock& block, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
        std::size_t k = of.start[static_cast<std::size_t>(block.cell[i])];
        for (std::size_t hop = 0; hop < of.hops; ++hop) k += block.z[i] > segments[k].z1 ? std::size_t{1} : 0;
        block.cell[i] = static_cast<std::int64_t>(k);
    }
}

/// A member of the segments of scores i, i + 1, ...
WAGEFIT_INLINE Lanes member(const ScoreSegment* segments, const ScoreBlock& block, std::size_t i,
                            double ScoreSegment::* of) {
    return gathered<Lanes>([&](std::size_t lane) { return segments[block.cell[i + lane]].*of; });
}

void climb(const ScoreSegment* segments, ScoreBlock& block, std::size_t n) {
    for (std::size_t i = 0; i < n; i += lane_count) {
        const auto at = [&](double ScoreSegment::* of) { return member(segments, block, i, of); };
        const auto z = loaded<Lanes>(block.z + i);
        const Lanes step = at(&ScoreSegment::step);
        const Lanes t = (z - at(&ScoreSegment::z0)) / step, s = (at(&ScoreSegment::z1) - z) / step;
        store(block.log_growth + i, rational_shape::value(t, s, at(&ScoreSegment::a), at(&ScoreSegment::b),
                                                          every<Lanes>(0.0), at(&ScoreSegment::rise)));
    }
}

void grow(const ScoreSegments& of, const ScoreSegment* segments, const ScoreBlock& block, double* scores,
          std::size_t n) {
    const auto first = every<Lanes>(of.first), last = every<Lanes>(of.last);
    for (std::size_t i = 0; i < n; i += lane_count) {
        const Lanes low = member(segments, block, i, &ScoreSegment::low);
        const Lanes high = member(segments, block, i, &ScoreSegment::high);
        const Lanes end = member(segments, block, i, &ScoreSegment::z1);
        const auto z = loaded<Lanes>(scores + i);
        Lanes x = low * elementary::exp(loaded<Lanes>(block.log_growth + i));
        x = x > low ? x : low;
        x = x < high ? x : high;
        x = z == end ? high : x;
        x = z > first ? x : z;
        store(scores + i, z <= last ? x : z);
    }
}

std::size_t list_others(const ScoreSegments& of, const double* scores, std::uint32_t* others, std::size_t n) {
    std::size_t listed = 0;
    for (std::size_t i = 0; i < n; i += lane_count) {
        const auto z = loaded<Lanes>(scores + i);
        if (!any(z <= of.first) && !any(z > of.last)) [[likely]]
            continue;
        for (std::size_t j = i; j < i + lane_count; ++j)
            if (scores[j] <= of.first || scores[j] > of.last) others[listed++] = static_cast<std::uint32_t>(j);
    }
    return listed;
}

std::size_t replace(const ScoreSegments& of, const ScoreSegment* segments, double* scores, std::size_t n,
                    std::uint32_t* others) {
    ScoreBlock block;
    const std::size_t listed = list_others(of, scores, others, n);
    find_cells(of, scores, block, n);
    find_segments(of, segments, block, n);
    climb(segments, block, n);
    grow(of, segments, block, scores, n);
    return listed;
}

constexpr ScoreKernels score_kernels{&replace};

}  // namespace

const ScoreKernels ScoreKernels::WAGEFIT_INSTRUCTION_SET = score_kernels;

}  // namespace wagefit
