#pragma once

#include "distributions/kernels/knot_lanes.hpp"
#include "fitting/kernels/products.hpp"
#include "fitting/smooth_path_table.hpp"
#include "simd/elementary.hpp"

/// The prior conditioned on the facts' wages, and curves made increasing, for lanes of cells.
namespace wagefit::inline WAGEFIT_INSTRUCTION_SET {

/// GivenQuantiles of the lanes' cells.
struct GivenLanes {
    KnotLanes g, least;
    Lanes reference, scale;
};

/// Least increments: a part of the chord's between facts, of the scale's beyond them.
WAGEFIT_INLINE void set_least(const SmoothPathTable& path, const KnotLanes& logs, GivenLanes& given) {
    const KnotTable& table = path.knots;
    const std::vector<std::size_t>& facts = path.facts;
    const auto set = [&](std::size_t from, std::size_t to, Lanes slope) {
        for (std::size_t i = from; i < to; ++i) given.least.set(i, least_increment * slope * table.step[i]);
    };
    set(0, facts.front(), given.scale);
    for (std::size_t k = 1; k < facts.size(); ++k)
        set(facts[k - 1], facts[k], (logs[k] - logs[k - 1]) * path.inverse_run[k - 1]);
    set(facts.back(), table.n_segments, given.scale);
}

/// The prior mean `shape` at the scale, moved by the facts' deviations from it.
WAGEFIT_INLINE void set_conditional(const SmoothPathTable& path, const KnotArray& shape, const KnotLanes& logs,
                                    Lanes mean_log, GivenLanes& given) {
    const std::size_t n_facts = path.facts.size();
    const Lanes feature = elementary::log(given.scale / path.typical_scale);
    const Lanes bounded = feature < -1.0 ? every<Lanes>(-1.0) : feature > 1.0 ? every<Lanes>(1.0) : feature;
    const auto base = [&](std::size_t i) { return given.scale * (shape[i] + bounded * path.base_by_scale[i]); };
    Lanes level = mean_log;
    for (const std::size_t fact : path.facts) level -= base(fact) / static_cast<double>(n_facts);
    KnotLanes deviation;
    for (std::size_t k = 0; k < n_facts; ++k) deviation.set(k, logs[k] - (base(path.facts[k]) + level));
    for (std::size_t j = 0; j < path.free.size(); j += rows_at_once) {
        const Products moves = products(&path.kriging[j], deviation, n_facts);
        for (std::size_t k = 0; k < rows_at_once && j + k < path.free.size(); ++k)
            given.g.set(path.free[j + k], (base(path.free[j + k]) + level) + moves.of_row[k]);
    }
    for (std::size_t k = 0; k < n_facts; ++k) given.g.set(path.facts[k], logs[k]);
}

/// Conditions the prior with mean `shape` on the facts' `wages`, strictly increasing dollars.
WAGEFIT_INLINE void condition_around(const SmoothPathTable& path, const KnotArray& shape, const KnotLanes& wages,
                                     GivenLanes& given) {
    const std::size_t n_facts = path.facts.size();
    given.reference = wages[n_facts / 2];
    KnotLanes logs;
    Lanes mean = every<Lanes>(0.0), slope = mean;
    for (std::size_t k = 0; k < n_facts; ++k) {
        const Lanes log = elementary::log(wages[k] / given.reference);
        logs.set(k, log);
        mean += log / static_cast<double>(n_facts);
        slope += path.line[k] * log;
    }
    given.scale = larger(slope, every<Lanes>(least_scale));
    set_conditional(path, shape, logs, mean, given);
    set_least(path, logs, given);
}

/// Where an increment of `g` is below the least.
WAGEFIT_INLINE Mask is_falling(std::size_t n, const KnotLanes& g, const KnotLanes& least) {
    Lanes lowest = every<Lanes>(0.0);
    for (std::size_t i = 0; i < n; ++i) {
        const Lanes spare = (g[i + 1] - g[i]) - least[i];
        lowest = spare < lowest ? spare : lowest;
    }
    return lowest < 0.0;
}

/// The increments of `g` from `a` to `b` raised to the least ones, their sum kept, where any is `low`.
WAGEFIT_INLINE void spread(const KnotLanes& least, const KnotLanes& increment, std::size_t a, std::size_t b,
                           KnotLanes& g) {
    Lanes lowest = every<Lanes>(0.0), excess = lowest;
    Mask low = lowest < 0.0;
    for (std::size_t i = a; i < b; ++i) {
        lowest += least[i];
        excess += larger(increment[i] - least[i], every<Lanes>(0.0));
        low = low | (increment[i] < least[i]);
    }
    if (!any(low)) return;
    const Lanes ratio = (g[b] - g[a] - lowest) / excess;
    for (std::size_t i = a; i + 1 < b; ++i) {
        const Lanes raised = least[i] + larger(increment[i] - least[i], every<Lanes>(0.0)) * ratio;
        g.set(i + 1, chosen(low, g[i] + raised, g[i + 1]));
    }
}

/// `g` made increasing in the `held` lanes, those where it falls, without moving a fact: see made_monotone.
inline void hold_back(const SmoothPathTable& path, const KnotLanes& least, Mask held, KnotLanes& g) {
    const std::size_t first = path.facts.front(), last = path.facts.back(), n = path.knots.n_segments;
    KnotLanes increment;
    for (std::size_t i = 0; i < n; ++i) increment.set(i, g[i + 1] - g[i]);
    for (std::size_t k = 1; k < path.facts.size(); ++k) spread(least, increment, path.facts[k - 1], path.facts[k], g);
    for (std::size_t i = first; i-- > 0;) g.set(i, chosen(held, g[i + 1] - larger(increment[i], least[i]), g[i]));
    for (std::size_t i = last; i < n; ++i) g.set(i + 1, chosen(held, g[i] + larger(increment[i], least[i]), g[i + 1]));
}

WAGEFIT_INLINE void make_increasing(const SmoothPathTable& path, const KnotLanes& least, KnotLanes& g) {
    const Mask falls = is_falling(path.knots.n_segments, g, least);
    if (any(falls)) hold_back(path, least, falls, g);
}

}  // namespace wagefit::inline WAGEFIT_INSTRUCTION_SET
