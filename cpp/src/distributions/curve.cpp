#include "wagefit/distributions/curve.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "distributions/exponential_tail.hpp"
#include "distributions/open_tail.hpp"
#include "distributions/rational_segment.hpp"
#include "distributions/score_segments.hpp"
#include "numerics/constants.hpp"
#include "simd/elementary.hpp"
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
