#include "fitting/mean_gradient.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <vector>

#include "fitting/cell.hpp"
#include "fitting/cell_equations.hpp"
#include "fitting/log_quantiles.hpp"
#include "wagefit/distributions/operations.hpp"

using namespace wagefit;

namespace {

Figures quantile_facts(const std::vector<double>& p, const std::vector<double>& wages) {
    Figures facts;
    for (std::size_t k = 0; k < p.size(); ++k) facts.quantiles.push_back({p[k], wages[k]});
    facts.mean = 1.1 * wages.back();  // any will do: the gradient is that of curves which meet the quantiles
    return facts;
}

Curve curve_of(const Cell& cell, const CellEquations::Constraints& at) {
    return {curve_knots(cell.pattern, at.g.at, cell.pinned, scale_of(cell)), cell.pinned.support};
}

/// Departures of both signs: above 0 in the lower tail and below it in the upper one, where their skews count.
SlopeValues some_departures(const Cell& cell) {
    const SkewedTails& tails = cell.pattern.tails;
    SlopeValues out(static_cast<std::size_t>(cell.pattern.n_segments()));
    for (std::size_t i = 0; i < static_cast<std::size_t>(out.at.size()); ++i) {
        const double in_tail = i < tails.lower_end ? 0.4 : i >= tails.upper_begin ? -0.4 : 0.0;
        out.set(i, 0.3 * std::cos(static_cast<double>(i)) + in_tail);
    }
    return out;
}

double log_mean_at(const Cell& cell, const CellEquations& equations, const SlopeValues& departures) {
    return std::log(mean(curve_of(cell, equations.at(departures))));
}

/// By the central difference whose error is that of h^2 / 6 times the third derivative, and of rounding over h.
double difference(const Cell& cell, const CellEquations& equations, SlopeValues departures, std::size_t i) {
    constexpr double h = 1e-4;
    const double here = departures[i];
    departures.set(i, here + h);
    const double above = log_mean_at(cell, equations, departures);
    departures.set(i, here - h);
    return (above - log_mean_at(cell, equations, departures)) / (2.0 * h);
}

void require_gradient(const std::vector<double>& p, const std::vector<double>& wages, double tolerance) {
    PatternCache patterns(shape_prior());
    const Cell cell = make_cell(quantile_facts(p, wages), INFINITY, patterns);
    const CellEquations equations(cell, true);
    const SlopeValues departures = some_departures(cell);
    CellEquations::Constraints at = equations.at(departures);
    equations.set_mean_row(departures, curve_of(cell, at), at);
    for (std::size_t i = 0; i < static_cast<std::size_t>(cell.pattern.n_segments()); ++i) {
        INFO("segment " << i);
        CHECK(std::abs(at.mean_row[i] - difference(cell, equations, departures, i)) < tolerance);
    }
}

}  // namespace

TEST_CASE("the gradient of the log mean is that of differences", "[mean_gradient]") {
    constexpr double of_differences = 1e-8;
    require_gradient({0.1, 0.25, 0.5, 0.75, 0.9}, {26'550, 32'070, 40'350, 52'730, 66'260}, of_differences);
    require_gradient({0.1, 0.25, 0.5, 0.75, 0.9}, {20'000, 21'000, 24'000, 35'000, 80'000}, of_differences);
    require_gradient({0.02, 0.3, 0.31, 0.62, 0.97}, {20'000, 30'000, 30'200, 44'000, 90'000}, of_differences);
    require_gradient({0.5}, {40'000}, of_differences);
}

TEST_CASE("beside ties the gradient of the log mean is that of differences", "[mean_gradient]") {
    constexpr double of_differences = 1e-8;
    require_gradient({0.1, 0.25, 0.5, 0.75, 0.9}, {26'550, 32'070, 32'070, 52'730, 66'260}, of_differences);
    require_gradient({0.1, 0.25, 0.5, 0.75, 0.9}, {26'550, 32'070, 32'070, 32'070, 66'260}, of_differences);
}
