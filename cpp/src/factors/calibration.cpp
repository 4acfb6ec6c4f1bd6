#include "wagefit/factors/calibration.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "factors/index_grid.hpp"
#include "numerics/constants.hpp"
#include "wagefit/distributions/operations.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/facts/text.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

double variance_of(const DiscreteRule& law) {
    const double mean = (law.weights * law.points).sum();
    return (law.weights * (law.points - mean).square()).sum();
}

/// Enough for most of the way: the rounds on the full number of nodes then only confirm.
constexpr Eigen::Index coarse_nodes = 12;

/// A gap this small that shrinks no faster than this has stalled.
constexpr double stalled_gap = 1e-2;
constexpr double stalled_rate = 0.99;

/// In logs: Newton's step from far away may overshoot.
constexpr double largest_step = 0.5;

/// Adding a constant to a factor's effects changes nothing; this one makes their workforce mean zero.
void center(const Factor& factor, std::vector<double>& effects) {
    double mean = 0.0;
    for (std::size_t i = 0; i < effects.size(); ++i) mean += factor.levels[i].share * effects[i];
    for (double& effect : effects) effect -= mean;
}

Effects log_ratios(const std::vector<Factor>& factors) {
    Effects result;
    for (const Factor& factor : factors) {
        result.emplace_back();
        for (const Level& level : factor.levels) result.back().push_back(std::log(level.ratio));
    }
    return result;
}

/// The level that is farthest from its published mean.
struct Gap {
    double size = 0.0;
    std::string where;
};

/// Moves each level of one factor by a Newton step to its published mean; returns the largest gap before the step.
Gap rake(const Factor& factor, const LevelMean& mean, const std::vector<double>& log_means,
         std::vector<double>& effects) {
    Gap worst;
    for (std::size_t i = 0; i < effects.size(); ++i) {
        const LevelMean::Value value = mean.at(effects[i]);
        const double gap = log_means[i] - value.log_mean;
        const std::string where = factor.name + " '" + factor.levels[i].name + "'";
        if (!std::isfinite(gap / value.slope))
            throw ConvergenceError("the effect of " + where + " grows without bound");
        if (std::abs(gap) >= worst.size) worst = {std::abs(gap), where};
        effects[i] += std::clamp(gap / value.slope, -largest_step, largest_step);
    }
    return worst;
}

void set_residual(Calibration& calibration, const DiscreteRule& sum, const CalibrationOptions& options) {
    const double total = calibration.anchor_log_variance;
    const double least = options.least_residual_spread * options.least_residual_spread * total;
    calibration.factor_log_variance = variance_of(sum);
    calibration.residual_spread = std::sqrt(std::max(total - calibration.factor_log_variance, least));
}

/// One round: the residual for the present effects, then a step of every factor. `next` receives the moved effects.
Gap round(const Distribution& anchor, const std::vector<Factor>& factors, const CalibrationOptions& options,
          Eigen::Index nodes, const Effects& log_means, Calibration& calibration, Effects& next) {
    std::vector<DiscreteRule> laws;
    for (std::size_t f = 0; f < factors.size(); ++f) laws.push_back(effect_law(factors[f], calibration.effects[f]));
    const WorkforceSums sums = workforce_sums(laws, nodes);
    set_residual(calibration, sums.all, options);
    const double spread = calibration.residual_spread;
    const IndexGrid grid = make_index_grid(anchor, {sums.all, spread});
    Gap worst;
    for (std::size_t f = 0; f < factors.size(); ++f) {
        const LevelMean mean(grid, {sums.others[f], spread});
        const Gap gap = rake(factors[f], mean, log_means[f], next[f]);
        if (gap.size >= worst.size) worst = gap;
        center(factors[f], next[f]);
    }
    return worst;
}

