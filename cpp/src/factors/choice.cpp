#include "wagefit/factors/choice.hpp"

#include <cmath>
#include <vector>

#include "wagefit/errors.hpp"
#include "wagefit/facts/text.hpp"

namespace wagefit {
namespace {

std::size_t level_of(const Factor& factor, const Choice& choice) {
    return level_index(factor, std::get<std::string>(choice));
}

double relative_error(const RatioCurve& curve, double amount) {
    return curve.ratio_error(amount) / curve.ratio(amount);
}

/// A log ratio as a sum over what can err: coefficient times the log error of each level, plus the curve's own part.
struct Contrast {
    std::vector<double> chosen;  ///< levels that were chosen: +1 or -1
    std::vector<double> mean;    ///< levels as parts of the workforce's mean
    double along_curve = 0.0;
};

void add(Contrast& contrast, const Factor& factor, const std::optional<Choice>& choice, double sign) {
    if (!choice) {
        const double all = mean_ratio(factor);
        for (std::size_t i = 0; i < factor.levels.size(); ++i)
            contrast.mean[i] += sign * factor.levels[i].share * factor.levels[i].ratio / all;
    } else if (factor.curve) {
        contrast.along_curve += sign * relative_error(*factor.curve, std::get<double>(*choice));
    } else {
        contrast.chosen[level_of(factor, *choice)] += sign;
    }
}

}  // namespace

void require_choice(const Factor& factor, const Choice& choice) {
    const auto* amount = std::get_if<double>(&choice);
    if (!factor.curve) {
        static_cast<void>(level_index(factor, amount ? number(*amount) : std::get<std::string>(choice)));
        return;
    }
    if (!amount) throw FactError(factor.name + " is '" + std::get<std::string>(choice) + "'; expected a number");
    if (!(*amount >= 0.0) || !std::isfinite(*amount))
        throw FactError(factor.name + " is " + number(*amount) + "; expected a finite number of at least 0");
}

Standing standing(const Factor& factor, const std::optional<Choice>& choice) {
    if (!choice) return Standing::unknown;
    if (!factor.curve) return Standing::known;
    const double amount = std::get<double>(*choice);
    const bool inside = amount >= factor.curve->first() && amount <= factor.curve->last();
    return inside ? Standing::known : Standing::extrapolated;
}

double relative_ratio(const Factor& factor, const std::optional<Choice>& choice) {
    if (!choice) return 1.0;
    const double ratio =
        factor.curve ? factor.curve->ratio(std::get<double>(*choice)) : factor.levels[level_of(factor, *choice)].ratio;
    return ratio / mean_ratio(factor);
}

double log_ratio_variance(const Factor& factor, const std::optional<Choice>& a, const std::optional<Choice>& b) {
    if (a == b) return 0.0;
    const std::size_t n = factor.levels.size();
    Contrast contrast{std::vector<double>(n, 0.0), std::vector<double>(n, 0.0)};
    add(contrast, factor, a, 1.0);
    add(contrast, factor, b, -1.0);
    double independent = 0.0, common = contrast.along_curve;
    for (std::size_t i = 0; i < n; ++i) {
        const double error = factor.levels[i].ratio_error / factor.levels[i].ratio;
        if (std::isnan(error) && contrast.chosen[i] == 0.0) continue;
        const double term = (contrast.chosen[i] + contrast.mean[i]) * error;
        independent += term * term;
        common += term;
    }
    return factor.errors == RatioErrors::common ? common * common : independent;
}

}  // namespace wagefit
