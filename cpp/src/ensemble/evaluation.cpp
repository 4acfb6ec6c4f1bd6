#include "wagefit/ensemble/evaluation.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "distributions/curve_row.hpp"
#include "distributions/row_summaries.hpp"
#include "distributions/score_segments.hpp"
#include "numerics/constants.hpp"
#include "numerics/parallel.hpp"
#include "wagefit/distributions/operations.hpp"
#include "wagefit/distributions/sampling.hpp"
#include "wagefit/numerics/interruption.hpp"

namespace wagefit {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t spare = 8;  // lanes beyond the last point

double cdf_at(const Distribution& d, double x) { return d.cdf(x); }
double sf_at(const Distribution& d, double x) { return d.sf(x); }

PointOperation operation(PointMeasure what) {
    switch (what) {
        case PointMeasure::cdf:
            return &cdf_at;
        case PointMeasure::sf:
            return &sf_at;
        default:
            return &pdf;
    }
}

/// f(row, sorted) fills in sorted results for the cells that are rows, or returns false; the others take `alone`.
template <class RowFunction>
void evaluate_rows(const Ensemble& ensemble, const std::vector<std::size_t>& order, std::size_t n_sorted,
                   std::span<const double> points, PointOperation alone, std::span<double> out, int n_threads,
                   RowFunction&& f) {
    const std::size_t n = points.size();
    parallel_for(ensemble.size(), n_threads, [&](std::size_t begin, std::size_t end) {
        std::vector<double> sorted(n + spare, nan);
        for (std::size_t i = begin; i < end; ++i) {
            interruption_point();
            const auto row = ensemble.row(i);
            if (row.empty() || !f(row_of(*ensemble.knots()->table, row), sorted.data())) {
                const auto curve = ensemble.curve(i);
                for (std::size_t j = 0; j < n; ++j) out[i * n + j] = curve ? alone(*curve, points[j]) : nan;
                continue;
            }
            for (std::size_t j = 0; j < n; ++j) out[i * n + order[j]] = j < n_sorted ? sorted[j] : nan;
        }
    });
}

/// Draws of a cell that is a row; `segments` are of the table's knots.
void sample_row(const KnotTable& table, std::span<const double> wages, ScoreSegments& segments, StreamKey own,
                std::span<double> out) {
    const CurveRow row = row_of(table, wages);
    set_row(segments, row);
    for (std::size_t i = 0; i < out.size(); i += sample_block) {
        interruption_point();
        const auto part = out.subspan(i, std::min(sample_block, out.size() - i));
        random_normals(own, i, part);
        replace_scores(segments, part, [&](double& z) { z = tail_value(table, row, z); });
    }
}

double share_below(const Distribution& d, double z) {
    return std::isnan(z) ? z : d.partial_moment(1.0, -infinity, z) / mean(d);
}
double share_above(const Distribution& d, double z) {
    return std::isnan(z) ? z : d.partial_moment(1.0, z, infinity) / mean(d);
}

/// A cell's summary; see summarize.
using SummaryValues = std::array<double, 2>;

SummaryValues summary(Summary what, const Distribution& d) { return {mean(d), what == Summary::mean ? nan : gini(d)}; }

/// Of a row with fair tails.
SummaryValues summary(Summary what, const KnotTable& table, const CurveRow& row) {
    const RowSums pay = sums(table, row);
    const double total = mean(table, pay);
    if (what == Summary::mean) return {total, nan};
    return {total, std::clamp(half_mean_difference(table, with_tail_ranks(table, row, pay)) / total, 0.0, 1.0)};
}

/// Of a cell by itself.
SummaryValues summary(Summary what, const Ensemble& ensemble, std::size_t cell) {
    if (const auto wages = ensemble.row(cell); !wages.empty()) {
        const KnotTable& table = *ensemble.knots()->table;
        const CurveRow row = row_of(table, wages);
        if (has_fair_tails(table, row)) return summary(what, table, row);
    }
    const auto curve = ensemble.curve(cell);
    return curve ? summary(what, *curve) : SummaryValues{nan, nan};
}

void put(const double* values, std::size_t n, std::size_t cell, std::span<double> out) {
    std::copy_n(values, n, &out[cell * n]);
}

/// Rows of an ensemble, gathered for summarize, which takes many at once.
class RowBatch {
public:
    static constexpr std::size_t most_rows = 64;

    [[nodiscard]] bool is_full() const { return n_ == most_rows; }
    [[nodiscard]] bool is_empty() const { return n_ == 0; }

    void add(std::size_t cell, const double* wages) {
        cell_[n_] = cell;
        rows_[n_++] = wages;
    }

