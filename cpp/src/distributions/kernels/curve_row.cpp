// Compiled once for each instruction set; see cpp/cmake/Kernels.cmake.
#include "distributions/kernels/curve_row.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "distributions/open_tail.hpp"
#include "distributions/rational_shape.hpp"
#include "distributions/segment_sums.hpp"

namespace wagefit {
namespace {

double chord_slope(const KnotTable& table, const CurveRow& row, std::size_t low, std::size_t high) {
    return elementary::log_ratio(row.wage[high], row.wage[low]) / (table.z[high] - table.z[low]);
}

void shape(const KnotTable& table, CurveRow& row) {
    const std::size_t n = table.n_segments;
    KnotArray chord;
    KnotArray& slope = row.slope;
    for (std::size_t i = 0; i < n; i += lane_count) {
        const Lanes rise = elementary::log_ratio(loaded<Lanes>(&row.wage[i + 1]), loaded<Lanes>(&row.wage[i]));
        store(&row.rise[i], rise);
        store(&chord[i], rise / loaded<Lanes>(&table.step[i]));
    }
    for (std::size_t i = 1; i < n; i += lane_count) {
        const auto h0 = loaded<Lanes>(&table.step[i - 1]), h1 = loaded<Lanes>(&table.step[i]);
        const auto d0 = loaded<Lanes>(&chord[i - 1]), d1 = loaded<Lanes>(&chord[i]);
        store(&slope[i], rational_shape::knot_slope(h0, d0, h1, d1));
    }
    row.lower_slope = slope[0] = chord_slope(table, row, 0, 1);
    row.upper_slope = slope[n] = chord_slope(table, row, n - 1, n) * table.upper_tail_ratio;
    for (std::size_t i = 0; i < n; i += lane_count) {
        const Lanes scale = loaded<Lanes>(&table.step[i]) / loaded<Lanes>(&row.rise[i]);
        store(&row.a[i], loaded<Lanes>(&slope[i]) * scale);
        store(&row.b[i], loaded<Lanes>(&slope[i + 1]) * scale);
    }
}

void values(const CurveRow& row, std::size_t segment, const double* t, const double* s, std::size_t n, double* out) {
    const auto a = every<Lanes>(row.a[segment]), b = every<Lanes>(row.b[segment]);
    const auto rise = every<Lanes>(row.rise[segment]), zero = every<Lanes>(0.0);
    const auto low = every<Lanes>(row.wage[segment]), high = every<Lanes>(row.wage[segment + 1]);
    for (std::size_t j = 0; j < n; j += lane_count) {
        const Lanes y = rational_shape::value(loaded<Lanes>(t + j), loaded<Lanes>(s + j), a, b, zero, rise);
        store(out + j, smaller(larger(low * elementary::exp(y), low), high));
    }
}

/// A log-linear tail.
struct Tail {
    double wage, knot, rate;
};

WAGEFIT_INLINE Tail lower_tail(const KnotTable& table, const CurveRow& row) {
    return {row.wage[0], table.z[0], row.lower_slope * row.wage[0] / (row.wage[0] - 0.0)};
}
WAGEFIT_INLINE Tail upper_tail(const KnotTable& table, const CurveRow& row) {
    const std::size_t n = table.n_segments;
    return {row.wage[n], table.z[n], row.upper_slope};
}

WAGEFIT_INLINE Lanes tail_score(const Tail& tail, Lanes x) {
    return open_tail::score(x, every<Lanes>(tail.wage), every<Lanes>(tail.knot), every<Lanes>(tail.rate));
}

/// What the inverse needs of the segments that lanes of points lie in.
struct SegmentLanes {
    Lanes wage, rise, a, b, middle, z0, z1, scale;
};

/// The segments' parameters, each written beside the points that lie in it: points that follow each other share
/// registers whichever segments they lie in.
class SpreadSegments {
public:
    static constexpr std::size_t most_points = 64;

    WAGEFIT_INLINE SpreadSegments(const KnotTable& table, const CurveRow& row) : table_(table), row_(row) {
        for (std::size_t i = 0; i < table.n_segments; i += lane_count) {
            store(&middle_[i], rational_shape::middle(loaded<Lanes>(&row.a[i]), loaded<Lanes>(&row.b[i])));
            store(&scale_[i], loaded<Lanes>(&table.step[i]) / loaded<Lanes>(&row.rise[i]));
        }
    }

