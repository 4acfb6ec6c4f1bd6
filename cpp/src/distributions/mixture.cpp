#include "wagefit/distributions/mixture.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

#include "distributions/mixture_parts.hpp"
#include "distributions/mixture_quantile.hpp"
#include "numerics/constants.hpp"
#include "numerics/roots.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/facts/text.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

void require_weights(const std::vector<DistributionPtr>& components, const std::vector<double>& weights) {
    if (components.empty()) throw FactError("components is empty; expected at least one distribution");
    if (components.size() != weights.size())
        throw FactError("weights has length " + std::to_string(weights.size()) + "; expected one for each of the " +
                        std::to_string(components.size()) + " components");
    for (const double weight : weights)
        if (!(std::isfinite(weight) && weight >= 0.0))
            throw FactError("weights has the entry " + number(weight) + "; expected finite numbers of at least 0");
    if (!(std::accumulate(weights.begin(), weights.end(), 0.0) > 0.0))
        throw FactError("weights sum to 0; expected a positive sum");
}

double score_of(double below, double above) { return below < above ? normal::quantile(below) : normal::isf(above); }

std::vector<Atom> merged_atoms(const std::vector<DistributionPtr>& components, const std::vector<double>& weights) {
    std::vector<Atom> all;
    for (std::size_t i = 0; i < components.size(); ++i)
        for (const Atom& atom : components[i]->atoms()) all.push_back({atom.value, weights[i] * atom.probability});
    std::sort(all.begin(), all.end(), [](const Atom& a, const Atom& b) { return a.value < b.value; });
    std::vector<Atom> merged;
    for (const Atom& atom : all) {
        if (!merged.empty() && merged.back().value == atom.value)
            merged.back().probability += atom.probability;
        else
            merged.push_back(atom);
    }
    return merged;
}

/// The sum of weights, and exactly one where they sum to one but for rounding: normalized weights stay as they are.
double normalizer(const std::vector<double>& weights) {
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    const double rounding = std::numeric_limits<double>::epsilon() * static_cast<double>(weights.size());
    return std::abs(total - 1.0) <= rounding ? 1.0 : total;
}

}  // namespace

Mixture::Mixture(std::vector<DistributionPtr> components, std::vector<double> weights) {
    require_weights(components, weights);
    const double total = normalizer(weights);
    for (std::size_t i = 0; i < components.size(); ++i) {
        if (weights[i] == 0.0) continue;
        components_.push_back(std::move(components[i]));
        weights_.push_back(weights[i] / total);
    }
    atoms_ = merged_atoms(components_, weights_);
}

double Mixture::cdf(double x) const {
    double total = 0.0;
    for (std::size_t i = 0; i < components_.size(); ++i) total += weights_[i] * components_[i]->cdf(x);
    return total;
}

double Mixture::sf(double x) const {
    double total = 0.0;
    for (std::size_t i = 0; i < components_.size(); ++i) total += weights_[i] * components_[i]->sf(x);
    return total;
}

Mixture::Probability Mixture::at(double x) const {
    Probability p{0.0, 0.0};
    for (std::size_t i = 0; i < components_.size(); ++i) {
        const double z = components_[i]->score(x);
        p.below += weights_[i] * normal::cdf(z);
        p.above += weights_[i] * normal::sf(z);
    }
    return p;
}

Mixture::Probability Mixture::before(double x) const {
    Probability p{0.0, 0.0};
    for (std::size_t i = 0; i < components_.size(); ++i) {
        const double z = components_[i]->score_left(x);
        p.below += weights_[i] * normal::cdf(z);
        p.above += weights_[i] * normal::sf(z);
    }
    return p;
}

double Mixture::score(double x) const {
    const Probability p = at(x);
    return score_of(p.below, p.above);
}

double Mixture::score_left(double x) const {
    if (atoms_.empty()) return score(x);
    const Probability p = before(x);
    return score_of(p.below, p.above);
}

/// Relative excess of the mixture's probability at `x` over Phi(z), measured in the smaller tail.
double Mixture::excess(double x, double z) const {
    return z <= 0.0 ? cdf(x) / normal::cdf(z) - 1.0 : 1.0 - sf(x) / normal::sf(z);
}

std::optional<double> Mixture::tabled_value(double z) const {
    if (components_.size() == 1 || !std::isfinite(z)) return std::nullopt;
    std::call_once(is_tabled_, [this] { table_ = MixtureQuantile::of(components_, weights_); });
    return table_ == nullptr ? std::nullopt : table_->value(z);
}

double Mixture::value(double z) const {
    const std::optional<double> tabled = tabled_value(z);
    return tabled ? *tabled : bracketed_value(z);
}

