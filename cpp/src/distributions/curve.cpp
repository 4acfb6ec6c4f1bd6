#include "wagefit/distributions/curve.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "distributions/exponential_tail.hpp"
#include "distributions/kernels/curve_row.hpp"
#include "distributions/normal_panels.hpp"
#include "distributions/open_tail.hpp"
#include "distributions/rational_segment.hpp"
#include "distributions/score_segments.hpp"
#include "distributions/segment_integrals.hpp"
#include "distributions/segment_sums.hpp"
#include "numerics/constants.hpp"
#include "simd/elementary.hpp"
#include "simd/kernels.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

std::size_t index_of(const std::vector<double>& values, std::vector<double>::const_iterator position) {
    return static_cast<std::size_t>(position - values.begin());
}

/// log(high / low) for 0 < low <= high, also where wages are too small for elementary::log_ratio.
double log_ratio_of(double high, double low) {
    const bool is_tiny = low < elementary::least_of_ratio;
    return is_tiny ? std::log(high) - std::log(low) : elementary::log_ratio(high, low);
}

/// Largest upper end, over the end knot's wage, for which pay in the tail is a difference of closed forms, which loses
/// about that many units in the last place; for a more distant end quadrature is better.
constexpr double most_of_difference = 20.0;

/// How far beyond the end knot at `distance` from 0 a tail whose log rises by at most `slope` a score adds anything to
/// its integral: d with exp(slope d) phi(distance + d) / phi(distance) = e^-46.
double felt_distance(double distance, double slope) {
    const double excess = std::max(slope, 0.0) - distance;
    return excess + std::sqrt(excess * excess + 2.0 * 46.0);
}

}  // namespace

Curve::Curve(CurveKnots knots, Support support) : knots_(std::move(knots)), support_(support) {
    assert(!knots_.z.empty() && knots_.z.size() == knots_.wage.size());
    assert(std::is_sorted(knots_.z.begin(), knots_.z.end()));
    assert(std::is_sorted(knots_.wage.begin(), knots_.wage.end()));
    rise_.reserve(last());
    for (std::size_t i = 0; i < last(); ++i) rise_.push_back(log_ratio_of(knots_.wage[i + 1], knots_.wage[i]));
}

RationalSegment Curve::segment(std::size_t i) const {
    return {knots_.z[i], knots_.z[i + 1], 0.0, rise_[i], knots_.slope_right[i], knots_.slope_left[i + 1]};
}

double Curve::lower_rate() const {
    const double x0 = knots_.wage.front();
    return knots_.slope_left.front() * x0 / (x0 - support_.lower);
}

double Curve::upper_rate() const {
    const double slope = knots_.slope_right.back(), xn = knots_.wage.back();
    return std::isinf(support_.upper) ? slope : slope * xn / (support_.upper - xn);
}

double Curve::value(double z) const {
    if (std::isnan(z)) return z;
    const auto& knot_z = knots_.z;
    const std::size_t i = index_of(knot_z, std::lower_bound(knot_z.begin(), knot_z.end(), z));
    if (i <= last() && knot_z[i] == z) return knots_.wage[i];
    if (i == 0) {
        const double range = knots_.wage.front() - support_.lower;
        return range > 0.0 ? support_.lower + range * std::exp(lower_rate() * (z - knot_z.front())) : support_.lower;
    }
    if (i <= last()) {
        if (knots_.wage[i - 1] == knots_.wage[i]) return knots_.wage[i];
        return std::clamp(knots_.wage[i - 1] * elementary::exp(segment(i - 1).value(z)), knots_.wage[i - 1],
                          knots_.wage[i]);
    }
    return upper_value(z);
}

double Curve::log_value(double z) const {
    const double first = knots_.wage.front(), z0 = knots_.z.front();
    if (z < z0 && support_.lower == 0.0 && first > 0.0) return std::log(first) + lower_rate() * (z - z0);
    if (z <= knots_.z.back() || std::isfinite(support_.upper)) return std::log(value(z));
    return std::log(knots_.wage.back()) + upper_rate() * (z - knots_.z.back());
}

