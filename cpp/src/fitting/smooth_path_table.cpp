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

std::vector<KnotArray> padded_columns(const Eigen::MatrixXd& matrix) {
    std::vector<KnotArray> out;
    for (Eigen::Index j = 0; j < matrix.cols(); ++j) out.push_back(padded(matrix.col(j)));
    return out;
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
    using Rule = boost::math::quadrature::gauss<double, n>;
    constexpr std::size_t middle = n / 2;  // the rule lists its nodes from there outwards
    SegmentNodes<n> nodes{};
    for (std::size_t j = 0; j < n; ++j) {
        const std::size_t k = j < middle ? middle - j : j - middle;
        const double t = 0.5 * (1.0 + (j < middle ? -Rule::abscissa()[k] : Rule::abscissa()[k])), s = 1.0 - t;
        nodes.t[j] = t;
        nodes.ts[j] = t * s;
        nodes.squares[j] = t * t + s * s;
        nodes.tilt[j] = 0.5 * (t - s);
        for (std::size_t i = 0; i < table.n_segments; ++i)
            nodes.weight[j][i] = 0.5 * Rule::weights()[k] * table.step[i] * normal::pdf(table.z[i] + t * table.step[i]);
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
    path.few = segment_nodes<3>(path.knots);
    path.some = segment_nodes<5>(path.knots);
    path.many = segment_nodes<7>(path.knots);
    path.panels = segment_panels<16>(path.knots, 1);
    path.halves = segment_panels<32>(path.knots, 2);
    path.facts.assign(pattern.facts.begin(), pattern.facts.end());
    for (std::size_t i = 0; i < z.size(); ++i)
        if (!std::binary_search(path.facts.begin(), path.facts.end(), i)) path.free.push_back(i);
    path.base = padded(pattern.base);
    path.base_alone = padded(pattern.base_alone);
    path.compression = pattern.compression;
    path.base_by_scale = padded(pattern.base_by_scale);
    path.kriging = padded_columns(pattern.kriging);
    path.covariance = padded_columns(pattern.covariance);
    std::vector<double> fact_z;
    for (const std::size_t fact : path.facts) fact_z.push_back(z[fact]);
    for (std::size_t k = 1; k < fact_z.size(); ++k) path.inverse_run.push_back(1.0 / (fact_z[k] - fact_z[k - 1]));
    path.line = line_weights(fact_z);
    path.typical_scale = pattern.typical_scale;
    path.slope_ratio = smooth_path_kernels().slope_ratio(path, padded(pattern.base * pattern.typical_scale));
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
