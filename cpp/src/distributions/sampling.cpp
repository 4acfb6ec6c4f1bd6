#include "wagefit/distributions/sampling.hpp"

#include "wagefit/numerics/parallel.hpp"

namespace wagefit {

void sample(const Distribution& distribution, StreamKey key, std::span<double> out, int n_threads) {
    parallel_for(out.size(), n_threads, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) out[i] = distribution.value(random_normal(key, i));
    });
}

}  // namespace wagefit
