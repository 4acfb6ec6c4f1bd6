#pragma once

#include "distributions/score_segments.hpp"

namespace wagefit {

/// replace_inner_scores for whole lanes of scores, compiled for one instruction set; same bits on each.
struct ScoreKernels {
    static const ScoreKernels baseline, avx2, avx512;

    std::size_t (*replace)(const ScoreSegments& of, const ScoreSegment* segments, double* scores, std::size_t n,
                           std::uint32_t* others);
};

}  // namespace wagefit
