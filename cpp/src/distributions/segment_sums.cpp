#include "distributions/segment_sums.hpp"

#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>
#include <iterator>

#include "distributions/unit_rule.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {

namespace {

/// Nodes, fractions t of the run, and weights from z = `from` to `to` of a segment.
template <class Nodes>
Nodes nodes_between(double z0, double step, double from, double to) {
    const auto& rule = unit_rule<Nodes::size>();
    const double t0 = (from - z0) / step, t1 = (to - z0) / step, length = to - from;
    Nodes nodes;
    for (std::size_t j = 0; j < Nodes::size; ++j) {
        nodes.t[j] = t0 + (t1 - t0) * rule.fraction[j];
        nodes.z[j] = from + rule.fraction[j] * length;
        nodes.weight[j] = rule.weight[j] * length * normal::pdf(nodes.z[j]);
    }
    return nodes;
}

template <class Nodes>
std::array<double, Nodes::size> ranked(const Nodes& nodes) {
    std::array<double, Nodes::size> weights;
    for (std::size_t j = 0; j < Nodes::size; ++j)
        weights[j] = nodes.weight[j] * (elementary::normal_cdf(nodes.z[j]) - elementary::normal_cdf(-nodes.z[j]));
    return weights;
}

/// Barycentric weights of the nodes of a whole segment (Berrut & Trefethen 2004, SIAM Review 46(3)).
CutWeights barycentric(const PanelNodes& nodes) {
    CutWeights weights;
    for (std::size_t j = 0; j < PanelNodes::size; ++j) {
        weights[j] = 1.0;
        for (std::size_t k = 0; k < PanelNodes::size; ++k)
            if (k != j) weights[j] /= 4.0 * (nodes.t[j] - nodes.t[k]);
    }
    return weights;
}

/// Adds `weight` times each node's Lagrange polynomial at the fraction `t`.
void add_lagrange(const PanelNodes& nodes, const CutWeights& barycentric_weights, double t, double weight,
                  CutWeights& sums) {
    CutWeights part;
    double total = 0.0;
    for (std::size_t j = 0; j < PanelNodes::size; ++j) {
        if (t == nodes.t[j]) {
            sums[j] += weight;
            return;
        }
        part[j] = barycentric_weights[j] / (t - nodes.t[j]);
        total += part[j];
    }
    for (std::size_t j = 0; j < PanelNodes::size; ++j) sums[j] += weight * (part[j] / total);
}

}  // namespace

PanelNodes panel_nodes(double z0, double step, double from, double to) {
    return nodes_between<PanelNodes>(z0, step, from, to);
}

SteepNodes steep_nodes(double z0, double step, double from, double to) {
    const double outer = SteepNodes::outer * (to - from);
    const PanelNodes panels[]{panel_nodes(z0, step, from, from + outer),
                              panel_nodes(z0, step, from + outer, to - outer), panel_nodes(z0, step, to - outer, to)};
    SteepNodes nodes;
    for (std::size_t k = 0; k < std::size(panels); ++k) {
        std::ranges::copy(panels[k].t, &nodes.t[k * PanelNodes::size]);
        std::ranges::copy(panels[k].z, &nodes.z[k * PanelNodes::size]);
        std::ranges::copy(panels[k].weight, &nodes.weight[k * PanelNodes::size]);
    }
    return nodes;
}

FewNodes few_nodes(double z0, double z1) { return nodes_between<FewNodes>(z0, z1 - z0, z0, z1); }

std::array<double, PanelNodes::size> rank_weights(const PanelNodes& nodes) { return ranked(nodes); }
std::array<double, SteepNodes::size> rank_weights(const SteepNodes& nodes) { return ranked(nodes); }
std::array<double, FewNodes::size> rank_weights(const FewNodes& nodes) { return ranked(nodes); }

CutWeights cut_weights(double z0, double step, double from, double to) {
    static const PanelNodes whole = panel_nodes(0.0, 1.0, 0.0, 1.0);
    static const CutWeights weights = barycentric(whole);
    const PanelNodes part = panel_nodes(z0, step, from, to);
    CutWeights sums{};
    for (std::size_t k = 0; k < PanelNodes::size; ++k) add_lagrange(whole, weights, part.t[k], part.weight[k], sums);
    return sums;
}

TailNodes tail_nodes(double distance) {
    using Rule = boost::math::quadrature::gauss<double, TailNodes::size>;  // of an even size: pairs of nodes
    constexpr double end = 4.0;
    TailNodes nodes;
    for (std::size_t j = 0; j < TailNodes::size; ++j) {
        const std::size_t k = j / 2;
        const double half = j % 2 == 0 ? -Rule::abscissa()[k] : Rule::abscissa()[k];
        const double u = 0.5 * end * (1.0 + half), z = distance + u;
        nodes.u[j] = u;
        nodes.weight[j] = 0.5 * end * Rule::weights()[k] * (normal::pdf(z) * elementary::normal_cdf(-z));
    }
    return nodes;
}

}  // namespace wagefit