    /// Sets the cells' values and forgets their rows.
    void drain(Summary what, const Ensemble& ensemble, std::span<double> out) {
        const std::size_t n = n_values(what);
        summarize(what, *ensemble.knots()->table, {rows_.data(), n_}, values_.data(), is_found_.data());
        for (std::size_t i = 0; i < n_; ++i)
            put(is_found_[i] ? &values_[i * n] : summary(what, ensemble, cell_[i]).data(), n, cell_[i], out);
        n_ = 0;
    }

private:
    std::size_t n_ = 0;
    std::array<std::size_t, most_rows> cell_;
    std::array<const double*, most_rows> rows_;
    std::array<double, 2 * most_rows> values_;
    std::array<bool, most_rows> is_found_;
};

}  // namespace

double value_or_end(const Distribution& d, double z) {
    if (!std::isinf(z)) return d.value(z);
    return z < 0.0 ? d.support().lower : d.support().upper;
}

void evaluate(const Ensemble& ensemble, PointOperation f, std::span<const double> points, std::size_t n_points,
              std::size_t row_stride, std::span<double> out, int n_threads) {
    parallel_for(ensemble.size(), n_threads, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            interruption_point();
            const auto curve = ensemble.curve(i);
            for (std::size_t j = 0; j < n_points; ++j)
                out[i * n_points + j] = curve ? f(*curve, points[i * row_stride + j]) : nan;
        }
    });
}

void evaluate_values(const Ensemble& ensemble, std::span<const double> z, std::span<double> out, int n_threads) {
    if (!ensemble.knots()) return evaluate(ensemble, &value_or_end, z, z.size(), 0, out, n_threads);
    const KnotTable& table = *ensemble.knots()->table;
    const ScorePoints points = sort_scores(table, z);
    evaluate_rows(ensemble, points.order, points.z.size(), z, &value_or_end, out, n_threads,
                  [&](const CurveRow& row, double* sorted) {
                      values(table, row, points, sorted);
                      return true;
                  });
}

void evaluate_measure(const Ensemble& ensemble, PointMeasure what, std::span<const double> x, std::span<double> out,
                      int n_threads) {
    if (!ensemble.knots()) return evaluate(ensemble, operation(what), x, x.size(), 0, out, n_threads);
    const KnotTable& table = *ensemble.knots()->table;
    const WagePoints points = sort_wages(x);
    evaluate_rows(ensemble, points.order, points.n, x, operation(what), out, n_threads,
                  [&](const CurveRow& row, double* sorted) {
                      measure(what, table, row, points, sorted);
                      return true;
                  });
}

void sample_cells(const Ensemble& ensemble, StreamKey key, std::size_t n_draws, std::span<double> out, int n_threads) {
    const ScoreSegments grid = ensemble.knots() ? make_score_segments(ensemble.knots()->rule.z) : ScoreSegments{};
    parallel_for(ensemble.size(), n_threads, [&](std::size_t begin, std::size_t end) {
        ScoreSegments segments = grid;
        for (std::size_t i = begin; i < end; ++i) {
            interruption_point();
            const auto part = out.subspan(i * n_draws, n_draws);
            const StreamKey own = row_stream(key, i);
            if (const auto wages = ensemble.row(i); !wages.empty() && !segments.segments.empty())
                sample_row(*ensemble.knots()->table, wages, segments, own, part);
            else if (const auto curve = ensemble.curve(i))
                sample(*curve, own, part, 1);
            else
                std::fill(part.begin(), part.end(), nan);
        }
    });
}

void evaluate_summary(const Ensemble& ensemble, Summary what, std::span<double> out, int n_threads) {
    parallel_for(ensemble.size(), n_threads, [&](std::size_t begin, std::size_t end) {
        RowBatch batch;
        for (std::size_t i = begin; i < end; ++i) {
            interruption_point();
            const auto wages = ensemble.row(i);
            if (wages.empty())
                put(summary(what, ensemble, i).data(), n_values(what), i, out);
            else
                batch.add(i, wages.data());
            if (batch.is_full()) batch.drain(what, ensemble, out);
        }
        if (!batch.is_empty()) batch.drain(what, ensemble, out);
    });
}

void evaluate_pay_share(const Ensemble& ensemble, PaySide side, std::span<const double> z, std::span<double> out,
                        int n_threads) {
    const PointOperation alone = side == PaySide::below ? &share_below : &share_above;
    if (!ensemble.knots()) return evaluate(ensemble, alone, z, z.size(), 0, out, n_threads);
    const KnotTable& table = *ensemble.knots()->table;
    const CutPoints points = cut_scores(table, z, side);
    evaluate_rows(ensemble, points.scores.order, points.scores.z.size(), z, alone, out, n_threads,
                  [&](const CurveRow& row, double* sorted) {
                      if (!has_fair_tails(table, row)) return false;
                      const RowSums pay = sums(table, row);
                      const double total = mean(table, pay);
                      partial_means(table, row, pay, points, sorted);
                      for (std::size_t j = 0; j < points.scores.z.size(); ++j) sorted[j] /= total;
                      return true;
                  });
}

}  // namespace wagefit
