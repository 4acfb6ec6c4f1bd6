#include "wagefit/estimation/recentered_influence.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "wagefit/errors.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Values = Eigen::Ref<const ArrayXd>;

std::vector<Index> ascending(const Values& values) {
    std::vector<Index> order(static_cast<std::size_t>(values.size()));
    std::iota(order.begin(), order.end(), Index{0});
    std::sort(order.begin(), order.end(), [&](Index a, Index b) { return values[a] < values[b]; });
    return order;
}

/// inf{x: F(x) >= p} of the weighted sample.
double weighted_quantile(const Values& values, const Values& weights, const std::vector<Index>& order, double p) {
    const double target = p * weights.sum() * (1.0 - 1e-14);  // p times the total may round up
    double mass = 0.0;
    for (const Index i : order) {
        mass += weights[i];
        if (mass >= target) return values[i];
    }
    return values[order.back()];
}

double silverman_bandwidth(const Values& values, const Values& weights, const std::vector<Index>& order) {
    const double total = weights.sum(), mean = (weights * values).sum() / total;
    const double deviation = std::sqrt((weights * (values - mean).square()).sum() / total);
    const double range =
        weighted_quantile(values, weights, order, 0.75) - weighted_quantile(values, weights, order, 0.25);
    const double size = total * total / weights.square().sum();
    const double spread = range > 0.0 ? std::min(deviation, range / 1.34) : deviation;
    return 0.9 * spread * std::pow(size, -0.2);
}

}  // namespace

RecenteredInfluence influence_of_mean(const Values& values, const Values& weights) {
    return {(weights * values).sum() / weights.sum(), values};
}

RecenteredInfluence influence_of_quantile(const Values& values, const Values& weights, double p) {
    if (!(p > 0.0 && p < 1.0))
        throw FactError("p is " + std::to_string(p) + "; expected a probability strictly between 0 and 1");
    const std::vector<Index> order = ascending(values);
    const double q = weighted_quantile(values, weights, order, p), h = silverman_bandwidth(values, weights, order);
    if (!(h > 0.0)) throw FactError("the outcome is the same in every row of a group; expected it to vary");
    const ArrayXd kernel = (-0.5 * ((values - q) / h).square()).exp() * (normal::pdf(0.0) / h);
    const double density = (weights * kernel).sum() / weights.sum();
    return {q, (values <= q).select(ArrayXd::Constant(values.size(), q + (p - 1.0) / density), q + p / density)};
}

RecenteredInfluence influence_of_gini(const Values& values, const Values& weights) {
    if (!(values > 0.0).all())
        throw FactError("the outcome holds a value of at most 0; the Gini coefficient expects wages above 0");
    const std::vector<Index> order = ascending(values);
    const double total = weights.sum(), mean = (weights * values).sum() / total;
    ArrayXd rank(values.size()), lorenz(values.size());
    double mass = 0.0, pay = 0.0, area = 0.0;
    for (auto first = order.begin();
         first != order.end();) {  // people with the same wage share the middle of their step
        const auto same = [&](Index i) { return values[i] == values[*first]; };
        const auto last = std::find_if_not(first, order.end(), same);
        double step = 0.0;
        for (auto at = first; at != last; ++at) step += weights[*at] / total;
        const double wage = values[*first];
        for (auto at = first; at != last; ++at) {
            rank[*at] = mass + 0.5 * step;
            lorenz[*at] = pay + 0.5 * step * wage;
        }
        area += step * (pay + 0.5 * step * wage);
        mass += step;
        pay += step * wage;
        first = last;
    }
    return {1.0 - 2.0 * area / mean,
            1.0 + 2.0 * area / (mean * mean) * values - 2.0 / mean * (values * (1.0 - rank) + lorenz)};
}

}  // namespace wagefit
