#pragma once

#include "fitting/kernels/conditioning.hpp"
#include "fitting/kernels/log_curve.hpp"
#include "fitting/kernels/products.hpp"

/// The way to the curve with a given mean, for lanes of cells. Three integrals meet most means: a rough one gives the
/// pull and a first step (set_out), a better one the pull where the mean is nearly met (approach), an exact one the
/// last step (settle). Steps with the second derivative err by about the excess squared. A cell that needs another
/// integral takes the same step once more.
namespace wagefit::inline WAGEFIT_INSTRUCTION_SET::mean_search {

inline constexpr double farthest = 8.0;       // scales; the general search looks further
inline constexpr double far = 0.03;           // of the log mean: a long way takes a better pull
inline constexpr double near = 3e-4;          // of the log mean: what is left is made up to first order
inline constexpr double settled = 5e-7;       // of the log mean: the step from there errs by 1e-13
inline constexpr double settled_held = 1e-8;  // where a knot may be held back or let go on the way
inline constexpr double settled_bend =
    3e-13;  // of the log mean: what curvature, known to a tenth or so, may make of it
inline constexpr int most_steps = 8;

/// What a search knows between two integrals: the curves start + lambda way, held back where they would fall.
struct State {
    GivenLanes given;  ///< given.g is the start
    KnotLanes way;
    Lanes inverse_target;  ///< reference over the mean
    Lanes lambda;          ///< NaN where the search has failed
    Lanes curvature;       ///< second derivative of the log mean along the way
    Lanes slope, moved;    ///< first derivative at the last exact integral, and the step from there; 0 before it
};

/// The covariance with the log mean, its largest entry as large as the scale.
WAGEFIT_INLINE void set_pull(const SmoothPathTable& path, const KnotLanes& gradient, Lanes scale, KnotLanes& pull) {
    const std::size_t n = path.free.size();
    KnotLanes part;
    for (std::size_t j = 0; j < n; ++j) part.set(j, gradient[path.free[j]]);
    Lanes largest = every<Lanes>(0.0);
    for (std::size_t i = 0; i < n; i += rows_at_once) {
        const auto sums = products(&path.covariance[i], part, n);
        for (std::size_t k = 0; k < rows_at_once && i + k < n; ++k) {
            pull.set(path.free[i + k], sums.of_row[k]);
            largest = larger(magnitude(sums.of_row[k]), largest);
        }
    }
    const Lanes factor = scale / largest;
    for (const std::size_t i : path.free) pull.set(i, pull[i] * factor);
    for (const std::size_t i : path.facts) pull.set(i, every<Lanes>(0.0));
}

/// First and second moments of a direction under the gradient.
struct Moments {
    Lanes slope, curvature;
};

WAGEFIT_INLINE Moments moments(const KnotLanes& gradient, const KnotLanes& u, std::size_t n) {
    Lanes first = every<Lanes>(0.0), second = first;
    for (std::size_t i = 0; i <= n; ++i) {
        const Lanes part = gradient[i] * u[i];
        first += part;
        second = fused(part, u[i], second);
    }
    return {first, second - first * first};
}

/// The step to the root of `excess` + slope x + curvature x^2 / 2, to third order.
WAGEFIT_INLINE Lanes step(Lanes excess, Lanes slope, Lanes curvature) {
    const Lanes newton = -excess / slope;
    return newton - 0.5 * curvature / slope * newton * newton;
}

/// `lambda` where the slope is positive and the way not too long, NaN elsewhere.
WAGEFIT_INLINE Lanes checked(Lanes lambda, Lanes slope) {
    const Mask is_sound = (slope > 0.0) & (magnitude(lambda) < farthest);
    return chosen(is_sound, lambda, every<Lanes>(std::numeric_limits<double>::quiet_NaN()));
}

/// g = start + lambda way.
WAGEFIT_INLINE void move(const State& state, Lanes lambda, std::size_t n, KnotLanes& g) {
    for (std::size_t i = 0; i <= n; ++i) g.set(i, fused(lambda, state.way[i], state.given.g[i]));
}

/// The direction in which `g`, placed at lambda and held back in the lanes `is_held`, moves there.
inline void set_held_way(const SmoothPathTable& path, const State& state, Mask is_held, const KnotLanes& g,
                         KnotLanes& way) {
    constexpr double h = 1e-6;  // the difference quotient is right to about 1e-6
    const std::size_t n = path.knots.n_segments;
    move(state, state.lambda + h, n, way);
    hold_back(path, state.given.least, is_held, way);
    for (std::size_t i = 0; i <= n; ++i) way.set(i, chosen(is_held, (way[i] - g[i]) / h, state.way[i]));
}

/// Where curves are held back, and the direction in which they move: the way, or what is left of it.
struct Direction {
    Mask is_held;
    const KnotLanes& way;
};

/// Places `g` at lambda; `held` is room for the direction.
WAGEFIT_INLINE Direction place(const SmoothPathTable& path, const State& state, KnotLanes& g, KnotLanes& held) {
    const std::size_t n = path.knots.n_segments;
    move(state, state.lambda, n, g);
    const Mask is_held = is_falling(n, g, state.given.least);
    if (!any(is_held)) return {is_held, state.way};
    hold_back(path, state.given.least, is_held, g);
    set_held_way(path, state, is_held, g, held);
    return {is_held, held};
}

/// Log of the mean over the target.
WAGEFIT_INLINE Lanes excess(const State& state, const LogCurve& curve) {
    return log_near_one(curve.total * state.inverse_target);
}

/// Finds the pull without the mean, by `integrate`, and goes along it; returns the log of that mean over the target.
template <class Integrate>
WAGEFIT_INLINE Lanes set_out_by(const SmoothPathTable& path, State& state, Integrate&& integrate) {
    const std::size_t n = path.knots.n_segments;
    state.lambda = state.slope = state.moved = every<Lanes>(0.0);
    KnotLanes g = state.given.g, gradient;
    make_increasing(path, state.given.least, g);
    LogCurve curve;
    integrate(path, g, curve);
    set_gradient(path.knots, curve, gradient);
    set_pull(path, gradient, state.given.scale, state.way);
    const Moments along = moments(gradient, state.way, n);
    const Lanes off = excess(state, curve);
    state.curvature = path.pull_ratios.curvature * along.curvature;
    state.lambda = checked(step(off, path.pull_ratios.slope * along.slope, state.curvature), along.slope);
    return off;
}

/// Takes the first step by the rough integral; returns where the mean is not far off, so that this serves.
inline Mask set_out(const SmoothPathTable& path, State& state) {
    return magnitude(set_out_by(path, state, &integrate_few)) <= far;
}

/// Takes the first step by a better integral, which serves everywhere.
inline Mask set_out_far(const SmoothPathTable& path, State& state) {
    set_out_by(path, state, &integrate_some);
    return every<Lanes>(0.0) == every<Lanes>(0.0);
}

/// Where the line along the way meets the mean, nearly: takes the pull there for the way, in the lanes `is_near`, and
/// the place on the line of this pull that has the mean wanted.
WAGEFIT_INLINE void turn(const SmoothPathTable& path, const LogCurve& curve, const KnotLanes& exact, Mask is_near,
                         State& state) {
    const std::size_t n = path.knots.n_segments;
    const Lanes before = slope_along(path.knots, exact, state.way);
    const Lanes rest = step(excess(state, curve), before, state.curvature);
    KnotLanes gradient, pull, aside;
    set_gradient(path.knots, curve, gradient);
    for (std::size_t i = 0; i <= n; ++i) gradient.set(i, gradient[i] * fused(rest, state.way[i], 1.0));
    set_pull(path, gradient, state.given.scale, pull);
    const Lanes slope = slope_along(path.knots, exact, pull);
    const Lanes to = (state.lambda * before - excess(state, curve)) / slope;
    for (std::size_t i = 0; i <= n; ++i) aside.set(i, fused(to, pull[i], -state.lambda * state.way[i]));
    const Lanes lambda = to - 0.5 * path.pull_ratios.curvature * moments(gradient, aside, n).curvature / slope;
    state.lambda = chosen(is_near, checked(lambda, slope), state.lambda);
    const Lanes curvature = path.pull_ratios.curvature * moments(gradient, pull, n).curvature;
    state.curvature = chosen(is_near, curvature, state.curvature);
    for (std::size_t i = 0; i <= n; ++i) state.way.set(i, chosen(is_near, pull[i], state.way[i]));
}

/// Returns where the mean was nearly met, and has turned there; elsewhere it has moved nearer along the way. Lanes that
/// have failed count as met.
inline Mask approach(const SmoothPathTable& path, State& state) {
    KnotLanes g, held, exact;
    LogCurve curve;
    const Direction direction = place(path, state, g, held);
    integrate_some(path, g, curve);
    set_exact_gradient(path.knots, curve, exact);
    const Lanes off = excess(state, curve), slope = slope_along(path.knots, exact, direction.way);
    const Mask is_near = magnitude(off) <= near;
    const Lanes nearer = checked(state.lambda + step(off, slope, state.curvature), slope);
    turn(path, curve, exact, is_near, state);
    state.lambda = chosen(is_near, state.lambda, nearer);
    return is_near | (state.lambda != state.lambda);
}

/// Moves to where the mean is met and returns where it is, to 1e-13, but for lanes that have failed.
inline Mask settle(const SmoothPathTable& path, State& state) {
    KnotLanes g, held, exact;
    LogCurve curve;
    const Direction direction = place(path, state, g, held);
    integrate_all(path, g, curve);
    set_exact_gradient(path.knots, curve, exact);
    const Lanes off = excess(state, curve), slope = slope_along(path.knots, exact, direction.way);
    state.curvature = chosen(state.moved != 0.0, (slope - state.slope) / state.moved, state.curvature);
    state.slope = slope;
    state.moved = step(off, slope, state.curvature);
    const Lanes fair = chosen(is_fair(path.knots, curve.shape), slope, every<Lanes>(-1.0));
    state.lambda = checked(state.lambda + state.moved, fair);
    const Lanes enough = chosen(direction.is_held, every<Lanes>(settled_held), every<Lanes>(settled));
    const Lanes bend = state.curvature * (state.moved * state.moved);
    return ((magnitude(off) <= enough) & (magnitude(bend) <= settled_bend)) | (state.lambda != state.lambda);
}

}  // namespace wagefit::inline WAGEFIT_INSTRUCTION_SET::mean_search