double Mixture::bracketed_value(double z) const {
    if (std::isnan(z)) return z;
    double low = infinity, high = -infinity;
    for (const auto& component : components_) {
        const double x = component->value(z);
        low = std::min(low, x);
        high = std::max(high, x);
    }
    if (!(low < high) || std::isinf(z)) return z < 0.0 ? low : high;
    const auto is_below = [](const Atom& atom, double x) { return atom.value < x; };
    const auto first = std::lower_bound(atoms_.begin(), atoms_.end(), low, is_below);
    const auto end = std::partition_point(first, atoms_.end(), [high](const Atom& a) { return a.value <= high; });
    const auto reaching = std::partition_point(first, end, [&](const Atom& a) { return score(a.value) < z; });
    if (reaching != end && score_left(reaching->value) < z) return reaching->value;
    if (reaching != first) low = std::prev(reaching)->value;
    if (reaching != end) high = reaching->value;
    return root_between(low, high, z);
}

double Mixture::root_between(double low, double high, double z) const {
    if (excess(low, z) >= 0.0) return low;
    if (excess(high, z) <= 0.0) return high;
    // Where the cdf stands still at Phi(z) the quantile is the left end: a point that reaches Phi(z) counts as above
    // it.
    const auto reaches = [&](double x) {
        const double difference = excess(x, z);
        return difference == 0.0 ? std::numeric_limits<double>::min() : difference;
    };
    return bracketed_root(reaches, low, high).x;
}

double Mixture::log_pdf(double x) const {
    std::vector<double> terms;
    double largest = -infinity;
    for (std::size_t i = 0; i < components_.size(); ++i) {
        terms.push_back(std::log(weights_[i]) + components_[i]->log_pdf(x));
        largest = std::isnan(terms.back()) ? terms.back() : std::max(largest, terms.back());
    }
    if (!std::isfinite(largest)) return largest;
    double total = 0.0;
    for (const double term : terms) total += std::exp(term - largest);
    return largest + std::log(total);
}

/// x^k times the probability that normal score `z` reaches into the atom at its wage.
double Mixture::atom_correction(double k, double z) const {
    if (atoms_.empty() || std::isinf(z)) return 0.0;
    const double x = value(z);
    const auto is_here = [x](const Atom& atom) { return atom.value == x; };
    if (std::none_of(atoms_.begin(), atoms_.end(), is_here)) return 0.0;
    const Probability p = before(x);
    const double reach = z <= 0.0 ? normal::cdf(z) - p.below : p.above - normal::sf(z);
    return std::pow(x, k) * reach;
}

double Mixture::partial_moment(double k, double z0, double z1) const {
    const auto component_score = [&](const DistributionPtr& component, double z, double x) {
        return std::isinf(z) ? z : component->score_left(x);
    };
    const double x0 = std::isinf(z0) ? z0 : value(z0), x1 = std::isinf(z1) ? z1 : value(z1);
    double total = 0.0;
    for (std::size_t i = 0; i < components_.size(); ++i) {
        const double a = component_score(components_[i], z0, x0), b = component_score(components_[i], z1, x1);
        total += weights_[i] * components_[i]->partial_moment(k, a, b);
    }
    return total + atom_correction(k, z1) - atom_correction(k, z0);
}

std::vector<double> Mixture::break_wages() const {
    std::vector<double> wages;
    for (const auto& component : components_)
        for (const double z : component->breakpoints()) wages.push_back(component->value(z));
    std::sort(wages.begin(), wages.end());
    wages.erase(std::unique(wages.begin(), wages.end()), wages.end());
    return wages;
}

std::vector<double> Mixture::breakpoints() const {
    std::vector<double> scores;
    for (const double wage : break_wages()) {
        scores.push_back(score_left(wage));
        scores.push_back(score(wage));
    }
    std::erase_if(scores, [](double z) { return !std::isfinite(z); });
    std::sort(scores.begin(), scores.end());
    scores.erase(std::unique(scores.begin(), scores.end()), scores.end());
    return scores;
}

std::vector<MixturePart> Mixture::parts() const { return parts_of(components_, weights_); }

Support Mixture::support() const {
    Support all = components_.front()->support();
    for (const auto& component : components_) {
        const Support own = component->support();
        all = {std::min(all.lower, own.lower), std::max(all.upper, own.upper)};
    }
    return all;
}

std::vector<Atom> Mixture::atoms() const { return atoms_; }

DistributionPtr Mixture::scaled(double k) const {
    std::vector<DistributionPtr> components;
    for (const auto& component : components_) components.push_back(component->scaled(k));
    return std::make_shared<Mixture>(std::move(components), weights_);
}

}  // namespace wagefit
