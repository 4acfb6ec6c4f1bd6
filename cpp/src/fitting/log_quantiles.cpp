#include "fitting/log_quantiles.hpp"

#include <algorithm>
#include <cmath>

#include "distributions/rational_shape.hpp"
#include "simd/elementary.hpp"

namespace wagefit {
namespace {

using Eigen::Index;
using Eigen::VectorXd;

/// Slope of the first segment that rises; `fallback` if none does.
double lower_chord(const CurveKnots& knots, double fallback) {
    for (std::size_t i = 0; i + 1 < knots.z.size(); ++i)
        if (knots.wage[i] < knots.wage[i + 1]) return chord_slope(knots, i);
    return fallback;
}

/// Slope of the last segment that rises; `fallback` if none does.
double upper_chord(const CurveKnots& knots, double fallback) {
    for (std::size_t i = knots.z.size() - 1; i-- > 0;)
        if (knots.wage[i] < knots.wage[i + 1]) return chord_slope(knots, i);
    return fallback;
}

void set_inner_slopes(CurveKnots& knots) {
    const std::size_t n = knots.z.size();
    std::vector<double> chord(n, 0.0);  // chord[i] leads from knot i to i + 1
    for (std::size_t i = 0; i + 1 < n; ++i) chord[i] = chord_slope(knots, i);
    for (std::size_t i = 0; i + 1 < n; ++i) knots.slope_right[i] = knots.slope_left[i + 1] = chord[i];
    for (std::size_t i = 1; i + 1 < n; ++i) {
        if (!(chord[i - 1] > 0.0 && chord[i] > 0.0)) continue;
        const double h0 = knots.z[i] - knots.z[i - 1], h1 = knots.z[i + 1] - knots.z[i];
        knots.slope_left[i] = knots.slope_right[i] = rational_shape::knot_slope(h0, chord[i - 1], h1, chord[i]);
    }
}

void set_end_slopes(CurveKnots& knots, double upper_tail_ratio, double scale) {
    const std::size_t last = knots.z.size() - 1;
    const double lower = lower_chord(knots, scale);
    const double upper = upper_chord(knots, scale) * upper_tail_ratio;
    knots.slope_left.front() = lower;
    knots.slope_right.back() = upper;
    if (last == 0) return;
    if (knots.wage[0] < knots.wage[1]) knots.slope_right.front() = lower;
    if (knots.wage[last - 1] < knots.wage[last]) knots.slope_left.back() = upper;
}

void set_slopes(CurveKnots& knots, double upper_tail_ratio, double scale) {
    knots.slope_left.assign(knots.z.size(), 0.0);
    knots.slope_right = knots.slope_left;
    set_inner_slopes(knots);
    set_end_slopes(knots, upper_tail_ratio, scale);
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

}  // namespace

double chord_slope(const CurveKnots& knots, std::size_t low) {
    return elementary::log_ratio(knots.wage[low + 1], knots.wage[low]) / (knots.z[low + 1] - knots.z[low]);
}

PinnedFacts pin(const std::vector<double>& wages, const Support& support) {
    PinnedFacts facts{wages, wages[wages.size() / 2], VectorXd(static_cast<Index>(wages.size())), support};
    for (std::size_t i = 0; i < wages.size(); ++i)
        facts.logs[static_cast<Index>(i)] = std::log(wages[i] / facts.reference);
    return facts;
}

CurveKnots curve_knots(const KnotPattern& pattern, const VectorXd& g, const PinnedFacts& facts, double scale) {
    const VectorXd wages = (facts.reference * g.array().exp()).max(elementary::least_of_ratio);
    CurveKnots knots;
    Index previous = -1;
    for (std::size_t i = 0; i < facts.wages.size(); ++i) {
        const auto next = static_cast<Index>(pattern.facts[i]);
        append_between(knots, pattern, wages, previous, next, facts.wages[i]);
        previous = next;
        append(knots, pattern.z[previous], facts.wages[i]);
    }
    const double highest = std::min(facts.support.upper, elementary::largest_of_ratio);
    append_between(knots, pattern, wages, previous, pattern.size(), highest);
    set_slopes(knots, pattern.upper_tail_ratio, scale);
    return knots;
}

KnotRule knot_rule(const KnotPattern& pattern) {
    return {{pattern.z.begin(), pattern.z.end()}, pattern.upper_tail_ratio, pattern.typical_scale};
}

CurveKnots knots_through(const KnotRule& rule, std::span<const double> wages) {
    CurveKnots knots{rule.z, {wages.begin(), wages.end()}, {}, {}};
    set_slopes(knots, rule.upper_tail_ratio, rule.typical_scale);
    return knots;
}

}  // namespace wagefit
