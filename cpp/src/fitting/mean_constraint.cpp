#include "fitting/mean_constraint.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "numerics/roots.hpp"
#include "wagefit/distributions/operations.hpp"

namespace wagefit {
namespace {

constexpr double rounding = 1e-14;  // of the log mean

/// The point at which the increasing or decreasing function `f` first changes sign on the way from 0 in steps that
/// double.
template <class Function>
std::optional<double> first_root(Function&& f, Point start, double first_step, int doublings) {
    if (start.value == 0.0) return start.x;
    double step = first_step;
    for (int i = 0; i < doublings; ++i, step *= 2.0) {
        const double to = start.x + step;
        const Point next{to, f(to)};
        if (std::isnan(next.value)) return std::nullopt;
        if ((start.value > 0.0) != (next.value > 0.0)) return bracketed_root(f, start, next, {.value = rounding}).x;
        start = next;
    }
    return std::nullopt;
}

MeanStep pulled(const Cell& cell, const Conditional& given, const Curve& at, double target) {
    const Eigen::VectorXd pull = cell.pattern.covariance * log_mean_gradient(cell.pattern, at);
    return meet_mean_along(cell, given.g, given.scale, pull, target);
}

}  // namespace

bool meets_mean(const Curve& curve, double target) { return std::abs(mean(curve) / target - 1.0) <= 1e-12; }

MeanStep meet_mean_along(const Cell& cell, const Eigen::VectorXd& g, double scale, const Eigen::VectorXd& direction,
                         double target) {
    const double largest = direction.cwiseAbs().maxCoeff();
    if (!(largest > 0.0)) return {};
    const Eigen::VectorXd unit = direction * (scale / largest);
    const auto excess = [&](double lambda) { return std::log(mean(*cell.curve(g + lambda * unit, scale)) / target); };
    const Point start{0.0, excess(0.0)};
    const double first_step = start.value < 0.0 ? 0.25 : -0.25;  // of the scale, at the knot that moves most
    constexpr int doublings = 9;  // further than 64 scales no knot of a real cell has to move
    const auto root = first_root(excess, start, first_step, doublings);
    if (!root) return {};
    MeanStep step{nullptr, g + *root * unit};
    auto curve = cell.curve(step.g, scale);
    if (meets_mean(*curve, target)) step.curve = std::move(curve);
    return step;
}

MeanStep meet_mean(const Cell& cell, const Conditional& given, double target) {
    MeanStep first = pulled(cell, given, *cell.curve(given.g, given.scale), target);
    if (!first.curve) return {};
    MeanStep second = pulled(cell, given, *first.curve, target);
    return second.curve ? second : first;
}

bool has_lone_upper_tail(const Cell& cell) {
    return cell.pattern.facts.size() > 1 && cell.pattern.facts.back() + 1 == cell.pattern.size() &&
           std::isinf(cell.pinned.support.upper);
}

std::shared_ptr<const Curve> meet_mean_by_tail(const Cell& cell, const Conditional& given, double target) {
    const CurveKnots knots = cell.curve(given.g, given.scale)->knots();
    const auto with_slope = [&](double log_slope) {
        CurveKnots out = knots;
        out.slope_right.back() = std::exp(log_slope);
        const std::size_t last = out.z.size() - 1;
        if (last > 0 && out.wage[last - 1] < out.wage[last]) out.slope_left.back() = out.slope_right.back();
        return std::make_shared<const Curve>(std::move(out), cell.pinned.support);
    };
    const auto excess = [&](double log_slope) { return std::log(mean(*with_slope(log_slope)) / target); };
    constexpr double flattest = -7.0, steepest = 3.0;  // logs of slopes from 0.001 to 20
    if (!(excess(flattest) < 0.0 && excess(steepest) > 0.0)) return nullptr;
    auto curve = with_slope(bracketed_root(excess, flattest, steepest).x);
    return meets_mean(*curve, target) ? curve : nullptr;
}

Conditional condition_on_mean(const Cell& cell, double target) {
    const auto given = [&](double scale) { return condition_at_scale(cell.pattern, cell.pinned.logs, scale); };
    const auto excess = [&](double scale) { return std::log(mean(*cell.curve(given(scale).g, scale)) / target); };
    constexpr double smallest = 0.01, largest = 4.0, ratio = 1.1;
    double best = smallest, previous = smallest, f_previous = excess(smallest);
    for (double scale = smallest * ratio, nearest = std::abs(f_previous); scale < largest; scale *= ratio) {
        const double f = excess(scale);
        if ((f > 0.0) != (f_previous > 0.0)) return given(bracketed_root(excess, previous, scale).x);
        if (std::abs(f) < nearest) {
            nearest = std::abs(f);
            best = scale;
        }
        previous = scale;
        f_previous = f;
    }
    return given(best);
}

}  // namespace wagefit
