#include "distributions/curve_integrals.hpp"

#include <algorithm>
#include <cmath>

#include "distributions/careful_sums.hpp"
#include "distributions/exponential_tail.hpp"
#include "distributions/kernels/curve_row.hpp"
#include "distributions/normal_panels.hpp"
#include "distributions/rational_segment.hpp"
#include "distributions/segment_sums.hpp"
#include "numerics/constants.hpp"
#include "simd/kernels.hpp"
#include "wagefit/distributions/curve.hpp"
#include "wagefit/numerics/normal.hpp"

/// The integrals of a curve: partial moments and half the mean difference, piece by piece.
namespace wagefit {
namespace {

/// Largest upper end, over the end knot's wage, for which pay in the tail is a difference of closed forms, which loses
/// about that many units in the last place; for a more distant end quadrature is better.
constexpr double most_of_difference = 20.0;

constexpr auto pay_weights = [](const auto& nodes) { return nodes.weight; };

}  // namespace

double felt_distance(double distance, double slope) {
    const double excess = std::max(slope, 0.0) - distance;
    return excess + std::sqrt(excess * excess + 2.0 * 46.0);
}

double Curve::lower_partial_moment(double k, double a, double b) const {
    const double x0 = knots_.wage.front(), lower = support_.lower, rate = lower_rate(), z0 = knots_.z.front();
    if (!(a < b)) return 0.0;
    if (!(x0 > lower)) return std::pow(lower, k) * std::exp(log_probability_between(a, b));
    if (lower == 0.0) return std::pow(x0, k) * exponential_partial_mean(k * rate, z0, a, b);
    if (k == 1.0)
        return lower * std::exp(log_probability_between(a, b)) +
               (x0 - lower) * exponential_partial_mean(rate, z0, a, b);
    return tail_partial_moment(lower_layers(), k, a, b);
}

double Curve::upper_partial_moment(double k, double a, double b) const {
    const double xn = knots_.wage.back(), upper = support_.upper, rate = upper_rate(), zn = knots_.z.back();
    if (!(a < b)) return 0.0;
    if (std::isinf(upper)) return std::pow(xn, k) * exponential_partial_mean(k * rate, zn, a, b);
    if (!(xn < upper)) return std::pow(upper, k) * std::exp(log_probability_between(a, b));
    if (k == 1.0 && upper < most_of_difference * xn)
        return upper * std::exp(log_probability_between(a, b)) -
               (upper - xn) * exponential_partial_mean(-rate, zn, a, b);
    return tail_partial_moment(upper_layers(), k, a, std::min(b, a + felt_distance(a, k * knots_.slope_right.back())));
}

double Curve::tail_partial_moment(const std::vector<double>& stops, double k, double a, double b) const {
    const auto power = [k](double wage) { return k == 1.0 ? wage : std::pow(wage, k); };
    return integrate_normal(panel_edges(stops, a, b, 0.5), [&](double z) { return power(value(z)); });
}

std::vector<double> Curve::lower_layers() const {
    std::vector<double> points = tail_layers(lower_rate());
    for (double& point : points) point = knots_.z.front() - point;
    std::reverse(points.begin(), points.end());
    return points;
}

std::vector<double> Curve::upper_layers() const {
    std::vector<double> points = tail_layers(upper_rate());
    for (double& point : points) point = knots_.z.back() + point;
    return points;
}

double Curve::segment_partial_moment(std::size_t i, double k, double a, double b) const {
    if (!(a < b)) return 0.0;
    if (knots_.wage[i] == knots_.wage[i + 1])
        return std::pow(knots_.wage[i], k) * std::exp(log_probability_between(a, b));
    const RationalSegment piece = segment(i);
    if (k == 1.0 && is_fair(i)) return cut_sum(i, a, b);
    return std::pow(knots_.wage[i], k) * careful_moment(piece, a, b, k);
}

CurveSegment Curve::curve_segment(std::size_t i) const {
    const double scale = (knots_.z[i + 1] - knots_.z[i]) / rise_[i];
    return {knots_.wage[i], rise_[i], knots_.slope_right[i] * scale, knots_.slope_left[i + 1] * scale};
}

bool Curve::is_fair(std::size_t i) const {
    const CurveSegment of = curve_segment(i);
    return knots_.z[i + 1] - knots_.z[i] <= longest_fair_segment && segment_sums::is_fair(of.rise, of.a, of.b);
}

template <class Weights>
double Curve::panel_sum(std::size_t i, double from, double to, Weights&& weights) const {
    const double z0 = knots_.z[i], step = knots_.z[i + 1] - z0;
    const CurveSegment of = curve_segment(i);
    if (!segment_sums::is_mild(of.rise, of.a, of.b)) {
        const SteepNodes nodes = steep_nodes(z0, step, from, to);
        return best_kernels<CurveKernels>().steep_segment_sum(nodes.t, weights(nodes), of);
    }
    const PanelNodes nodes = panel_nodes(z0, step, from, to);
    return best_kernels<CurveKernels>().segment_sum(nodes.t, weights(nodes), of);
}

template <class Weights>
double Curve::whole_sum(std::size_t i, Weights&& weights) const {
    const double z0 = knots_.z[i], z1 = knots_.z[i + 1];
    const CurveSegment of = curve_segment(i);
    if (!segment_sums::is_gentle(z1 - z0, of.rise, of.a, of.b)) return panel_sum(i, z0, z1, weights);
    const FewNodes nodes = few_nodes(z0, z1);
    return best_kernels<CurveKernels>().gentle_segment_sum(nodes.t, weights(nodes), of);
}

double Curve::cut_sum(std::size_t i, double from, double to) const {
    const double z0 = knots_.z[i], z1 = knots_.z[i + 1];
    const CurveSegment of = curve_segment(i);
    if (from == z0 && to == z1) return whole_sum(i, pay_weights);
    if (!segment_sums::cuts_smoothly(of.rise, of.a, of.b)) return panel_sum(i, from, to, pay_weights);
    const PanelNodes nodes = panel_nodes(z0, z1 - z0, z0, z1);
    return best_kernels<CurveKernels>().segment_sum(nodes.t, cut_weights(z0, z1 - z0, from, to), of);
}

bool Curve::has_fair_tails() const {
    if (!is_open() || last() == 0) return false;
    return segment_sums::has_fair_tails(knots_.z.front(), knots_.z.back(), knots_.slope_left.front(),
                                        knots_.slope_right.back());
}

double Curve::segment_rank(std::size_t i) const {
    const double z0 = knots_.z[i], z1 = knots_.z[i + 1];
    if (z0 == z1) return 0.0;
    if (knots_.wage[i] == knots_.wage[i + 1])
        return knots_.wage[i] * std::exp(log_probability_between(z0, z1)) * (normal::cdf(z1) - normal::sf(z0));
    const RationalSegment piece = segment(i);
    if (is_fair(i)) return whole_sum(i, [](const auto& nodes) { return rank_weights(nodes); });
    return knots_.wage[i] * careful_rank(piece);
}

double Curve::tail_rank(const std::vector<double>& stops, double a, double b) const {
    return integrate_normal(panel_edges(stops, a, b, 1.0),
                            [&](double z) { return value(z) * (normal::cdf(z) - normal::sf(z)); });
}

double Curve::lower_rank() const {
    const double first = knots_.z.front(), slope = knots_.slope_left.front();
    if (!has_fair_tails()) return tail_rank(lower_layers(), first - felt_distance(-first, 0.0), first);
    const double below = knots_.wage.front() * best_kernels<CurveKernels>().tail_sum(tail_nodes(-first), -slope);
    return 2.0 * below - lower_partial_moment(1.0, -infinity, first);
}

double Curve::upper_rank() const {
    const double last = knots_.z.back(), slope = knots_.slope_right.back();
    if (!has_fair_tails()) return tail_rank(upper_layers(), last, last + felt_distance(last, slope));
    const double above = knots_.wage.back() * best_kernels<CurveKernels>().tail_sum(tail_nodes(last), slope);
    return upper_partial_moment(1.0, last, infinity) - 2.0 * above;
}

double Curve::half_mean_difference() const {
    double total = lower_rank();
    for (std::size_t i = 0; i < last(); ++i) total += segment_rank(i);
    return total + upper_rank();
}

double Curve::partial_moment(double k, double z0, double z1) const {
    double total = lower_partial_moment(k, z0, std::min(z1, knots_.z.front()));
    for (std::size_t i = 0; i < last(); ++i)
        total += segment_partial_moment(i, k, std::max(z0, knots_.z[i]), std::min(z1, knots_.z[i + 1]));
    return total + upper_partial_moment(k, std::max(z0, knots_.z.back()), z1);
}

}  // namespace wagefit
