#include "distributions/piece_table.hpp"

#include <algorithm>
#include <cmath>

#include "distributions/rational_shape.hpp"
#include "numerics/constants.hpp"
#include "simd/elementary.hpp"
#include "simd/kernels.hpp"
#include "wagefit/distributions/curve.hpp"

namespace wagefit {
namespace {

constexpr std::size_t multiple = 8;  // of curves: whole lanes on every instruction set

CurvePiece tail(double wage, double z, double rate) {
    return {wage, rate, 1.0 / rate, z, z + 1.0, 1.0, 1.0, -1.0, 1.0 / (rate * rate)};
}

/// The inverse of a segment bends over the square of a small end slope, or of the inverse of a large one; the normal
/// density bends over one unit of z.
CurvePiece segment(const CurveKnots& knots, std::size_t i) {
    const double z0 = knots.z[i], z1 = knots.z[i + 1], step = z1 - z0;
    const double rise = elementary::log_ratio(knots.wage[i + 1], knots.wage[i]), ratio = step / rise;
    const double a = knots.slope_right[i] * ratio, b = knots.slope_left[i + 1] * ratio;
    const double least = std::min({a, b, 1.0 / a, 1.0 / b});
    const double scale = rise * (least * least) / std::max(1.0, step);
    return {knots.wage[i], rise, 1.0 / rise, z0, z1, a, b, rational_shape::middle(a, b), 1.0 / (scale * scale)};
}

void append_pieces(const CurveKnots& knots, std::vector<CurvePiece>& pieces) {
    const double front = knots.wage.front();
    pieces.push_back(tail(front, knots.z.front(), knots.slope_left.front() * front / (front - 0.0)));
    for (std::size_t i = 0; i + 1 < knots.z.size(); ++i) pieces.push_back(segment(knots, i));
    pieces.push_back(tail(knots.wage.back(), knots.z.back(), knots.slope_right.back()));
}

/// Whether every intermediate result of the sums is a normal number.
bool is_tame(const CurvePiece& piece) {
    const auto lies = [](double x, double low, double high) { return x >= low && x <= high; };
    return lies(piece.wage, 1e-100, 1e100) && lies(piece.rise, 1e-15, 1e3) && lies(piece.a, 1e-12, 1e12) &&
           lies(piece.b, 1e-12, 1e12) && lies(piece.z0, -40.0, 40.0) && piece.z1 > piece.z0;
}

/// The knots of a curve of open support; null for any other distribution.
const CurveKnots* open_knots(const Distribution& distribution) {
    const auto* const curve = dynamic_cast<const Curve*>(&distribution);
    if (curve == nullptr) return nullptr;
    const Support support = curve->support();
    return support.lower == 0.0 && std::isinf(support.upper) ? &curve->knots() : nullptr;
}

}  // namespace

std::unique_ptr<const PieceTable> PieceTable::of(std::span<const DistributionPtr> components,
                                                 std::span<const double> weights) {
    std::unique_ptr<PieceTable> table(new PieceTable);
    std::vector<const CurveKnots*> curves;
    for (const DistributionPtr& component : components) {
        const CurveKnots* const knots = open_knots(*component);
        if (knots == nullptr) return nullptr;
        curves.push_back(knots);
        table->n_knots_ = std::max(table->n_knots_, knots->z.size());
        table->first_.push_back(table->pieces_.size());
        append_pieces(*knots, table->pieces_);
    }
    if (!std::all_of(table->pieces_.begin(), table->pieces_.end(), is_tame)) return nullptr;
    table->weight_.assign(weights.begin(), weights.end());
    const std::size_t n = (curves.size() + multiple - 1) / multiple * multiple;
    curves.resize(n, curves.front());
    table->first_.resize(n, 0);
    table->weight_.resize(n, 0.0);
    table->knots_.assign(table->n_knots_ * n, infinity);
    for (std::size_t c = 0; c < n; ++c)
        for (std::size_t k = 0; k < curves[c]->wage.size(); ++k) table->knots_[k * n + c] = curves[c]->wage[k];
    return table;
}

CurvePieces PieceTable::view() const noexcept {
    return {first_.size(), n_knots_, knots_.data(), first_.data(), weight_.data(), pieces_.data()};
}

MixtureSums PieceTable::sums(double wage, double side) const {
    MixtureSums out;
    best_kernels<MixtureKernels>().sums(view(), wage, side, out);
    return out;
}

}  // namespace wagefit
