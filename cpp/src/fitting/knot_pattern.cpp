#include "wagefit/fitting/knot_pattern.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double closest = 0.06;            // in z: a prior's knot nearer to a fact adds nothing but ill-conditioning
constexpr double diffuse_variance = 100.0;  // of level and slope, in squared scales: flat over every real cell
constexpr double nugget = 1e-8;             // relative to the same; keeps nearly equal probabilities invertible

/// Weights of linear interpolation at `z` between the prior's knots; beyond them the end knot's value is held.
Eigen::RowVectorXd interpolation_row(const VectorXd& knots, double z) {
    Eigen::RowVectorXd row = Eigen::RowVectorXd::Zero(knots.size());
    const Index last = knots.size() - 1;
    if (z <= knots[0] || z >= knots[last]) {
        row[z <= knots[0] ? 0 : last] = 1.0;
        return row;
    }
    Index i = 0;
    while (knots[i + 1] < z) ++i;
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
        const auto near = [z](double fact) { return std::abs(fact - z) < closest; };
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

MatrixXd prior_covariance(const ShapePrior& prior, const MatrixXd& weights, const VectorXd& z, double size) {
    const MatrixXd level_and_slope = diffuse_variance * (MatrixXd::Ones(z.size(), z.size()) + z * z.transpose());
    return weights * prior.shape * weights.transpose() + bridge(z) / size + level_and_slope;
}

void condition(KnotPattern& pattern, const MatrixXd& prior) {
    const auto n_facts = static_cast<Index>(pattern.facts.size());
    const MatrixXd cross = prior(pattern.facts, Eigen::all);
    const MatrixXd among = cross(Eigen::all, pattern.facts) + nugget * MatrixXd::Identity(n_facts, n_facts);
    const Eigen::LLT<MatrixXd> factor(among);
    pattern.kriging = factor.solve(cross).transpose();
    pattern.precision = factor.solve(MatrixXd::Identity(n_facts, n_facts));
    const MatrixXd posterior = prior - pattern.kriging * cross;
    pattern.covariance = 0.5 * (posterior + posterior.transpose());
    pattern.covariance(pattern.facts, Eigen::all).setZero();
    pattern.covariance(Eigen::all, pattern.facts).setZero();
}

}  // namespace

KnotPattern make_pattern(const ShapePrior& prior, std::span<const double> z_facts, double size, const Support& support) {
    KnotPattern pattern;
    pattern.z = merged_knots(prior.z, z_facts, support);
    for (const double fact : z_facts)
        pattern.facts.push_back(std::lower_bound(pattern.z.begin(), pattern.z.end(), fact) - pattern.z.begin());
    const MatrixXd weights = interpolation(prior.z, pattern.z);
    pattern.base = pattern.z + weights * prior.mean;
    pattern.base_by_scale = weights * prior.mean_by_scale;
    pattern.upper_tail_ratio = prior.upper_tail_ratio;
    pattern.typical_scale = prior.typical_scale;
    pattern.degrees_of_freedom = prior.degrees_of_freedom;
    pattern.lower_chord_end = prior.lower_chord_end;
    pattern.upper_chord_start = prior.upper_chord_start;
    condition(pattern, prior_covariance(prior, weights, pattern.z, size));
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
