#include "fitting/knot_pattern.hpp"

#include <algorithm>
#include <cmath>

#include "linear_algebra/cholesky.hpp"
#include "linear_algebra/eigenvalues.hpp"
#include "linear_algebra/inverse.hpp"
#include "linear_algebra/products.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using linear_algebra::product;
using linear_algebra::product_with_transpose;

constexpr double least_knot_distance = 0.08;  // in z: a prior's knot nearer to a fact adds nothing but ill-conditioning
constexpr double nugget = 1e-10;              // keeps nearly equal probabilities invertible
constexpr double lone_slope_variance = 100.0;  // of the slope where a lone fact cannot determine it: nearly flat

/// Weights of linear interpolation at `z` between the prior's knots, and of linear extrapolation beyond them.
Eigen::RowVectorXd interpolation_row(const VectorXd& knots, double z) {
    Eigen::RowVectorXd row = Eigen::RowVectorXd::Zero(knots.size());
    Index i = 0;
    while (i + 2 < knots.size() && knots[i + 1] < z) ++i;
    const double t = (z - knots[i]) / (knots[i + 1] - knots[i]);
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

/// Covariance of sqrt(n) times the normal scores of a sample's quantiles: Brownian bridge over the density of z.
MatrixXd bridge(const VectorXd& z) {
    MatrixXd covariance(z.size(), z.size());
    for (Index i = 0; i < z.size(); ++i)
        for (Index j = i; j < z.size(); ++j)
            covariance(i, j) = covariance(j, i) =
                normal::cdf(z[i]) * normal::sf(z[j]) / (normal::pdf(z[i]) * normal::pdf(z[j]));
    return covariance;
}

/// Level and slope as regressors; a lone fact determines the level only.
MatrixXd trend(const VectorXd& z, Index n_facts) {
    MatrixXd columns = MatrixXd::Ones(z.size(), n_facts > 1 ? 2 : 1);
    if (n_facts > 1) columns.col(1) = z;
    return columns;
}

/// Covariance of the trend's coefficients given the facts; `weighted` are the regressors times the facts' precision.
MatrixXd trend_covariance(const MatrixXd& at_facts, const MatrixXd& weighted) {
    return linear_algebra::inverse(linear_algebra::transpose_product(at_facts, weighted));
}

/// Universal kriging (Cressie 1993, section 3.4) with diffuse coefficients of the trend: fills kriging, covariance,
/// root and precision from the covariance `prior` among all knots.
void condition(KnotPattern& pattern, const MatrixXd& prior) {
    const auto n_facts = static_cast<Index>(pattern.facts.size());
    const MatrixXd cross = prior(Eigen::all, pattern.facts), columns = trend(pattern.z, n_facts);
    const MatrixXd at_facts = columns(pattern.facts, Eigen::all);
    const MatrixXd among = cross(pattern.facts, Eigen::all) + nugget * MatrixXd::Identity(n_facts, n_facts);
    const MatrixXd inverse = linear_algebra::Cholesky(among).inverse();
    const MatrixXd weighted = product(inverse, at_facts), gain = trend_covariance(at_facts, weighted);
    const MatrixXd rest = columns - product(cross, weighted), cross_inverse = product(cross, inverse);
    pattern.kriging = cross_inverse + product_with_transpose(product(rest, gain), weighted);
    pattern.precision = inverse - product_with_transpose(product(weighted, gain), weighted);
    const MatrixXd posterior =
        prior - product_with_transpose(cross_inverse, cross) + product_with_transpose(product(rest, gain), rest);
    pattern.covariance = 0.5 * (posterior + posterior.transpose());
    pattern.covariance(pattern.facts, Eigen::all).setZero();
    pattern.covariance(Eigen::all, pattern.facts).setZero();
    pattern.root = linear_algebra::symmetric_root(pattern.covariance);
}

}  // namespace

KnotPattern make_pattern(const ShapePrior& prior, std::span<const double> z_facts, double size,
                         const Support& support) {
    KnotPattern pattern;
    pattern.z = merged_knots(prior.z, z_facts, support);
    for (const double fact : z_facts)
        pattern.facts.push_back(std::lower_bound(pattern.z.begin(), pattern.z.end(), fact) - pattern.z.begin());
    pattern.compression =
        make_compression({pattern.z.begin(), pattern.z.end()}, {pattern.facts.begin(), pattern.facts.end()});
    const MatrixXd weights = interpolation(prior.z, pattern.z);
    pattern.base = pattern.z + weights * prior.mean;
    pattern.base_alone = pattern.z + weights * prior.mean_alone;
    pattern.base_by_scale = weights * prior.mean_by_scale;
    const bool reaches_prior = pattern.z[pattern.size() - 1] > prior.z[prior.z.size() - 1] - least_knot_distance;
    pattern.upper_tail_ratio = reaches_prior ? prior.upper_tail_ratio : 1.0;
    pattern.typical_scale = prior.typical_scale;
    pattern.scale_spread = prior.scale_spread;
    pattern.degrees_of_freedom = prior.degrees_of_freedom;
    pattern.lower_chord_end = prior.lower_chord_end;
    pattern.upper_chord_start = prior.upper_chord_start;
    pattern.unconditional = product_with_transpose(product(weights, prior.shape), weights) + bridge(pattern.z) / size;
    const bool is_lone = pattern.facts.size() == 1;
    const MatrixXd slope = (is_lone ? lone_slope_variance : 0.0) * pattern.z * pattern.z.transpose();
    condition(pattern, pattern.unconditional + slope);
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