double Curve::upper_value(double z) const {
    const double xn = knots_.wage.back(), way = upper_rate() * (z - knots_.z.back());
    if (std::isinf(support_.upper)) return xn * std::exp(way);
    const double range = support_.upper - xn;
    if (!(range > 0.0)) return support_.upper;
    return way < 0.5 ? xn - range * std::expm1(-way) : support_.upper - range * std::exp(-way);
}

ScoreSegments Curve::score_segments() const {
    ScoreSegments of = make_score_segments(knots_.z);
    for (std::size_t i = 0; i < of.segments.size(); ++i) {
        ScoreSegment& at = of.segments[i];
        const bool is_flat = knots_.wage[i] == knots_.wage[i + 1];
        const double scale = is_flat ? 0.0 : at.step / rise_[i];
        at.a = is_flat ? 1.0 : knots_.slope_right[i] * scale;
        at.b = is_flat ? 1.0 : knots_.slope_left[i + 1] * scale;
        at.rise = rise_[i];
        at.low = knots_.wage[i];
        at.high = knots_.wage[i + 1];
    }
    return of;
}

void Curve::replace_scores(std::span<double> scores) const {
    constexpr std::size_t few = 64;  // scores that cost less one by one than a grid does
    if (scores.size() < few) return Distribution::replace_scores(scores);
    const ScoreSegments of = score_segments();
    if (of.segments.empty()) return Distribution::replace_scores(scores);
    wagefit::replace_scores(of, scores, [this](double& z) { z = value(z); });
}

double Curve::lower_score(double x) const {
    if (x < support_.lower || !(x > 0.0)) return -infinity;
    const double range = knots_.wage.front() - support_.lower;
    if (!(range > 0.0)) return -infinity;
    if (is_open()) return open_tail::score(x, knots_.wage.front(), knots_.z.front(), lower_rate());
    return knots_.z.front() + std::log((x - support_.lower) / range) / lower_rate();
}

double Curve::upper_score(double x) const {
    if (x >= support_.upper) return infinity;
    if (std::isinf(support_.upper)) return open_tail::score(x, knots_.wage.back(), knots_.z.back(), upper_rate());
    const double range = support_.upper - knots_.wage.back(), rise = (x - knots_.wage.back()) / range;
    const double log_rest = rise < 0.5 ? std::log1p(-rise) : std::log((support_.upper - x) / range);
    return knots_.z.back() - log_rest / upper_rate();
}

double Curve::score(double x) const {
    if (std::isnan(x)) return x;
    const auto& wage = knots_.wage;
    const std::size_t i = index_of(wage, std::upper_bound(wage.begin(), wage.end(), x));
    if (i == 0) return lower_score(x);
    if (i > last()) return x >= support_.upper ? infinity : x == wage.back() ? knots_.z.back() : upper_score(x);
    if (x == wage[i - 1] || knots_.z[i - 1] == knots_.z[i]) return knots_.z[i - 1];
    const double y = std::clamp(log_ratio_of(x, wage[i - 1]), 0.0, rise_[i - 1]);
    return std::clamp(segment(i - 1).inverse(y), knots_.z[i - 1], knots_.z[i]);
}

double Curve::score_left(double x) const {
    const auto& wage = knots_.wage;
    const std::size_t i = index_of(wage, std::lower_bound(wage.begin(), wage.end(), x));
    if (i > last() || wage[i] != x) return score(x);
    return i == 0 && x == support_.lower ? -infinity : knots_.z[i];
}

double Curve::slope_after(double x, double z) const {
    const std::size_t i = index_of(knots_.wage, std::upper_bound(knots_.wage.begin(), knots_.wage.end(), x));
    if (i == 0) return lower_rate() * (x - support_.lower) / x;
    if (i > last()) return std::isinf(support_.upper) ? upper_rate() : upper_rate() * (support_.upper - x) / x;
    return segment(i - 1).slope(z);
}

double Curve::log_pdf(double x) const {
    if (std::isnan(x)) return x;
    const double z = score(x);
    if (std::isinf(z)) return -infinity;
    const auto& wage = knots_.wage;
    const std::size_t i = index_of(wage, std::upper_bound(wage.begin(), wage.end(), x));
    if (i > 0 && i <= last() && knots_.z[i - 1] == knots_.z[i]) return -infinity;
    return normal::log_pdf(z) - std::log(x * slope_after(x, z));
}

