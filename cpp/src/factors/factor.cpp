#include "wagefit/factors/factor.hpp"

#include <cmath>
#include <limits>
#include <set>
#include <utility>

#include "wagefit/errors.hpp"
#include "wagefit/facts/text.hpp"

namespace wagefit {
namespace {

/// Shares computed from counts sum to one to rounding only.
constexpr double share_tolerance = 1e-6;

std::string of(const Factor& factor, const Level& level) {
    return "factor '" + factor.name + "', level '" + level.name + "': ";
}

void validate_level(const Factor& factor, const Level& level) {
    if (!(level.ratio > 0.0) || !std::isfinite(level.ratio))
        throw FactError(of(factor, level) + "got the ratio " + number(level.ratio) +
                        ", expected a finite positive number");
    if (level.ratio_error < 0.0 || std::isinf(level.ratio_error))
        throw FactError(of(factor, level) + "got the standard error " + number(level.ratio_error) +
                        ", expected a finite number not below zero");
    if (!(level.share >= 0.0 && level.share <= 1.0))
        throw FactError(of(factor, level) + "got the share " + number(level.share) + ", expected one in [0, 1]");
}

}  // namespace

Factor continuous_factor(std::string name, RatioCurve curve, const std::vector<AmountShare>& shares) {
    Factor factor{std::move(name), {}, RatioErrors::common};
    for (const AmountShare& amount : shares)
        factor.levels.push_back(
            {number(amount.at), curve.ratio(amount.at), curve.ratio_error(amount.at), amount.share});
    factor.curve = std::move(curve);
    return factor;
}

void validate(const Factor& factor) {
    if (factor.levels.empty()) throw FactError("factor '" + factor.name + "': got no levels, expected at least one");
    std::set<std::string> names;
    double total = 0.0;
    for (const Level& level : factor.levels) {
        validate_level(factor, level);
        if (!names.insert(level.name).second) throw FactError(of(factor, level) + "given twice, expected once");
        total += level.share;
    }
    if (std::abs(total - 1.0) > share_tolerance)
        throw FactError("factor '" + factor.name + "': got shares with the sum " + number(total) + ", expected 1");
}

std::size_t level_index(const Factor& factor, const std::string& name) {
    std::string known;
    for (std::size_t i = 0; i < factor.levels.size(); ++i) {
        if (factor.levels[i].name == name) return i;
        known += (i == 0 ? "'" : ", '") + factor.levels[i].name + "'";
    }
    throw FactError(factor.name + " is '" + name + "'; expected one of " + known);
}

double mean_ratio(const Factor& factor) {
    double sum = 0.0;
    for (const Level& level : factor.levels) sum += level.share * level.ratio;
    return sum;
}

}  // namespace wagefit
