#include "wagefit/fitting/family_fit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>

#include "fitting/scoring.hpp"
#include "linear_algebra/cholesky.hpp"
#include "numerics/constants.hpp"
#include "wagefit/distributions/operations.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/facts/feasibility.hpp"
#include "wagefit/facts/text.hpp"
#include "wagefit/fitting/curve_fit.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Parameters from their logs. The first shape says how far wages spread and may do so by a part in 10^8; the others
/// are held within a range beyond which the family has all but reached its limit.
VectorXd parameters_at(const VectorXd& logs) {
    constexpr double largest_first = 1e16, largest_other = 1e3;
    VectorXd values = logs.array().exp();
    values[1] = std::clamp(values[1], 1.0 / largest_first, largest_first);
    for (Index i = 2; i < values.size(); ++i) values[i] = std::clamp(values[i], 1.0 / largest_other, largest_other);
    return values;
}

DistributionPtr distribution_at(Family family, const VectorXd& logs) {
    const VectorXd values = parameters_at(logs);
    if (!(values.minCoeff() > 0.0 && values.allFinite())) return nullptr;
    return make_distribution(family, {values.data(), static_cast<std::size_t>(values.size())});
}

VectorXd start_of(std::initializer_list<double> parameters) {
    VectorXd logs(static_cast<Index>(parameters.size()));
    std::transform(parameters.begin(), parameters.end(), logs.begin(), [](double value) { return std::log(value); });
    return logs;
}

/// A start whose mean is infinite (a times q at most 1) cannot be told from its neighbors by a mean that is to be met.
void make_mean_finite(Family family, VectorXd& logs) {
    constexpr double least = 1.25;  // a times q
    const bool has_q = family == Family::singh_maddala || family == Family::generalized_beta2;
    const bool has_power_tail = has_q || family == Family::loglogistic || family == Family::dagum;
    if (!has_power_tail) return;
    const double power = logs[1] + (has_q ? logs[logs.size() - 1] : 0.0);
    logs[1] += std::max(std::log(least) - power, 0.0);
}

/// Starts with the given median and standard deviation of log wages, one for each corner of the family worth a search.
std::vector<VectorXd> starts(Family family, double median, double spread) {
    const double a = std::numbers::pi / std::numbers::sqrt3 / spread;  // of a loglogistic
    const double weibull = std::numbers::pi / std::sqrt(6.0) / spread, shape = 1.0 / (spread * spread) + 0.2;
    switch (family) {
        case Family::lognormal:
            return {start_of({median, spread})};
        case Family::weibull:
            return {start_of({median * std::pow(std::numbers::ln2, -1.0 / weibull), weibull})};
        case Family::gamma:
            return {start_of({median / shape, shape})};
        case Family::loglogistic:
            return {start_of({median, a})};
        case Family::singh_maddala:
        case Family::dagum:
            return {start_of({median, a, 1.0}), start_of({median, 1.5 * a, 0.5}), start_of({median, 0.7 * a, 3.0})};
        case Family::generalized_beta2:
            return {start_of({median, a, 1.0, 1.0}), start_of({median, 0.45 * a, 4.0, 4.0}),
                    start_of({median, 1.5 * a, 1.0, 0.5}), start_of({median, 1.5 * a, 0.5, 1.0}),
                    start_of({median, 2.0 * a, 0.4, 0.4})};
    }
    return {};
}

ScoringResult best_of(const ScoringProblem& problem, const std::vector<VectorXd>& from) {
    ScoringResult best{from.front(), {}, infinity};
    for (const VectorXd& start : from) {
        ScoringResult result = minimize_by_scoring(problem, start);
        if (result.objective < best.objective) best = std::move(result);
    }
    return best;
}

MatrixXd inverse_or_nan(const MatrixXd& information) {
    const Index k = information.rows();
    const VectorXd root = information.diagonal().cwiseSqrt();
    if (!(root.minCoeff() > 0.0)) return MatrixXd::Constant(k, k, nan);
    const VectorXd scale = root.cwiseInverse();
    constexpr double least_rcond = 1e-14;  // below it the parameters' errors are rounding errors
    const auto inverse =
        linear_algebra::inverse_of_definite(scale.asDiagonal() * information * scale.asDiagonal(), least_rcond);
    return inverse ? MatrixXd(scale.asDiagonal() * *inverse * scale.asDiagonal()) : MatrixXd::Constant(k, k, nan);
}

std::string quoted(Family family) { return "family '" + std::string(name(family)) + "'"; }

Index parameter_count(Family family) { return static_cast<Index>(parameter_names(family).size()); }

void require_supported(Family family, const Facts& facts) {
    if (!facts.at_least().empty() || facts.mean_at_least())
        throw FactError("at_least is given; expected none with " + quoted(family) + ", which has no one-sided facts");
    if (facts.lower() > 0.0 || std::isfinite(facts.upper()))
        throw FactError("lower or upper is given; expected neither with " + quoted(family) +
                        ", whose support is all wages above 0");
}

