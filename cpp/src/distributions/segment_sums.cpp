#include "wagefit/distributions/segment_sums.hpp"

#include <boost/math/quadrature/gauss.hpp>

#include "wagefit/numerics/normal.hpp"

namespace wagefit {

PanelNodes panel_nodes(double z0, double step, double from, double to) {
    using Rule = boost::math::quadrature::gauss<double, PanelNodes::size>;
    constexpr std::size_t middle = PanelNodes::size / 2;  // the rule lists its nodes from there outwards
    const double t0 = (from - z0) / step, t1 = (to - z0) / step, length = to - from;
    PanelNodes nodes;
    for (std::size_t j = 0; j < PanelNodes::size; ++j) {
        const std::size_t k = j < middle ? middle - j : j - middle;
        const double half = Rule::abscissa()[k], fraction = 0.5 * (1.0 + (j < middle ? -half : half));
        nodes.t[j] = t0 + (t1 - t0) * fraction;
        const double z = from + fraction * length;
        nodes.weight[j] = 0.5 * Rule::weights()[k] * length * normal::pdf(z);
        nodes.rank_weight[j] = nodes.weight[j] * (elementary::normal_cdf(z) - elementary::normal_cdf(-z));
    }
    return nodes;
}

TailNodes tail_nodes(double distance) {
    constexpr std::array<double, 4> edges{0.0, 1.0, 2.2, 4.0};
    TailNodes nodes{};
    for (std::size_t panel = 0, j = 0; panel + 1 < edges.size(); ++panel) {
        const PanelNodes part = panel_nodes(0.0, 1.0, edges[panel], edges[panel + 1]);
        for (std::size_t k = 0; k < PanelNodes::size; ++k, ++j) {
            const double u = part.t[k], z = distance + u;
            nodes.u[j] = u;
            nodes.weight[j] = part.weight[k] / normal::pdf(u) * (normal::pdf(z) * elementary::normal_cdf(-z));
        }
    }
    return nodes;
}

}  // namespace wagefit
