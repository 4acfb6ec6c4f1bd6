#include "wagefit/factors/salary_model.hpp"

#include <cmath>
#include <set>
#include <utility>

#include "factors/index_grid.hpp"
#include "factors/shapley.hpp"
#include "wagefit/distributions/mixture.hpp"
#include "wagefit/distributions/operations.hpp"
#include "wagefit/errors.hpp"
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

std::string quoted_pair(const Interaction& pair) { return "'" + pair.first + " x " + pair.second + "'"; }

/// Refuses the interaction `at` of a factor with itself, or with a factor that the earlier one `taken` has.
void check_pair(const std::vector<Interaction>& interactions, std::size_t at, std::optional<std::size_t> taken) {
    const Interaction& pair = interactions[at];
    if (pair.first == pair.second)
        throw FactError("interactions: got the pair " + quoted_pair(pair) + ", expected two different factors");
    if (!taken) return;
    const Interaction& earlier = interactions[*taken];
    const bool is_first = pair.first == earlier.first || pair.first == earlier.second;
    throw FactError("interactions: got '" + (is_first ? pair.first : pair.second) + "' in the pairs " +
                    quoted_pair(earlier) + " and " + quoted_pair(pair) +
                    ", expected each factor in at most one pair, be it for ratios or for shares");
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

SalaryModel::SalaryModel(DistributionPtr anchor, std::vector<Factor> factors, std::vector<Interaction> interactions,
                         const CalibrationOptions& options)
    : SalaryModel(std::move(anchor), std::move(factors), std::move(interactions), options, Effects{}) {}

SalaryModel::SalaryModel(DistributionPtr anchor, std::vector<Factor> factors, std::vector<Interaction> interactions,
                         const CalibrationOptions& options, Effects start)
    : anchor_(std::move(anchor)),
      factors_(validated(std::move(factors))),
      interactions_(std::move(interactions)),
      options_(options) {
    if (!anchor_) throw FactError("anchor: got none, expected a distribution");
    make_blocks();
    check_margins(*anchor_, calibrated_);
    calibration_ = calibrate(*anchor_, calibrated_, options_, std::move(start));
    for (std::size_t b = 0; b < blocks_.size(); ++b)
        laws_.push_back(effect_law(calibrated_[b], calibration_.effects[b]));
    WorkforceSums sums = workforce_sums(laws_, options_.nodes);
    others_ = std::move(sums.others);
    transport_ = std::make_shared<const Transport>(anchor_, NormalMixture(sums.all, calibration_.residual_spread));
}

void SalaryModel::make_blocks() {
    std::vector<std::optional<std::size_t>> partner(factors_.size()), by(factors_.size());
    for (std::size_t i = 0; i < interactions_.size(); ++i) {
        const std::size_t a = factor_index(factors_, interactions_[i].first);
        const std::size_t b = factor_index(factors_, interactions_[i].second);
        check_pair(interactions_, i, by[a] ? by[a] : by[b]);
        by[a] = by[b] = i;
        partner[a] = b;
    }
    for (std::size_t f = 0; f < factors_.size(); ++f) {
        if (!by[f]) {
            blocks_.push_back({{f}, std::nullopt});
            calibrated_.push_back(factors_[f]);
        } else if (partner[f]) {
            blocks_.push_back({{f, *partner[f]}, by[f]});
            calibrated_.push_back(joint_factor(interactions_[*by[f]], factors_[f], factors_[*partner[f]]));
        }
    }
}

std::optional<Choice> SalaryModel::choice(const Profile& profile, std::size_t factor) const {
    const auto found = profile.find(factors_[factor].name);
    return found == profile.end() ? std::nullopt : std::optional(found->second);
}

double SalaryModel::effect_with_ratio(std::size_t block, double relative_ratio) const {
    const double log_ratio = std::log(relative_ratio);
    const LevelMean level(transport_->grid(), {others_[block], calibration_.residual_spread});
    return level.effect_with(std::log(mean(*anchor_)) + log_ratio, log_ratio);
}

double SalaryModel::effect(std::size_t block, const Choice& choice) const {
    const Factor& factor = first(blocks_[block]);
    if (factor.curve) return effect_with_ratio(block, relative_ratio(factor, choice));
    return calibration_.effects[block][level_index(factor, std::get<std::string>(choice))];
}

double SalaryModel::effect(std::size_t block, const Choice& a, const Choice& b) const {
    const Factor &rows = first(blocks_[block]), &columns = second(blocks_[block]);
    if (rows.curve || columns.curve)
        return effect_with_ratio(block, joint_ratio(calibrated_[block], rows, columns, a, b));
    const std::size_t row = level_index(rows, std::get<std::string>(a));
    return calibration_.effects[block][row * columns.levels.size() + level_index(columns, std::get<std::string>(b))];
}

DiscreteRule SalaryModel::law(std::size_t b, const Profile& profile) const {
    const Block& block = blocks_[b];
    const auto a = choice(profile, block.factors.front()), other = choice(profile, block.factors.back());
    if (!a && !other) return laws_[b];
    const auto single = [](double effect) {
        return DiscreteRule{Eigen::ArrayXd::Constant(1, effect), Eigen::ArrayXd::Ones(1)};
    };
    if (!block.interaction) return single(effect(b, *a));
    if (a && other) return single(effect(b, *a, *other));
    const Factor& averaged = a ? second(block) : first(block);
    DiscreteRule law{Eigen::ArrayXd(std::ssize(averaged.levels)),
                     a ? shares_of_second(calibrated_[b], first(block), second(block), *a)
                       : shares_of_first(calibrated_[b], first(block), second(block), *other)};
    for (std::size_t i = 0; i < averaged.levels.size(); ++i) {
        const Choice level = averaged.curve ? Choice(averaged.curve->knots()[i].at) : Choice(averaged.levels[i].name);
        const auto at = static_cast<Eigen::Index>(i);
        law.points[at] = a ? effect(b, *a, level) : effect(b, level, *other);
    }
    return law;
}

NormalMixture SalaryModel::index(const Profile& profile) const {
    DiscreteRule sum{Eigen::ArrayXd::Zero(1), Eigen::ArrayXd::Ones(1)};
    double known = 0.0;
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
        const DiscreteRule added = law(b, profile);
        if (added.points.size() == 1)
            known += added.points[0];
        else
            sum = sum_of(sum, added, options_.nodes);
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

double SalaryModel::joint_excess(std::size_t b, const Profile& profile) const {
    const Block& block = blocks_[b];
    const auto a = choice(profile, block.factors.front()), other = choice(profile, block.factors.back());
    if (!a || !other) return 1.0;
    const double both = joint_ratio(calibrated_[b], first(block), second(block), *a, *other);
    return both / (relative_ratio(first(block), a) * relative_ratio(second(block), other));
}

ExplanationPart SalaryModel::joint_part(std::size_t b, const Profile& person, const Profile& baseline) const {
    const Block& block = blocks_[b];
    ExplanationPart result{calibrated_[b].name, Standing::unknown, 1.0, 0.0, 0.0, std::nullopt};
    double variance = 0.0;
    const auto same = [&](std::size_t f) { return choice(person, f) == choice(baseline, f); };
    const bool differ = !same(block.factors.front()) || !same(block.factors.back());
    for (const Profile* profile : {&person, &baseline}) {
        const auto a = choice(*profile, block.factors.front()), other = choice(*profile, block.factors.back());
        if (!a || !other) continue;
        if (profile == &person) result.standing = Standing::known;
        if (differ)
            variance += std::pow(
                interaction_log_error(interactions_[*block.interaction], first(block), second(block), *a, *other), 2);
    }
    if (differ) result.ratio = joint_excess(b, person) / joint_excess(b, baseline);
    result.ratio_error = std::isnan(variance) ? std::nullopt : std::optional(result.ratio * std::sqrt(variance));
    return result;
}

Explanation SalaryModel::explain(const Profile& person, const Profile& baseline) const {
    Explanation result{baseline.empty() ? mean(*anchor_) : mean(*pay(baseline)), {}, 0.0, mean(*pay(person))};
    double product = result.baseline;
    for (std::size_t f = 0; f < factors_.size(); ++f) {
        result.parts.push_back(part(f, person, baseline));
        product *= result.parts.back().ratio;
    }
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
        if (!blocks_[b].interaction) continue;
        result.parts.push_back(joint_part(b, person, baseline));
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
    return {anchor_, std::move(factors), interactions_, options_, calibration_.effects};
}

}  // namespace wagefit
