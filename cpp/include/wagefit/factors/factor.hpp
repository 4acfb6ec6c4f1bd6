#pragma once

#include <optional>
#include <string>
#include <vector>

#include "wagefit/factors/ratio_curve.hpp"

namespace wagefit {

/// One level of a factor: what it is called, what it pays, how many are there.
struct Level {
    std::string name;
    double ratio;        ///< mean pay relative to the factor's baseline, > 0
    double ratio_error;  ///< standard error of `ratio`; NaN where unknown, 0 for the baseline itself
    double share;        ///< part of the workforce, in [0, 1]
};

/// How the errors of one factor's ratios hang together.
enum class RatioErrors {
    independent,  ///< each ratio was measured by itself
    common,       ///< all derive from one estimate: logs of the ratios err together, in proportion to their errors
};

/// A named dimension of pay. With a `curve` it is continuous, and its levels are the amounts that carry the shares.
struct Factor {
    std::string name;
    std::vector<Level> levels;
    RatioErrors errors = RatioErrors::independent;
    std::optional<RatioCurve> curve = std::nullopt;
};

/// Part of the workforce at an amount of a continuous factor.
struct AmountShare {
    double at;
    double share;
};

/// A continuous factor: levels at the amounts of `shares`, with ratios from `curve` and common errors.
[[nodiscard]] Factor continuous_factor(std::string name, RatioCurve curve, const std::vector<AmountShare>& shares);

/// Throws FactError naming factor, level and value unless names are distinct, ratios positive, errors not negative, and
/// shares in [0, 1] with sum one (to 1e-6; the rounding of published percentages is the caller's to remove).
void validate(const Factor& factor);

/// Position of the level called `name`; FactError naming the known levels otherwise.
[[nodiscard]] std::size_t level_index(const Factor& factor, const std::string& name);

/// sum over levels of share * ratio: dividing the ratios by it makes their workforce average one.
[[nodiscard]] double mean_ratio(const Factor& factor);

}  // namespace wagefit
