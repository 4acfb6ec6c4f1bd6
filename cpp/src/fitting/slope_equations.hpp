#pragma once

#include <cstddef>

#include "fitting/segment_path.hpp"
#include "fitting/skew.hpp"
#include "simd/elementary.hpp"

/// What facts ask of the log slopes of a curve's segments, for one cell or for lanes of them. `Values` hold a
/// `Values::Number`, a double or lanes, for each segment, interval, fact or knot, and have room for as many.
namespace wagefit::inline WAGEFIT_INSTRUCTION_SET::slope_equations {

template <class Values>
using Number = typename Values::Number;

/// The facts of cells, from the lowest up.
template <class Values>
struct FactRises {
    Values logs;    ///< [fact]: log(wage / reference)
    Values run;     ///< [interval]: its rise
    Values target;  ///< [interval]: the log of its rise
};

/// The log slopes of cells before their facts, from which they depart by u of skew.hpp.
template <class Values>
struct PriorSlopes {
    Values mean, least;  ///< [segment]: prior mean, and lower bounds of the departures
    SkewedTails tails;
    skew::Skew<Number<Values>> skew;
};

/// The curve of some slopes that meets the facts, and the constraints on the departures there.
template <class Values>
struct Constraints {
    Values rise, g;   ///< [segment], [knot]: of the curve; g is log(wage / reference)
    Values share;     ///< [segment]: its part of its interval's rise, the derivative of that rise's log
    Values rest;      ///< [interval]: log of its rise over what the slopes make it
    Values mean_row;  ///< [segment]: derivative of the log mean
    Number<Values> mean_rest;
};

/// What the log of the rise of interval `k` exceeds that of the prior mean by.
template <class Values>
WAGEFIT_INLINE Number<Values> excess(const SegmentPath& path, const Values& prior, const FactRises<Values>& facts,
                                     std::size_t k) {
    using T = Number<Values>;
    T sum = every<T>(0.0);
    for (std::size_t i = path.facts[k]; i < path.facts[k + 1]; ++i) sum += path.step[i] * elementary::exp(prior[i]);
    return facts.target[k] - elementary::log(sum);
}

/// Skew and bounds of the departures of cells of a `scale` relative to the typical one, whose intervals exceed the
/// prior mean by `excesses`, [interval]. A cell with one fact has one excess, 0.
template <class Values>
WAGEFIT_INLINE void set_skew(const SegmentPath& path, Number<Values> scale, const Values& excesses,
                             PriorSlopes<Values>& prior) {
    using T = Number<Values>;
    const std::size_t n_facts = path.facts.size(), last = n_facts > 1 ? n_facts - 2 : 0;
    prior.skew = skew::skew_of<T>(prior.tails, scale, excesses[0], excesses[last]);
    for (std::size_t i = 0, k = 0; i < path.n_segments; ++i) {
        while (k < last && i >= path.facts[k + 1]) ++k;
        prior.least.set(i, skew::least<T>(prior.tails, prior.skew, i, excesses[k]));
    }
}

/// Scales what the slopes make of interval `k`, in `out.rise`, to the facts.
template <class Values>
WAGEFIT_INLINE void fit_interval(const SegmentPath& path, const FactRises<Values>& facts, std::size_t k,
                                 Constraints<Values>& out) {
    using T = Number<Values>;
    const std::size_t begin = path.facts[k], end = path.facts[k + 1];
    T sum = out.rise[begin];
    for (std::size_t i = begin + 1; i < end; ++i) sum += out.rise[i];
    const T inverse = 1.0 / sum;
    out.rest.set(k, facts.target[k] - elementary::log(sum));
    T g = facts.logs[k];
    for (std::size_t i = begin; i < end; ++i) {
        out.share.set(i, out.rise[i] * inverse);
        out.rise.set(i, out.share[i] * facts.run[k]);
        out.g.set(i, g);
        g += out.rise[i];
    }
}

/// The curve of departures `u`, and what is left of the facts' constraints.
template <class Values>
WAGEFIT_INLINE void set_curve(const SegmentPath& path, const PriorSlopes<Values>& prior, const Values& u,
                              const FactRises<Values>& facts, Constraints<Values>& out) {
    using T = Number<Values>;
    const std::size_t n_facts = path.facts.size(), first = path.facts.front(), last = path.facts.back();
    skew::pass<T>(prior.tails, prior.skew, u, [&](std::size_t i, T departure) {
        out.rise.set(i, path.step[i] * elementary::exp(prior.mean[i] + departure));
    });
    for (std::size_t k = 0; k + 1 < n_facts; ++k) fit_interval(path, facts, k, out);
    out.g.set(last, facts.logs[n_facts - 1]);
    for (std::size_t i = first; i-- > 0;) out.g.set(i, out.g[i + 1] - out.rise[i]);
    for (std::size_t i = last; i < path.n_segments; ++i) out.g.set(i + 1, out.g[i] + out.rise[i]);
}

/// Derivatives of the log mean in the log slopes of the segments beyond the facts, each of which moves all knots on its
/// far side.
template <class Values>
WAGEFIT_INLINE void set_outer_mean_row(const SegmentPath& path, const Values& gradient, Constraints<Values>& out) {
    using T = Number<Values>;
    T moved = every<T>(0.0);
    for (std::size_t i = 0; i < path.facts.front(); ++i) {
        moved += gradient[i];
        out.mean_row.set(i, -(moved * out.rise[i]));
    }
    moved = every<T>(0.0);
    for (std::size_t i = path.n_segments; i-- > path.facts.back();) {
        moved += gradient[i + 1];
        out.mean_row.set(i, moved * out.rise[i]);
    }
}

/// Derivatives of the log mean in the log slopes of the segments of interval `k`, which keep the sum of their rises.
template <class Values>
WAGEFIT_INLINE void set_inner_mean_row(const SegmentPath& path, const Values& gradient, std::size_t k,
                                       Constraints<Values>& out) {
    using T = Number<Values>;
    const std::size_t begin = path.facts[k], end = path.facts[k + 1];
    T above = every<T>(0.0), mean = above;
    for (std::size_t i = end; i-- > begin;) {
        const T own = above * out.rise[i];
        out.mean_row.set(i, own);
        mean += own;
        above += gradient[i];
    }
    for (std::size_t i = begin; i < end; ++i)
        out.mean_row.set(i, product_plus<T>(-mean, out.share[i], out.mean_row[i]));
}

/// Derivatives of the log mean in the departures `u`, from its `gradient` in the knots.
template <class Values>
WAGEFIT_INLINE void set_mean_row(const SegmentPath& path, const PriorSlopes<Values>& prior, const Values& u,
                                 const Values& gradient, Constraints<Values>& out) {
    using T = Number<Values>;
    set_outer_mean_row(path, gradient, out);
    for (std::size_t k = 0; k + 1 < path.facts.size(); ++k) set_inner_mean_row(path, gradient, k, out);
    skew::pull_back<T>(prior.tails, prior.skew, u, out.mean_row,
                       [&](std::size_t i, T value) { out.mean_row.set(i, value); });
}

}  // namespace wagefit::inline WAGEFIT_INSTRUCTION_SET::slope_equations