    /// Takes up the sorted points from `first` to `end`, at most `most_points`, all of them in segments.
    WAGEFIT_INLINE void spread(std::span<const std::size_t> start, std::size_t first, std::size_t end) {
        for (std::size_t j = first; j < end;) {
            while (start[piece_ + 1] <= j) ++piece_;
            const std::size_t stop = std::min(end, start[piece_ + 1]);
            put(piece_ - 1, j - first, stop - first);
            j = stop;
        }
    }

    /// Of the points from the `k`th taken up on.
    [[nodiscard]] WAGEFIT_INLINE SegmentLanes at(std::size_t k) const {
        const auto lanes = [&](Parameter what) { return loaded<Lanes>(&spread_[what][k]); };
        return {lanes(wage), lanes(rise), lanes(a), lanes(b), lanes(middle), lanes(z0), lanes(z1), lanes(scale)};
    }

private:
    enum Parameter : std::size_t { wage, rise, a, b, middle, z0, z1, scale, n_parameters };

    WAGEFIT_INLINE void put(std::size_t i, std::size_t begin, std::size_t end) {
        const double of[n_parameters]{row_.wage[i], row_.rise[i], row_.a[i],       row_.b[i],
                                      middle_[i],   table_.z[i],  table_.z[i + 1], scale_[i]};
        for (std::size_t what = 0; what < n_parameters; ++what)
            for (std::size_t k = begin; k < end + lane_count; k += lane_count)  // the last register is full
                store(&spread_[what][k], every<Lanes>(of[what]));
    }

