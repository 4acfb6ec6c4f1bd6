#include "wagefit/distributions/sampling.hpp"

#include <algorithm>
#include <numeric>

#include "numerics/parallel.hpp"
#include "wagefit/numerics/interruption.hpp"

namespace wagefit {
namespace {

/// A mixture's parts, to draw one from.
class PartDraws {
public:
    explicit PartDraws(std::vector<MixturePart> parts) : parts_(std::move(parts)), end_(parts_.size()) {
        std::transform_inclusive_scan(
            parts_.begin(), parts_.end(), end_.begin(), std::plus{},
            [](const MixturePart& part) { return part.weight; }, 0.0);
    }

    /// Replaces the scores of draws first, first + 1, ... of the stream `key` by wages.
    void replace_scores(StreamKey key, std::size_t first, std::span<double> scores) const {
        const std::vector<Draw> draws = drawn(component_stream(key), first, scores.size());
        std::vector<double> sorted(scores.size());
        for (std::size_t i = 0; i < draws.size(); ++i) sorted[i] = scores[draws[i].place];
        for (std::size_t i = 0, end = 0; i < draws.size(); i = end) {
            while (end < draws.size() && draws[end].part == draws[i].part) ++end;
            parts_[draws[i].part].distribution->replace_scores(std::span(sorted).subspan(i, end - i));
        }
        for (std::size_t i = 0; i < draws.size(); ++i) scores[draws[i].place] = sorted[i];
    }

private:
    struct Draw {
        std::size_t part, place;
    };

    /// The parts of `n` draws, ascending: those of one part share what it costs to start with it.
    [[nodiscard]] std::vector<Draw> drawn(StreamKey key, std::size_t first, std::size_t n) const {
        std::vector<Draw> draws(n);
        for (std::size_t i = 0; i < n; ++i) {
            const double share = end_.back() * random_uniform(key, first + i);
            const auto found = std::upper_bound(end_.begin(), end_.end() - 1, share);
            draws[i] = {static_cast<std::size_t>(found - end_.begin()), i};
        }
        std::sort(draws.begin(), draws.end(),
                  [](const Draw& a, const Draw& b) { return a.part != b.part ? a.part < b.part : a.place < b.place; });
        return draws;
    }

    std::vector<MixturePart> parts_;
    std::vector<double> end_;  // of each part's share of [0, 1)
};

/// Draws in blocks; f(first, scores) replaces scores by wages.
template <class Replace>
void sample_blocks(StreamKey key, std::span<double> out, int n_threads, Replace&& replace) {
    parallel_for(out.size(), n_threads, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; i += sample_block) {
            interruption_point();
            const auto block = out.subspan(i, std::min(sample_block, end - i));
            random_normals(key, i, block);
            replace(i, block);
        }
    });
}

}  // namespace

void sample(const Distribution& distribution, StreamKey key, std::span<double> out, int n_threads) {
    std::vector<MixturePart> parts = distribution.parts();
    if (parts.empty())
        return sample_blocks(key, out, n_threads,
                             [&](std::size_t, std::span<double> block) { distribution.replace_scores(block); });
    const PartDraws draws(std::move(parts));
    sample_blocks(key, out, n_threads,
                  [&](std::size_t first, std::span<double> block) { draws.replace_scores(key, first, block); });
}

}  // namespace wagefit
