#include "wagefit/factors/pooling.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "numerics/constants.hpp"
#include "numerics/quadrature.hpp"
#include "numerics/roots.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/facts/text.hpp"
#include "wagefit/numerics/incomplete_beta.hpp"
#include "wagefit/numerics/incomplete_gamma.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

/// Grid of tau^2 that is searched for the best of several maxima.
constexpr int grid_points = 400;

/// Panels and nodes of the integral over tau; the half-normal prior is cut off at this many scales.
constexpr int n_panels = 48;
constexpr double prior_cutoff = 9.0;

/// Weighted mean of the readings with the weights 1 / (error^2 + tau^2).
struct Mean {
    Eigen::ArrayXd weight;
    Eigen::ArrayXd distance;  ///< of the effects from `value`
    double total;             ///< sum of the weights
    double value;
};

Mean mean_of(const std::vector<Reading>& readings, double tau_squared) {
    const auto n = std::ssize(readings);
    Mean mean{Eigen::ArrayXd(n), Eigen::ArrayXd(n), 0.0, 0.0};
    for (Eigen::Index i = 0; i < n; ++i) {
        const Reading& reading = readings[static_cast<std::size_t>(i)];
        mean.weight[i] = 1.0 / (reading.error * reading.error + tau_squared);
        mean.distance[i] = reading.effect;
    }
    mean.total = mean.weight.sum();
    mean.value = (mean.weight * mean.distance).sum() / mean.total;
    mean.distance -= mean.value;
    return mean;
}

/// Twice the derivative of the restricted log likelihood with respect to tau^2.
double restricted_score(const std::vector<Reading>& readings, double tau_squared) {
    const Mean mean = mean_of(readings, tau_squared);
    const double squares = mean.weight.square().sum();
    return (mean.weight * mean.distance).square().sum() + squares / mean.total - mean.total;
}

/// Beyond the squared range of the effects, or the largest squared error, the score is negative.
double largest_variance(const std::vector<Reading>& readings) {
    const auto [low, high] = std::minmax_element(readings.begin(), readings.end(),
                                                 [](const auto& a, const auto& b) { return a.effect < b.effect; });
    double largest = std::pow(high->effect - low->effect, 2);
    for (const Reading& reading : readings) largest = std::max(largest, reading.error * reading.error);
    return 4.0 * largest;
}

/// 0, then a geometric grid up to the largest variance.
std::vector<double> variance_grid(const std::vector<Reading>& readings) {
    std::vector<double> grid{0.0};
    const double largest = largest_variance(readings);
    for (int i = 0; i < grid_points; ++i)
        grid.push_back(largest * std::pow(10.0, -12.0 * (grid_points - 1 - i) / (grid_points - 1)));
    return grid;
}

/// Higgins and Thompson (2002): tau^2 over tau^2 plus the variance of a typical reading.
double i_squared(const Mean& fixed, double tau_squared, double degrees_of_freedom) {
    const double typical = degrees_of_freedom * fixed.total / (fixed.total * fixed.total - fixed.weight.square().sum());
    return tau_squared / (tau_squared + typical);
}

/// Q and what follows from it, which do not depend on how mu is found.
Pooled heterogeneity(const std::vector<Reading>& readings, double tau_squared) {
    const Mean fixed = mean_of(readings, 0.0);
    Pooled pooled{};
    pooled.tau_squared = tau_squared;
    pooled.q = (fixed.weight * fixed.distance.square()).sum();
    const double degrees = static_cast<double>(readings.size()) - 1.0;
    if (readings.size() == 1) {
        pooled.q_p_value = pooled.i_squared = std::numeric_limits<double>::quiet_NaN();
        return pooled;
    }
    pooled.q_p_value = incomplete::gamma(0.5 * degrees, 0.5 * pooled.q).above;
    pooled.i_squared = i_squared(fixed, tau_squared, degrees);
    return pooled;
}

void set_weights(Pooled& pooled, const Mean& mean) {
    const Eigen::ArrayXd weights = mean.weight / mean.total;
    pooled.weights.assign(weights.begin(), weights.end());
}

struct TauNode {
    double tau, weight;
};

/// Gauss-Legendre nodes of the posterior of tau, weights with the sum one. Panels widen from 0, where the likelihood of
/// precise readings is concentrated.
std::vector<TauNode> posterior_of_tau(const std::vector<Reading>& readings, double prior_scale) {
    const GaussLegendre rule(16);
    const auto edge = [](int i) { return prior_cutoff * std::pow(static_cast<double>(i) / n_panels, 3); };
    std::vector<TauNode> nodes;
    double highest = -infinity, total = 0.0;
    for (int panel = 0; panel < n_panels; ++panel) {
        const double half = 0.5 * (edge(panel + 1) - edge(panel)), middle = edge(panel) + half;
        for (Eigen::Index i = 0; i < rule.nodes.size(); ++i) {
            const double x = middle + half * rule.nodes[i], tau = prior_scale * x;
            const double log_density = restricted_log_likelihood(readings, tau * tau) - 0.5 * x * x;
            nodes.push_back({tau, log_density + std::log(half * rule.weights[i])});
            highest = std::max(highest, nodes.back().weight);
        }
    }
    for (TauNode& node : nodes) total += node.weight = std::exp(node.weight - highest);
    for (TauNode& node : nodes) node.weight /= total;
    return nodes;
}

}  // namespace

