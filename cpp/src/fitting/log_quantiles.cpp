#include "fitting/log_quantiles.hpp"

#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>
#include <cmath>

#include "distributions/rational_shape.hpp"
#include "simd/elementary.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

using Eigen::Index;
using Eigen::VectorXd;

double fitted_scale(const VectorXd& z, const VectorXd& logs) {
    const VectorXd x = z.array() - z.mean();
    return std::max(x.dot((logs.array() - logs.mean()).matrix()) / x.squaredNorm(), least_scale);
}

/// Raises `increments` to at least `least`, whose sum is below `total`, and rescales what exceeds it so that `total` is
/// their sum.
void spread(Eigen::Ref<VectorXd> increments, const VectorXd& least, double total) {
    const VectorXd excess = (increments - least).cwiseMax(0.0);
    const double sum = excess.sum();
    increments = least + excess * (sum > 0.0 ? (total - least.sum()) / sum : 0.0);
}

double chord_slope(const CurveKnots& knots, std::size_t low, std::size_t high) {
    return elementary::log_ratio(knots.wage[high], knots.wage[low]) / (knots.z[high] - knots.z[low]);
}

/// Slope of the chord from the first knot to the one at `z_far` or beyond, past ties; `fallback` if nothing rises.
double lower_chord(const CurveKnots& knots, double z_far, double fallback) {
    for (std::size_t i = 1; i < knots.z.size(); ++i) {
        const bool is_far = knots.z[i] >= z_far - 1e-9 || i + 1 == knots.z.size();
        if (is_far && knots.wage[i] > knots.wage[0]) return chord_slope(knots, 0, i);
    }
    return fallback;
}

/// Slope of the chord that leads to the last knot from the one at `z_far` or before it, past ties.
double upper_chord(const CurveKnots& knots, double z_far, double fallback) {
    const std::size_t last = knots.z.size() - 1;
    for (std::size_t i = last; i-- > 0;) {
        const bool is_far = knots.z[i] <= z_far + 1e-9 || i == 0;
        if (is_far && knots.wage[i] < knots.wage[last]) return chord_slope(knots, i, last);
    }
    return fallback;
}

void set_inner_slopes(CurveKnots& knots) {
    const std::size_t n = knots.z.size();
    std::vector<double> chord(n, 0.0);  // chord[i] leads from knot i to i + 1
    for (std::size_t i = 0; i + 1 < n; ++i)
        chord[i] = elementary::log_ratio(knots.wage[i + 1], knots.wage[i]) / (knots.z[i + 1] - knots.z[i]);
    for (std::size_t i = 0; i + 1 < n; ++i) knots.slope_right[i] = knots.slope_left[i + 1] = chord[i];
    for (std::size_t i = 1; i + 1 < n; ++i) {
        if (!(chord[i - 1] > 0.0 && chord[i] > 0.0)) continue;
        const double h0 = knots.z[i] - knots.z[i - 1], h1 = knots.z[i + 1] - knots.z[i];
        knots.slope_left[i] = knots.slope_right[i] = rational_shape::knot_slope(h0, chord[i - 1], h1, chord[i]);
    }
}

template <class Rule>
void set_end_slopes(CurveKnots& knots, const Rule& pattern) {
    const std::size_t last = knots.z.size() - 1;
    const double lower = lower_chord(knots, pattern.lower_chord_end, pattern.typical_scale);
    const double chord = upper_chord(knots, pattern.upper_chord_start, pattern.typical_scale);
    const double upper = chord * pattern.upper_tail_ratio;
    knots.slope_left.front() = lower;
    knots.slope_right.back() = upper;
    if (last == 0) return;
    if (knots.wage[0] < knots.wage[1]) knots.slope_right.front() = lower;
    if (knots.wage[last - 1] < knots.wage[last]) knots.slope_left.back() = upper;
}

void append(CurveKnots& knots, double z, double wage) {
    knots.z.push_back(z);
    knots.wage.push_back(wage);
}

