#pragma once

#include <cstddef>
#include <vector>

#include "wagefit/fitting/curve_fit.hpp"
#include "wagefit/numerics/counter_random.hpp"

namespace wagefit {

/// Whose figures the facts are.
enum class FactSource : unsigned char {
    own,      ///< of the very people asked about: exact
    sampled,  ///< estimates from an independent sample of those asked about: uncertain themselves
};

/// What is uncertain about a cell beyond its shape between the facts.
struct Precision {
    double size;  ///< people behind the facts; the roughness of a sample of that size is part of the answer
    FactSource source;
    double rounding = 0.0;  ///< step to which the facts are rounded, in their unit
};

/// Whether the facts themselves are drawn anew for each draw.
[[nodiscard]] inline bool redraws_facts(const Precision& precision) noexcept {
    return precision.source == FactSource::sampled || precision.rounding > 0.0;
}

/// `n` draws of the distribution given the facts: each a proper curve, exact in every fact unless the facts are drawn
/// anew.
///
/// A draw is the fitted curve plus a multivariate t deviation with the prior's covariance given quantiles and
/// linearized mean, the sampling part scaled to `precision.size`; the mean is then met again exactly and the curve made
/// increasing. Where the facts are sampled or rounded they are themselves drawn first, from the joint asymptotic normal
/// distribution of sample quantiles and mean, in logs: Cov(log Q_i, log Q_j) = g'_i g'_j p_i (1 - p_j) / (phi_i phi_j
/// n), Cov(log M, log Q_i) = g'_i (p_i - L(p_i)) / (phi_i n), Var(log M) = CV^2 / n, L the Lorenz curve (Lin, Wu &
/// Ahmad 1980; Cox & Hinkley 1974); rounding to a step r adds r^2 / 12.
///
/// A lone quantile takes a shape of the prior's own for each draw, at the scale that meets the mean; without a mean the
/// log of the scale is normal about the prior's typical one, with the spread between cells.
///
/// A bound that binds in `fit` is open upwards: a figure above it is drawn first, from what the other facts say of it,
/// and then met (open_bounds.hpp).
///
/// parent: whose shape the fit has borrowed, or null.
/// fit: of these facts, with a curve. The draws of a `key` do not depend on the number of threads (0: all cores).
[[nodiscard]] std::vector<CurveFit> posterior_draws(const Facts& facts, const CurveFit& fit, const Precision& precision,
                                                    std::size_t n, StreamKey key, const ShapePrior& prior,
                                                    int n_threads, const ParentShape* parent = nullptr);

}  // namespace wagefit
