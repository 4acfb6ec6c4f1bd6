#pragma once

#include <array>

#include "fitting/kernels/log_curve.hpp"
#include "fitting/slope_equations.hpp"
#include "fitting/slope_steps.hpp"
#include "simd/elementary.hpp"

/// The most plausible log slopes of lanes of cells: the steps of fitting/log_slopes.hpp.
namespace wagefit::inline WAGEFIT_INSTRUCTION_SET::log_slopes {

inline constexpr double met = 1e-13;  // of the log mean

using Constraints = slope_equations::Constraints<KnotLanes>;

/// Cells on their way: values at segments, facts, knots.
struct State {
    slope_equations::PriorSlopes<KnotLanes> prior;
    KnotLanes u;  ///< [segment]: departures from the prior mean
    slope_equations::FactRises<KnotLanes> facts;
    Lanes relative_scale;   ///< scale over the typical one
    Lanes reference, mean;  ///< dollars, and the mean over the reference
    KnotLanes way;          ///< [segment]: the way along which the departures move to the mean
    Lanes slope, moved;     ///< derivative of the log mean along it, and the last move
    Lanes rest;             ///< log of the mean over what it was at the last integral
    Lanes freedom;          ///< part of the way to the most plausible curve that a step goes
    Mask is_done;           ///< these stay where they are
};

WAGEFIT_INLINE void set_curve(const SmoothPathTable& path, const State& state, Constraints& out) {
    slope_equations::set_curve(path.segments(), state.prior, state.u, state.facts, out);
}

WAGEFIT_INLINE void set_skew(const SmoothPathTable& path, State& state) {
    KnotLanes excesses;
    for (std::size_t k = 0; k + 1 < path.facts.size(); ++k)
        excesses.set(k, slope_equations::excess(path.segments(), state.prior.mean, state.facts, k));
    slope_equations::set_skew(path.segments(), state.relative_scale, excesses, state.prior);
}

/// The prior around the facts' `wages`, strictly increasing dollars.
WAGEFIT_INLINE void begin(const SmoothPathTable& path, const KnotArray& base, const KnotLanes& wages, State& state) {
    const std::size_t n_facts = path.facts.size();
    state.reference = wages[n_facts / 2];
    for (std::size_t k = 0; k < n_facts; ++k) state.facts.logs.set(k, elementary::log(wages[k] / state.reference));
    for (std::size_t k = 0; k + 1 < n_facts; ++k) {
        const Lanes run = elementary::log_ratio(wages[k + 1], wages[k]);
        state.facts.run.set(k, run);
        state.facts.target.set(k, elementary::log(run));
    }
    const Lanes scale =
        larger((state.facts.logs[n_facts - 1] - state.facts.logs[0]) * path.inverse_span, every<Lanes>(least_scale));
    const Lanes feature = path.scale_weight * (elementary::log(scale) - path.log_typical_scale),
                level = feature + path.log_typical_scale;
    const Lanes bounded = smaller(larger(feature, every<Lanes>(-1.0)), every<Lanes>(1.0));
    for (std::size_t i = 0; i < path.knots.n_segments; ++i)
        state.prior.mean.set(i, fused(bounded, every<Lanes>(path.base_by_scale[i]), level + base[i]));
    state.relative_scale = elementary::exp(feature);
    for (std::size_t i = 0; i < path.knots.n_segments; ++i) state.u.set(i, every<Lanes>(0.0));
    state.freedom = every<Lanes>(1.0);
    state.is_done = every<Lanes>(0.0) > 0.0;
}

/// The system of equations for the multipliers of the constraints, of which there are `n`, the mean last.
struct System {
    std::array<KnotLanes, most_constraints> columns;                       ///< [constraint][segment]: K J'
    std::array<std::array<Lanes, most_constraints>, most_constraints> at;  ///< J K J', its lower triangle
    std::array<Lanes, most_constraints> right;
    std::size_t n;
};

/// The segments that constraint `k` reaches and their derivatives in it.
struct Row {
    std::size_t begin, end;
    const KnotLanes& of;
};

WAGEFIT_INLINE Row row(const SmoothPathTable& path, const Constraints& of, std::size_t k) {
    const bool is_interval = k + 1 < path.facts.size();
    return is_interval ? Row{path.facts[k], path.facts[k + 1], of.share} : Row{0, path.knots.n_segments, of.mean_row};
}

WAGEFIT_INLINE void set_system(const SmoothPathTable& path, const State& state, const Constraints& of, System& out) {
    const std::size_t n = path.knots.n_segments;
    for (std::size_t k = 0; k < out.n; ++k) {
        const Row from = row(path, of, k);
        for (std::size_t a = 0; a < n; ++a) {
            Lanes sum = path.covariance[a][from.begin] * from.of[from.begin];
            for (std::size_t i = from.begin + 1; i < from.end; ++i)
                sum = fused(every<Lanes>(path.covariance[a][i]), from.of[i], sum);
            out.columns[k].set(a, sum);
        }
        Lanes right = k + 1 < path.facts.size() ? of.rest[k] : of.mean_rest;
        for (std::size_t i = from.begin; i < from.end; ++i)
            right = fused(from.of[i], state.freedom * state.u[i], right);
        out.right[k] = right;
        for (std::size_t j = 0; j <= k; ++j) {
            Lanes sum = every<Lanes>(0.0);
            for (std::size_t i = from.begin; i < from.end; ++i) sum = fused(from.of[i], out.columns[j][i], sum);
            out.at[k][j] = sum;
        }
    }
}

/// Replaces the right side by the solution: L D L' without square roots.
WAGEFIT_INLINE void solve(System& system) {
    auto& [columns, at, right, n] = system;
    for (std::size_t j = 0; j < n; ++j) {
        for (std::size_t k = j + 1; k < n; ++k) {
            const Lanes factor = at[k][j] / at[j][j];
            for (std::size_t l = j + 1; l <= k; ++l) at[k][l] = fused(-factor, at[l][j], at[k][l]);
            right[k] = fused(-factor, right[j], right[k]);
        }
    }
    for (std::size_t j = n; j-- > 0;) {
        for (std::size_t k = j + 1; k < n; ++k) right[j] = fused(-at[k][j], right[k], right[j]);
        right[j] = right[j] / at[j][j];
    }
}

/// Moves the departures of the lanes that are not done.
WAGEFIT_INLINE void move(const SmoothPathTable& path, const System& system, State& state) {
    const std::size_t n = path.knots.n_segments;
    KnotLanes step;
    Lanes longest = every<Lanes>(slope_steps::longest);
    for (std::size_t i = 0; i < n; ++i) {
        Lanes to = -(state.freedom * state.u[i]);
        for (std::size_t k = 0; k < system.n; ++k) to = fused(system.right[k], system.columns[k][i], to);
        step.set(i, to);
        longest = larger(magnitude(step[i]), longest);
    }
    const Lanes part = slope_steps::longest / longest;
    for (std::size_t i = 0; i < n; ++i)
        state.u.set(i,
                    chosen(state.is_done, state.u[i],
                           skew::bounded(fused(part, step[i], state.u[i]), state.prior.least[i], state.prior.mean[i])));
}

/// Where the rises are as near to their targets as `near`.
WAGEFIT_INLINE Mask rises_are_met(const SmoothPathTable& path, const Constraints& of, double near) {
    Lanes farthest = every<Lanes>(0.0);
    for (std::size_t k = 0; k + 1 < path.facts.size(); ++k) farthest = larger(magnitude(of.rest[k]), farthest);
    return farthest <= near;
}

/// One step of cells without a mean.
inline void step_alone(const SmoothPathTable& path, State& state) {
    Constraints at;
    set_curve(path, state, at);
    state.is_done = state.is_done | rises_are_met(path, at, slope_steps::plausible);
    System system;
    system.n = path.facts.size() - 1;
    set_system(path, state, at, system);
    solve(system);
    move(path, system, state);
}

/// Constraints and mean at the lanes' slopes, by `integrate`.
template <class Integrate>
WAGEFIT_INLINE void set_constraints(const SmoothPathTable& path, const State& state, Constraints& at,
                                    Integrate&& integrate) {
    LogCurve curve;
    KnotLanes gradient;
    set_curve(path, state, at);
    integrate(path, at.g, curve);
    mean_gradient::set_knot_gradient(path.segments(), curve, gradient);
    slope_equations::set_mean_row(path.segments(), state.prior, state.u, gradient, at);
    at.mean_rest = elementary::log(state.mean / curve.total);
}

/// One step of cells with a mean, by an integral to about 1e-7; done are those that were near before it.
inline void step_near(const SmoothPathTable& path, State& state) {
    Constraints at;
    set_constraints(path, state, at, &integrate_some);
    state.is_done =
        state.is_done | ((magnitude(at.mean_rest) <= slope_steps::near) & rises_are_met(path, at, slope_steps::near));
    if (!any(!state.is_done)) return;
    System system;
    system.n = path.facts.size();
    set_system(path, state, at, system);
    solve(system);
    move(path, system, state);
}

/// The last step that weighs all constraints. What is left of the mean then is made up along its pull.
inline void turn(const SmoothPathTable& path, State& state) {
    Constraints at;
    set_constraints(path, state, at, &integrate_all);
    System system;
    system.n = path.facts.size();
    set_system(path, state, at, system);
    const Lanes slope = system.at[system.n - 1][system.n - 1];
    solve(system);
    state.is_done = every<Lanes>(0.0) > 0.0;
    move(path, system, state);
    state.way = system.columns[system.n - 1];
    state.slope = slope;
    state.moved = state.rest = every<Lanes>(0.0);
}

/// One step along the pull, by the exact integral; the slope is that of the secant once there is one.
inline void settle(const SmoothPathTable& path, State& state) {
    Constraints at;
    LogCurve curve;
    set_curve(path, state, at);
    integrate_all(path, at.g, curve);
    const Lanes rest = elementary::log(state.mean / curve.total), secant = (state.rest - rest) / state.moved;
    const Mask has_secant = (state.moved != 0.0) & (magnitude(rest) > 1e-9) & (secant > 0.0);
    state.slope = chosen(has_secant, secant, state.slope);
    state.is_done = state.is_done | ((magnitude(rest) <= met) & is_fair(path.knots, curve.shape));
    state.rest = rest;
    state.moved = rest / state.slope;
    for (std::size_t i = 0; i < path.knots.n_segments; ++i)
        state.u.set(i, chosen(state.is_done, state.u[i], fused(state.moved, state.way[i], state.u[i])));
}

}  // namespace wagefit::inline WAGEFIT_INSTRUCTION_SET::log_slopes
