#include "wagefit/facts/facts.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <string>
#include <utility>

#include "wagefit/errors.hpp"
#include "wagefit/facts/text.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

using Problem = std::optional<std::string>;

/// Products of smaller wages with probabilities run into subnormal numbers, which have fewer digits, and those of
/// larger ones with slopes overflow.
constexpr double least_wage = 1e-300, largest_wage = 1e300;

/// Upper ends of the support that are more times the highest quantile leave slopes of the tail below normal numbers.
constexpr double farthest_upper = 1e280;

Problem wage_problem(const std::string& name, double value) {
    if (!(std::isfinite(value) && value > 0.0))
        return name + " is " + number(value) + "; expected a finite wage above 0";
    if (value < least_wage)
        return name + " is " + number(value) + "; expected a wage of at least " + number(least_wage);
    if (value > largest_wage)
        return name + " is " + number(value) + "; expected a wage of at most " + number(largest_wage);
    return std::nullopt;
}

/// Whether a curve cannot tell two ascending probabilities apart: their normal scores are the same number.
bool have_one_score(double before, double p) {
    return p - before <= 1e-10 * p && normal::quantile(before) >= normal::quantile(p);
}

Problem quantile_problem(const std::vector<QuantileFact>& facts, const std::string& argument) {
    for (std::size_t i = 0; i < facts.size(); ++i) {
        const double p = facts[i].p;
        if (!(p > 0.0 && p < 1.0))
            return argument + " has the probability " + number(p) + "; expected a number inside (0, 1)";
        if (i > 0 && facts[i - 1].p == p)
            return argument + " has the probability " + number(p) + " twice; expected each probability once";
        if (i > 0 && have_one_score(facts[i - 1].p, p))
            return argument + " has the probability " + number(p) + " twice but for rounding; expected each once";
        if (auto problem = wage_problem(argument + "[" + number(p) + "]", facts[i].value)) return problem;
    }
    return std::nullopt;
}

Problem duplicate_problem(const Figures& figures) {
    for (const QuantileFact& bound : figures.at_least)
        for (const QuantileFact& quantile : figures.quantiles)
            if (quantile.p == bound.p || have_one_score(std::min(quantile.p, bound.p), std::max(quantile.p, bound.p)))
                return "the probability " + number(bound.p) +
                       " is in both quantiles and at_least; expected it in one of them";
    return std::nullopt;
}

Problem support_problem(const Figures& figures) {
    if (!(std::isfinite(figures.lower) && figures.lower >= 0.0))
        return "lower is " + number(figures.lower) + "; expected a finite wage of at least 0";
    if (!(figures.upper > figures.lower))
        return "upper is " + number(figures.upper) + "; expected a wage above lower, " + number(figures.lower);
    if (std::isinf(figures.upper)) return std::nullopt;
    if (auto problem = wage_problem("upper", figures.upper)) return problem;
    if (figures.quantiles.empty()) return std::nullopt;
    if (figures.upper / figures.quantiles.back().value > farthest_upper)
        return "upper is " + number(figures.upper) + "; expected at most " + number(farthest_upper) +
               " times the highest quantile, " + number(figures.quantiles.back().value);
    return std::nullopt;
}

Problem mean_problem(const Figures& figures) {
    if (figures.mean && figures.mean_at_least)
        return "the mean is in both mean and at_least; expected it in one of them";
    if (figures.mean)
        if (auto problem = wage_problem("mean", *figures.mean)) return problem;
    if (figures.mean_at_least) return wage_problem("at_least['mean']", *figures.mean_at_least);
    return std::nullopt;
}

Problem scale_problem(const Figures& figures) {
    const std::size_t points = figures.quantiles.size() + (figures.mean || figures.mean_at_least ? 1 : 0);
    if (points >= 2) return std::nullopt;
    if (points == 0) return "no quantiles and no mean; expected at least two quantiles, or one and the mean";
    if (figures.quantiles.empty()) return "the mean alone sets no spread; expected at least one quantile beside it";
    if (!figures.at_least.empty()) return std::nullopt;
    return "one quantile alone sets no spread; expected a second quantile or the mean";
}

Figures ordered(Figures figures) {
    const auto by_probability = [](const QuantileFact& a, const QuantileFact& b) { return a.p < b.p; };
    std::stable_sort(figures.quantiles.begin(), figures.quantiles.end(), by_probability);
    std::stable_sort(figures.at_least.begin(), figures.at_least.end(), by_probability);
    return figures;
}

/// The first problem of figures that are ordered by probability.
Problem problem_of_ordered(const Figures& figures) {
    if (auto problem = quantile_problem(figures.quantiles, "quantiles")) return problem;
    if (auto problem = quantile_problem(figures.at_least, "at_least")) return problem;
    if (auto problem = duplicate_problem(figures)) return problem;
    if (auto problem = support_problem(figures)) return problem;
    if (auto problem = mean_problem(figures)) return problem;
    return scale_problem(figures);
}

}  // namespace

std::optional<std::string> first_problem(const Figures& figures) { return problem_of_ordered(ordered(figures)); }

Facts::Facts(Figures figures, Checked) noexcept : figures_(std::move(figures)) {}

Facts::Facts(Figures figures) : figures_(ordered(std::move(figures))) {
    if (const Problem problem = problem_of_ordered(figures_)) throw FactError(*problem);
}

std::optional<Facts> Facts::from(Figures figures) {
    Facts facts(ordered(std::move(figures)), Checked{});
    return problem_of_ordered(facts.figures_) ? std::nullopt : std::optional(std::move(facts));
}

Facts Facts::with_binding(const QuantileFact& bound) const {
    Figures figures = figures_;
    std::erase(figures.at_least, bound);
    const auto after = [](double p, const QuantileFact& fact) { return p < fact.p; };
    figures.quantiles.insert(std::upper_bound(figures.quantiles.begin(), figures.quantiles.end(), bound.p, after),
                             bound);
    return {std::move(figures), Checked{}};
}

Facts Facts::with_binding_mean() const {
    assert(figures_.mean_at_least);
    Figures figures = figures_;
    figures.mean = std::exchange(figures.mean_at_least, std::nullopt);
    return {std::move(figures), Checked{}};
}

Facts Facts::without_mean_bound() const {
    Figures figures = figures_;
    figures.mean_at_least.reset();
    return {std::move(figures), Checked{}};
}

std::vector<QuantileFact> lower_steps(const Facts& facts) {
    std::vector<QuantileFact> steps = facts.quantiles();
    steps.insert(steps.end(), facts.at_least().begin(), facts.at_least().end());
    std::sort(steps.begin(), steps.end(), [](const auto& a, const auto& b) { return a.p < b.p; });
    double running = facts.lower();
    for (QuantileFact& step : steps) {
        running = std::max(running, step.value);
        step.value = running;
    }
    return steps;
}

}  // namespace wagefit
