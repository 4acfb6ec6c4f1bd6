#include "wagefit/fitting/smooth_path_table.hpp"

#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>

#include "wagefit/fitting/kernels/smooth_path.hpp"
#include "wagefit/fitting/knot_pattern.hpp"
#include "wagefit/numerics/instruction_set.hpp"
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
    while (rows.size() % rows_at_once != 0) rows.push_back({});
    return rows;
}

std::vector<double> line_weights(const std::vector<double>& z) {
    double mean = 0.0, square = 0.0;
    for (const double each : z) mean += each / static_cast<double>(z.size());
    for (const double each : z) square += (each - mean) * (each - mean);
    std::vector<double> out;
    for (const double each : z) out.push_back((each - mean) / square);
    return out;
}

template <std::size_t n>
SegmentNodes<n> segment_nodes(const KnotTable& table) {
    using Rule = boost::math::quadrature::gauss<double, n>;  // lists a middle node first, then one of each pair
    constexpr std::size_t n_middle = n % 2;
    SegmentNodes<n> nodes{};
    const auto weight = [&](std::size_t k, std::size_t i, double t) {
        return 0.5 * Rule::weights()[k] * table.step[i] * normal::pdf(table.z[i] + t * table.step[i]);
    };
    for (std::size_t i = 0; i < n_middle * table.n_segments; ++i) nodes.middle[i] = weight(0, i, 0.5);
    for (std::size_t j = 0; j < n / 2; ++j) {
        const double tilt = 0.5 * Rule::abscissa()[j + n_middle], t = 0.5 + tilt, s = 0.5 - tilt;
        nodes.tilt[j] = tilt;
        nodes.ts[j] = t * s;
        nodes.squares[j] = t * t + s * s;
        for (std::size_t i = 0; i < table.n_segments; ++i) {
            nodes.left[j][i] = weight(j + n_middle, i, s);
            nodes.right[j][i] = weight(j + n_middle, i, t);
        }
    }
    return nodes;
}

/// `parts` panels of equal width on each segment.
template <std::size_t n>
SegmentPanels<n> segment_panels(const KnotTable& table, std::size_t parts) {
    SegmentPanels<n> panels;
    for (std::size_t i = 0; i < table.n_segments; ++i) {
        std::array<double, n> ts{}, squares, tilt{}, weight{};
        squares.fill(1.0);
        const double z0 = table.z[i], width = table.step[i] / static_cast<double>(parts);
        for (std::size_t j = 0; j < parts * PanelNodes::size; ++j) {
            const double from = z0 + width * static_cast<double>(j / PanelNodes::size);
            const PanelNodes nodes = panel_nodes(z0, table.step[i], from, from + width);
            const double t = nodes.t[j % PanelNodes::size], s = 1.0 - t;
            ts[j] = t * s;
            squares[j] = t * t + s * s;
            tilt[j] = 0.5 * (t - s);
            weight[j] = nodes.weight[j % PanelNodes::size];
        }
        panels.ts.push_back(ts);
        panels.squares.push_back(squares);
        panels.tilt.push_back(tilt);
        panels.weight.push_back(weight);
    }
    return panels;
}

}  // namespace

SmoothPathTable make_smooth_path_table(const KnotPattern& pattern) {
    SmoothPathTable path;
    const std::vector<double> z(pattern.z.begin(), pattern.z.end());
    path.knots =
        make_knot_table(z, end_chords(z, pattern.lower_chord_end, pattern.upper_chord_start, pattern.upper_tail_ratio));
    path.few = segment_nodes<2>(path.knots);
    path.some = segment_nodes<4>(path.knots);
    path.some_long = segment_nodes<6>(path.knots);
    path.many = segment_nodes<7>(path.knots);
    path.many_long = segment_nodes<15>(path.knots);
    path.panels = segment_panels<16>(path.knots, 1);
    path.halves = segment_panels<32>(path.knots, 2);
    path.facts.assign(pattern.facts.begin(), pattern.facts.end());
    for (std::size_t i = 0; i < z.size(); ++i)
        if (!std::binary_search(path.facts.begin(), path.facts.end(), i)) path.free.push_back(i);
    path.base = padded(pattern.base);
    path.base_alone = padded(pattern.base_alone);
    path.compression = pattern.compression;
    path.base_by_scale = padded(pattern.base_by_scale);
    path.kriging = padded_rows(pattern.kriging(path.free, Eigen::all));
    path.covariance = padded_rows(pattern.covariance(path.free, path.free));
    std::vector<double> fact_z;
    for (const std::size_t fact : path.facts) fact_z.push_back(z[fact]);
    for (std::size_t k = 1; k < fact_z.size(); ++k) path.inverse_run.push_back(1.0 / (fact_z[k] - fact_z[k - 1]));
    path.line = line_weights(fact_z);
    path.typical_scale = pattern.typical_scale;
    path.pull_ratios = smooth_path_kernels().pull_ratios(path, padded(pattern.base * pattern.typical_scale));
    return path;
}

const SmoothPathKernels& smooth_path_kernels() {
#ifdef WAGEFIT_X86_KERNELS
    if (instruction_set() == InstructionSet::avx512) return smooth_path_kernels_avx512;
    if (instruction_set() == InstructionSet::avx2) return smooth_path_kernels_avx2;
#endif
    return smooth_path_kernels_baseline;
}

}  // namespace wagefit
