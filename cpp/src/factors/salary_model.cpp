#include "wagefit/factors/salary_model.hpp"

#include <cmath>
#include <set>
#include <utility>

#include "wagefit/distributions/mixture.hpp"
#include "wagefit/distributions/operations.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/factors/shapley.hpp"
#include "wagefit/factors/transported.hpp"
#include "wagefit/facts/text.hpp"

namespace wagefit {
namespace {

std::vector<Factor> validated(std::vector<Factor> factors) {
    if (factors.empty()) throw FactError("factors: got none, expected at least one");
    std::set<std::string> names;
    for (const Factor& factor : factors) {
        validate(factor);
        if (!names.insert(factor.name).second)
            throw FactError("factors: got '" + factor.name + "' twice, expected once");
    }
    return factors;
}

std::size_t factor_index(const std::vector<Factor>& factors, const std::string& name) {
    std::string known;
    for (std::size_t i = 0; i < factors.size(); ++i) {
        if (factors[i].name == name) return i;
        known += (i == 0 ? "'" : ", '") + factors[i].name + "'";
    }
    throw FactError("factor: got '" + name + "', expected one of " + known);
}

/// Fills the amounts of `parts` from their ratios: Shapley values and their errors.
void set_amounts(double baseline, std::vector<ExplanationPart>& parts) {
    std::vector<double> ratios;
    for (const ExplanationPart& part : parts) ratios.push_back(part.ratio);
    const std::vector<double> amounts = product_shapley(baseline, ratios);
    const Eigen::MatrixXd gradient = product_shapley_gradient(baseline, ratios);
    for (std::size_t j = 0; j < parts.size(); ++j) {
        parts[j].amount = amounts[j];
        if (!parts[j].ratio_error) continue;
        double variance = 0.0;
        for (std::size_t k = 0; k < parts.size(); ++k) {
            const double slope = gradient(static_cast<Eigen::Index>(j), static_cast<Eigen::Index>(k));
            variance += std::pow(slope * parts[k].ratio_error.value_or(0.0), 2);
        }
        parts[j].amount_error = std::sqrt(variance);
    }
}

}  // namespace

SalaryModel::SalaryModel(DistributionPtr anchor, std::vector<Factor> factors, const CalibrationOptions& options)
    : SalaryModel(std::move(anchor), std::move(factors), options, Effects{}) {}

SalaryModel::SalaryModel(DistributionPtr anchor, std::vector<Factor> factors, const CalibrationOptions& options,
                         Effects start)
    : anchor_(std::move(anchor)), factors_(validated(std::move(factors))), options_(options) {
    if (!anchor_) throw FactError("anchor: got none, expected a distribution");
    check_margins(*anchor_, factors_);
    calibration_ = calibrate(*anchor_, factors_, options_, std::move(start));
    for (std::size_t f = 0; f < factors_.size(); ++f) laws_.push_back(effect_law(factors_[f], calibration_.effects[f]));
    WorkforceSums sums = workforce_sums(laws_, options_.nodes);
    others_ = std::move(sums.others);
    transport_ = std::make_shared<const Transport>(anchor_, NormalMixture(sums.all, calibration_.residual_spread));
}

std::optional<Choice> SalaryModel::choice(const Profile& profile, std::size_t factor) const {
    const auto found = profile.find(factors_[factor].name);
    return found == profile.end() ? std::nullopt : std::optional(found->second);
}

double SalaryModel::effect(std::size_t f, const Choice& choice) const {
    const Factor& factor = factors_[f];
    if (!factor.curve) return calibration_.effects[f][level_index(factor, std::get<std::string>(choice))];
    const double log_ratio = std::log(relative_ratio(factor, choice));
    const LevelMean level(transport_->grid(), {others_[f], calibration_.residual_spread});
    return level.effect_with(std::log(mean(*anchor_)) + log_ratio, log_ratio);
}

NormalMixture SalaryModel::index(const Profile& profile) const {
    DiscreteRule sum{Eigen::ArrayXd::Zero(1), Eigen::ArrayXd::Ones(1)};
    double known = 0.0;
    for (std::size_t f = 0; f < factors_.size(); ++f) {
        const auto chosen = choice(profile, f);
        if (chosen)
            known += effect(f, *chosen);
        else
            sum = sum_of(sum, laws_[f], options_.nodes);
    }
    sum.points += known;
    return {sum, calibration_.residual_spread};
}

DistributionPtr SalaryModel::pay(const Profile& profile) const {
    static_cast<void>(standings(profile));
    return std::make_shared<Transported>(transport_, index(profile));
}

DistributionPtr SalaryModel::population() const {
    std::vector<DistributionPtr> persons;
    const NormalMixture& workforce = transport_->workforce();
    const auto& [sums, weights] = workforce.components();
    for (const double sum : sums)
        persons.push_back(std::make_shared<Transported>(transport_, NormalMixture(sum, workforce.spread())));
    return std::make_shared<Mixture>(std::move(persons), std::vector<double>(weights.begin(), weights.end()));
}

std::vector<Standing> SalaryModel::standings(const Profile& profile) const {
    for (const auto& [name, value] : profile) require_choice(factors_[factor_index(factors_, name)], value);
    std::vector<Standing> result;
    for (std::size_t f = 0; f < factors_.size(); ++f) result.push_back(standing(factors_[f], choice(profile, f)));
    return result;
}

ExplanationPart SalaryModel::part(std::size_t f, const Profile& person, const Profile& baseline) const {
    const Factor& factor = factors_[f];
    const auto own = choice(person, f), other = choice(baseline, f);
    ExplanationPart result{factor.name, standing(factor, own), 1.0, std::nullopt, 0.0, std::nullopt};
    if (own != other) result.ratio = relative_ratio(factor, own) / relative_ratio(factor, other);
    const double variance = log_ratio_variance(factor, own, other);
    if (!std::isnan(variance)) result.ratio_error = result.ratio * std::sqrt(variance);
    return result;
}

Explanation SalaryModel::explain(const Profile& person, const Profile& baseline) const {
    Explanation result{baseline.empty() ? mean(*anchor_) : mean(*pay(baseline)), {}, 0.0, mean(*pay(person))};
    double product = result.baseline;
    for (std::size_t f = 0; f < factors_.size(); ++f) {
        result.parts.push_back(part(f, person, baseline));
        product *= result.parts.back().ratio;
    }
    set_amounts(result.baseline, result.parts);
    result.transport = result.total - product;
    return result;
}

SalaryModel SalaryModel::with_share(const std::string& factor, const std::string& level, double share) const {
    if (!(share >= 0.0 && share <= 1.0)) throw FactError("share is " + number(share) + "; expected a number in [0, 1]");
    std::vector<Factor> factors = factors_;
    Factor& changed = factors[factor_index(factors, factor)];
    const std::size_t own = level_index(changed, level);
    const double rest = 1.0 - changed.levels[own].share;
    if (!(rest > 0.0))
        throw FactError("level: got '" + level + "', which holds the whole workforce, expected one of several");
    for (Level& other : changed.levels) other.share *= (1.0 - share) / rest;
    changed.levels[own].share = share;
    return {anchor_, std::move(factors), options_, calibration_.effects};
}

}  // namespace wagefit
