#include "factors/index_grid.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

#include "numerics/quadrature.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

/// The grid starts at this normal score of the workforce: low enough for its lowest paid groups.
constexpr double first_covered = -13.0;

/// It ends no earlier than at this score, and no later than where a normal density underflows.
constexpr double least_last_covered = 10.0;
constexpr double last_covered = 37.0;

/// exp of this is below rounding.
constexpr double log_negligible_weight = -45.0;

/// Panels in units of the residual's spread: 15 nodes integrate a normal density over two spreads to rounding.
constexpr double panel_width = 2.0;
constexpr std::size_t nodes_per_panel = 15;

/// The score above which squared pay, even to people three spreads above the workforce, adds nothing to its mean.
double upper_end(const Distribution& anchor) {
    const double typical = anchor.value(0.0);
    const auto log_integrand = [&](double u) {
        return 2.0 * std::log(anchor.value(u) / typical) + normal::log_pdf(u - 3.0);
    };
    double u = least_last_covered;
    while (u < last_covered && log_integrand(u) > log_negligible_weight) u += 0.5;
    return u;
}

/// Ascending indices that no panel may straddle: the ends and the anchor's breakpoints.
std::vector<double> stops(const Distribution& anchor, const NormalMixture& workforce) {
    const double last = upper_end(anchor);
    std::vector<double> scores{first_covered};
    for (const double u : anchor.breakpoints())
        if (u > scores.back() && u < last) scores.push_back(u);
    scores.push_back(last);
    for (double& u : scores) u = workforce.inverse(u);
    return scores;
}

std::vector<double> panels(const std::vector<double>& stops, double width) {
    std::vector<double> result{stops.front()};
    for (std::size_t i = 1; i < stops.size(); ++i) {
        const double step = stops[i] - stops[i - 1];
        const int n = std::max(1, static_cast<int>(std::ceil(step / width)));
        for (int j = 1; j < n; ++j) result.push_back(stops[i - 1] + step * j / n);
        result.push_back(stops[i]);
    }
    return result;
}

}  // namespace

IndexGrid make_index_grid(const Distribution& anchor, const NormalMixture& workforce) {
    return make_index_grid(anchor, workforce, panels(stops(anchor, workforce), panel_width * workforce.spread()));
}

IndexGrid make_index_grid(const Distribution& anchor, const NormalMixture& workforce, std::vector<double> edges) {
    const GaussLegendre rule(nodes_per_panel);
    const Eigen::Index m = rule.nodes.size();
    const Eigen::Index n = m * (std::ssize(edges) - 1);
    IndexGrid grid{std::move(edges), Eigen::ArrayXd(n), Eigen::ArrayXd(n), Eigen::ArrayXd(n)};
    for (std::size_t panel = 0; panel + 1 < grid.edges.size(); ++panel) {
        const double a = grid.edges[panel], b = grid.edges[panel + 1];
        const auto first = static_cast<Eigen::Index>(panel) * m;
        grid.index.segment(first, m) = 0.5 * (a + b) + 0.5 * (b - a) * rule.nodes;
        grid.weight.segment(first, m) = 0.5 * (b - a) * rule.weights;
    }
    for (Eigen::Index i = 0; i < n; ++i) grid.wage[i] = anchor.value(workforce.score(grid.index[i]));
    return grid;
}

LevelMean::LevelMean(const IndexGrid& grid, const NormalMixture& others) {
    const double s = others.spread();
    const auto& [node, weight] = others.components();
    index_ = grid.index - others.mean();
    node_ = node - others.mean();
    precision_ = 1.0 / (s * s);
    const double scale = 1.0 / (s * std::sqrt(2.0 * std::numbers::pi));
    paid_.resize(index_.size(), node_.size());
    for (Eigen::Index k = 0; k < node_.size(); ++k)
        paid_.col(k) =
            scale * weight[k] * grid.weight * grid.wage * (-0.5 * precision_ * (index_ - node_[k]).square()).exp();
}

LevelMean::Value LevelMean::at(double effect) const {
    const Eigen::VectorXd p = (effect * precision_ * index_).exp();
    const Eigen::VectorXd q = (-effect * precision_ * node_).exp();
    const Eigen::VectorXd by_index = paid_ * q;
    const double mean = p.dot(by_index);
    const double from_index = (p.array() * index_ * by_index.array()).sum();
    const double from_node = p.dot(paid_ * (q.array() * node_).matrix());
    return {std::log(mean) - 0.5 * precision_ * effect * effect,
            precision_ * ((from_index - from_node) / mean - effect)};
}

double LevelMean::effect_with(double log_mean, double start) const {
    double effect = start;
    for (int i = 0; i < 50; ++i) {
        const Value value = at(effect);
        const double step = (log_mean - value.log_mean) / value.slope;
        effect += step;
        if (std::abs(step) < 1e-9) return effect;  // Newton's error squares: what is left is far below rounding
    }
    throw ConvergenceError("no effect gives the level its published mean pay; got a ratio beyond the anchor's range");
}

}  // namespace wagefit
