#include "wagefit/facts/feasibility.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "wagefit/facts/text.hpp"

namespace wagefit {
namespace {

double least_mean(const Facts& facts) {
    double total = 0.0, p = 0.0, value = facts.lower();
    for (const QuantileFact& step : lower_steps(facts)) {
        total += (step.p - p) * value;
        p = step.p;
        value = step.value;
    }
    return total + (1.0 - p) * value;
}

double greatest_mean(const Facts& facts) {
    if (std::isinf(facts.upper())) return facts.upper();
    double total = 0.0, p = 0.0;
    for (const QuantileFact& quantile : facts.quantiles()) {
        total += (quantile.p - p) * quantile.value;
        p = quantile.p;
    }
    return total + (1.0 - p) * facts.upper();
}

std::optional<Feasibility> quantile_clash(const Facts& facts) {
    for (std::size_t i = 1; i < facts.quantiles().size(); ++i) {
        const QuantileFact &low = facts.quantiles()[i - 1], &high = facts.quantiles()[i];
        if (high.value < low.value) return Feasibility{Infeasibility::decreasing_quantiles, low.p, high.p, {}};
    }
    for (const QuantileFact& bound : facts.at_least())
        for (const QuantileFact& quantile : facts.quantiles())
            if (quantile.p > bound.p && quantile.value < bound.value)
                return Feasibility{Infeasibility::quantile_below_bound, bound.p, quantile.p, {}};
    return std::nullopt;
}

std::optional<Feasibility> support_clash(const Facts& facts) {
    const auto outside = [&](const QuantileFact& q) { return q.value < facts.lower() || q.value > facts.upper(); };
    for (const QuantileFact& quantile : facts.quantiles())
        if (outside(quantile)) return Feasibility{Infeasibility::outside_support, quantile.p, quantile.p, {}};
    for (const QuantileFact& bound : facts.at_least())
        if (bound.value > facts.upper()) return Feasibility{Infeasibility::outside_support, bound.p, bound.p, {}};
    return std::nullopt;
}

Infeasibility mean_clash(const Facts& facts, const MeanInterval& allowed) {
    if (facts.mean() && !(*facts.mean() > allowed.lower)) return Infeasibility::mean_too_low;
    if (facts.mean() && !(*facts.mean() < allowed.upper)) return Infeasibility::mean_too_high;
    if (facts.mean_at_least() && !(*facts.mean_at_least() < allowed.upper)) return Infeasibility::bounded_mean_too_high;
    return Infeasibility::none;
}

const QuantileFact& fact_at(const std::vector<QuantileFact>& facts, double p) {
    return *std::find_if(facts.begin(), facts.end(), [p](const QuantileFact& fact) { return fact.p == p; });
}

std::string named(const std::string& argument, const QuantileFact& fact) {
    return argument + "[" + number(fact.p) + "] = " + number(fact.value);
}

std::string support_text(const Feasibility& verdict, const Facts& facts) {
    const auto has = [&](const std::vector<QuantileFact>& list) {
        return std::any_of(list.begin(), list.end(), [&](const auto& fact) { return fact.p == verdict.p_low; });
    };
    const std::string fact = has(facts.quantiles()) ? named("quantiles", fact_at(facts.quantiles(), verdict.p_low))
                                                    : named("at_least", fact_at(facts.at_least(), verdict.p_low));
    return fact + " lies outside the support; expected a wage in [" + number(facts.lower()) + ", " +
           number(facts.upper()) + "]";
}

std::string interval_text(const MeanInterval& allowed) {
    if (std::isinf(allowed.upper)) return "expected a mean above " + number(allowed.lower);
    return "expected a mean inside (" + number(allowed.lower) + ", " + number(allowed.upper) + ")";
}

}  // namespace

MeanInterval feasible_mean(const Facts& facts) { return {least_mean(facts), greatest_mean(facts)}; }

Feasibility check_feasibility(const Facts& facts) {
    if (const auto clash = quantile_clash(facts)) return *clash;
    if (const auto clash = support_clash(facts)) return *clash;
    const MeanInterval allowed = feasible_mean(facts);
    return {mean_clash(facts, allowed), 0.0, 0.0, allowed};
}

std::string explain(const Feasibility& verdict, const Facts& facts) {
    const auto mean = [&] { return number(facts.mean() ? *facts.mean() : facts.mean_at_least().value_or(0.0)); };
    switch (verdict.reason) {
        case Infeasibility::none:
            return "feasible";
        case Infeasibility::decreasing_quantiles:
            return "quantiles decrease: " + named("quantiles", fact_at(facts.quantiles(), verdict.p_low)) + " but " +
                   named("quantiles", fact_at(facts.quantiles(), verdict.p_high)) + "; expected them to ascend";
        case Infeasibility::quantile_below_bound:
            return named("quantiles", fact_at(facts.quantiles(), verdict.p_high)) + " lies below the bound " +
                   named("at_least", fact_at(facts.at_least(), verdict.p_low)) + " of a lower probability";
        case Infeasibility::outside_support:
            return support_text(verdict, facts);
        case Infeasibility::mean_too_low:
            return "mean is " + mean() + ", lower than the percentiles allow; " + interval_text(verdict.mean);
        case Infeasibility::mean_too_high:
            return "mean is " + mean() + ", higher than the facts allow; " + interval_text(verdict.mean);
        case Infeasibility::bounded_mean_too_high:
            return "at_least['mean'] is " + mean() + ", higher than the facts allow; " + interval_text(verdict.mean);
    }
    return "unknown";
}

}  // namespace wagefit