/// Rounds until every gap is within tolerance, or no longer shrinks: few nodes cannot meet all margins at once.
Gap iterate(const Distribution& anchor, const std::vector<Factor>& factors, const CalibrationOptions& options,
            Eigen::Index nodes, const Effects& log_means, Calibration& calibration) {
    Gap gap{infinity, ""};
    for (int i = 0; i < options.max_rounds; ++i) {
        Effects next = calibration.effects;
        const double before = gap.size;
        gap = round(anchor, factors, options, nodes, log_means, calibration, next);
        ++calibration.rounds;
        if (gap.size <= options.tolerance || (gap.size < stalled_gap && gap.size > stalled_rate * before)) return gap;
        calibration.effects = std::move(next);
    }
    return gap;
}

/// On the floor the residual is more than the factors leave, and the rounds have no fixed point worth the name.
void require_residual(const Calibration& calibration) {
    const double left = calibration.anchor_log_variance - calibration.factor_log_variance;
    if (left >= 0.999 * calibration.residual_spread * calibration.residual_spread) return;
    throw ConvergenceError("the factors' effects have the variance " + number(calibration.factor_log_variance) +
                           " and leave next to nothing of the anchor's log variance " +
                           number(calibration.anchor_log_variance) + " for the residual");
}

/// A share of the workforce earns at least what the lowest paid part of that size does, at most what the highest does.
void check_level(const Distribution& anchor, const Factor& factor, const Level& level) {
    if (level.share == 0.0 || level.share == 1.0) return;
    const double z = normal::isf(level.share), all = mean(anchor) * level.share;
    const double wanted = level.ratio / mean_ratio(factor);
    const double most = anchor.partial_moment(1.0, z, infinity) / all;
    const double least = anchor.partial_moment(1.0, -infinity, -z) / all;
    if (wanted < most && wanted > least) return;
    throw InfeasibleError("factor '" + factor.name + "', level '" + level.name + "': got mean pay " + number(wanted) +
                          " times the anchor's for a share of " + number(level.share) + ", expected between " +
                          number(least) + " and " + number(most) +
                          ", what the lowest and the highest paid part of that size earn");
}

/// Level means of independent factors are uncorrelated parts of pay: their variances cannot exceed the anchor's.
void check_variance(const Distribution& anchor, const std::vector<Factor>& factors) {
    double relative = 0.0;
    for (const Factor& factor : factors)
        for (const Level& level : factor.levels)
            relative += level.share * std::pow(level.ratio / mean_ratio(factor) - 1.0, 2);
    const double anchor_relative = variance(anchor) / std::pow(mean(anchor), 2);
    if (relative < anchor_relative) return;
    throw InfeasibleError("factors: got level means with a squared coefficient of variation of " + number(relative) +
                          ", expected less than the anchor's " + number(anchor_relative));
}

}  // namespace

Effects log_level_means(double anchor_mean, const std::vector<Factor>& factors) {
    Effects result = log_ratios(factors);
    for (std::size_t f = 0; f < factors.size(); ++f)
        for (double& value : result[f]) value += std::log(anchor_mean / mean_ratio(factors[f]));
    return result;
}

void check_margins(const Distribution& anchor, const std::vector<Factor>& factors) {
    for (const Factor& factor : factors)
        for (const Level& level : factor.levels) check_level(anchor, factor, level);
    check_variance(anchor, factors);
}

Calibration calibrate(const Distribution& anchor, const std::vector<Factor>& factors, const CalibrationOptions& options,
                      Effects start) {
    const Effects log_means = log_level_means(mean(anchor), factors);
    Calibration calibration{};
    calibration.anchor_log_variance = log_moments(anchor).variance;
    calibration.effects = start.empty() ? log_ratios(factors) : std::move(start);
    for (std::size_t f = 0; f < factors.size(); ++f) center(factors[f], calibration.effects[f]);
    iterate(anchor, factors, options, std::min(coarse_nodes, options.nodes), log_means, calibration);
    const Gap gap = iterate(anchor, factors, options, options.nodes, log_means, calibration);
    calibration.margin_error = gap.size;
    require_residual(calibration);
    if (gap.size <= options.tolerance) return calibration;
    throw ConvergenceError("the log mean pay of " + gap.where + " is off by " + number(gap.size) + " after " +
                           std::to_string(calibration.rounds) + " rounds, expected at most " +
                           number(options.tolerance));
}

}  // namespace wagefit
