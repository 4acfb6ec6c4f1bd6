#pragma once

#include "wagefit/distributions/score_segments.hpp"

namespace wagefit {

/// replace_inner_scores for whole lanes of scores, compiled for one instruction set; same bits on each.
struct ScoreKernels {
    std::size_t (*replace)(const ScoreSegments& of, const ScoreSegment* segments, double* scores, std::size_t n,
                           std::uint32_t* others);
};

extern const ScoreKernels score_kernels_baseline, score_kernels_avx2, score_kernels_avx512;

}  // namespace wagefit
