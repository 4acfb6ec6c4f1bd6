#include "numerics/roots.hpp"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <limits>
#include <sstream>

#include "wagefit/errors.hpp"

namespace wagefit {
namespace {

std::string at(double x, double fx) {
    std::ostringstream text;
    text << std::setprecision(12) << "f(" << x << ") = " << fx;
    return text.str();
}

double tolerance(double x, double relative_width) {
    return relative_width * std::abs(x) + std::numeric_limits<double>::min();
}

/// Chandrupatla's test: whether the inverse quadratic through the three points is monotone over the bracket.
bool is_interpolable(const detail::Bracket& b) {
    const double xi = (b.near - b.far) / (b.old - b.far);
    const double phi = (b.f_near - b.f_far) / (b.f_old - b.f_far);
    return phi * phi < xi && (1.0 - phi) * (1.0 - phi) < 1.0 - xi;
}

/// Where the inverse quadratic is 0, as a fraction of the way from `near` to `far`.
double inverse_quadratic(const detail::Bracket& b) {
    const double a = b.f_near / (b.f_far - b.f_near) * b.f_old / (b.f_far - b.f_old);
    const double c = b.f_near / (b.f_old - b.f_near) * b.f_far / (b.f_old - b.f_far);
    return a + (b.old - b.near) / (b.far - b.near) * c;
}

}  // namespace

Root require_converged(Root root, const std::string& what) {
    if (root.converged) return root;
    throw ConvergenceError(what + ": no convergence in " + std::to_string(root.evaluations) + " evaluations, " +
                           at(root.x, root.value));
}

namespace detail {

Bracket::Bracket(Point low, Point high)
    : near(high.x), f_near(high.value), far(low.x), f_far(low.value), old(low.x), f_old(low.value) {
    if (std::isnan(f_far) || std::isnan(f_near) || std::signbit(f_far) == std::signbit(f_near))
        throw ConvergenceError("no sign change to bracket a root: " + at(far, f_far) + ", " + at(near, f_near));
}

Root Bracket::best(int evaluations) const {
    const bool is_near = std::abs(f_near) < std::abs(f_far);
    return {is_near ? near : far, is_near ? f_near : f_far, evaluations, false};
}

bool Bracket::is_closed(const RootLimits& limits) const {
    const Root end = best(0);
    return std::abs(end.value) <= limits.value || std::abs(far - near) <= tolerance(end.x, limits.relative_width);
}

double Bracket::next(double relative_width) const {
    if (!is_interpolable(*this)) return near + 0.5 * (far - near);
    const double least = 0.5 * tolerance(best(0).x, relative_width) / std::abs(far - near);
    return near + std::clamp(inverse_quadratic(*this), least, 1.0 - least) * (far - near);
}

void Bracket::update(double x, double fx) {
    if (std::isnan(fx)) throw ConvergenceError("not a number while seeking a root: " + at(x, fx));
    const bool same_side = std::signbit(fx) == std::signbit(f_near);
    old = same_side ? near : far;
    f_old = same_side ? f_near : f_far;
    if (!same_side) {
        far = near;
        f_far = f_near;
    }
    near = x;
    f_near = fx;
}

}  // namespace detail
}  // namespace wagefit
