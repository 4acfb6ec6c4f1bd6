#pragma once

#include <cstddef>
#include <span>

#include "wagefit/distributions/distribution.hpp"
#include "wagefit/numerics/counter_random.hpp"

namespace wagefit {

/// Draws made at a time: 32 KiB, which stay in a cache between scores and wages.
inline constexpr std::size_t sample_block = 4096;

/// Fills `out` with draws 0, 1, 2, ... of the stream `key`; the same whatever the number of threads (0: all cores).
///
/// Draw i is the wage at random_normal(key, i), of a mixture that of the component in whose share of [0, 1) the i-th
/// number of component_stream(key) falls. So a mixture costs no more than its components, and one of a single
/// component draws what the component draws.
void sample(const Distribution& distribution, StreamKey key, std::span<double> out, int n_threads);

}  // namespace wagefit
