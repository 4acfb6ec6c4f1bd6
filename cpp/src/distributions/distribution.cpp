#include "wagefit/distributions/distribution.hpp"

#include "distributions/mean_difference.hpp"
#include "distributions/mixture_parts.hpp"
#include "distributions/normal_panels.hpp"
#include "numerics/constants.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

constexpr double panel_width = 1.0;

/// Normal scores and weights of quadrature.
struct ScoreNodes {
    std::vector<double> score, weight;
};

void append_panel(double a, double b, ScoreNodes& nodes) {
    using Rule = boost::math::quadrature::gauss<double, 15>;
    const double center = 0.5 * (a + b), half = 0.5 * (b - a);
    const auto append = [&](double z, double weight) {
        nodes.score.push_back(z);
        nodes.weight.push_back(weight * half * normal::pdf(z));
    };
    for (std::size_t i = 0; i < Rule::abscissa().size(); ++i) {
        const double offset = half * Rule::abscissa()[i], weight = Rule::weights()[i];
        append(center + offset, weight);
        if (offset != 0.0) append(center - offset, weight);
    }
}

/// people * exp(log_relative_wage), also where the wage overflows and hardly anyone earns it.
double pay_weight(double people, double log_relative_wage) {
    const double relative_wage = std::exp(log_relative_wage);
    return std::isinf(relative_wage) ? std::exp(std::log(people) + log_relative_wage) : people * relative_wage;
}

}  // namespace

void Distribution::replace_scores(std::span<double> scores) const {
    for (double& z : scores) z = value(z);
}

double Distribution::log_value(double z) const { return std::log(value(z)); }

double Distribution::cdf(double x) const { return normal::cdf(score(x)); }

double Distribution::sf(double x) const { return normal::sf(score(x)); }

double Distribution::density(double x) const { return std::exp(log_pdf(x)); }

double Distribution::partial_moment(double k, double z0, double z1) const {
    const auto edges = panel_edges(breakpoints(), z0, z1, panel_width);
    return integrate_normal(edges, [&](double z) { return std::pow(value(z), k); });
}

ExpectationNodes Distribution::nodes() const {
    if (const auto all = parts(); !all.empty()) return nodes_of(all);
    const auto edges = panel_edges(breakpoints(), -infinity, infinity, panel_width);
    ScoreNodes nodes;
    for (std::size_t i = 1; i < edges.size(); ++i) append_panel(edges[i - 1], edges[i], nodes);
    std::vector<double> wages = nodes.score;
    replace_scores(wages);
    ExpectationNodes all;
    for (std::size_t i = 0; i < wages.size(); ++i)
        all.append(wages[i], std::isnormal(wages[i]) ? std::log(wages[i]) : log_value(nodes.score[i]), nodes.weight[i]);
    return all;
}

ExpectationNodes Distribution::pay_nodes() const {
    const double log_mean = std::log(partial_moment(1.0, -infinity, infinity));
    ExpectationNodes all = nodes();
    for (std::size_t i = 0; i < all.weight.size(); ++i)
        if (all.weight[i] > 0.0) all.weight[i] = pay_weight(all.weight[i], all.log_value[i] - log_mean);
    return all;
}

double Distribution::half_mean_difference() const {
    if (const auto all = parts(); !all.empty()) return wagefit::half_mean_difference(all);
    const auto edges = panel_edges(breakpoints(), -infinity, infinity, panel_width);
    return integrate_normal(edges, [&](double z) { return value(z) * (normal::cdf(z) - normal::sf(z)); });
}

}  // namespace wagefit
