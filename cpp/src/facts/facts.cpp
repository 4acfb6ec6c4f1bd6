#include "wagefit/facts/facts.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "wagefit/errors.hpp"
#include "wagefit/facts/text.hpp"

namespace wagefit {
namespace {

using Problem = std::optional<std::string>;

bool is_wage(double value) { return std::isfinite(value) && value > 0.0; }

Problem wage_problem(const std::string& name, double value) {
    if (is_wage(value)) return std::nullopt;
    return name + " is " + number(value) + "; expected a finite wage above 0";
}

Problem quantile_problem(const std::vector<QuantileFact>& facts, const std::string& argument) {
    for (std::size_t i = 0; i < facts.size(); ++i) {
        const double p = facts[i].p;
        if (!(p > 0.0 && p < 1.0))
            return argument + " has the probability " + number(p) + "; expected a number inside (0, 1)";
        if (i > 0 && facts[i - 1].p == p)
            return argument + " has the probability " + number(p) + " twice; expected each probability once";
        if (auto problem = wage_problem(argument + "[" + number(p) + "]", facts[i].value)) return problem;
    }
    return std::nullopt;
}

Problem duplicate_problem(const Facts& facts) {
    for (const QuantileFact& bound : facts.at_least)
        for (const QuantileFact& quantile : facts.quantiles)
            if (quantile.p == bound.p)
                return "the probability " + number(bound.p) +
                       " is in both quantiles and at_least; expected it in one of them";
    return std::nullopt;
}

Problem support_problem(const Facts& facts) {
    if (!(std::isfinite(facts.lower) && facts.lower >= 0.0))
        return "lower is " + number(facts.lower) + "; expected a finite wage of at least 0";
    if (!(facts.upper > facts.lower))
        return "upper is " + number(facts.upper) + "; expected a wage above lower, " + number(facts.lower);
    return std::nullopt;
}

Problem mean_problem(const Facts& facts) {
    if (facts.mean && facts.mean_at_least) return "the mean is in both mean and at_least; expected it in one of them";
    if (facts.mean)
        if (auto problem = wage_problem("mean", *facts.mean)) return problem;
    if (facts.mean_at_least) return wage_problem("at_least['mean']", *facts.mean_at_least);
    return std::nullopt;
}

Problem scale_problem(const Facts& facts) {
    const std::size_t points = facts.quantiles.size() + (facts.mean || facts.mean_at_least ? 1 : 0);
    if (points >= 2) return std::nullopt;
    if (points == 0) return "no quantiles and no mean; expected at least two quantiles, or one and the mean";
    if (facts.quantiles.empty()) return "the mean alone sets no spread; expected at least one quantile beside it";
    if (!facts.at_least.empty()) return std::nullopt;
    return "one quantile alone sets no spread; expected a second quantile or the mean";
}

}  // namespace

std::optional<std::string> first_problem(const Facts& facts) {
    if (auto problem = quantile_problem(facts.quantiles, "quantiles")) return problem;
    if (auto problem = quantile_problem(facts.at_least, "at_least")) return problem;
    if (auto problem = duplicate_problem(facts)) return problem;
    if (auto problem = support_problem(facts)) return problem;
    if (auto problem = mean_problem(facts)) return problem;
    return scale_problem(facts);
}

Facts ordered(Facts facts) {
    const auto by_probability = [](const QuantileFact& a, const QuantileFact& b) { return a.p < b.p; };
    std::stable_sort(facts.quantiles.begin(), facts.quantiles.end(), by_probability);
    std::stable_sort(facts.at_least.begin(), facts.at_least.end(), by_probability);
    return facts;
}

void validate(const Facts& facts) {
    if (const Problem problem = first_problem(facts)) throw FactError(*problem);
}

std::vector<QuantileFact> lower_steps(const Facts& facts) {
    std::vector<QuantileFact> steps = facts.quantiles;
    steps.insert(steps.end(), facts.at_least.begin(), facts.at_least.end());
    std::sort(steps.begin(), steps.end(), [](const auto& a, const auto& b) { return a.p < b.p; });
    double running = facts.lower;
    for (QuantileFact& step : steps) {
        running = std::max(running, step.value);
        step.value = running;
    }
    return steps;
}

}  // namespace wagefit
