#pragma once

#include <cstddef>
#include <span>

#include "wagefit/distributions/measures.hpp"
#include "wagefit/ensemble/ensemble.hpp"
#include "wagefit/numerics/counter_random.hpp"

namespace wagefit {

/// An operation of one distribution at one argument, such as ppf(d, p).
using PointOperation = double (*)(const Distribution&, double);

/// The wage at normal score `z`, the ends of the support at -inf and inf.
[[nodiscard]] double value_or_end(const Distribution& d, double z);

/// out[i * n_points + j] = f(cell i, points[i * row_stride + j]); row_stride 0 gives every cell the same points.
void evaluate(const Ensemble& ensemble, PointOperation f, std::span<const double> points, std::size_t n_points,
              std::size_t row_stride, std::span<double> out, int n_threads);

/// out[i * n_points + j] = value_or_end(cell i, z[j]).
void evaluate_values(const Ensemble& ensemble, std::span<const double> z, std::span<double> out, int n_threads);

/// out[i * n_points + j] = the measure of cell i at x[j].
void evaluate_measure(const Ensemble& ensemble, PointMeasure what, std::span<const double> x, std::span<double> out,
                      int n_threads);

/// out[i * n_draws + j] = draw j of cell i, from its row_stream; NaN where nothing was fitted.
void sample_cells(const Ensemble& ensemble, StreamKey key, std::size_t n_draws, std::span<double> out, int n_threads);

/// out[i * n_values(what) + k] = value k of cell i's summary, the mean in dollars first; NaN where nothing was fitted.
void evaluate_summary(const Ensemble& ensemble, Summary what, std::span<double> out, int n_threads);

/// out[i * n_points + j] = the share of all pay of the people below, or above, the normal score z[j] in cell i; NaN at
/// NaN.
void evaluate_pay_share(const Ensemble& ensemble, PaySide side, std::span<const double> z, std::span<double> out,
                        int n_threads);

}  // namespace wagefit
