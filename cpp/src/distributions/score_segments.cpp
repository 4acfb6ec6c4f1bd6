#include "distributions/score_segments.hpp"

#include <cassert>
#include <cmath>

#include "distributions/kernels/score_segments.hpp"
#include "simd/kernels.hpp"

namespace wagefit {
namespace {

constexpr std::size_t most_hops = most_segments;  // more cost more than a search among the knots

/// The cell of a score, as the kernel has it: never decreases as the score grows.
std::size_t cell_of(const ScoreSegments& of, double z) {
    const double nearest = ((z - of.first) * of.cells_per_score + 0x1p52) - 0x1p52;
    return static_cast<std::size_t>(nearest);
}

/// An inner knot in an earlier cell than a score lies below it; one in the same cell has to be compared.
void fill_cells(ScoreSegments& of, std::span<const double> inner) {
    std::array<std::uint32_t, ScoreSegments::n_cells + 1> count{};
    for (const double z : inner) ++count[cell_of(of, z)];
    std::uint32_t below = 0;
    for (std::size_t cell = 0; cell < count.size(); ++cell) {
        of.start[cell] = below;
        below += count[cell];
    }
    of.hops = *std::max_element(count.begin(), count.end());
}

}  // namespace

ScoreSegments make_score_segments(std::span<const double> z) {
    ScoreSegments of;
    of.first = z.front();
    of.last = z.back();
    of.cells_per_score = static_cast<double>(ScoreSegments::n_cells) / (of.last - of.first);
    if (!(of.last > of.first) || !std::isfinite(of.cells_per_score)) return of;
    of.segments.resize(z.size() - 1);
    for (std::size_t i = 0; i < of.segments.size(); ++i) {
        of.segments[i].z0 = z[i];
        of.segments[i].z1 = z[i + 1];
        of.segments[i].step = z[i + 1] - z[i];
    }
    fill_cells(of, z.subspan(1, z.size() - 2));
    if (of.hops > most_hops) of.segments.clear();
    return of;
}

std::size_t replace_inner_scores(const ScoreSegments& of, std::span<double> scores,
                                 std::array<std::uint32_t, most_scores>& others) {
    assert(!of.segments.empty() && scores.size() <= most_scores);
    constexpr std::size_t widest = 8;  // lanes
    const auto kernel = best_kernels<ScoreKernels>().replace;
    const std::size_t n = scores.size(), padded = (n + widest - 1) / widest * widest;
    if (n == padded) return kernel(of, of.segments.data(), scores.data(), n, others.data());
    std::array<double, most_scores> copy;
    std::fill(std::copy(scores.begin(), scores.end(), copy.begin()), copy.end(), of.last);  // not among the others
    const std::size_t listed = kernel(of, of.segments.data(), copy.data(), padded, others.data());
    std::copy_n(copy.begin(), n, scores.begin());
    return listed;
}

void set_row(ScoreSegments& of, const CurveRow& row) {
    for (std::size_t i = 0; i < of.segments.size(); ++i) {
        ScoreSegment& at = of.segments[i];
        at.a = row.a[i];
        at.b = row.b[i];
        at.rise = row.rise[i];
        at.low = row.wage[i];
        at.high = row.wage[i + 1];
    }
}

}  // namespace wagefit
