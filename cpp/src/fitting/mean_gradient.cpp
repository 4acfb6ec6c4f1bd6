#include "fitting/mean_gradient.hpp"

#include <boost/math/quadrature/gauss.hpp>
#include <cmath>

#include "distributions/rational_shape.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

using Eigen::Index;
using Eigen::VectorXd;

/// Derivatives of E[exp g(Z)], in units of the reference wage.
struct Parts {
    VectorXd pay;       ///< [segment] E[exp g; segment]
    VectorXd by_rise;   ///< [segment] of the segment's pay in its rise, its start and its end slopes held
    VectorXd by_slope;  ///< [knot] in the slope there
    double lower, upper;
};

/// Slopes of log wages at the knots by the rule of curve_knots; one-sided beside ties, where they do not matter.
VectorXd knot_slopes(const KnotPattern& pattern, const VectorXd& chord) {
    const Index n = chord.size();
    VectorXd slope(n + 1);
    slope[0] = chord[0];
    slope[n] = chord[n - 1] * pattern.upper_tail_ratio;
    for (Index i = 1; i < n; ++i)
        slope[i] = chord[i - 1] > 0.0 && chord[i] > 0.0
                       ? rational_shape::knot_slope(pattern.step[i - 1], chord[i - 1], pattern.step[i], chord[i])
                       : 0.0;
    return slope;
}

/// Adds segment `i`: with f the shape of rational_segment.hpp, a and b the end slopes over the chord, and D its
/// denominator, dg / dslope0 = h t s (1 - f) / D, dg / dslope1 = -h t s f / D, dg / drise = f - a t s (1 - f) / D + b t
/// s f / D.
void add_segment(const KnotPattern& pattern, const VectorXd& g, const VectorXd& slope, Index i, Parts& parts) {
    using Rule = boost::math::quadrature::gauss<double, 15>;
    const double h = pattern.step[i], rise = g[i + 1] - g[i], chord = rise / h;
    const double a = slope[i] > 0.0 && rise > 0.0 ? slope[i] / chord : 1.0;
    const double b = slope[i + 1] > 0.0 && rise > 0.0 ? slope[i + 1] / chord : 1.0;
    const auto add = [&](double t, double weight) {
        const double ts = t * (1.0 - t), d = 1.0 + (a + b - 2.0) * ts, f = (t * t + a * ts) / d;
        const double pay = weight * h * std::exp(g[i] + rise * f) * normal::pdf(pattern.z[i] + h * t);
        const double start = ts * (1.0 - f) / d, end = ts * f / d;
        parts.pay[i] += pay;
        parts.by_rise[i] += pay * (f - a * start + b * end);
        parts.by_slope[i] += pay * h * start;
        parts.by_slope[i + 1] -= pay * h * end;
    };
    for (std::size_t k = 0; k < Rule::abscissa().size(); ++k) {
        const double half = 0.5 * Rule::abscissa()[k], weight = 0.5 * Rule::weights()[k];
        add(0.5 + half, weight);
        if (half > 0.0) add(0.5 - half, weight);
    }
}

/// Adds the tails: E[(Z - z_0) X; Z < z_0] = (b - z_0) E[X; Z < z_0] - x_0 phi(z_0) for x = x_0 exp(b (z - z_0)), and
/// with the signs turned above.
void add_tails(const Cell& cell, const VectorXd& g, const VectorXd& slope, const Curve& curve, Parts& parts) {
    const KnotPattern& pattern = cell.pattern;
    const Index n = pattern.n_segments();
    const double first = pattern.z[0], last = pattern.z[n];
    parts.lower = curve.partial_moment(1.0, -INFINITY, first) / cell.pinned.reference;
    parts.upper = curve.partial_moment(1.0, last, INFINITY) / cell.pinned.reference;
    parts.by_slope[0] += (slope[0] - first) * parts.lower - std::exp(g[0]) * normal::pdf(first);
    parts.by_slope[n] += (slope[n] - last) * parts.upper + std::exp(g[n]) * normal::pdf(last);
}

/// Derivatives of the mean in the logs of the rises by way of the slopes at the knots: see knot_slope.
VectorXd through_slopes(const KnotPattern& pattern, const VectorXd& chord, const VectorXd& slope,
                        const VectorXd& by_slope) {
    const Index n = chord.size();
    VectorXd out = VectorXd::Zero(n);
    out[0] += by_slope[0] * slope[0];
    out[n - 1] += by_slope[n] * slope[n];
    for (Index i = 1; i < n; ++i) {
        if (!(slope[i] > 0.0)) continue;
        const double h0 = pattern.step[i - 1], h1 = pattern.step[i], square = slope[i] * slope[i] / (h0 + h1);
        out[i - 1] += by_slope[i] * square * h1 / chord[i - 1];
        out[i] += by_slope[i] * square * h0 / chord[i];
    }
    return out;
}

/// Adds what the rises move: everything beyond a segment on the side away from the facts.
void add_moves(const Cell& cell, const Parts& parts, const VectorXd& rise, VectorXd& row) {
    const auto& facts = cell.pattern.facts;
    double moved = parts.lower;
    for (Index i = 0; i < facts.front(); ++i) {
        row[i] += rise[i] * (parts.by_rise[i] - parts.pay[i] - moved);
        moved += parts.pay[i];
    }
    moved = parts.upper;
    for (Index i = rise.size(); i-- > facts.back(); moved += parts.pay[i])
        row[i] += rise[i] * (parts.by_rise[i] + moved);
    for (std::size_t k = 1; k < facts.size(); ++k) {
        moved = 0.0;
        for (Index i = facts[k]; i-- > facts[k - 1]; moved += parts.pay[i])
            row[i] += rise[i] * (parts.by_rise[i] + moved);
    }
}

}  // namespace

VectorXd log_mean_gradient(const Cell& cell, const VectorXd& g, const Curve& curve) {
    const KnotPattern& pattern = cell.pattern;
    const Index n = pattern.n_segments();
    if (n == 0) return {};
    const VectorXd rise = g.tail(n) - g.head(n), chord = rise.cwiseQuotient(pattern.step);
    const VectorXd slope = knot_slopes(pattern, chord);
    Parts parts{VectorXd::Zero(n), VectorXd::Zero(n), VectorXd::Zero(n + 1), 0.0, 0.0};
    for (Index i = 0; i < n; ++i) add_segment(pattern, g, slope, i, parts);
    add_tails(cell, g, slope, curve, parts);
    VectorXd row = through_slopes(pattern, chord, slope, parts.by_slope);
    add_moves(cell, parts, rise, row);
    for (std::size_t k = 1; k < pattern.facts.size(); ++k) {
        const Index begin = pattern.facts[k - 1], count = pattern.facts[k] - begin;
        const double sum = rise.segment(begin, count).sum();
        if (sum > 0.0)
            row.segment(begin, count) -= rise.segment(begin, count) * (row.segment(begin, count).sum() / sum);
    }
    return row / (parts.pay.sum() + parts.lower + parts.upper);
}

}  // namespace wagefit
