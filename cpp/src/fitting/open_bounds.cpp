#include "fitting/open_bounds.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "linear_algebra/cholesky.hpp"
#include "linear_algebra/products.hpp"
#include "wagefit/distributions/operations.hpp"
#include "wagefit/facts/feasibility.hpp"

namespace wagefit {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr int most_redraws = 64;  // for several figures drawn to ascend and to leave the mean feasible

/// As far above a bound as a figure is sought where no mean holds the tail: a multiple of the bound's own rise.
double farthest(double base, double bound) {
    constexpr double most_rise = 8.0;
    return base * std::pow(bound / base, most_rise);
}

/// The bound of a quantile among the quantiles that are known.
OpenBound bound_of(const QuantileFact& quantile, const Facts& facts) {
    const std::vector<QuantileFact>& known = facts.quantiles();
    const auto is_above = [&](const QuantileFact& fact) { return fact.p > quantile.p; };
    const auto next = std::find_if(known.begin(), known.end(), is_above);
    const double upper = next == known.end() ? facts.upper() : next->value;
    if (facts.mean()) return {quantile, quantile.value, upper, 1.0, NormalIn::log};
    if (next == known.begin()) return {quantile, quantile.value, upper, upper, NormalIn::rise_below_base};
    const double base = std::prev(next)->value;
    return {quantile, quantile.value, std::min(upper, farthest(base, quantile.value)), base, NormalIn::rise_above_base};
}

/// The mean of a distribution that has nobody above any fact but whom it must.
double least_mean(const Facts& facts) {
    double below = facts.lower(), p = 0.0, sum = 0.0;
    for (const QuantileFact& fact : facts.quantiles()) {
        sum += (fact.p - p) * below;
        p = fact.p;
        below = fact.value;
    }
    return sum + (1.0 - p) * below;
}

VectorXd normal_figures(const std::vector<OpenBound>& bounds, const Curve& curve) {
    VectorXd out(static_cast<Index>(bounds.size()));
    for (std::size_t j = 0; j < bounds.size(); ++j) {
        const double wage = bounds[j].quantile ? ppf(curve, bounds[j].quantile->p) : mean(curve);
        out[static_cast<Index>(j)] = to_normal(bounds[j], wage);
    }
    return out;
}

/// The wage at which that function is `x`.
double wage_at(const OpenBound& bound, double x) {
    const double rise = bound.normal_in == NormalIn::log               ? x
                        : bound.normal_in == NormalIn::rise_above_base ? std::exp(x)
                                                                       : -std::exp(-x);
    return std::clamp(bound.base * std::exp(rise), bound.bound, bound.upper);
}

Figures with_figures(Figures figures, const std::vector<OpenBound>& bounds, const VectorXd& drawn) {
    for (std::size_t j = 0; j < bounds.size(); ++j) {
        const double wage = wage_at(bounds[j], drawn[static_cast<Index>(j)]);
        if (bounds[j].quantile) {
            std::erase(figures.at_least, *bounds[j].quantile);
            figures.quantiles.push_back({bounds[j].quantile->p, wage});
        } else {
            figures.mean_at_least.reset();
            figures.mean = wage;
        }
    }
    return figures;
}

}  // namespace

double to_normal(const OpenBound& bound, double wage) {
    const double rise = std::log(wage / bound.base);
    if (bound.normal_in == NormalIn::log) return rise;
    return bound.normal_in == NormalIn::rise_above_base ? std::log(rise) : -std::log(-rise);
}

std::vector<OpenBound> open_bounds(const Facts& facts, const CurveFit& fit) {
    std::vector<OpenBound> bounds;
    for (const QuantileFact& quantile : fit.binding) bounds.push_back(bound_of(quantile, facts));
    if (fit.mean_binds) {
        const double bound = *facts.mean_at_least(), base = least_mean(facts);
        const double upper = std::min(facts.upper(), farthest(base, bound));
        bounds.push_back({std::nullopt, bound, upper, base, NormalIn::rise_above_base});
    }
    return bounds;
}

std::optional<TruncatedT> law_above_bounds(const std::vector<OpenBound>& bounds,
                                           const std::function<std::shared_ptr<const Curve>(const VectorXd&)>& curve_at,
                                           Index n, Index freedom, double scale) {
    const auto k = static_cast<Index>(bounds.size());
    MatrixXd effects(k, n);
    for (Index i = 0; i < n; ++i) {
        const auto above = curve_at(VectorXd::Unit(n, i)), below = curve_at(-VectorXd::Unit(n, i));
        if (!above || !below) return std::nullopt;
        effects.col(i) = (normal_figures(bounds, *above) - normal_figures(bounds, *below)) / 2.0;
    }
    const auto middle = curve_at(VectorXd::Zero(n));
    if (!middle) return std::nullopt;
    constexpr double least_variance = 1e-12;
    const MatrixXd covariance = scale * linear_algebra::product_with_transpose(effects, effects);
    TruncatedT law{normal_figures(bounds, *middle), covariance, freedom, VectorXd(k), VectorXd(k)};
    if (!std::isfinite(law.center.sum() + covariance.sum())) return std::nullopt;
    law.precision = linear_algebra::Cholesky(covariance + least_variance * MatrixXd::Identity(k, k)).inverse();
    for (std::size_t j = 0; j < bounds.size(); ++j) {
        law.lower[static_cast<Index>(j)] = to_normal(bounds[j], bounds[j].bound);
        law.upper[static_cast<Index>(j)] = to_normal(bounds[j], bounds[j].upper);
    }
    return law;
}

std::optional<Facts> with_drawn_figures(const Facts& facts, const std::vector<OpenBound>& bounds, const TruncatedT& law,
                                        NormalStream& stream) {
    for (int attempt = 0; attempt < most_redraws; ++attempt)
        if (auto drawn = if_feasible(with_figures(facts.figures(), bounds, draw_truncated(law, stream)))) return drawn;
    return std::nullopt;
}

std::optional<Facts> if_feasible(Figures figures) {
    auto facts = Facts::from(std::move(figures));
    return facts && check_feasibility(*facts).feasible() ? std::move(facts) : std::nullopt;
}

}  // namespace wagefit
