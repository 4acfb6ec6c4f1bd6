#include "fitting/smooth_path_table.hpp"

#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>
#include <cmath>

#include "fitting/knot_pattern.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

KnotArray padded(const Eigen::Ref<const Eigen::VectorXd>& values) {
    KnotArray out{};
    std::copy(values.begin(), values.end(), out.begin());
    return out;
}

std::vector<KnotArray> padded_rows(const Eigen::MatrixXd& matrix) {
    std::vector<KnotArray> rows;
    for (Eigen::Index i = 0; i < matrix.rows(); ++i) rows.push_back(padded(matrix.row(i).transpose()));
    return rows;
}

/// Sets pair `j` of nodes at 1/2 +- tilt, of Gauss-Legendre `weight` on the unit interval.
template <std::size_t n>
void set_pair(const KnotTable& table, std::size_t j, double tilt, double weight, SegmentNodes<n>& nodes) {
    const double t = 0.5 + tilt, s = 0.5 - tilt;
    const auto at = [&](std::size_t i, double fraction) {
        return weight * table.step[i] * normal::pdf(table.z[i] + fraction * table.step[i]);
    };
    nodes.tilt[j] = tilt;
    nodes.ts[j] = t * s;
    nodes.squares[j] = t * t + s * s;
    for (std::size_t i = 0; i < table.n_segments; ++i) {
        nodes.left[j][i] = at(i, s);
        nodes.right[j][i] = at(i, t);
    }
}

template <std::size_t n>
SegmentNodes<n> segment_nodes(const KnotTable& table) {
    using Rule = boost::math::quadrature::gauss<double, n>;  // lists a middle node first, then one of each pair
    constexpr std::size_t n_middle = n % 2;
    SegmentNodes<n> nodes{};
    for (std::size_t i = 0; i < n_middle * table.n_segments; ++i)
        nodes.middle[i] = 0.5 * Rule::weights()[0] * table.step[i] * normal::pdf(table.z[i] + 0.5 * table.step[i]);
    for (std::size_t j = 0; j < n / 2; ++j)
        set_pair(table, j, 0.5 * Rule::abscissa()[j + n_middle], 0.5 * Rule::weights()[j + n_middle], nodes);
    return nodes;
}

/// The nodes of SteepNodes, a middle one and pairs.
SegmentNodes<SteepNodes::size> paired_steep_nodes(const KnotTable& table) {
    using Rule = boost::math::quadrature::gauss<double, PanelNodes::size>;
    constexpr double outer = SteepNodes::outer;
    SegmentNodes<SteepNodes::size> nodes{};
    const double inner = 1.0 - 2.0 * outer, center = 0.5 - 0.5 * outer;  // of the outer panel, from the middle
    for (std::size_t i = 0; i < table.n_segments; ++i)
        nodes.middle[i] =
            0.5 * inner * Rule::weights()[0] * table.step[i] * normal::pdf(table.z[i] + 0.5 * table.step[i]);
    set_pair(table, 0, center, 0.5 * outer * Rule::weights()[0], nodes);
    for (std::size_t k = 1, j = 1; k < Rule::abscissa().size(); ++k, j += 3) {
        const double x = 0.5 * Rule::abscissa()[k], weight = 0.5 * Rule::weights()[k];
        set_pair(table, j, inner * x, inner * weight, nodes);
        set_pair(table, j + 1, center - outer * x, outer * weight, nodes);
        set_pair(table, j + 2, center + outer * x, outer * weight, nodes);
    }
    return nodes;
}

}  // namespace

SmoothPathTable make_smooth_path_table(const KnotPattern& pattern) {
    SmoothPathTable path;
    const std::vector<double> z(pattern.z.begin(), pattern.z.end());
    path.knots = make_knot_table(z, pattern.upper_tail_ratio);
    path.some = segment_nodes<4>(path.knots);
    path.some_long = segment_nodes<6>(path.knots);
    path.many = segment_nodes<7>(path.knots);
    path.many_long = segment_nodes<15>(path.knots);
    path.steep = paired_steep_nodes(path.knots);
    path.facts.assign(pattern.facts.begin(), pattern.facts.end());
    path.base = padded(pattern.base);
    path.base_alone = padded(pattern.base_alone);
    path.base_by_scale = padded(pattern.base_by_scale);
    path.tails = pattern.tails;
    path.tails_alone = pattern.tails_alone;
    path.covariance = padded_rows(pattern.covariance);
    path.inverse_span = 1.0 / (z[path.facts.back()] - z[path.facts.front()]);
    path.log_typical_scale = std::log(pattern.typical_scale);
    path.scale_weight = pattern.scale_weight;
    return path;
}

}  // namespace wagefit
