#include "wagefit/fitting/curve_fit.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>

#include "fitting/cell_fit.hpp"
#include "fitting/guaranteed_path.hpp"
#include "fitting/mean_constraint.hpp"
#include "numerics/roots.hpp"
#include "wagefit/distributions/operations.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/facts/text.hpp"

namespace wagefit {
namespace {

using CurvePtr = std::shared_ptr<const Curve>;

CurveFit with_status(CurvePtr curve, Status status) {
    CurveFit fit;
    fit.curve = std::move(curve);
    fit.status = status;
    return fit;
}

/// The prior given the quantiles, but not yet the mean. A lone quantile sets no scale: the mean does, and without it
/// the prior's typical one serves.
Conditional condition_on_quantiles(const Cell& cell, const Facts& facts) {
    const bool is_lone = facts.quantiles().size() == 1;
    if (facts.mean())
        return is_lone ? condition_on_mean(cell, *facts.mean()) : condition(cell.pattern, cell.pinned.logs);
    if (is_lone) return condition_alone_at_scale(cell.pattern, cell.pinned.logs, cell.pattern.typical_scale);
    return condition_alone(cell.pattern, cell.pinned.logs);
}

/// The curve of the smooth path where that suits the cell and finds one.
CurvePtr fit_smoothly(const Cell& cell, const Facts& facts) {
    const auto& wages = cell.pinned.wages;
    const bool rises = std::adjacent_find(wages.begin(), wages.end(), std::greater_equal<>()) == wages.end();
    if (!cell.pattern.smooth_path || !rises) return nullptr;
    KnotWages knots(static_cast<std::size_t>(cell.pattern.size()));
    const double mean = facts.mean().value_or(std::numeric_limits<double>::quiet_NaN());
    if (!cell.pattern.smooth_path->fit(wages, mean, knots)) return nullptr;
    return std::make_shared<const Curve>(knots_through(knot_rule(cell.pattern), knots), cell.pinned.support);
}

/// The curve through quantiles and mean, bounds left aside.
CurveFit fit_without_bounds(const Facts& facts, PatternCache& patterns) {
    const Cell cell = make_cell(facts, patterns.prior().typical_size, patterns);
    if (CurvePtr curve = fit_smoothly(cell, facts))
        return with_status(std::move(curve), facts.mean() ? Status::exact : Status::no_mean);
    const Conditional given = condition_on_quantiles(cell, facts);
    CurvePtr before_mean = cell.curve(given.g, given.scale);
    if (!facts.mean()) return with_status(std::move(before_mean), Status::no_mean);
    if (meets_mean(*before_mean, *facts.mean())) return with_status(std::move(before_mean), Status::exact);
    CurvePtr smooth = has_lone_upper_tail(cell) ? meet_mean_by_tail(cell, given, *facts.mean()) : nullptr;
    if (!smooth) smooth = meet_mean(cell, given, *facts.mean()).curve;
    if (smooth) return with_status(std::move(smooth), Status::exact);
    BentCurve bent = bend_to_mean(before_mean->knots(), cell.fact_z, cell.pinned.support, *facts.mean());
    CurveFit fit = with_status(std::move(bent.curve), Status::guaranteed);
    fit.gamma = bent.gamma;
    if (!fit.curve) fit.status = Status::not_converged;
    return fit;
}

std::optional<QuantileFact> first_violated(const Curve& curve, const std::vector<QuantileFact>& bounds) {
    for (const QuantileFact& bound : bounds)
        if (ppf(curve, bound.p) < bound.value) return bound;
    return std::nullopt;
}

/// Takes up, one by one, the bounds that the curve would violate. Each step stays feasible: a curve that meets the mean
/// and lies below the bound shows that the mean does not exceed what the bound met with equality allows.
CurveFit fit_with_quantile_bounds(Facts facts, PatternCache& patterns) {
    std::vector<QuantileFact> binding;
    for (;;) {
        CurveFit fit = fit_without_bounds(facts, patterns);
        if (!fit.curve) return fit;
        const auto violated = first_violated(*fit.curve, facts.at_least());
        if (!violated) {
            fit.binding = std::move(binding);
            return fit;
        }
        facts = facts.with_binding(*violated);
        binding.push_back(*violated);
    }
}

CurveFit fit_feasible(const Facts& facts, PatternCache& patterns) {
    if (!facts.mean_at_least()) return fit_with_quantile_bounds(facts, patterns);
    CurveFit fit = fit_with_quantile_bounds(facts.without_mean_bound(), patterns);
    if (!fit.curve || mean(*fit.curve) >= *facts.mean_at_least()) return fit;
    fit = fit_with_quantile_bounds(facts.with_binding_mean(), patterns);
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

/// Whether too few figures are published to set a level and a scale.
bool is_suppressed(const Figures& figures) {
    const std::size_t points = figures.quantiles.size() + (figures.mean || figures.mean_at_least ? 1 : 0);
    return points < 2 && (figures.quantiles.empty() || figures.at_least.empty());
}

std::string nearness_text(const Facts& facts, const MeanInterval& feasible) {
    const double mean = facts.mean() ? *facts.mean() : facts.mean_at_least().value_or(0.0);
    return "mean is " + number(mean) + ", too near the end of its feasible interval (" + number(feasible.lower) + ", " +
           number(feasible.upper) + ") for double precision";
}

}  // namespace

CurveFit try_fit_curve(const Facts& facts, PatternCache& patterns) {
    CurveFit fit;
    const Feasibility verdict = check_feasibility(facts);
    if (!verdict.feasible())
        fit.status = Status::infeasible;
    else
        fit = fit_feasible_or_not_converged(facts, patterns);
    fit.feasibility = verdict;
    return fit;
}

CurveFit try_fit_curve(const Figures& figures, PatternCache& patterns) {
    if (const auto facts = Facts::from(figures)) return try_fit_curve(*facts, patterns);
    CurveFit fit;
    fit.status = is_suppressed(figures) ? Status::suppressed : Status::invalid;
    return fit;
}

CurveFit fit_curve(const Facts& facts, const ShapePrior& prior) {
    PatternCache patterns(prior);
    CurveFit fit = try_fit_curve(facts, patterns);
    if (fit.status == Status::infeasible) throw InfeasibleError(explain(fit.feasibility, facts));
    if (fit.status == Status::not_converged) throw ConvergenceError(nearness_text(facts, fit.feasibility.mean));
    return fit;
}

Facts binding_as_exact(Facts facts, const CurveFit& fit) {
    for (const QuantileFact& bound : fit.binding) facts = facts.with_binding(bound);
    if (fit.mean_binds) return facts.with_binding_mean();
    return facts;
}

}  // namespace wagefit
