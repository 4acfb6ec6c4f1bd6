#include "fitting/knot_pattern.hpp"

#include <algorithm>
#include <cmath>

#include "fitting/log_curve.hpp"
#include "linear_algebra/products.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using linear_algebra::product;
using linear_algebra::product_with_transpose;

constexpr double own_variance = 1e-3;         // of a segment's log slope: what percentiles a hair apart say ends there
constexpr double least_knot_distance = 0.08;  // in z: a prior's knot nearer to a fact adds nothing

/// Weights of linear interpolation at `z` between the points of a table; the end values go on beyond them.
Eigen::RowVectorXd interpolation_row(const VectorXd& points, double z) {
    Eigen::RowVectorXd row = Eigen::RowVectorXd::Zero(points.size());
    Index i = 0;
    while (i + 2 < points.size() && points[i + 1] < z) ++i;
    const double t = std::clamp((z - points[i]) / (points[i + 1] - points[i]), 0.0, 1.0);
    row[i] = 1.0 - t;
    row[i + 1] = t;
    return row;
}

MatrixXd interpolation(const VectorXd& from, const VectorXd& to) {
    MatrixXd rows(to.size(), from.size());
    for (Index i = 0; i < to.size(); ++i) rows.row(i) = interpolation_row(from, to[i]);
    return rows;
}

VectorXd merged_knots(const VectorXd& prior, std::span<const double> facts, const Support& support) {
    std::vector<double> all(facts.begin(), facts.end());
    const double lowest = support.lower > 0.0 ? facts.front() : -INFINITY;
    const double highest = std::isfinite(support.upper) ? facts.back() : INFINITY;
    for (const double z : prior) {
        const auto near = [z](double fact) { return std::abs(fact - z) < least_knot_distance; };
        if (z > lowest && z < highest && std::none_of(facts.begin(), facts.end(), near)) all.push_back(z);
    }
    std::sort(all.begin(), all.end());
    return Eigen::Map<const VectorXd>(all.data(), static_cast<Index>(all.size()));
}

/// Variances of the logs of the distances between the quantiles of a sample of `size` people, at the ends of segments
/// that hold a share p of them: (1 / p - 1) / size for independent spacings. Where less than half a person is
/// expected, nobody's wage tells of the segment, and what is left of the variance falls with their number. The wages of
/// many people, who work for many employers, are as irregular as those of a prior's typical number.
VectorXd spacing_variances(const VectorXd& z, double size) {
    VectorXd out(z.size() - 1);
    for (Index i = 0; i < out.size(); ++i) {
        const double people = size * (normal::cdf(z[i + 1]) - normal::cdf(z[i]));
        out[i] = people < 0.5 ? 2.0 * std::sqrt(2.0 * people) : 1.0 / people - 1.0 / size;
    }
    return out;
}

std::size_t position_of(double fact, const VectorXd& knots) {
    return static_cast<std::size_t>(std::lower_bound(knots.begin(), knots.end(), fact) - knots.begin());
}

/// The segments beyond the facts whose middles lie beyond the prior's tails.
SkewedTails tails_beyond_facts(const ShapePrior& prior, const KnotPattern& pattern, const VectorXd& middle) {
    const Index n = middle.size(), n_lower = (middle.array() < -prior.tail).count(),
                n_upper = (middle.array() > prior.tail).count();
    return {std::min(static_cast<std::size_t>(n_lower), pattern.facts.front()),
            std::max(static_cast<std::size_t>(n - n_upper), pattern.facts.back()), static_cast<std::size_t>(n),
            prior.lower_skew, prior.upper_skew};
}

/// The same but for an upper tail from the last fact on, however low that is. A mean pulls at all that lies above the
/// facts: where the pull begins to flatten beyond them, a hump would stand.
SkewedTails tails_from_facts(const SkewedTails& beyond, const KnotPattern& pattern) {
    SkewedTails out = beyond;
    out.upper_begin = pattern.facts.back();
    return out;
}

}  // namespace

KnotPattern make_pattern(const ShapePrior& prior, std::span<const double> z_facts, double size,
                         const Support& support) {
    KnotPattern pattern;
    pattern.z = merged_knots(prior.knots, z_facts, support);
    const Index n = pattern.z.size() - 1;
    for (const double fact : z_facts) pattern.facts.push_back(position_of(fact, pattern.z));
    pattern.step = pattern.z.tail(n) - pattern.z.head(n);
    pattern.inverse_step = pattern.step.cwiseInverse();
    pattern.node_densities = node_densities(pattern.z);
    const VectorXd middle = 0.5 * (pattern.z.tail(n) + pattern.z.head(n));
    pattern.weights = interpolation(prior.z, middle);
    pattern.in_upper_tail = pattern.weights * (prior.z.array() > prior.tail).cast<double>().matrix();
    pattern.parent = prior.parent;
    pattern.tails_alone = tails_beyond_facts(prior, pattern, middle);
    pattern.tails = tails_from_facts(pattern.tails_alone, pattern);
    pattern.base = pattern.weights * prior.mean;
    pattern.base_alone = pattern.weights * prior.mean_alone;
    pattern.base_by_scale = pattern.weights * prior.mean_by_scale;
    pattern.scale_weight = std::min(1.0, std::pow(z_facts.back() - z_facts.front(), 2));
    const double between_cells = prior.scale_spread * prior.scale_spread;
    const double of_scale = between_cells + pattern.scale_weight * (prior.scale_variance - between_cells);
    pattern.covariance = product_with_transpose(product(pattern.weights, prior.shape), pattern.weights);
    pattern.covariance.array() += of_scale;
    pattern.covariance.diagonal().array() += own_variance;
    if (std::isfinite(size))
        pattern.covariance.diagonal() += spacing_variances(pattern.z, std::min(size, prior.typical_size));
    pattern.upper_tail_ratio = prior.upper_tail_ratio;
    pattern.typical_scale = prior.typical_scale;
    pattern.degrees_of_freedom = prior.degrees_of_freedom;
    const bool is_open = support.lower == 0.0 && std::isinf(support.upper);
    if (is_open && SmoothPath::suits(pattern)) pattern.smooth_path = std::make_shared<const SmoothPath>(pattern);
    return pattern;
}

const KnotPattern& PatternCache::get(const std::vector<double>& z_facts, double size, const Support& support) {
    std::vector<double> key = z_facts;
    key.push_back(size);
    key.push_back(support.lower > 0.0 ? 1.0 : 0.0);
    key.push_back(std::isfinite(support.upper) ? 1.0 : 0.0);
    const auto found = patterns_.find(key);
    if (found != patterns_.end()) return found->second;
    return patterns_.emplace(std::move(key), make_pattern(prior_, z_facts, size, support)).first->second;
}

}  // namespace wagefit
