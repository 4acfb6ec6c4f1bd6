#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

#include "fitting/knot_pattern.hpp"
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

/// Rise of log wages a normal score from knot `low` to the next.
[[nodiscard]] double chord_slope(const CurveKnots& knots, std::size_t low);

/// Knots of the C1 curve through `g`, shape (n,), which never falls: slopes are weighted harmonic means of neighboring
/// chords (Fritsch & Butland 1984), one-sided beside ties; tails continue the chords that lead to them. Where none
/// rises they have the slope `scale`.
[[nodiscard]] CurveKnots curve_knots(const KnotPattern& pattern, const Eigen::VectorXd& g, const PinnedFacts& facts,
                                     double scale);

/// Dollars at the knots of a rule, strictly increasing.
using KnotWages = std::vector<double>;

[[nodiscard]] KnotRule knot_rule(const KnotPattern& pattern);

/// Knots of the curve through `wages`, one for each of the rule's, with the slopes of `curve_knots`.
[[nodiscard]] CurveKnots knots_through(const KnotRule& rule, std::span<const double> wages);

}  // namespace wagefit
