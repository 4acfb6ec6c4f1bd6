#include "wagefit/fitting/curve_fit.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>
#include <span>

#include "fitting/borrowed_slopes.hpp"
#include "fitting/cell_curve.hpp"
#include "fitting/cell_fit.hpp"
#include "fitting/log_quantiles.hpp"
#include "fitting/log_slopes.hpp"
#include "numerics/constants.hpp"
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

/// The curve of the smooth path where that suits the cell and finds one.
CurvePtr fit_smoothly(const Cell& cell, const Facts& facts) {
    const auto& wages = cell.pinned.wages;
    const bool rises = std::adjacent_find(wages.begin(), wages.end(), std::greater_equal<>()) == wages.end();
    if (!cell.pattern.smooth_path || !rises) return nullptr;
    KnotWages knots(static_cast<std::size_t>(cell.pattern.size()));
    const double mean = facts.mean().value_or(std::numeric_limits<double>::quiet_NaN());
    const Eigen::VectorXd borrowed = borrowed_slopes(cell, facts.mean().has_value());
    const std::span shift(borrowed.data(), static_cast<std::size_t>(borrowed.size()));
    if (!cell.pattern.smooth_path->fit(wages, mean, shift, knots)) return nullptr;
    return std::make_shared<const Curve>(knots_through(knot_rule(cell.pattern), knots), cell.pinned.support);
}

/// The curve through quantiles and mean, bounds left aside.
CurveFit fit_without_bounds(const Facts& facts, const CellPrior& prior) {
    const Cell cell = make_cell(facts, infinity, prior);
    const Status met = facts.mean() ? Status::exact : Status::exact_without_mean;
    if (CurvePtr curve = fit_smoothly(cell, facts)) return with_status(std::move(curve), met);
    CellCurve found = curve_around(cell, Eigen::VectorXd::Zero(cell.pattern.n_segments()), facts.mean());
    const Status status = !found.curve ? Status::not_converged : found.is_bent ? Status::guaranteed : met;
    CurveFit fit = with_status(std::move(found.curve), status);
    fit.gamma = found.gamma;
    return fit;
}

std::optional<QuantileFact> first_violated(const Curve& curve, const std::vector<QuantileFact>& bounds) {
    for (const QuantileFact& bound : bounds)
        if (ppf(curve, bound.p) < bound.value) return bound;
    return std::nullopt;
}

/// Takes up, one by one, the bounds that the curve would violate. Each step stays feasible: a curve that meets the mean
/// and lies below the bound shows that the mean does not exceed what the bound met with equality allows.
CurveFit fit_with_quantile_bounds(Facts facts, const CellPrior& prior) {
    std::vector<QuantileFact> binding;
    for (;;) {
        CurveFit fit = fit_without_bounds(facts, prior);
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

CurveFit fit_feasible(const Facts& facts, const CellPrior& prior) {
    if (!facts.mean_at_least()) return fit_with_quantile_bounds(facts, prior);
    CurveFit fit = fit_with_quantile_bounds(facts.without_mean_bound(), prior);
    if (!fit.curve || mean(*fit.curve) >= *facts.mean_at_least()) return fit;
    fit = fit_with_quantile_bounds(facts.with_binding_mean(), prior);
    fit.mean_binds = true;
    return fit;
}

CurveFit fit_feasible_or_not_converged(const Facts& facts, const CellPrior& prior) {
    try {
        return fit_feasible(facts, prior);
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

double prior_distance(const Facts& facts, const CellPrior& prior) {
    const std::size_t n_facts = facts.quantiles().size() + (facts.mean() ? 1 : 0);
    const Cell cell = make_cell(facts, infinity, prior);
    const PlausibleSlopes found = most_plausible(cell, Eigen::VectorXd::Zero(cell.pattern.n_segments()), facts.mean());
    const bool is_known = found.is_met && n_facts > 1;
    return is_known ? found.distance / static_cast<double>(n_facts - 1) : std::numeric_limits<double>::quiet_NaN();
}

std::string nearness_text(const Facts& facts, const MeanInterval& feasible) {
    const double mean = facts.mean() ? *facts.mean() : facts.mean_at_least().value_or(0.0);
    return "mean is " + number(mean) + ", too near the end of its feasible interval (" + number(feasible.lower) + ", " +
           number(feasible.upper) + ") for double precision";
}

}  // namespace

CurveFit try_fit_curve(const Facts& facts, const CellPrior& prior) {
    CurveFit fit;
    const Feasibility verdict = check_feasibility(facts);
    if (!verdict.feasible())
        fit.status = Status::infeasible;
    else
        fit = fit_feasible_or_not_converged(facts, prior);
    fit.feasibility = verdict;
    return fit;
}

CurveFit try_fit_curve(const Figures& figures, const CellPrior& prior) {
    if (const auto facts = Facts::from(figures)) return try_fit_curve(*facts, prior);
    CurveFit fit;
    fit.status = is_suppressed(figures) ? Status::suppressed : Status::invalid;
    return fit;
}

CurveFit fit_curve(const Facts& facts, const ShapePrior& prior, const ParentShape* parent) {
    std::optional<ShapePrior> with_parent;
    if (parent) with_parent = borrowing(prior);
    PatternCache patterns(with_parent ? *with_parent : prior);
    const CellPrior before(patterns, parent);
    CurveFit fit = try_fit_curve(facts, before);
    if (fit.status == Status::infeasible) throw InfeasibleError(explain(fit.feasibility, facts));
    if (fit.status == Status::not_converged) throw ConvergenceError(nearness_text(facts, fit.feasibility.mean));
    if (fit.status != Status::guaranteed) fit.prior_distance = prior_distance(facts, before);
    return fit;
}

Facts binding_as_exact(Facts facts, const CurveFit& fit) {
    for (const QuantileFact& bound : fit.binding) facts = facts.with_binding(bound);
    if (fit.mean_binds) return facts.with_binding_mean();
    return facts;
}

}  // namespace wagefit