Index fact_count(const Facts& facts) { return static_cast<Index>(facts.quantiles().size()) + (facts.mean() ? 1 : 0); }

void require_enough(Family family, Index given, const std::string& kind) {
    const Index needed = parameter_count(family);
    if (given < needed)
        throw FactError(quoted(family) + " has " + std::to_string(needed) + " parameters; expected at least as many " +
                        kind + ", got " + std::to_string(given));
}

VectorXd observed_logs(const Facts& facts) {
    VectorXd logs(fact_count(facts));
    for (std::size_t i = 0; i < facts.quantiles().size(); ++i)
        logs[static_cast<Index>(i)] = std::log(facts.quantiles()[i].value);
    if (facts.mean()) logs[logs.size() - 1] = std::log(*facts.mean());
    return logs;
}

VectorXd predicted_logs(Family family, const VectorXd& parameters, const Facts& facts) {
    VectorXd logs = VectorXd::Constant(fact_count(facts), nan);
    const DistributionPtr d = distribution_at(family, parameters);
    if (!d) return logs;
    for (std::size_t i = 0; i < facts.quantiles().size(); ++i)
        logs[static_cast<Index>(i)] = d->log_value(normal::quantile(facts.quantiles()[i].p));
    if (facts.mean()) logs[logs.size() - 1] = std::log(mean(*d));
    return logs;
}

/// Half the log distance of the quantiles one unit of z above and below the median, at least a part in 10^8.
double half_spread(const Distribution& d) { return std::max(0.5 * (d.log_value(1.0) - d.log_value(-1.0)), 1e-8); }

/// d log Q / dp at the p-quantile of `d`, kept away from 0 at ties.
double log_sparsity(const Distribution& d, double p) {
    constexpr double step = 0.02;  // in z; a finite difference also has a value beside an atom
    const double least = std::min(1e-3, 1e-2 * half_spread(d));  // log points a unit of z
    const double z = normal::quantile(p);
    const double slope = (d.log_value(z + step) - d.log_value(z - step)) / (2.0 * step);
    return std::max(slope, least) / normal::pdf(z);
}

FamilyFit described(Family family, const ScoringResult& result, int degrees_of_freedom) {
    return {family,
            distribution_at(family, result.parameters),
            parameters_at(result.parameters),
            inverse_or_nan(result.information),
            result.objective,
            nan,
            degrees_of_freedom};
}

/// Shares of the family in the brackets, from the nearer tail; NaN for parameters out of range. A bracket that ends
/// below the median is a difference of probabilities below its edges, any other one of probabilities above them.
VectorXd bracket_shares(Family family, const VectorXd& parameters, std::span<const double> edges) {
    VectorXd shares = VectorXd::Constant(static_cast<Index>(edges.size()) - 1, nan);
    const DistributionPtr d = distribution_at(family, parameters);
    if (!d) return shares;
    Index i = 0;
    double low = d->cdf(edges[0]);
    for (; i < shares.size(); ++i) {
        const double high = d->cdf(edges[static_cast<std::size_t>(i) + 1]);
        if (!(high < 0.5)) break;
        shares[i] = high - low;
        low = high;
    }
    if (i == shares.size()) return shares;
    double above = d->sf(edges[static_cast<std::size_t>(i)]);
    for (; i < shares.size(); ++i) {
        const double rest = d->sf(edges[static_cast<std::size_t>(i) + 1]);
        shares[i] = above - rest;
        above = rest;
    }
    return shares;
}

/// -sum share log(predicted), and infinity where people stand in a bracket that the family rules out.
double cross_entropy(const VectorXd& shares, const VectorXd& predicted) {
    double sum = 0.0;
    for (Index i = 0; i < shares.size(); ++i)
        if (shares[i] > 0.0) sum -= shares[i] * std::log(std::max(predicted[i], 0.0));
    return sum;
}

/// Median and spread of log wages from the brackets' cumulative shares, by interpolation in logs.
std::pair<double, double> bracket_location(std::span<const double> edges, const VectorXd& shares) {
    std::vector<double> z, logs;
    double below = 0.0;
    for (std::size_t i = 1; i + 1 < edges.size(); ++i) {
        below += shares[static_cast<Index>(i) - 1];
        if (!(below > 1e-9 && below < 1.0 - 1e-9)) continue;
        z.push_back(normal::quantile(below));
        logs.push_back(std::log(edges[i]));
    }
    if (z.size() < 2) return {z.empty() ? std::max(edges[1], 1.0) : std::exp(logs.front()), 0.5};
    const double spread = std::max((logs.back() - logs.front()) / std::max(z.back() - z.front(), 0.1), 0.02);
    const std::size_t middle = z.size() / 2;
    return {std::exp(logs[middle] - spread * z[middle]), spread};
}

