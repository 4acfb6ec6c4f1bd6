#include "wagefit/factors/calibration.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "wagefit/distributions/operations.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/facts/text.hpp"
#include "wagefit/factors/index_grid.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

double variance(const DiscreteRule& law) {
    const double mean = (law.weights * law.points).sum();
    return (law.weights * (law.points - mean).square()).sum();
}

/// Enough for most of the way: the rounds on the full number of nodes then only confirm.
constexpr Eigen::Index coarse_nodes = 12;

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
        if (!(std::abs(gap) <= worst.size)) worst = {std::abs(gap), factor.name + " '" + factor.levels[i].name + "'"};
        effects[i] += gap / value.slope;
    }
    return worst;
}

void set_residual(Calibration& calibration, const DiscreteRule& sum, const CalibrationOptions& options) {
    const double total = calibration.anchor_log_variance;
    const double least = options.least_residual_spread * options.least_residual_spread * total;
    calibration.factor_log_variance = variance(sum);
    const double left = total - calibration.factor_log_variance;
    calibration.residual_source = left > least ? ResidualSource::anchor : ResidualSource::floor;
    calibration.residual_spread = std::sqrt(std::max(left, least));
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
        if (!(gap.size <= worst.size)) worst = gap;
        center(factors[f], next[f]);
    }
    return worst;
}

/// Rounds until every gap is within tolerance.
void iterate(const Distribution& anchor, const std::vector<Factor>& factors, const CalibrationOptions& options,
             Eigen::Index nodes, const Effects& log_means, Calibration& calibration) {
    Gap gap;
    for (int i = 0; i < options.max_rounds; ++i) {
        Effects next = calibration.effects;
        gap = round(anchor, factors, options, nodes, log_means, calibration, next);
        ++calibration.rounds;
        calibration.margin_error = gap.size;
        if (gap.size <= options.tolerance) return;
        calibration.effects = std::move(next);
    }
    throw ConvergenceError("the mean pay of " + gap.where + " is off by a factor of exp(" + number(gap.size) +
                           ") after " + std::to_string(options.max_rounds) + " rounds, expected " +
                           number(options.tolerance));
}

}  // namespace

Effects log_level_means(double anchor_mean, const std::vector<Factor>& factors) {
    Effects result = log_ratios(factors);
    for (std::size_t f = 0; f < factors.size(); ++f)
        for (double& value : result[f]) value += std::log(anchor_mean / mean_ratio(factors[f]));
    return result;
}

void check_margins(const Distribution& anchor, const std::vector<Factor>& factors) {
    const double all = mean(anchor);
    for (const Factor& factor : factors) {
        for (const Level& level : factor.levels) {
            if (level.share == 0.0 || level.share == 1.0) continue;
            const double wanted = level.ratio / mean_ratio(factor);
            const double z = normal::isf(level.share);
            const double most = anchor.partial_moment(1.0, z, infinity) / level.share / all;
            const double least = anchor.partial_moment(1.0, -infinity, -z) / level.share / all;
            if (wanted < most && wanted > least) continue;
            throw InfeasibleError("factor '" + factor.name + "', level '" + level.name + "': got mean pay " +
                                  number(wanted) + " times the anchor's for a share of " + number(level.share) +
                                  ", expected between " + number(least) + " and " + number(most) +
                                  ", what the lowest and the highest paid part of that size earn");
        }
    }
}

Calibration calibrate(const Distribution& anchor, const std::vector<Factor>& factors,
                      const CalibrationOptions& options, Effects start) {
    const Effects log_means = log_level_means(mean(anchor), factors);
    Calibration calibration{};
    calibration.anchor_log_variance = log_moments(anchor).variance;
    calibration.effects = start.empty() ? log_ratios(factors) : std::move(start);
    for (std::size_t f = 0; f < factors.size(); ++f) center(factors[f], calibration.effects[f]);
    for (const Eigen::Index nodes : {std::min(coarse_nodes, options.nodes), options.nodes})
        iterate(anchor, factors, options, nodes, log_means, calibration);
    return calibration;
}

}  // namespace wagefit
