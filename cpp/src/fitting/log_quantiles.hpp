#pragma once

#include <Eigen/Core>
#include <memory>
#include <span>
#include <vector>

#include "fitting/knot_pattern.hpp"
#include "fitting/smooth_path_table.hpp"
#include "wagefit/distributions/curve.hpp"
#include "wagefit/fitting/knot_rule.hpp"

namespace wagefit {

/// A cell's published quantiles at the facts of its pattern.
struct PinnedFacts {
    std::vector<double> wages;  ///< dollars, ascending
    double reference;           ///< dollars: logs are relative to it
    Eigen::VectorXd logs;       ///< shape (n_facts,), log(wages / reference)
    Support support;
};

[[nodiscard]] PinnedFacts pin(const std::vector<double>& wages, const Support& support);

/// Log quantile function at the knots, given the quantiles but not the mean.
struct Conditional {
    Eigen::VectorXd g;  ///< shape (n,), posterior mean of log(wage / reference), exact at the facts
    double scale;       ///< log points: slope of the facts' logs on z
    double distance;    ///< squared Mahalanobis distance of the facts from the prior, in units of the scale
};

/// Conditions the prior on at least two facts; the scale is that of a least-squares line through them.
[[nodiscard]] Conditional condition(const KnotPattern& pattern, const Eigen::VectorXd& logs);

/// Conditions the prior on a lone fact, with the scale given.
[[nodiscard]] Conditional condition_at_scale(const KnotPattern& pattern, const Eigen::VectorXd& logs, double scale);

/// As `condition` for a cell without a mean wage: around the prior's mean for those, compressed.
[[nodiscard]] Conditional condition_alone(const KnotPattern& pattern, const Eigen::VectorXd& logs);

/// As `condition_at_scale` for a lone fact without a mean wage.
[[nodiscard]] Conditional condition_alone_at_scale(const KnotPattern& pattern, const Eigen::VectorXd& logs,
                                                   double scale);

/// `g` made increasing without moving a fact: every increment is at least a small fraction of what its chord between
/// facts, or the scale beyond them, would give; ties stay flat.
[[nodiscard]] Eigen::VectorXd made_monotone(const KnotPattern& pattern, const Eigen::VectorXd& g, double scale);

/// Knots of the C1 curve through increasing `g`: slopes are weighted harmonic means of neighboring chords (Fritsch &
/// Butland 1984), one-sided beside ties; tails continue their chords.
[[nodiscard]] CurveKnots curve_knots(const KnotPattern& pattern, const Eigen::VectorXd& g, const PinnedFacts& facts);

/// Dollars at the knots of a rule, strictly increasing.
using KnotWages = std::vector<double>;

[[nodiscard]] KnotRule knot_rule(const KnotPattern& pattern);

/// Knots of the curve through `wages`, one for each of the rule's, with the slopes of `curve_knots`.
[[nodiscard]] CurveKnots knots_through(const KnotRule& rule, std::span<const double> wages);

/// Derivative of the log mean in each knot value, shape (n,), with `curve` taken as piecewise linear between its knots.
[[nodiscard]] Eigen::VectorXd log_mean_gradient(const KnotPattern& pattern, const Curve& curve);

}  // namespace wagefit
