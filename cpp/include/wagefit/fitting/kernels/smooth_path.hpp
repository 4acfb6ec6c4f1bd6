#pragma once

#include <span>

#include "wagefit/fitting/smooth_path_table.hpp"

namespace wagefit {

/// The steps of a smooth path that take its time, compiled for one instruction set; same bits on each.
struct SmoothPathKernels {
    /// Conditions the prior on the facts' wages, strictly increasing dollars.
    void (*condition)(const SmoothPathTable& path, std::span<const double> wages, GivenQuantiles& given);
    /// The same for a cell without a mean wage, before its compression.
    void (*condition_alone)(const SmoothPathTable& path, std::span<const double> wages, GivenQuantiles& given);
    /// Raises increments of `given.g` below the least ones without moving a fact.
    void (*make_increasing)(const SmoothPathTable& path, GivenQuantiles& given);
    /// Moves `given.g` along the pull of the log mean, held back where it would fall, until the mean is `target` times
    /// the reference to 1e-13. False, and `given` as it was, where a segment is too steep for fixed panels or the steps
    /// do not settle.
    bool (*meet_mean)(const SmoothPathTable& path, double target, GivenQuantiles& given);
    /// Dollars at the knots, exact at the facts.
    void (*wages)(const SmoothPathTable& path, const GivenQuantiles& given, std::span<const double> facts,
                  double* knots);
    /// Derivative of the log mean along its pull at the curve `g`, over that of the curve linear between its knots.
    double (*slope_ratio)(const SmoothPathTable& path, const KnotArray& g);
};

extern const SmoothPathKernels smooth_path_kernels_baseline, smooth_path_kernels_avx2, smooth_path_kernels_avx512;

}  // namespace wagefit
