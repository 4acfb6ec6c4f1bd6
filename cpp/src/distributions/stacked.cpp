#include "wagefit/distributions/stacked.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

#include "distributions/mixture_parts.hpp"
#include "numerics/constants.hpp"
#include "numerics/log_tail.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
Stacked::Stacked(std::vector<DistributionPtr> layers, std::vector<double> weights)
    : layers_(std::move(layers)), weights_(std::move(weights)), below_(layers_.size()), above_(layers_.size()) {
    assert(!layers_.empty() && layers_.size() == weights_.size());
    const double total = std::accumulate(weights_.begin(), weights_.end(), 0.0);
    for (double& weight : weights_) weight /= total;
    std::exclusive_scan(weights_.begin(), weights_.end(), below_.begin(), 0.0);
    std::exclusive_scan(weights_.rbegin(), weights_.rend(), above_.rbegin(), 0.0);
}

TwoTails Stacked::tails(std::size_t layer, double z) const {
    return {below_[layer] + weights_[layer] * normal::cdf(z), above_[layer] + weights_[layer] * normal::sf(z)};
}

double Stacked::whole_score(std::size_t layer, double z) const {
    if (above_[layer] == 0.0 && z > log_tail::far) return log_tail::reweighted(z, weights_[layer]);
    if (below_[layer] == 0.0 && z < -log_tail::far) return -log_tail::reweighted(-z, weights_[layer]);
    return normal_score(tails(layer, z));
}

double Stacked::layer_score(std::size_t layer, double z) const {
    if (above_[layer] == 0.0 && z > log_tail::far) return log_tail::reweighted(z, 1.0 / weights_[layer]);
    if (below_[layer] == 0.0 && z < -log_tail::far) return -log_tail::reweighted(-z, 1.0 / weights_[layer]);
    // A probability this near to a layer's end is the end's own, rounded.
    constexpr double rounding = 4.0 * std::numeric_limits<double>::epsilon();
    const double below = normal::cdf(z) - below_[layer], above = normal::sf(z) - above_[layer];
    if (below <= rounding * below_[layer]) return -infinity;
    if (above <= rounding * above_[layer]) return infinity;
    return normal_score({below / weights_[layer], above / weights_[layer]});
}

double Stacked::value(double z) const {
    if (std::isnan(z)) return z;
    const std::size_t layer = layer_of_score(z);
    return layers_[layer]->value(layer_score(layer, z));
}

double Stacked::log_value(double z) const {
    if (std::isnan(z)) return z;
    const std::size_t layer = layer_of_score(z);
    return layers_[layer]->log_value(layer_score(layer, z));
}

std::size_t Stacked::layer_of_score(double z) const {
    std::size_t layer = 0;
    while (layer + 1 < layers_.size() && layer_score(layer + 1, z) > -infinity) ++layer;
    return layer;
}

std::size_t Stacked::layer_at(double x) const {
    std::size_t layer = 0;
    while (layer + 1 < layers_.size() && layers_[layer + 1]->support().lower <= x) ++layer;
    return layer;
}

double Stacked::score(double x) const {
    if (std::isnan(x)) return x;
    const std::size_t layer = layer_at(x);
    return whole_score(layer, layers_[layer]->score(x));
}

double Stacked::score_left(double x) const {
    std::size_t layer = layer_at(x);
    if (layer > 0 && layers_[layer]->support().lower == x) --layer;
    return whole_score(layer, layers_[layer]->score_left(x));
}

double Stacked::cdf(double x) const {
    const std::size_t layer = layer_at(x);
    return below_[layer] + weights_[layer] * layers_[layer]->cdf(x);
}

double Stacked::sf(double x) const {
    const std::size_t layer = layer_at(x);
    return above_[layer] + weights_[layer] * layers_[layer]->sf(x);
}

double Stacked::log_pdf(double x) const {
    if (std::isnan(x)) return x;
    const std::size_t layer = layer_at(x);
    return std::log(weights_[layer]) + layers_[layer]->log_pdf(x);
}

double Stacked::partial_moment(double k, double z0, double z1) const {
    double total = 0.0;
    for (std::size_t i = 0; i < layers_.size(); ++i) {
        const double a = layer_score(i, z0), b = layer_score(i, z1);
        if (a < b) total += weights_[i] * layers_[i]->partial_moment(k, a, b);
    }
    return total;
}

std::vector<double> Stacked::breakpoints() const {
    std::vector<double> points;
    for (std::size_t i = 0; i < layers_.size(); ++i) {
        for (const double z : layers_[i]->breakpoints()) points.push_back(whole_score(i, z));
        if (i + 1 < layers_.size()) points.push_back(whole_score(i, infinity));
    }
    std::sort(points.begin(), points.end());
    points.erase(std::unique(points.begin(), points.end()), points.end());
    return points;
}

/// Layer by layer: where a layer ends its wages have an infinite slope in the whole's normal score.
ExpectationNodes Stacked::nodes() const { return nodes_of(parts_of(layers_, weights_)); }

/// Two draws of one layer differ as draws of it do, those of two layers by the layers' means.
double Stacked::half_mean_difference() const {
    double total = 0.0, pay_below = 0.0;
    for (std::size_t i = 0; i < layers_.size(); ++i) {
        const double pay = weights_[i] * layers_[i]->partial_moment(1.0, -infinity, infinity);
        total += weights_[i] * weights_[i] * layers_[i]->half_mean_difference();
        total += below_[i] * pay - weights_[i] * pay_below;
        pay_below += pay;
    }
    return total;
}

/// Only with a mixture among the layers: without one the quantile function is as quick as its layers'.
std::vector<MixturePart> Stacked::parts() const {
    const auto is_mixture = [](const DistributionPtr& layer) { return !layer->parts().empty(); };
    if (std::none_of(layers_.begin(), layers_.end(), is_mixture)) return {};
    return parts_of(layers_, weights_);
}

Support Stacked::support() const { return {layers_.front()->support().lower, layers_.back()->support().upper}; }

std::vector<Atom> Stacked::atoms() const {
    std::vector<Atom> atoms;
    for (std::size_t i = 0; i < layers_.size(); ++i)
        for (const Atom& atom : layers_[i]->atoms()) atoms.push_back({atom.value, weights_[i] * atom.probability});
    return atoms;
}

DistributionPtr Stacked::scaled(double k) const {
    std::vector<DistributionPtr> layers;
    for (const auto& layer : layers_) layers.push_back(layer->scaled(k));
    return std::make_shared<Stacked>(std::move(layers), weights_);
}

}  // namespace wagefit
