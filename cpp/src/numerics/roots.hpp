#pragma once

#include <cmath>
#include <limits>
#include <string>

namespace wagefit {

/// Where a search for a root stopped.
struct Root {
    double x;         ///< best point found
    double value;     ///< f(x)
    int evaluations;  ///< calls of f
    bool converged;   ///< the bracket is as narrow as asked for, or f(x) is 0
};

/// When a search for a root stops.
struct RootLimits {
    double relative_width = 2.0 * std::numeric_limits<double>::epsilon();  ///< of the bracket, relative to x
    int evaluations = 2000;  ///< bisection over the whole range of doubles needs fewer
    double value = 0.0;      ///< |f(x)| that counts as none
};

/// A point of a function's graph.
struct Point {
    double x, value;
};

/// The root; ConvergenceError naming `what` was sought if the search did not converge.
Root require_converged(Root root, const std::string& what);

namespace detail {

/// A bracket: f changes sign between `near`, the newest point, and `far`; `old` is the newest point discarded.
struct Bracket {
    double near, f_near, far, f_far, old, f_old;

    /// Bracket of a first step; ConvergenceError unless f is a number at both ends and changes sign.
    Bracket(Point low, Point high);

    /// The end where f is nearer to 0.
    [[nodiscard]] Root best(int evaluations) const;

    /// Whether the best end is a root to within the limits.
    [[nodiscard]] bool is_closed(const RootLimits& limits) const;

    /// The point to evaluate next, inside the bracket.
    [[nodiscard]] double next(double relative_width) const;

    /// Takes the point `x` into the bracket; ConvergenceError if f(x) is NaN.
    void update(double x, double fx);
};

}  // namespace detail

/// A root of the continuous function `f` between two points of its graph, where f must change sign. The iterate never
/// leaves the bracket, which shrinks at every step: Chandrupatla (1997), Advances in Engineering Software 28(3),
/// 145-149.
///
/// Throws ConvergenceError if f has one sign at both ends, or is NaN anywhere it is evaluated.
template <class Function>
Root bracketed_root(Function&& f, Point low, Point high, RootLimits limits = {}) {
    if (low.value == 0.0) return {low.x, low.value, 0, true};
    if (high.value == 0.0) return {high.x, high.value, 0, true};
    detail::Bracket bracket(low, high);
    int evaluations = 0;
    while (!bracket.is_closed(limits) && evaluations < limits.evaluations) {
        const double x = bracket.next(limits.relative_width);
        bracket.update(x, f(x));
        ++evaluations;
    }
    Root root = bracket.best(evaluations);
    root.converged = bracket.is_closed(limits);
    return root;
}

/// A root in [`low`, `high`], at whose ends `f` differs in sign.
template <class Function>
Root bracketed_root(Function&& f, double low, double high, RootLimits limits = {}) {
    const Point first{low, f(low)};
    if (first.value == 0.0) return {low, first.value, 1, true};
    limits.evaluations -= 2;
    Root root = bracketed_root(f, first, Point{high, f(high)}, limits);
    root.evaluations += 2;
    return root;
}

}  // namespace wagefit