/// Starts with a finite mean for a search through facts.
std::vector<VectorXd> fact_starts(Family family, double median, double spread) {
    std::vector<VectorXd> all = starts(family, median, spread);
    for (VectorXd& start : all) make_mean_finite(family, start);
    return all;
}

}  // namespace

MatrixXd log_fact_covariance(const Distribution& d, const Facts& facts) {
    const Index n = static_cast<Index>(facts.quantiles().size()), size = fact_count(facts);
    MatrixXd covariance(size, size);
    const auto p = [&](Index i) { return facts.quantiles()[static_cast<std::size_t>(i)].p; };
    VectorXd sparsity(n);
    for (Index i = 0; i < n; ++i) sparsity[i] = log_sparsity(d, p(i));
    for (Index i = 0; i < n; ++i)
        for (Index j = i; j < n; ++j)
            covariance(i, j) = covariance(j, i) = p(i) * (1.0 - p(j)) * sparsity[i] * sparsity[j];
    if (size == n) return covariance;
    for (Index i = 0; i < n; ++i) covariance(i, n) = covariance(n, i) = sparsity[i] * (p(i) - lorenz(d, p(i)));
    covariance(n, n) = std::pow(standard_deviation(d) / mean(d), 2.0);
    return covariance;
}

FamilyFit fit_family(Family family, const Facts& facts) {
    require_supported(family, facts);
    require_enough(family, fact_count(facts), "facts");
    const auto curve = fit_curve(facts).curve;
    const MatrixXd covariance = log_fact_covariance(*curve, facts);
    constexpr double ridge = 1e-6;  // published figures are rounded: none is better known than that beside the others
    const linear_algebra::Cholesky root(covariance + ridge * MatrixXd(covariance.diagonal().asDiagonal()));
    const VectorXd observed = observed_logs(facts);
    const auto whitened = [&](const VectorXd&, const VectorXd& v) { return root.whitened(v); };
    const auto residual = [&](const VectorXd& predicted) { return VectorXd(observed - predicted); };
    const ScoringProblem problem{[&](const VectorXd& at) { return predicted_logs(family, at, facts); }, residual,
                                 whitened,
                                 [&](const VectorXd& at) { return whitened(at, residual(at)).squaredNorm(); }};
    const auto freedom = static_cast<int>(fact_count(facts) - parameter_count(family));
    const auto is_met = [&](const ScoringResult& result) {
        if (freedom > 0 || !std::isfinite(result.objective)) return std::isfinite(result.objective);
        return residual(predicted_logs(family, result.parameters, facts)).cwiseAbs().maxCoeff() < 1e-9;
    };
    ScoringResult best = best_of(problem, fact_starts(family, curve->value(0.0), half_spread(*curve)));
    constexpr double usual_spread = 0.4;  // few facts may have a curve far narrower than the member that meets them
    if (!is_met(best)) best = best_of(problem, fact_starts(family, curve->value(0.0), usual_spread));
    if (!is_met(best))
        throw InfeasibleError("no member of " + quoted(family) +
                              " meets the facts; expected others, or the default curve, "
                              "which meets every feasible set");
    return described(family, best, freedom);
}

FamilyFit fit_family_to_brackets(Family family, std::span<const double> edges, std::span<const double> counts) {
    VectorXd shares = Eigen::Map<const VectorXd>(counts.data(), static_cast<Index>(counts.size()));
    const double total = shares.sum();
    shares /= total;
    const auto occupied = static_cast<Index>((shares.array() > 0.0).count());
    require_enough(family, occupied - 1, "brackets with people beside one");
    const auto scaled = [](const VectorXd& predicted, const VectorXd& v) {
        return VectorXd((predicted.array() > 1e-300).select(v.array() / predicted.array().max(1e-300).sqrt(), 0.0));
    };
    const ScoringProblem problem{[&](const VectorXd& at) { return bracket_shares(family, at, edges); },
                                 [&](const VectorXd& predicted) { return VectorXd(shares - predicted); }, scaled,
                                 [&](const VectorXd& predicted) { return cross_entropy(shares, predicted); }};
    const auto [median, spread] = bracket_location(edges, shares);
    ScoringResult best = best_of(problem, starts(family, median, spread));
    if (!std::isfinite(best.objective))  // a light tail from the middle does not reach the highest bracket
        best = best_of(problem, starts(family, edges[edges.size() - 2], spread));
    if (!std::isfinite(best.objective))
        throw InfeasibleError("no member of " + quoted(family) +
                              " gives every bracket with people a probability above 0");
    FamilyFit fit =
        described(family, best, static_cast<int>(static_cast<Index>(counts.size()) - 1 - parameter_count(family)));
    fit.log_likelihood = -total * best.objective;
    fit.distance = 2.0 * (best.objective - cross_entropy(shares, shares));
    return fit;
}

}  // namespace wagefit