    const KnotTable& table_;
    const CurveRow& row_;
    std::size_t piece_ = 1;
    KnotArray middle_, scale_;
    double spread_[n_parameters][most_points + 2 * lane_count];
};

struct Inverse {
    rational_shape::Place<Lanes> at;
    Lanes z;
};

/// Where the wages `x` lie in their segments.
WAGEFIT_INLINE Inverse inverse(const SegmentLanes& of, Lanes x) {
    const Lanes y = smaller(elementary::log_ratio(x, of.wage), of.rise);
    const auto at = rational_shape::inverse(y / of.rise, (of.rise - y) / of.rise, of.a, of.b, of.middle);
    return {at, rational_shape::between(at, of.z0, of.z1)};
}

/// out[j] = on_tail(tail, x) of the points in a tail, on_segment(segments, x) of the others. Whole registers are
/// written: what they hold beyond a piece is overwritten by the next one.
template <class OnTail, class OnSegment>
WAGEFIT_INLINE void for_points(const KnotTable& table, const CurveRow& row, std::span<const std::size_t> start,
                               const double* x, double* out, OnTail&& on_tail, OnSegment&& on_segment) {
    const std::size_t n = table.n_segments, inner = start[1], outer = start[n + 1];
    const auto set_tail = [&](const Tail& tail, std::size_t begin, std::size_t end) {
        for (std::size_t j = begin; j < end; j += lane_count) store(out + j, on_tail(tail, loaded<Lanes>(x + j)));
    };
    set_tail(lower_tail(table, row), 0, inner);
    SpreadSegments segments(table, row);
    for (std::size_t first = inner; first < outer; first += SpreadSegments::most_points) {
        const std::size_t end = std::min(first + SpreadSegments::most_points, outer);
        segments.spread(start, first, end);
        for (std::size_t j = first; j < end; j += lane_count)
            store(out + j, on_segment(segments.at(j - first), loaded<Lanes>(x + j)));
    }
    set_tail(upper_tail(table, row), outer, start[n + 2]);
}

void cdf(const KnotTable& table, const CurveRow& row, std::span<const std::size_t> start, const double* x,
         double* out) {
    for_points(
        table, row, start, x, out,
        [](const Tail& tail, Lanes wage) { return elementary::normal_cdf(tail_score(tail, wage)); },
        [](const SegmentLanes& of, Lanes wage) { return elementary::normal_cdf(inverse(of, wage).z); });
}

void sf(const KnotTable& table, const CurveRow& row, std::span<const std::size_t> start, const double* x, double* out) {
    for_points(
        table, row, start, x, out,
        [](const Tail& tail, Lanes wage) { return elementary::normal_cdf(-tail_score(tail, wage)); },
        [](const SegmentLanes& of, Lanes wage) { return elementary::normal_cdf(-inverse(of, wage).z); });
}

WAGEFIT_INLINE Lanes tail_density(const Tail& tail, Lanes wage) {
    const Lanes density =
        open_tail::density(elementary::normal_pdf(tail_score(tail, wage)), wage, every<Lanes>(tail.rate));
    return wage > 0.0 ? density : every<Lanes>(0.0);
}

WAGEFIT_INLINE Lanes segment_density(const SegmentLanes& of, Lanes wage) {
    const Inverse found = inverse(of, wage);
    return elementary::normal_pdf(found.z) * of.scale / (wage * rational_shape::slope(found.at, of.a, of.b));
}

void density(const KnotTable& table, const CurveRow& row, std::span<const std::size_t> start, const double* x,
             double* out) {
    for_points(table, row, start, x, out, &tail_density, &segment_density);
}

WAGEFIT_INLINE CurveSegment segment_of(const CurveRow& row, std::size_t i) {
    return {row.wage[i], row.rise[i], row.a[i], row.b[i]};
}

WAGEFIT_INLINE segment_sums::Shape shape_of(const CurveSegment& of) {
    return segment_sums::shape(every<Lanes>(of.rise), every<Lanes>(of.a), every<Lanes>(of.b));
}

WAGEFIT_INLINE double middle_wage(const CurveSegment& of) {
    return first_lane(segment_sums::middle_wage(every<Lanes>(of.wage), every<Lanes>(of.rise)));
}

/// Growths of a segment at the fractions `t` of its run, lanes being nodes.
template <std::size_t n_nodes, class Exp>
WAGEFIT_INLINE void set_growth(const std::array<double, n_nodes>& t, const CurveSegment& of, Exp&& exp,
                               std::array<double, n_nodes>& growth) {
    const auto shape = shape_of(of);
    for (std::size_t j = 0; j < n_nodes; j += lane_count)
        store(&growth[j], segment_sums::growth(segment_sums::node(loaded<Lanes>(&t[j])), shape, exp));
}

/// Sums of one segment by the nodes of panels of its own.
template <std::size_t n_nodes, class Exp>
WAGEFIT_INLINE void sum_segment(const std::array<double, n_nodes>& t, const std::array<double, n_nodes>& weight,
                                const std::array<double, n_nodes>& rank_weight, Exp&& exp, const CurveRow& row,
                                std::size_t i, RowSums& out) {
    std::array<double, n_nodes> growth;
    set_growth(t, segment_of(row, i), exp, growth);
    double mean = 0.0, rank = 0.0;
    for (std::size_t j = 0; j < n_nodes; ++j) {
        mean = std::fma(weight[j], growth[j], mean);
        rank = std::fma(rank_weight[j], growth[j], rank);
    }
    const double middle = middle_wage(segment_of(row, i));
    out.mean[i] = middle * mean;
    out.rank[i] = middle * rank;
}

/// Sums by `weight`, of at most `n_nodes` nodes, with room for whole registers of them; see CurveKernels.
template <std::size_t n_nodes, class Exp>
WAGEFIT_INLINE double sum_by(std::span<const double> t, std::span<const double> weight, const CurveSegment& of,
                             Exp&& exp) {
    std::array<double, n_nodes> fractions, growth;
    fractions.fill(0.5);
    std::ranges::copy(t, fractions.begin());
    set_growth(fractions, of, exp, growth);
    double total = 0.0;
    for (std::size_t j = 0; j < t.size(); ++j) total = std::fma(weight[j], growth[j], total);
    return middle_wage(of) * total;
}

double steep_segment_sum(std::span<const double> t, std::span<const double> weight, const CurveSegment& of) {
    return sum_by<KnotTable::steep_nodes>(t, weight, of, segment_sums::SteepExp{});
}

double segment_sum(std::span<const double> t, std::span<const double> weight, const CurveSegment& of) {
    return sum_by<KnotTable::panel_nodes>(t, weight, of, segment_sums::MildExp{});
}

double gentle_segment_sum(std::span<const double> t, std::span<const double> weight, const CurveSegment& of) {
    return sum_by<lane_count*((FewNodes::size + lane_count - 1) / lane_count)>(t, weight, of,
                                                                               segment_sums::GentleExp{});
}

void sums(const KnotTable& table, const CurveRow& row, RowSums& out) {
    const std::size_t n = table.n_segments;
    for (std::size_t i = 0; i < n; i += lane_count) {
        const auto rise = loaded<Lanes>(&row.rise[i]);
        const auto shape = segment_sums::shape(rise, loaded<Lanes>(&row.a[i]), loaded<Lanes>(&row.b[i]));
        Lanes mean = every<Lanes>(0.0), rank = mean;
        for (std::size_t j = 0; j < FewNodes::size; ++j) {
            const Lanes growth =
                segment_sums::growth(segment_sums::node(table.few_t[j]), shape, segment_sums::GentleExp{});
            mean = fused(loaded<Lanes>(&table.few[j][i]), growth, mean);
            rank = fused(loaded<Lanes>(&table.few_rank[j][i]), growth, rank);
        }
        const Lanes middle = segment_sums::middle_wage(loaded<Lanes>(&row.wage[i]), rise);
        store(&out.mean[i], middle * mean);
        store(&out.rank[i], middle * rank);
    }
    for (std::size_t i = 0; i < n; ++i) {
        const double rise = row.rise[i], a = row.a[i], b = row.b[i];
        if (segment_sums::is_gentle(table.step[i], rise, a, b)) continue;
        if (segment_sums::is_mild(rise, a, b))
            sum_segment(table.panel_t, table.panel[i], table.panel_rank[i], segment_sums::MildExp{}, row, i, out);
        else
            sum_segment(table.steep_t[i], table.steep[i], table.steep_rank[i], segment_sums::SteepExp{}, row, i, out);
    }
}

double tail_sum(const TailNodes& nodes, double rate) {
    std::array<double, TailNodes::size> growth;
    for (std::size_t j = 0; j < growth.size(); j += lane_count)
        store(&growth[j], short_exp::reduced(rate * loaded<Lanes>(&nodes.u[j])));
    double total = 0.0;
    for (std::size_t j = 0; j < growth.size(); ++j) total = std::fma(nodes.weight[j], growth[j], total);
    return total;
}

void tail_ranks(const KnotTable& table, const CurveRow& row, RowSums& out) {
    out.lower_rank = row.wage[0] * tail_sum(table.lower_tail, -row.lower_slope);
    out.upper_rank = row.wage[table.n_segments] * tail_sum(table.upper_tail, row.upper_slope);
}

void cuts(const KnotTable& table, const CurveRow& row, std::size_t i, const double* weight, std::size_t stride,
          std::size_t n, double* out) {
    std::array<double, KnotTable::panel_nodes> growth;
    set_growth(table.panel_t, segment_of(row, i), segment_sums::MildExp{}, growth);
    const double middle = middle_wage(segment_of(row, i));
    for (std::size_t j = 0; j < n; j += lane_count) {
        Lanes total = every<Lanes>(0.0);
        for (std::size_t k = 0; k < PanelNodes::size; ++k)
            total = fused(loaded<Lanes>(weight + k * stride + j), growth[k], total);
        store(out + j, middle * total);
    }
}

template <std::size_t n_nodes, class Exp>
WAGEFIT_INLINE void sum_panels(const CurveRow& row, std::size_t i, const double* t, const double* weight,
                               std::size_t stride, std::size_t n, double* out, Exp&& exp) {
    const auto shape = shape_of(segment_of(row, i));
    const double middle = middle_wage(segment_of(row, i));
    for (std::size_t j = 0; j < n; j += lane_count) {
        Lanes total = every<Lanes>(0.0);
        for (std::size_t k = 0; k < n_nodes; ++k) {
            const auto node = segment_sums::node(loaded<Lanes>(t + k * stride + j));
            total = fused(loaded<Lanes>(weight + k * stride + j), segment_sums::growth(node, shape, exp), total);
        }
        store(out + j, middle * total);
    }
}

void panels(const CurveRow& row, std::size_t i, const double* t, const double* weight, std::size_t stride,
            std::size_t n, double* out) {
    sum_panels<PanelNodes::size>(row, i, t, weight, stride, n, out, segment_sums::MildExp{});
}

void steep_panels(const CurveRow& row, std::size_t i, const double* t, const double* weight, std::size_t stride,
                  std::size_t n, double* out) {
    sum_panels<SteepNodes::size>(row, i, t, weight, stride, n, out, segment_sums::SteepExp{});
}

constexpr CurveKernels curve_kernels{
    &shape,    &values, &cdf,    &sf,           &density,           &sums,        &tail_ranks,
    &tail_sum, &cuts,   &panels, &steep_panels, &steep_segment_sum, &segment_sum, &gentle_segment_sum};

}  // namespace

const CurveKernels CurveKernels::WAGEFIT_INSTRUCTION_SET = curve_kernels;

}  // namespace wagefit
