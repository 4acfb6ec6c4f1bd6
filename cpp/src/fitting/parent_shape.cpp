#include "wagefit/fitting/parent_shape.hpp"

#include <algorithm>
#include <cmath>

#include "fitting/borrowed_slopes.hpp"
#include "fitting/cell_equations.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

using Eigen::Index;
using Eigen::VectorXd;

constexpr double flattest_slope = 1e-4, farthest_departure = 2.0;  // of parents, who may have ties

/// The parent's log wage at a normal score, by linear interpolation; the first and last stretch go on.
double log_wage_at(const ParentShape& parent, double z) {
    const VectorXd &x = parent.scores, &y = parent.log_wages;
    const Index i = std::upper_bound(x.begin() + 1, x.end() - 1, z) - x.begin();
    return y[i - 1] + (y[i] - y[i - 1]) * (z - x[i - 1]) / (x[i] - x[i - 1]);
}

double scale_of(const ParentShape& parent) {
    const double p90 = normal::quantile(0.9);
    return std::max((log_wage_at(parent, p90) - log_wage_at(parent, -p90)) / (2.0 * p90), flattest_slope);
}

/// Log slopes of the parent's stretches, relative to its scale and less what this says of them.
VectorXd relative_slopes(const ParentShape& parent, const ShapePrior& prior) {
    const Index n = prior.z.size();
    const auto chord = (parent.log_wages.tail(n) - parent.log_wages.head(n)).array() /
                       (parent.scores.tail(n) - parent.scores.head(n)).array();
    const double feature = std::clamp(std::log(parent.scale / prior.typical_scale), -1.0, 1.0);
    return chord.max(flattest_slope).log() - std::log(parent.scale) - feature * prior.mean_by_scale.array();
}

/// A number for each of the prior's z: one in its lower tail, one in its middle, one in its upper tail.
VectorXd by_part(const ShapePrior& prior, double lower, double middle, double upper) {
    return prior.z.unaryExpr([&](double z) {
        if (z < -prior.tail) return lower;
        return z > prior.tail ? upper : middle;
    });
}

/// How far the cell's facts lie above the parent's at the same probabilities, in units of the parent's scale.
double level_over_parent(const Cell& cell, const ParentShape& parent) {
    constexpr double farthest = 2.0;
    double sum = 0.0;
    for (std::size_t k = 0; k < cell.fact_z.size(); ++k)
        sum += std::log(cell.pinned.wages[k]) - log_wage_at(parent, cell.fact_z[k]);
    return std::clamp(sum / (static_cast<double>(cell.fact_z.size()) * parent.scale), -farthest, farthest);
}

}  // namespace

VectorXd parent_scores(const ShapePrior& prior) {
    const VectorXd& z = prior.z;
    const Index n = z.size();
    VectorXd out(n + 1);
    out.segment(1, n - 1) = 0.5 * (z.head(n - 1) + z.tail(n - 1));
    out[0] = 2.0 * z[0] - out[1];
    out[n] = 2.0 * z[n - 1] - out[n - 1];
    return out;
}

ParentShape make_parent_shape(std::span<const double> wages, const ShapePrior& prior) {
    ParentShape out;
    out.scores = parent_scores(prior);
    out.log_wages = Eigen::Map<const VectorXd>(wages.data(), static_cast<Index>(wages.size())).array().log();
    out.scale = scale_of(out);
    const ParentRule& rule = prior.parent;
    const VectorXd slopes = relative_slopes(out, prior),
                   weight = by_part(prior, rule.lower_weight, rule.middle_weight, rule.upper_weight);
    const auto departures = [&](const VectorXd& mean) -> VectorXd {
        return weight.array() * (slopes - mean).array().max(-farthest_departure).min(farthest_departure);
    };
    out.with_mean = departures(prior.mean);
    out.alone = departures(prior.mean_alone);
    return out;
}

ShapePrior borrowing(const ShapePrior& prior) {
    const ParentRule& rule = prior.parent;
    const VectorXd factor = by_part(prior, rule.lower_factor, rule.middle_factor, rule.upper_factor);
    ShapePrior out = prior;
    out.shape = factor.asDiagonal() * prior.shape * factor.asDiagonal();
    out.interval_factor *= rule.drawn_factor;
    return out;
}

VectorXd borrowed_slopes(const Cell& cell, bool has_mean) {
    if (!cell.parent) return {};
    const VectorXd& departures = has_mean ? cell.parent->with_mean : cell.parent->alone;
    const ParentRule& rule = cell.pattern.parent;
    const double wider = std::clamp(std::log(scale_of(cell) / cell.parent->scale), -1.0, 1.0);
    const double of_upper_tail =
        rule.upper_shift + rule.upper_level * level_over_parent(cell, *cell.parent) + rule.upper_scale * wider;
    return cell.pattern.weights * departures + of_upper_tail * cell.pattern.in_upper_tail;
}

}  // namespace wagefit
