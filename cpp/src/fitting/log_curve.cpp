#include "fitting/log_curve.hpp"

#include <boost/math/quadrature/gauss.hpp>
#include <cmath>

#include "distributions/rational_shape.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using mean_gradient::LogCurve;
using Shape = mean_gradient::Shape<SlopeValues>;
using Sums = mean_gradient::Sums<double>;

constexpr unsigned n_nodes = 15;  // of each segment

/// Calls f(node, tilt, weight) for each of the Gauss-Legendre nodes 1/2 + tilt of the unit interval.
template <class Function>
void for_nodes(Function&& f) {
    using Rule = boost::math::quadrature::gauss<double, n_nodes>;
    Index node = 0;
    for (std::size_t k = 0; k < Rule::abscissa().size(); ++k) {
        const double tilt = 0.5 * Rule::abscissa()[k], weight = 0.5 * Rule::weights()[k];
        f(node++, tilt, weight);
        if (tilt > 0.0) f(node++, -tilt, weight);
    }
}

/// Slope at the end of a segment over its own `chord`, of run `h`, beside one of run `other_h` and chord `other`.
double relative_slope(double h, double chord, double other_h, double other) {
    return other > 0.0 ? rational_shape::knot_slope(h, chord, other_h, other) / chord : 1.0;
}

/// End slopes over the chords by the rule of curve_knots.
void set_end_slopes(const KnotPattern& pattern, Shape& shape) {
    const Index n = pattern.n_segments();
    const VectorXd& h = pattern.step;
    const VectorXd chord = shape.rise.at.cwiseQuotient(h);
    for (Index i = 0; i < n; ++i) {
        if (!(chord[i] > 0.0)) continue;
        shape.a.at[i] = i == 0 ? 1.0 : relative_slope(h[i], chord[i], h[i - 1], chord[i - 1]);
        shape.b.at[i] = i + 1 == n ? pattern.upper_tail_ratio : relative_slope(h[i], chord[i], h[i + 1], chord[i + 1]);
    }
    shape.lower_slope = chord[0];
    shape.upper_slope = chord[n - 1] * pattern.upper_tail_ratio;
}

Shape shape_of(const KnotPattern& pattern, const VectorXd& g) {
    const auto n = static_cast<std::size_t>(pattern.n_segments());
    const SlopeValues none(n);
    Shape shape{SlopeValues(n), none, none, SlopeValues(n), 0.0, 0.0, 0.0, 0.0};
    const VectorXd low = g.head(pattern.n_segments()), high = g.tail(pattern.n_segments());
    shape.rise.at = high - low;
    shape.middle.at = (0.5 * (low + high)).array().exp();
    shape.lower_pay = std::exp(low[0]);
    shape.upper_pay = std::exp(high[high.size() - 1]);
    set_end_slopes(pattern, shape);
    return shape;
}

/// The sums of segment `i`.
Sums sums_of(const KnotPattern& pattern, const Shape& shape, Index i) {
    const double h = pattern.step[i], rise = shape.rise.at[i], a = shape.a.at[i], b = shape.b.at[i];
    Sums sums{};
    for_nodes([&](Index node, double tilt, double weight) {
        const double t = 0.5 + tilt, s = 0.5 - tilt, ts = t * s, inverse = 1.0 / (t * t + s * s + (a + b) * ts);
        const double v = (tilt + 0.5 * (a - b) * ts) * inverse;
        const double pay = weight * h * std::exp(rise * v) * pattern.node_densities(node, i);
        sums.pay += pay;
        if (!(rise > 0.0)) return;
        sums.height += pay * v;
        sums.spread += pay * ts * inverse;
        sums.tilt += pay * ts * inverse * v;
    });
    return sums;
}

/// E[(Z - z_0) X; Z < z_0] = (b - z_0) E[X; Z < z_0] - x_0 phi(z_0) for x = x_0 exp(b (z - z_0)), and with the signs
/// turned above.
mean_gradient::Tails<double> tails(const Cell& cell, const Shape& shape, const Curve& curve) {
    const VectorXd& z = cell.pattern.z;
    const double first = z[0], last = z[z.size() - 1], reference = cell.pinned.reference;
    const double lower = curve.partial_moment(1.0, -INFINITY, first) / reference,
                 upper = curve.partial_moment(1.0, last, INFINITY) / reference;
    return {lower, upper, (shape.lower_slope - first) * lower - shape.lower_pay * normal::pdf(first),
            (shape.upper_slope - last) * upper + shape.upper_pay * normal::pdf(last)};
}

}  // namespace

MatrixXd node_densities(const VectorXd& z) {
    MatrixXd out(n_nodes, z.size() - 1);
    for (Index i = 0; i < out.cols(); ++i)
        for_nodes([&](Index node, double tilt, double) {
            out(node, i) = normal::pdf(z[i] + (z[i + 1] - z[i]) * (0.5 + tilt));
        });
    return out;
}

LogCurve<SlopeValues> log_curve(const Cell& cell, const SlopeValues& g, const Curve& curve) {
    const Index n = cell.pattern.n_segments();
    const SlopeValues none(static_cast<std::size_t>(n));
    LogCurve<SlopeValues> out{shape_of(cell.pattern, g.at), none, none, none, none, {}, 0.0};
    for (Index i = 0; i < n; ++i) out.set(static_cast<std::size_t>(i), sums_of(cell.pattern, out.shape, i));
    out.tail = tails(cell, out.shape, curve);
    out.total = out.shape.middle.at.dot(out.pay.at) + out.tail.lower + out.tail.upper;
    return out;
}

}  // namespace wagefit
