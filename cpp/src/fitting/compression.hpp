#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace wagefit {

/// Where a curve without a mean wage follows its chords: a stretch more compressed than the cell's scale departs from
/// its chord by the square of the ratio of what the prior has it depart, and below P10 compression goes on, as at a
/// wage floor. What depends on the probabilities only.
struct Compression {
    std::vector<double> z;           ///< of the knots, ascending
    std::vector<std::size_t> facts;  ///< ascending positions of the facts among the knots
    std::size_t lower_end = 0;   ///< position of the fact to which the chord that leads below the first fact reaches
    bool reaches_floor = false;  ///< whether what lies below the first fact is where wage floors bind: P10 or less
};

[[nodiscard]] Compression make_compression(std::vector<double> z, std::vector<std::size_t> facts);

/// Compresses `g`, log quantiles at the knots, strictly or weakly increasing over the facts, which do not move; `scale`
/// in log points, above 0. Above the last fact, and with a lone fact, nothing changes. Roots and products only: the
/// bits are the same on every machine.
void compress(const Compression& table, double scale, std::span<double> g);

}  // namespace wagefit
