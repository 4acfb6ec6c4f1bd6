// From any figures to a curve: refused in words, or fitted and right in every fact.

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "byte_source.hpp"
#include "mean_by_tails.hpp"
#include "properties.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/fitting/curve_fit.hpp"

namespace {

using namespace wagefit;
using fuzz::ByteSource;

constexpr std::size_t most_quantiles = 9, most_bounds = 2;

std::vector<QuantileFact> quantiles_from(ByteSource& bytes, std::size_t most, double start) {
    std::vector<QuantileFact> facts(bytes.count(most));
    std::vector<double> p;
    for (std::size_t i = 0; i < facts.size(); ++i) p.push_back(bytes.probability());
    if (bytes.byte() < 250) std::sort(p.begin(), p.end());
    double wage = start;
    for (std::size_t i = 0; i < facts.size(); ++i) facts[i] = {p[i], wage = bytes.wage_after(wage)};
    return facts;
}

/// A mean within its feasible interval, where the facts are valid, or any other.
double mean_from(ByteSource& bytes, const Figures& figures) {
    Figures with_mean = figures;
    with_mean.mean = 1.0;
    const std::optional<Facts> facts = Facts::from(with_mean);
    const std::uint8_t kind = bytes.byte();
    if (!facts || kind >= 240) return bytes.wage_after(30'000.0);
    const auto [low, high] = feasible_mean(*facts);
    if (std::isinf(high)) return low * (1.0 + bytes.power(kind < 200 ? -2.0 : -16.0, kind < 220 ? 0.0 : 4.0));
    const double end = kind < 200 ? bytes.part() : bytes.power(-16.0, -2.0);
    return kind < 220 ? low + end * (high - low) : high - end * (high - low);
}

Figures figures_from(ByteSource& bytes) {
    Figures figures;
    const double start = bytes.byte() < 200 ? 20'000.0 : bytes.power(-6.0, 12.0);
    figures.quantiles = quantiles_from(bytes, most_quantiles, start);
    const std::uint8_t kinds = bytes.byte();
    if (kinds & 1) figures.at_least = quantiles_from(bytes, most_bounds, start);
    if ((kinds & 6) == 6) figures.lower = bytes.byte() < 240 ? start * bytes.part() : bytes.any_double();
    if ((kinds & 24) == 24 && !figures.quantiles.empty())
        figures.upper = bytes.wage_after(figures.quantiles.back().value);
    if (kinds & 32) figures.mean = mean_from(bytes, figures);
    if ((kinds & 192) == 192) figures.mean_at_least = mean_from(bytes, figures);
    return figures;
}

std::optional<CurveFit> fitted(const Facts& facts) {
    try {
        return fit_curve(facts);
    } catch (const InfeasibleError&) {
        fuzz::require(!check_feasibility(facts).feasible(), "an infeasible fit has a certificate", 0.0);
    } catch (const ConvergenceError&) {
    }
    return std::nullopt;
}

std::string described(const Figures& figures) {
    std::string text = "quantiles" + fuzz::listed(figures.quantiles) + " at_least" + fuzz::listed(figures.at_least);
    if (figures.mean) text += " mean " + fuzz::digits(*figures.mean);
    if (figures.mean_at_least) text += " mean at least " + fuzz::digits(*figures.mean_at_least);
    return text + " lower " + fuzz::digits(figures.lower) + " upper " + fuzz::digits(figures.upper);
}

/// Whether all wages are numbers of full precision, whose sums and products are too.
bool is_moderate(const Facts& facts) {
    constexpr double least = 1e-280, most = 1e280;
    const auto fits = [](double wage) { return wage > least && wage < most; };
    return std::ranges::all_of(facts.quantiles(), fits, &QuantileFact::value) &&
           std::ranges::all_of(facts.at_least(), fits, &QuantileFact::value) && fits(facts.mean().value_or(1.0)) &&
           fits(facts.mean_at_least().value_or(1.0));
}

void check(const Figures& figures, bool is_sampled) {
    const std::optional<Facts> facts = Facts::from(figures);
    fuzz::require(facts.has_value() != first_problem(figures).has_value(), "figures are facts or have a problem", 0.0);
    if (!facts) return;
    const std::optional<CurveFit> fit = fitted(*facts);
    if (!fit || !is_moderate(*facts)) return;
    fuzz::require_met(*fit, *facts);
    fuzz::require_distribution(*fit->curve, fuzz::Rounding::none);
    if (is_sampled) fuzz::require_mean_by_tails(*fit->curve);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    ByteSource bytes({data, size});
    const Figures figures = figures_from(bytes);
    try {
        check(figures, bytes.is_sampled());
    } catch (const fuzz::Violation& violation) {
        fuzz::report(violation, described(figures));
    }
    return 0;
}
