#include "wagefit/distributions/truncated.hpp"

#include <algorithm>
#include <cmath>

#include "distributions/exponential_tail.hpp"
#include "numerics/constants.hpp"
#include "numerics/log_tail.hpp"
#include "wagefit/distributions/stacked.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/facts/text.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

double score_of_log(double log_p) {
    const double p = std::exp(log_p);
    return p > log_tail::least ? normal::quantile(std::min(p, 1.0)) : normal::quantile_of_log(log_p);
}

bool holds_all(const Support& all, double lower, double upper) { return lower <= all.lower && all.upper <= upper; }

/// What lies between two wages of parts that make up a whole, with its share of the whole.
std::vector<MixturePart> between(const std::vector<MixturePart>& parts, double lower, double upper) {
    std::vector<MixturePart> inside;
    for (const auto& [part, weight] : parts) {
        const double z0 = part->score_left(lower), z1 = part->score(upper);
        const double share = z0 < z1 ? weight * std::exp(log_probability_between(z0, z1)) : 0.0;
        if (holds_all(part->support(), lower, upper))
            inside.push_back({part, weight});
        else if (share > 0.0)
            inside.push_back({std::make_shared<Truncated>(part, lower, upper), share});
    }
    return inside;
}

std::vector<MixturePart> layers_of(const Stacked& stack) {
    std::vector<MixturePart> layers;
    for (std::size_t i = 0; i < stack.layers().size(); ++i) layers.push_back({stack.layers()[i], stack.weights()[i]});
    return layers;
}

}  // namespace

Truncated::Truncated(DistributionPtr base, double lower, double upper)
    : base_(std::move(base)), lower_(lower), upper_(upper) {
    if (!(lower < upper))
        throw FactError("lower is " + number(lower) + " and upper is " + number(upper) +
                        "; expected lower below upper");
    z_lower_ = base_->score_left(lower);
    z_upper_ = base_->score(upper);
    below_ = normal::cdf(z_lower_);
    above_ = normal::sf(z_upper_);
    mass_ = std::exp(log_probability_between(z_lower_, z_upper_));
    if (!(mass_ > 0.0))
        throw FactError("no probability lies between lower, " + number(lower) + ", and upper, " + number(upper));
}

double Truncated::to_base(double z) const {
    if (std::isinf(z)) return z < 0.0 ? z_lower_ : z_upper_;
    if (above_ == 0.0 && z > log_tail::far) return std::min(log_tail::reweighted(z, mass_), z_upper_);
    if (below_ == 0.0 && z < -log_tail::far) return std::max(-log_tail::reweighted(-z, mass_), z_lower_);
    const double below = below_ + mass_ * normal::cdf(z), above = above_ + mass_ * normal::sf(z);
    return std::clamp(below < above ? normal::quantile(below) : normal::isf(above), z_lower_, z_upper_);
}

double Truncated::from_base(double z) const {
    if (z <= z_lower_) return -infinity;
    if (z >= z_upper_) return infinity;
    const double below = log_probability_between(z_lower_, z) - std::log(mass_);
    const double above = log_probability_between(z, z_upper_) - std::log(mass_);
    return below < above ? score_of_log(below) : -score_of_log(above);
}

double Truncated::value(double z) const {
    return std::isnan(z) ? z : std::clamp(base_->value(to_base(z)), lower_, upper_);
}

double Truncated::log_value(double z) const {
    const double wage = value(z);
    return std::isnormal(wage) ? std::log(wage) : base_->log_value(to_base(z));
}

double Truncated::score(double x) const {
    return std::isnan(x) || x < lower_ ? (std::isnan(x) ? x : -infinity) : from_base(base_->score(x));
}

double Truncated::score_left(double x) const { return x > upper_ ? infinity : from_base(base_->score_left(x)); }

double Truncated::log_pdf(double x) const {
    return x < lower_ || x > upper_ ? -infinity : base_->log_pdf(x) - std::log(mass_);
}

double Truncated::partial_moment(double k, double z0, double z1) const {
    return base_->partial_moment(k, to_base(z0), to_base(z1)) / mass_;
}

std::vector<double> Truncated::breakpoints() const {
    std::vector<double> points;
    for (const double z : base_->breakpoints())
        if (z > z_lower_ && z < z_upper_) points.push_back(from_base(z));
    return points;
}

std::vector<MixturePart> Truncated::parts() const {
    std::vector<MixturePart> inside = between(base_->parts(), lower_, upper_);
    for (MixturePart& part : inside) part.weight /= mass_;
    return inside;
}

Support Truncated::support() const {
    const Support all = base_->support();
    return {std::max(lower_, all.lower), std::min(upper_, all.upper)};
}

std::vector<Atom> Truncated::atoms() const {
    std::vector<Atom> atoms;
    for (const Atom& atom : base_->atoms())
        if (atom.value >= lower_ && atom.value <= upper_) atoms.push_back({atom.value, atom.probability / mass_});
    return atoms;
}

DistributionPtr Truncated::scaled(double k) const {
    return std::make_shared<Truncated>(base_->scaled(k), k * lower_, k * upper_);
}

DistributionPtr truncated(DistributionPtr base, double lower, double upper) {
    DistributionPtr whole = std::make_shared<Truncated>(base, lower, upper);
    const auto* stack = dynamic_cast<const Stacked*>(base.get());
    if (!stack) return whole;
    std::vector<DistributionPtr> layers;
    std::vector<double> weights;
    for (auto& [layer, weight] : between(layers_of(*stack), lower, upper)) {
        layers.push_back(std::move(layer));
        weights.push_back(weight);
    }
    return layers.size() == 1 ? layers.front() : std::make_shared<Stacked>(std::move(layers), std::move(weights));
}

}  // namespace wagefit