void validate(const std::vector<Reading>& readings) {
    if (readings.empty()) throw FactError("readings: got none, expected at least one");
    for (std::size_t i = 0; i < readings.size(); ++i) {
        const std::string where = "readings[" + std::to_string(i) + "]: got the ";
        if (!std::isfinite(readings[i].effect))
            throw FactError(where + "effect " + number(readings[i].effect) + ", expected a finite number");
        if (!(readings[i].error > 0.0) || !std::isfinite(readings[i].error))
            throw FactError(where + "standard error " + number(readings[i].error) +
                            ", expected a finite positive number");
    }
}

double restricted_log_likelihood(const std::vector<Reading>& readings, double tau_squared) {
    const Mean mean = mean_of(readings, tau_squared);
    return 0.5 * (mean.weight.log().sum() - std::log(mean.total) - (mean.weight * mean.distance.square()).sum());
}

double reml_tau_squared(const std::vector<Reading>& readings) {
    validate(readings);
    if (readings.size() == 1) return 0.0;
    const std::vector<double> grid = variance_grid(readings);
    std::size_t best = 0;
    double highest = restricted_log_likelihood(readings, 0.0);
    for (std::size_t i = 1; i < grid.size(); ++i) {
        const double likelihood = restricted_log_likelihood(readings, grid[i]);
        if (likelihood > highest) highest = likelihood, best = i;
    }
    const auto score = [&](double tau_squared) { return restricted_score(readings, tau_squared); };
    const double low = grid[best == 0 ? 0 : best - 1], high = grid[std::min(best + 1, grid.size() - 1)];
    if (score(low) <= 0.0 || score(high) >= 0.0) return grid[best];
    return require_converged(bracketed_root(score, low, high), "tau^2").x;
}

Pooled pool_given_variance(const std::vector<Reading>& readings, double tau_squared) {
    validate(readings);
    Pooled pooled = heterogeneity(readings, tau_squared);
    const Mean mean = mean_of(readings, tau_squared);
    set_weights(pooled, mean);
    pooled.effect = mean.value;
    pooled.error = std::sqrt(1.0 / mean.total);
    pooled.degrees_of_freedom = infinity;
    if (readings.size() == 1) return pooled;
    pooled.degrees_of_freedom = static_cast<double>(readings.size()) - 1.0;
    const double factor = (mean.weight * mean.distance.square()).sum() / pooled.degrees_of_freedom;
    pooled.error *= std::sqrt(std::max(1.0, factor));
    return pooled;
}

Pooled pool_by_reml(const std::vector<Reading>& readings) {
    return pool_given_variance(readings, reml_tau_squared(readings));
}

PooledPosterior::PooledPosterior(const std::vector<Reading>& readings, double prior_scale) {
    validate(readings);
    if (!(prior_scale > 0.0) || !std::isfinite(prior_scale))
        throw FactError("prior_scale is " + number(prior_scale) + "; expected a finite positive number");
    std::vector<double> weights(readings.size(), 0.0);
    double effect = 0.0, tau_squared = 0.0, variance = 0.0;
    for (const auto& [tau, weight] : posterior_of_tau(readings, prior_scale)) {
        const Mean mean = mean_of(readings, tau * tau);
        components_.push_back({weight, mean.value, 1.0 / std::sqrt(mean.total)});
        effect += weight * mean.value;
        tau_squared += weight * tau * tau;
        for (std::size_t i = 0; i < weights.size(); ++i)
            weights[i] += weight * mean.weight[static_cast<Eigen::Index>(i)] / mean.total;
    }
    for (const Component& c : components_)
        variance += c.weight * (c.deviation * c.deviation + std::pow(c.mean - effect, 2));
    summary_ = heterogeneity(readings, tau_squared);
    summary_.effect = effect;
    summary_.error = std::sqrt(variance);
    summary_.degrees_of_freedom = infinity;
    summary_.weights = std::move(weights);
}

double PooledPosterior::cdf(double x) const {
    double sum = 0.0;
    for (const Component& c : components_) sum += c.weight * normal::cdf((x - c.mean) / c.deviation);
    return sum;
}

double PooledPosterior::quantile(double p) const {
    if (!(p > 0.0 && p < 1.0)) throw FactError("p is " + number(p) + "; expected a probability inside (0, 1)");
    double step = summary_.error, low = summary_.effect - step, high = summary_.effect + step;
    while (cdf(low) > p) low -= step *= 2.0;
    while (cdf(high) < p) high += step *= 2.0;
    return require_converged(bracketed_root([&](double x) { return cdf(x) - p; }, low, high), "quantile").x;
}

double student_cdf(double t, double degrees_of_freedom) {
    if (std::isinf(degrees_of_freedom)) return normal::cdf(t);
    if (t == 0.0) return 0.5;
    // t^2 / nu has the odds of a Beta(1/2, nu/2) variable.
    const double log_odds = 2.0 * std::log(std::abs(t)) - std::log(degrees_of_freedom);
    const double tail = 0.5 * incomplete::beta(0.5, 0.5 * degrees_of_freedom, log_odds).above;
    return t < 0.0 ? tail : 1.0 - tail;
}

double student_quantile(double p, double degrees_of_freedom) {
    if (std::isinf(degrees_of_freedom)) return normal::quantile(p);
    if (p == 0.5) return 0.0;
    const double tail = std::min(p, 1.0 - p);
    const double log_odds = incomplete::beta_log_odds(0.5, 0.5 * degrees_of_freedom, normal::isf(2.0 * tail));
    const double t = std::sqrt(degrees_of_freedom * std::exp(log_odds));
    return p < 0.5 ? -t : t;
}

}  // namespace wagefit
