#include "wagefit/fitting/lognormal_fit.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <utility>

#include "linear_algebra/orthogonal.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/facts/feasibility.hpp"
#include "wagefit/facts/text.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

void require_supported(const Facts& facts) {
    if (!facts.at_least().empty() || facts.mean_at_least())
        throw FactError("at_least is given; expected none with family 'lognormal', which has no one-sided facts");
    if (facts.lower() > 0.0 || std::isfinite(facts.upper()))
        throw FactError(
            "lower or upper is given; expected neither with family 'lognormal', whose support is all wages above 0");
}

void require_feasible(const Facts& facts) {
    const Feasibility verdict = check_feasibility(facts);
    if (!verdict.feasible()) throw InfeasibleError(explain(verdict, facts));
}

[[noreturn]] void throw_ratio_too_large(const QuantileFact& quantile, double m) {
    const double greatest = greatest_quantile_to_mean_ratio(quantile.p);
    const bool is_upper = quantile.p > 0.5;  // at and below the median the greatest ratio is 1, and not attained
    throw InfeasibleError("quantiles[" + number(quantile.p) + "] / mean is " + number(quantile.value / m) +
                          (is_upper ? ", above exp(z^2 / 2) = " + number(greatest) : ", not below 1") +
                          ", the greatest ratio of a lognormal; expected a mean " +
                          (is_upper ? "of at least " : "above ") + number(quantile.value / greatest) +
                          ", or the default curve, which accepts more");
}

/// Positive roots of sigma^2 / 2 - z sigma + log_ratio = 0, ascending; the count tells how many there are.
struct Roots {
    double smaller = 0.0, larger = 0.0;
    int count = 0;
};

Roots positive_roots(double z, double log_ratio) {
    const double discriminant = z * z - 2.0 * log_ratio;
    if (discriminant < 0.0) return {};
    const double far = std::abs(z) + std::sqrt(discriminant);
    const double first = std::copysign(far, z), second = far > 0.0 ? 2.0 * log_ratio / first : 0.0;
    const auto [low, high] = std::minmax(first, second);
    if (low > 0.0) return {low, high, low < high ? 2 : 1};
    return high > 0.0 ? Roots{high, high, 1} : Roots{};
}

LognormalFit through_quantile_and_mean(const QuantileFact& quantile, double m) {
    const double z = normal::quantile(quantile.p);
    const Roots roots = positive_roots(z, std::log(quantile.value / m));
    if (roots.count == 0) throw_ratio_too_large(quantile, m);
    const auto with_sigma = [&](double sigma) { return Lognormal(quantile.value * std::exp(-sigma * z), sigma); };
    LognormalFit fit{with_sigma(roots.smaller), std::nullopt};
    if (roots.count == 2) fit.other_root = with_sigma(roots.larger);
    return fit;
}

struct Line {
    double intercept, slope;
};

Line quantile_line(const std::vector<QuantileFact>& quantiles) {
    const auto n = static_cast<Eigen::Index>(quantiles.size());
    Eigen::MatrixX2d design(n, 2);
    Eigen::VectorXd logs(n);
    for (Eigen::Index i = 0; i < n; ++i) {
        const QuantileFact& fact = quantiles[static_cast<std::size_t>(i)];
        design.row(i) << 1.0, normal::quantile(fact.p);
        logs[i] = std::log(fact.value / quantiles.front().value);
    }
    const Eigen::Vector2d solution = linear_algebra::least_squares_line(design, logs);
    return {std::log(quantiles.front().value) + solution[0], solution[1]};
}

/// Gauss-Newton on the quantile equations and log m = intercept + sigma^2 / 2.
Line with_mean(const std::vector<QuantileFact>& quantiles, double m, Line line) {
    const auto n = static_cast<Eigen::Index>(quantiles.size());
    Eigen::MatrixX2d jacobian(n + 1, 2);
    Eigen::VectorXd residual(n + 1);
    for (int round = 0; round < 50; ++round) {
        for (Eigen::Index i = 0; i < n; ++i) {
            const QuantileFact& fact = quantiles[static_cast<std::size_t>(i)];
            const double z = normal::quantile(fact.p);
            jacobian.row(i) << 1.0, z;
            residual[i] = std::log(fact.value) - line.intercept - line.slope * z;
        }
        jacobian.row(n) << 1.0, line.slope;
        residual[n] = std::log(m) - line.intercept - 0.5 * line.slope * line.slope;
        const Eigen::Vector2d step = linear_algebra::least_squares_line(jacobian, residual);
        line = {line.intercept + step[0], line.slope + step[1]};
        if (step.norm() <= 1e-14 * (1.0 + std::abs(line.intercept))) break;
    }
    return line;
}

double largest_residual(const Facts& facts, const Lognormal& fitted) {
    double largest = 0.0;
    for (const QuantileFact& fact : facts.quantiles())
        largest = std::max(largest, std::abs(std::log(fitted.value(normal::quantile(fact.p)) / fact.value)));
    const double log_mean = std::log(fitted.median()) + 0.5 * fitted.sigma() * fitted.sigma();
    return facts.mean() ? std::max(largest, std::abs(log_mean - std::log(*facts.mean()))) : largest;
}

}  // namespace

double greatest_quantile_to_mean_ratio(double p) {
    const double z = std::max(normal::quantile(p), 0.0);
    return std::exp(0.5 * z * z);
}

LognormalFit fit_lognormal(const Facts& facts) {
    require_supported(facts);
    if (facts.quantiles().size() == 1) return through_quantile_and_mean(facts.quantiles().front(), *facts.mean());
    require_feasible(facts);
    Line line = quantile_line(facts.quantiles());
    if (facts.mean()) line = with_mean(facts.quantiles(), *facts.mean(), line);
    if (!(line.slope > 0.0))
        throw InfeasibleError("quantiles are all equal; a lognormal needs at least two different ones");
    LognormalFit fit{Lognormal(std::exp(line.intercept), line.slope), std::nullopt};
    fit.largest_log_residual = largest_residual(facts, fit.distribution);
    return fit;
}

}  // namespace wagefit
