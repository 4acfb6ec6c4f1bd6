#pragma once

#include <Eigen/Core>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "fitting/normal_stream.hpp"
#include "fitting/truncated_t.hpp"
#include "wagefit/distributions/curve.hpp"
#include "wagefit/facts/facts.hpp"
#include "wagefit/fitting/curve_fit.hpp"

namespace wagefit {

/// In what a figure is nearly normal given the other facts.
enum class NormalIn : unsigned char {
    log,              ///< its log: where a mean is known, what one stretch of the curve gains others lose
    rise_above_base,  ///< log of its rise, in logs, above a fact: without a mean, as log slopes are normal
    rise_below_base,  ///< less the log of the rise from it to a fact
};

/// A figure of which only a lower bound is published, and a bound that binds: the other facts put the figure below it.
struct OpenBound {
    std::optional<QuantileFact> quantile;  ///< nothing for the mean
    double bound;
    double upper;  ///< the next fact above, the end of the support, or as far up as the figure is sought
    double base;   ///< the nearest fact below, else above; for the mean the least that the quantiles allow
    NormalIn normal_in;
};

/// That function of a wage, which increases in it.
[[nodiscard]] double to_normal(const OpenBound& bound, double wage);

/// The bounds of `facts` that bind in `fit`.
[[nodiscard]] std::vector<OpenBound> open_bounds(const Facts& facts, const CurveFit& fit);

/// What the other facts say of the figures behind the bounds, in the functions of them that are nearly normal: t
/// distributed about those of the most plausible curve, cut off at the bounds. `curve_at` gives the curve of the other
/// facts that lies so many standard deviations, shape (n,), off the most plausible one; the scale is from differences
/// one standard deviation to either side, times `scale`. Nothing where there is no such curve.
[[nodiscard]] std::optional<TruncatedT> law_above_bounds(
    const std::vector<OpenBound>& bounds,
    const std::function<std::shared_ptr<const Curve>(const Eigen::VectorXd&)>& curve_at, Eigen::Index n,
    Eigen::Index freedom, double scale);

/// The facts with the figures behind the bounds at drawn values; nothing if they contradict the others each time.
[[nodiscard]] std::optional<Facts> with_drawn_figures(const Facts& facts, const std::vector<OpenBound>& bounds,
                                                      const TruncatedT& law, NormalStream& stream);

/// The figures as facts; nothing where no distribution meets them.
[[nodiscard]] std::optional<Facts> if_feasible(Figures figures);

}  // namespace wagefit
