#include "wagefit/fitting/curve_fit.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "wagefit/distributions/operations.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/facts/text.hpp"
#include "wagefit/fitting/guaranteed_path.hpp"
#include "wagefit/fitting/log_quantiles.hpp"
#include "wagefit/numerics/normal.hpp"
#include "wagefit/numerics/roots.hpp"

namespace wagefit {
namespace {

constexpr double mean_tolerance = 1e-12;

using CurvePtr = std::shared_ptr<const Curve>;
using Eigen::VectorXd;

/// One cell being fitted: its pattern and its quantiles pinned to the pattern's knots.
struct Cell {
    const KnotPattern& pattern;
    PinnedFacts pinned;
    std::vector<double> fact_z;

    [[nodiscard]] CurveKnots knots(const VectorXd& g, double scale) const {
        return curve_knots(pattern, made_monotone(pattern, g, scale), pinned);
    }
    [[nodiscard]] CurvePtr curve(const VectorXd& g, double scale) const {
        return std::make_shared<const Curve>(knots(g, scale), pinned.support);
    }
};

Cell make_cell(const Facts& facts, PatternCache& patterns) {
    std::vector<double> z, wages;
    for (const QuantileFact& fact : facts.quantiles) {
        z.push_back(normal::quantile(fact.p));
        wages.push_back(fact.value);
    }
    const Support support{facts.lower, facts.upper};
    return {patterns.get(z, patterns.prior().typical_size, support), pin(wages, support), z};
}

bool meets_mean(const Curve& curve, double target) { return std::abs(mean(curve) / target - 1.0) <= mean_tolerance; }

/// The point at which the increasing or decreasing function `f` first changes sign on the way from 0 in steps that double.
template <class Function>
std::optional<double> first_root(Function&& f, double first_step, int doublings) {
    double a = 0.0, fa = f(a), step = first_step;
    if (fa == 0.0) return a;
    for (int i = 0; i < doublings; ++i, step *= 2.0) {
        const double b = a + step, fb = f(b);
        if (std::isnan(fb)) return std::nullopt;
        if (fb == 0.0) return b;
        if ((fa > 0.0) != (fb > 0.0)) return bracketed_root(f, std::min(a, b), std::max(a, b)).x;
        a = b;
        fa = fb;
    }
    return std::nullopt;
}

/// Moves the conditional along the direction in which the log mean pulls it: g + lambda h, h = covariance x gradient.
struct MeanStep {
    CurvePtr curve;
    VectorXd g;
};

MeanStep meet_mean_along(const Cell& cell, const Conditional& given, const Curve& at, double target) {
    const VectorXd gradient = log_mean_gradient(cell.pattern, at);
    const VectorXd pull = cell.pattern.covariance * gradient;
    const double largest = pull.cwiseAbs().maxCoeff();
    if (!(largest > 0.0)) return {};
    const VectorXd direction = pull * (given.scale / largest);
    const auto excess = [&](double lambda) {
        return std::log(mean(*cell.curve(given.g + lambda * direction, given.scale)) / target);
    };
    const double first_step = excess(0.0) < 0.0 ? 0.25 : -0.25;  // a quarter of the scale at the knot that moves most
    constexpr int doublings = 6;  // further than 16 scales no prior knot of a real cell has to move
    const auto root = first_root(excess, first_step, doublings);
    if (!root) return {};
    const VectorXd g = given.g + *root * direction;
    CurvePtr curve = cell.curve(g, given.scale);
    if (!meets_mean(*curve, target)) return {};
    return {std::move(curve), g};
}

/// The smooth path: the mean as one more observation, linearized at the conditional and once more at the result.
CurvePtr meet_mean(const Cell& cell, const Conditional& given, double target) {
    const MeanStep first = meet_mean_along(cell, given, *cell.curve(given.g, given.scale), target);
    if (!first.curve) return nullptr;
    const MeanStep second = meet_mean_along(cell, given, *first.curve, target);
    return second.curve ? second.curve : first.curve;
}

/// A lone quantile sets no scale: the smallest at which the prior's shape has the mean, on a ladder of ratio 1.1; without one, the
/// scale that comes nearest.
Conditional at_scale_of_mean(const Cell& cell, double target) {
    const auto given = [&](double scale) { return condition_at_scale(cell.pattern, cell.pinned.logs, scale); };
    const auto excess = [&](double scale) { return std::log(mean(*cell.curve(given(scale).g, scale)) / target); };
    constexpr double smallest = 0.01, largest = 4.0, ratio = 1.1;
    double best = smallest, previous = smallest, f_previous = excess(smallest);
    for (double scale = smallest * ratio, nearest = std::abs(f_previous); scale < largest; scale *= ratio) {
        const double f = excess(scale);
        if ((f > 0.0) != (f_previous > 0.0)) return given(bracketed_root(excess, previous, scale).x);
        if (std::abs(f) < nearest) {
            nearest = std::abs(f);
            best = scale;
        }
        previous = scale;
        f_previous = f;
    }
    return given(best);
}

CurveFit with_status(CurvePtr curve, Status status) {
    CurveFit fit;
    fit.curve = std::move(curve);
    fit.status = status;
    return fit;
}

/// The curve through quantiles and mean, bounds left aside.
CurveFit fit_without_bounds(const Facts& facts, PatternCache& patterns) {
    const Cell cell = make_cell(facts, patterns);
    const Conditional given = facts.quantiles.size() == 1 ? at_scale_of_mean(cell, *facts.mean)
                                                          : condition(cell.pattern, cell.pinned.logs);
    CurvePtr before_mean = cell.curve(given.g, given.scale);
    if (!facts.mean) return with_status(std::move(before_mean), Status::no_mean);
    if (meets_mean(*before_mean, *facts.mean)) return with_status(std::move(before_mean), Status::exact);
    CurvePtr smooth = meet_mean(cell, given, *facts.mean);
    if (smooth) return with_status(std::move(smooth), Status::exact);
    BentCurve bent = bend_to_mean(before_mean->knots(), cell.fact_z, cell.pinned.support, *facts.mean);
    CurveFit fit = with_status(std::move(bent.curve), Status::guaranteed);
    fit.gamma = bent.gamma;
    if (!fit.curve) fit.status = Status::not_converged;
    return fit;
}

std::optional<QuantileFact> first_violated(const Curve* curve, const std::vector<QuantileFact>& bounds) {
    for (const QuantileFact& bound : bounds)
        if (!curve || ppf(*curve, bound.p) < bound.value) return bound;
    return std::nullopt;
}

void promote(Facts& facts, const QuantileFact& bound) {
    std::erase_if(facts.at_least, [&](const QuantileFact& other) { return other.p == bound.p; });
    facts.quantiles.push_back(bound);
    facts = ordered(std::move(facts));
}

bool sets_spread(const Facts& facts) { return facts.quantiles.size() >= 2 || (facts.mean && !facts.quantiles.empty()); }

/// Takes up, one by one, the bounds that the curve would violate. Each step stays feasible: a curve that meets the mean and
/// lies below the bound shows that the mean does not exceed what the bound met with equality allows.
CurveFit fit_with_quantile_bounds(Facts facts, PatternCache& patterns) {
    std::vector<QuantileFact> binding;
    for (;;) {
        CurveFit fit;
        if (sets_spread(facts)) {
            fit = fit_without_bounds(facts, patterns);
            if (!fit.curve) return fit;
        }
        const auto violated = first_violated(fit.curve.get(), facts.at_least);
        if (!violated) {
            fit.binding = std::move(binding);
            return fit;
        }
        promote(facts, *violated);
        binding.push_back(*violated);
    }
}

CurveFit fit_feasible(const Facts& facts, PatternCache& patterns) {
    Facts relaxed = facts;
    relaxed.mean_at_least.reset();
    const bool scaled_without_mean = facts.quantiles.size() >= 2 || !facts.at_least.empty() || facts.mean;
    if (!facts.mean_at_least) return fit_with_quantile_bounds(facts, patterns);
    if (scaled_without_mean) {
        CurveFit fit = fit_with_quantile_bounds(relaxed, patterns);
        if (!fit.curve || mean(*fit.curve) >= *facts.mean_at_least) return fit;
    }
    relaxed.mean = facts.mean_at_least;
    CurveFit fit = fit_with_quantile_bounds(relaxed, patterns);
    fit.mean_binds = true;
    return fit;
}

CurveFit fit_feasible_or_not_converged(const Facts& facts, PatternCache& patterns) {
    try {
        return fit_feasible(facts, patterns);
    } catch (const ConvergenceError&) {
        CurveFit fit;
        fit.status = Status::not_converged;
        return fit;
    }
}

bool is_suppressed(const Facts& facts) {
    const std::size_t points = facts.quantiles.size() + (facts.mean || facts.mean_at_least ? 1 : 0);
    return points < 2 && (facts.quantiles.empty() || facts.at_least.empty());
}

}  // namespace

CurveFit try_fit_curve(const Facts& given, PatternCache& patterns) {
    const Facts facts = ordered(given);
    CurveFit fit;
    if (first_problem(facts)) {
        fit.status = is_suppressed(facts) ? Status::suppressed : Status::invalid;
        return fit;
    }
    const Feasibility verdict = check_feasibility(facts);
    if (!verdict.feasible()) fit.status = Status::infeasible;
    else fit = fit_feasible_or_not_converged(facts, patterns);
    fit.feasibility = verdict;
    return fit;
}

CurveFit fit_curve(const Facts& given, const ShapePrior& prior) {
    const Facts facts = ordered(given);
    validate(facts);
    PatternCache patterns(prior);
    CurveFit fit = try_fit_curve(facts, patterns);
    if (fit.status == Status::infeasible) throw InfeasibleError(explain(fit.feasibility, facts));
    if (fit.status == Status::not_converged)
        throw ConvergenceError("mean is " + number(*facts.mean) + ", too near the end of its feasible interval (" +
                               number(fit.feasibility.mean.lower) + ", " + number(fit.feasibility.mean.upper) +
                               ") for double precision");
    return fit;
}

}  // namespace wagefit
