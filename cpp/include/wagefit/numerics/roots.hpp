#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "wagefit/errors.hpp"

namespace wagefit {

/// Where a search for a root stopped.
struct Root {
    double x;          ///< best point found
    double value;      ///< f(x)
    int evaluations;   ///< calls of f
    bool converged;    ///< the bracket is as narrow as asked for, or f(x) is 0
};

/// When a search for a root stops.
struct RootLimits {
    double relative_width = 2.0 * std::numeric_limits<double>::epsilon();  ///< of the bracket, relative to x
    int evaluations = 2000;  ///< bisection over the whole range of doubles needs fewer
};

namespace detail {

/// A bracket: f changes sign between `near`, the newest point, and `far`; `old` is the newest point discarded.
struct Bracket {
    double near, f_near, far, f_far, old, f_old;
};

/// Fraction of the way from `near` to `far` at which to evaluate next: inverse quadratic interpolation where Chandrupatla's
/// test says that it is monotone, else the middle.
inline double next_fraction(const Bracket& b, double least) {
    const double xi = (b.near - b.far) / (b.old - b.far);
    const double phi = (b.f_near - b.f_far) / (b.f_old - b.f_far);
    if (!(phi * phi < xi && (1.0 - phi) * (1.0 - phi) < 1.0 - xi)) return 0.5;
    const double t = b.f_near / (b.f_far - b.f_near) * b.f_old / (b.f_far - b.f_old) +
                     (b.old - b.near) / (b.far - b.near) * b.f_near / (b.f_old - b.f_near) * b.f_far / (b.f_old - b.f_far);
    return std::clamp(t, least, 1.0 - least);
}

/// Takes the new point `x` into the bracket.
inline void update(Bracket& b, double x, double fx) {
    if (std::signbit(fx) == std::signbit(b.f_near)) {
        b.old = b.near;
        b.f_old = b.f_near;
    } else {
        b.old = b.far;
        b.f_old = b.f_far;
        b.far = b.near;
        b.f_far = b.f_near;
    }
    b.near = x;
    b.f_near = fx;
}

inline std::string describe(double low, double f_low, double high, double f_high) {
    return "f(" + std::to_string(low) + ") = " + std::to_string(f_low) + ", f(" + std::to_string(high) +
           ") = " + std::to_string(f_high);
}

}  // namespace detail

/// The root, or ConvergenceError naming `what` was sought if the search did not converge.
inline const Root& require_converged(const Root& root, const std::string& what) {
    if (root.converged) return root;
    throw ConvergenceError(what + ": no convergence after " + std::to_string(root.evaluations) + " evaluations, at " +
                           std::to_string(root.x) + " the residual is " + std::to_string(root.value));
}

/// A root of the continuous function `f` in [`low`, `high`], where f must change sign. The iterate never leaves the
/// bracket, which shrinks at every step: Chandrupatla (1997), Advances in Engineering Software 28(3), 145-149.
///
/// Throws ConvergenceError if f has one sign at both ends, or is NaN anywhere it is evaluated.
template <class Function>
Root bracketed_root(Function&& f, double low, double high, RootLimits limits = {}) {
    const double f_low = f(low), f_high = f(high);
    if (f_low == 0.0) return {low, f_low, 2, true};
    if (f_high == 0.0) return {high, f_high, 2, true};
    if (!(f_low * f_high < 0.0) && !(std::signbit(f_low) != std::signbit(f_high)))
        throw ConvergenceError("no sign change to bracket a root: " + detail::describe(low, f_low, high, f_high));
    detail::Bracket b{high, f_high, low, f_low, low, f_low};
    double fraction = 0.5;
    for (int n = 2;; ++n) {
        const bool near_is_best = std::abs(b.f_near) < std::abs(b.f_far);
        const double x = near_is_best ? b.near : b.far, fx = near_is_best ? b.f_near : b.f_far;
        const double width = std::abs(b.far - b.near);
        const double tolerance = limits.relative_width * std::abs(x) + std::numeric_limits<double>::min();
        if (fx == 0.0 || width <= tolerance) return {x, fx, n, true};
        if (n >= limits.evaluations) return {x, fx, n, false};
        const double least = 0.5 * tolerance / width;
        fraction = n == 2 ? 0.5 : detail::next_fraction(b, least);
        const double at = b.near + fraction * (b.far - b.near), value = f(at);
        if (std::isnan(value)) throw ConvergenceError("f(" + std::to_string(at) + ") is nan while seeking a root");
        detail::update(b, at, value);
    }
}

}  // namespace wagefit