/// Appends the knots strictly between `a` and `b` whose wages ascend strictly and stay below `high`:
/// ties, and gaps too narrow for a double between, hold no knots of the prior.
void append_between(CurveKnots& knots, const KnotPattern& pattern, const VectorXd& wages, Index a, Index b,
                    double high) {
    for (Index i = a + 1; i < b; ++i) {
        const bool rises = knots.wage.empty() || wages[i] > knots.wage.back();
        if (rises && wages[i] < high) append(knots, pattern.z[i], wages[i]);
    }
}

/// Adds the lower tail x = x_0 exp(b (z - z_0)): it shifts with the first knot and tilts with its chord.
/// E[(Z - z_0) X; Z < z_0] = (b - z_0) E[X; Z < z_0] - x_0 phi(z_0).
void add_lower_tail(VectorXd& gradient, const KnotPattern& pattern, const Curve& curve) {
    const VectorXd& z = pattern.z;
    const double mass = curve.partial_moment(1.0, -INFINITY, z[0]);
    gradient[0] += mass;
    if (z.size() < 2) return;
    Index far = 1;
    while (far + 1 < z.size() && z[far] < pattern.lower_chord_end - 1e-9) ++far;
    const double slope = curve.knots().slope_left.front();
    const double tilt = ((slope - z[0]) * mass - curve.value(z[0]) * normal::pdf(z[0])) / (z[far] - z[0]);
    gradient[0] -= tilt;
    gradient[far] += tilt;
}

/// Adds the upper tail: E[(Z - z_n) X; Z > z_n] = (b - z_n) E[X; Z > z_n] + x_n phi(z_n).
void add_upper_tail(VectorXd& gradient, const KnotPattern& pattern, const Curve& curve) {
    const VectorXd& z = pattern.z;
    const Index last = z.size() - 1;
    const double mass = curve.partial_moment(1.0, z[last], INFINITY);
    gradient[last] += mass;
    if (last < 1) return;
    Index far = last - 1;
    while (far > 0 && z[far] > pattern.upper_chord_start + 1e-9) --far;
    const double slope = curve.knots().slope_right.back();
    const double moved = (slope - z[last]) * mass + curve.value(z[last]) * normal::pdf(z[last]);
    const double tilt = moved * pattern.upper_tail_ratio / (z[last] - z[far]);
    gradient[last] += tilt;
    gradient[far] -= tilt;
}

/// The prior with mean `shape`, in units of the scale, given the facts' logs.
Conditional condition_around(const KnotPattern& pattern, const VectorXd& shape, const VectorXd& logs, double scale) {
    const double feature = std::clamp(std::log(scale / pattern.typical_scale), -1.0, 1.0);
    const VectorXd base = scale * (shape + feature * pattern.base_by_scale);
    const VectorXd at_facts = base(pattern.facts);
    const double level = logs.mean() - at_facts.mean();
    const VectorXd deviation = logs - (at_facts.array() + level).matrix();
    Conditional given{(base.array() + level).matrix() + pattern.kriging * deviation, scale,
                      deviation.dot(pattern.precision * deviation) / (scale * scale)};
    for (std::size_t i = 0; i < pattern.facts.size(); ++i) given.g[pattern.facts[i]] = logs[static_cast<Index>(i)];
    return given;
}

}  // namespace

PinnedFacts pin(const std::vector<double>& wages, const Support& support) {
    PinnedFacts facts{wages, wages[wages.size() / 2], VectorXd(static_cast<Index>(wages.size())), support};
    for (std::size_t i = 0; i < wages.size(); ++i)
        facts.logs[static_cast<Index>(i)] = std::log(wages[i] / facts.reference);
    return facts;
}

Conditional condition_at_scale(const KnotPattern& pattern, const VectorXd& logs, double scale) {
    return condition_around(pattern, pattern.base, logs, scale);
}

Conditional condition_alone_at_scale(const KnotPattern& pattern, const VectorXd& logs, double scale) {
    return condition_around(pattern, pattern.base_alone, logs, scale);
}

Conditional condition(const KnotPattern& pattern, const VectorXd& logs) {
    return condition_at_scale(pattern, logs, fitted_scale(pattern.z(pattern.facts), logs));
}

