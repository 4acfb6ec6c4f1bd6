#include "wagefit/distributions/sampling.hpp"

#include <algorithm>

#include "numerics/parallel.hpp"

namespace wagefit {

void sample(const Distribution& distribution, StreamKey key, std::span<double> out, int n_threads) {
    parallel_for(out.size(), n_threads, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; i += sample_block) {
            const auto part = out.subspan(i, std::min(sample_block, end - i));
            random_normals(key, i, part);
            distribution.replace_scores(part);
        }
    });
}

}  // namespace wagefit
