#pragma once

#include <optional>
#include <string>
#include <variant>

#include "wagefit/factors/factor.hpp"

namespace wagefit {

/// A level's name, or an amount of a continuous factor.
using Choice = std::variant<std::string, double>;

/// How a person stands on a factor.
enum class Standing {
    known,
    unknown,       ///< left out: averaged over the workforce
    extrapolated,  ///< an amount beyond the factor's knots, held at the nearest one
};

/// Throws FactError, naming the known levels, unless `choice` is a level of a categorical factor or a finite amount not
/// below zero of a continuous one.
void require_choice(const Factor& factor, const Choice& choice);

/// How a valid choice, or none, stands.
[[nodiscard]] Standing standing(const Factor& factor, const std::optional<Choice>& choice);

/// Published mean pay at a choice relative to the workforce's mean; 1 without a choice.
[[nodiscard]] double relative_ratio(const Factor& factor, const std::optional<Choice>& choice);

/// Variance of log(ratio at `a` / ratio at `b`) by the delta method, none standing for the workforce's mean. NaN where
/// a chosen level's error is unknown; unknown errors of other levels are left out of the workforce's mean.
[[nodiscard]] double log_ratio_variance(const Factor& factor, const std::optional<Choice>& a,
                                        const std::optional<Choice>& b);

}  // namespace wagefit