Conditional condition_alone(const KnotPattern& pattern, const VectorXd& logs) {
    Conditional given = condition_alone_at_scale(pattern, logs, fitted_scale(pattern.z(pattern.facts), logs));
    compress(pattern.compression, given.scale, {given.g.data(), static_cast<std::size_t>(given.g.size())});
    return given;
}

VectorXd made_monotone(const KnotPattern& pattern, const VectorXd& g, double scale) {
    const Index n = pattern.size(), first = pattern.facts.front(), last = pattern.facts.back();
    if (n == 1) return g;
    const VectorXd steps = pattern.z.tail(n - 1) - pattern.z.head(n - 1);
    VectorXd increments = g.tail(n - 1) - g.head(n - 1);
    for (std::size_t i = 1; i < pattern.facts.size(); ++i) {
        const Index a = pattern.facts[i - 1], count = pattern.facts[i] - a;
        const double total = g[pattern.facts[i]] - g[a];
        const VectorXd chord = steps.segment(a, count) * (total / steps.segment(a, count).sum());
        spread(increments.segment(a, count), least_increment * chord, total);
    }
    const VectorXd least = least_increment * scale * steps;
    increments.head(first) = increments.head(first).cwiseMax(least.head(first));
    increments.tail(n - 1 - last) = increments.tail(n - 1 - last).cwiseMax(least.tail(n - 1 - last));
    VectorXd out = g;
    for (Index i = first; i-- > 0;) out[i] = out[i + 1] - increments[i];
    for (Index i = first + 1; i < n; ++i) out[i] = out[i - 1] + increments[i - 1];
    for (const Index fact : pattern.facts) out[fact] = g[fact];
    return out;
}

CurveKnots curve_knots(const KnotPattern& pattern, const VectorXd& g, const PinnedFacts& facts) {
    const VectorXd wages = facts.reference * g.array().exp();
    CurveKnots knots;
    Index previous = -1;
    for (std::size_t i = 0; i < facts.wages.size(); ++i) {
        append_between(knots, pattern, wages, previous, pattern.facts[i], facts.wages[i]);
        previous = pattern.facts[i];
        append(knots, pattern.z[previous], facts.wages[i]);
    }
    append_between(knots, pattern, wages, previous, pattern.size(), facts.support.upper);
    knots.slope_left.assign(knots.z.size(), 0.0);
    knots.slope_right = knots.slope_left;
    set_inner_slopes(knots);
    set_end_slopes(knots, pattern);
    return knots;
}

KnotRule knot_rule(const KnotPattern& pattern) {
    return {{pattern.z.begin(), pattern.z.end()},
            pattern.lower_chord_end,
            pattern.upper_chord_start,
            pattern.upper_tail_ratio,
            pattern.typical_scale};
}

CurveKnots knots_through(const KnotRule& rule, std::span<const double> wages) {
    CurveKnots knots{rule.z, {wages.begin(), wages.end()}, std::vector<double>(wages.size()), {}};
    knots.slope_right = knots.slope_left;
    set_inner_slopes(knots);
    set_end_slopes(knots, rule);
    return knots;
}

VectorXd log_mean_gradient(const KnotPattern& pattern, const Curve& curve) {
    using Rule = boost::math::quadrature::gauss<double, 7>;
    const VectorXd& z = pattern.z;
    VectorXd gradient = VectorXd::Zero(z.size());
    for (Index i = 0; i + 1 < z.size(); ++i) {
        const double a = z[i], b = z[i + 1];
        const auto pay = [&](double at) { return curve.value(at) * normal::pdf(at); };
        gradient[i] += Rule::integrate([&](double at) { return pay(at) * (b - at) / (b - a); }, a, b);
        gradient[i + 1] += Rule::integrate([&](double at) { return pay(at) * (at - a) / (b - a); }, a, b);
    }
    add_lower_tail(gradient, pattern, curve);
    add_upper_tail(gradient, pattern, curve);
    return gradient / gradient.sum();
}

}  // namespace wagefit
