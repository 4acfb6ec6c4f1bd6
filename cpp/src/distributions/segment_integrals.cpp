#include "distributions/segment_integrals.hpp"

#include <cmath>

#include "distributions/careful_sums.hpp"
#include "distributions/kernels/curve_row.hpp"
#include "distributions/segment_sums.hpp"
#include "simd/kernels.hpp"

namespace wagefit {
namespace {

constexpr auto pay_weights = [](const auto& nodes) { return nodes.weight; };
constexpr auto pay_rank_weights = [](const auto& nodes) { return rank_weights(nodes); };

CurveSegment curve_segment(double wage, const RationalSegment& of) {
    const double rise = of.y1 - of.y0, scale = (of.z1 - of.z0) / rise;
    return {wage, rise, of.slope0 * scale, of.slope1 * scale};
}

/// Whether fixed panels integrate the segment to rounding error.
bool is_fair(const RationalSegment& piece, const CurveSegment& of) {
    return piece.z1 - piece.z0 <= longest_fair_segment && segment_sums::is_fair(of.rise, of.a, of.b);
}

/// Sum of `weights`, a function of nodes, times the wage over a part of the segment.
template <class Weights>
double panel_sum(const RationalSegment& piece, const CurveSegment& of, double from, double to, Weights&& weights) {
    const double z0 = piece.z0, step = piece.z1 - z0;
    if (!segment_sums::is_mild(of.rise, of.a, of.b)) {
        const SteepNodes nodes = steep_nodes(z0, step, from, to);
        return best_kernels<CurveKernels>().steep_segment_sum(nodes.t, weights(nodes), of);
    }
    const PanelNodes nodes = panel_nodes(z0, step, from, to);
    return best_kernels<CurveKernels>().segment_sum(nodes.t, weights(nodes), of);
}

/// The same over all of it.
template <class Weights>
double whole_sum(const RationalSegment& piece, const CurveSegment& of, Weights&& weights) {
    if (!segment_sums::is_gentle(piece.z1 - piece.z0, of.rise, of.a, of.b))
        return panel_sum(piece, of, piece.z0, piece.z1, weights);
    const FewNodes nodes = few_nodes(piece.z0, piece.z1);
    return best_kernels<CurveKernels>().gentle_segment_sum(nodes.t, weights(nodes), of);
}

double cut_sum(const RationalSegment& piece, const CurveSegment& of, double from, double to) {
    const double z0 = piece.z0, z1 = piece.z1;
    if (from == z0 && to == z1) return whole_sum(piece, of, pay_weights);
    if (!segment_sums::cuts_smoothly(of.rise, of.a, of.b)) return panel_sum(piece, of, from, to, pay_weights);
    const PanelNodes nodes = panel_nodes(z0, z1 - z0, z0, z1);
    return best_kernels<CurveKernels>().segment_sum(nodes.t, cut_weights(z0, z1 - z0, from, to), of);
}

}  // namespace

double segment_moment(double wage, const RationalSegment& of, double k, double a, double b) {
    const CurveSegment segment = curve_segment(wage, of);
    if (k == 1.0 && is_fair(of, segment)) return cut_sum(of, segment, a, b);
    return std::pow(wage, k) * careful_moment(of, a, b, k);
}

double segment_rank(double wage, const RationalSegment& of) {
    const CurveSegment segment = curve_segment(wage, of);
    return is_fair(of, segment) ? whole_sum(of, segment, pay_rank_weights) : wage * careful_rank(of);
}

}  // namespace wagefit
