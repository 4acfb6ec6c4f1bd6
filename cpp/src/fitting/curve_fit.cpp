#include "wagefit/fitting/curve_fit.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "wagefit/distributions/operations.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/facts/text.hpp"
#include "wagefit/fitting/initial_slopes.hpp"
#include "wagefit/numerics/normal.hpp"
#include "wagefit/numerics/roots.hpp"

namespace wagefit {
namespace {

constexpr double mean_tolerance = 1e-12;
constexpr double least_tail_ratio = 0.1;  // of the continued slope: below it the density beyond the last quantile would spike

using CurvePtr = std::shared_ptr<const Curve>;

Support support_of(const Facts& facts) { return {facts.lower, facts.upper}; }

/// Slope of a lone quantile: the lognormal's smaller sigma if it reaches the mean, else the sigma of its extreme ratio.
double single_slope(const Facts& facts) {
    if (!facts.mean || facts.quantiles.size() != 1) return typical_spread;
    const double z = normal::quantile(facts.quantiles[0].p);
    const double log_ratio = std::log(facts.quantiles[0].value / *facts.mean);
    const double discriminant = z * z - 2.0 * log_ratio;
    const double sigma = log_ratio > 0.0 && z > 0.0 ? 2.0 * log_ratio / (z + std::sqrt(std::max(discriminant, 0.0)))
                                                    : z + std::sqrt(std::max(discriminant, 0.0));
    return std::isfinite(sigma) && sigma > 0.0 ? sigma : typical_spread;
}

CurveKnots initial_knots(const Facts& facts) {
    std::vector<double> z, wage;
    for (const QuantileFact& fact : facts.quantiles) {
        z.push_back(normal::quantile(fact.p));
        wage.push_back(fact.value);
    }
    return knots_with_slopes(std::move(z), std::move(wage), single_slope(facts));
}

CurvePtr make_curve(CurveKnots knots, const Facts& facts) {
    return std::make_shared<const Curve>(std::move(knots), support_of(facts));
}

CurvePtr with_upper_slope(const CurveKnots& initial, const Facts& facts, double slope) {
    CurveKnots knots = initial;
    knots.slope_right.back() = slope;
    return make_curve(std::move(knots), facts);
}

/// The guaranteed path: the bend w -> w / (w + gamma (1 - w)) is the rational segment with end slopes secant / gamma
/// and secant gamma.
CurvePtr bent(const CurveKnots& initial, const Facts& facts, double log_gamma) {
    CurveKnots knots = initial;
    const double gamma = std::exp(log_gamma);
    const std::size_t last = knots.z.size() - 1;
    for (std::size_t i = 0; i < last; ++i) {
        const double rise = std::log1p((knots.wage[i + 1] - knots.wage[i]) / knots.wage[i]);
        const double secant = rise / (knots.z[i + 1] - knots.z[i]);
        knots.slope_right[i] = secant / gamma;
        knots.slope_left[i + 1] = secant * gamma;
    }
    knots.slope_left.front() *= gamma;
    knots.slope_right.back() /= gamma;
    return make_curve(std::move(knots), facts);
}

/// A root of the increasing function `f`, bracketed by doubling steps away from `start` in the direction that helps.
template <class Function>
std::optional<double> expanding_root(Function&& f, double start, double first_step, double limit) {
    double a = start, fa = f(a), step = fa > 0.0 ? -first_step : first_step;
    if (fa == 0.0) return a;
    while (std::abs(a) < limit) {
        const double b = std::clamp(a + step, -limit, limit), fb = f(b);
        if (fb == 0.0) return b;
        if ((fa > 0.0) != (fb > 0.0)) return bracketed_root(f, std::min(a, b), std::max(a, b)).x;
        a = b;
        fa = fb;
        step *= 2.0;
    }
    return std::nullopt;
}

bool meets_mean(const Curve& curve, double target) { return std::abs(mean(curve) / target - 1.0) <= mean_tolerance; }

/// Smooth path: the upper tail's slope that gives the mean, or nothing where it would be too flat.
CurvePtr solve_upper_slope(const CurveKnots& initial, const Facts& facts) {
    const double natural = initial.slope_right.back(), target = *facts.mean;
    const double floor = std::log(least_tail_ratio * natural);
    const auto excess = [&](double log_slope) {
        return std::log(mean(*with_upper_slope(initial, facts, std::exp(log_slope))) / target);
    };
    if (facts.quantiles.back().value >= facts.upper || excess(floor) > 0.0) return nullptr;
    constexpr double largest_log_slope = 4.0;  // a slope of 55 is a tail no wage distribution has
    if (excess(largest_log_slope) < 0.0) return nullptr;
    const double root = bracketed_root(excess, floor, largest_log_slope).x;
    CurvePtr curve = with_upper_slope(initial, facts, std::exp(root));
    return meets_mean(*curve, target) ? curve : nullptr;
}

struct Bend {
    CurvePtr curve;
    double gamma;
};

Bend solve_bend(const CurveKnots& initial, const Facts& facts) {
    constexpr double largest_log_gamma = 600.0;  // exp must stay finite with the slopes beside it
    const auto shortfall = [&](double log_gamma) {
        const double value = mean(*bent(initial, facts, log_gamma));
        return std::isfinite(value) ? std::log(*facts.mean / value) : -1e300;
    };
    const auto root = expanding_root(shortfall, 0.0, 0.25, largest_log_gamma);
    if (!root) return {nullptr, 1.0};
    CurvePtr curve = bent(initial, facts, *root);
    if (!meets_mean(*curve, *facts.mean)) return {nullptr, 1.0};
    return {std::move(curve), std::exp(*root)};
}

/// The curve through quantiles and mean, bounds left aside.
CurveFit fit_without_bounds(const Facts& facts) {
    CurveFit fit;
    const CurveKnots initial = initial_knots(facts);
    if (!facts.mean) {
        fit.curve = make_curve(initial, facts);
        fit.status = Status::no_mean;
        return fit;
    }
    fit.curve = solve_upper_slope(initial, facts);
    fit.status = Status::exact;
    if (fit.curve) return fit;
    Bend bend = solve_bend(initial, facts);
    fit.curve = std::move(bend.curve);
    fit.gamma = bend.gamma;
    fit.status = fit.curve ? Status::guaranteed : Status::not_converged;
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
CurveFit fit_with_quantile_bounds(Facts facts) {
    std::vector<QuantileFact> binding;
    for (;;) {
        CurveFit fit;
        if (sets_spread(facts)) fit = fit_without_bounds(facts);
        if (sets_spread(facts) && !fit.curve) return fit;
        const auto violated = first_violated(fit.curve.get(), facts.at_least);
        if (!violated) {
            fit.binding = std::move(binding);
            return fit;
        }
        promote(facts, *violated);
        binding.push_back(*violated);
    }
}

CurveFit fit_feasible(const Facts& facts) {
    Facts relaxed = facts;
    relaxed.mean_at_least.reset();
    const bool scaled_without_mean = facts.quantiles.size() >= 2 || !facts.at_least.empty() || facts.mean;
    if (!facts.mean_at_least) return fit_with_quantile_bounds(facts);
    if (scaled_without_mean) {
        CurveFit fit = fit_with_quantile_bounds(relaxed);
        if (!fit.curve || mean(*fit.curve) >= *facts.mean_at_least) return fit;
    }
    relaxed.mean = facts.mean_at_least;
    CurveFit fit = fit_with_quantile_bounds(relaxed);
    fit.mean_binds = true;
    return fit;
}

CurveFit fit_feasible_or_not_converged(const Facts& facts) {
    try {
        return fit_feasible(facts);
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

CurveFit try_fit_curve(const Facts& given) {
    const Facts facts = ordered(given);
    CurveFit fit;
    if (first_problem(facts)) {
        fit.status = is_suppressed(facts) ? Status::suppressed : Status::invalid;
        return fit;
    }
    const Feasibility verdict = check_feasibility(facts);
    if (!verdict.feasible()) fit.status = Status::infeasible;
    else fit = fit_feasible_or_not_converged(facts);
    fit.feasibility = verdict;
    return fit;
}

CurveFit fit_curve(const Facts& given) {
    const Facts facts = ordered(given);
    validate(facts);
    CurveFit fit = try_fit_curve(facts);
    if (fit.status == Status::infeasible) throw InfeasibleError(explain(fit.feasibility, facts));
    if (fit.status == Status::not_converged)
        throw ConvergenceError("mean is " + number(*facts.mean) + ", too near the end of its feasible interval (" +
                               number(fit.feasibility.mean.lower) + ", " + number(fit.feasibility.mean.upper) +
                               ") for double precision");
    return fit;
}

}  // namespace wagefit