std::optional<std::size_t> Curve::rising_segment(double x) const {
    const std::size_t i = index_of(knots_.wage, std::upper_bound(knots_.wage.begin(), knots_.wage.end(), x));
    if (i == 0 || i > last() || knots_.z[i - 1] == knots_.z[i]) return std::nullopt;
    return i - 1;
}

double Curve::cdf(double x) const { return std::isnan(x) ? x : elementary::normal_cdf(score(x)); }

double Curve::sf(double x) const { return std::isnan(x) ? x : elementary::normal_cdf(-score(x)); }

double Curve::density(double x) const {
    const auto i = rising_segment(x);
    if (i) {
        const RationalSegment piece = segment(*i);
        const auto at = piece.place(std::clamp(log_ratio_of(x, knots_.wage[*i]), 0.0, rise_[*i]));
        return elementary::normal_pdf(at.z) * ((piece.z1 - piece.z0) / rise_[*i]) / (x * at.relative_slope);
    }
    const bool is_below = x < knots_.wage.front();
    if (!is_open() || !(is_below || x >= knots_.wage.back())) return std::exp(log_pdf(x));
    const double rate = is_below ? lower_rate() : upper_rate();
    return x > 0.0 ? open_tail::density(elementary::normal_pdf(score(x)), x, rate) : 0.0;
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
    const double wage = knots_.wage[i];
    if (wage == knots_.wage[i + 1]) return std::pow(wage, k) * std::exp(log_probability_between(a, b));
    return segment_moment(wage, segment(i), k, a, b);
}

bool Curve::has_fair_tails() const {
    if (!is_open() || last() == 0) return false;
    return segment_sums::has_fair_tails(knots_.z.front(), knots_.z.back(), knots_.slope_left.front(),
                                        knots_.slope_right.back());
}

double Curve::segment_rank(std::size_t i) const {
    const double z0 = knots_.z[i], z1 = knots_.z[i + 1], wage = knots_.wage[i];
    if (z0 == z1) return 0.0;
    if (wage == knots_.wage[i + 1])
        return wage * std::exp(log_probability_between(z0, z1)) * (normal::cdf(z1) - normal::sf(z0));
    return wagefit::segment_rank(wage, segment(i));
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

std::vector<double> Curve::breakpoints() const {
    std::vector<double> points = lower_layers();
    points.push_back(knots_.z.front());
    for (std::size_t i = 0; i < last(); ++i) {
        if (knots_.wage[i] < knots_.wage[i + 1] && knots_.z[i] < knots_.z[i + 1]) {
            const auto edges = segment(i).panels(knots_.z[i], knots_.z[i + 1], 2.0);  // fit for a variance
            points.insert(points.end(), edges.begin() + 1, edges.end());
        } else {
            points.push_back(knots_.z[i + 1]);
        }
    }
    for (const double z : upper_layers()) points.push_back(z);
    points.erase(std::unique(points.begin(), points.end()), points.end());
    return points;
}

std::vector<Atom> Curve::atoms() const {
    std::vector<Atom> atoms;
    const auto& wage = knots_.wage;
    const auto append = [&](double value, double a, double b) {
        const double mass = std::exp(log_probability_between(a, b));
        if (!atoms.empty() && atoms.back().value == value)
            atoms.back().probability += mass;
        else if (mass > 0.0)
            atoms.push_back({value, mass});
    };
    if (wage.front() == support_.lower) append(wage.front(), -infinity, knots_.z.front());
    for (std::size_t i = 0; i < last(); ++i)
        if (wage[i] == wage[i + 1]) append(wage[i], knots_.z[i], knots_.z[i + 1]);
    if (wage.back() == support_.upper) append(wage.back(), knots_.z.back(), infinity);
    return atoms;
}

DistributionPtr Curve::scaled(double k) const {
    CurveKnots knots = knots_;
    for (double& wage : knots.wage) wage *= k;
    return std::make_shared<Curve>(std::move(knots), Support{k * support_.lower, k * support_.upper});
}

}  // namespace wagefit
