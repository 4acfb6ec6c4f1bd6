#include "wagefit/ensemble/fit_cells.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <mutex>

#include "wagefit/numerics/normal.hpp"
#include "wagefit/numerics/parallel.hpp"

namespace wagefit {
namespace {

std::vector<QuantileFact> published(const std::vector<double>& p, const std::vector<std::span<const double>>& values,
                                    std::size_t cell) {
    std::vector<QuantileFact> facts;
    for (std::size_t j = 0; j < p.size(); ++j)
        if (!std::isnan(values[j][cell])) facts.push_back({p[j], values[j][cell]});
    return facts;
}

std::optional<double> published(std::span<const double> values, std::size_t cell) {
    if (values.empty() || std::isnan(values[cell])) return std::nullopt;
    return values[cell];
}

/// The pattern of cells that publish all of the table's quantiles; null where their curves are no rows of knots.
const KnotPattern* common_pattern(const CellFacts& facts, PatternCache& patterns) {
    std::vector<double> z;
    for (const double p : facts.quantile_p) z.push_back(normal::quantile(p));
    const bool is_increasing = std::adjacent_find(z.begin(), z.end(), std::greater_equal<>()) == z.end();
    if (z.size() < 2 || !is_increasing) return nullptr;
    const KnotPattern& pattern = patterns.get(z, patterns.prior().typical_size, {facts.lower, facts.upper});
    return pattern.smooth_path ? &pattern : nullptr;
}

std::shared_ptr<const TableKnots> table_knots(const KnotPattern* pattern, const std::vector<double>& p) {
    if (!pattern) return nullptr;
    const std::vector<std::size_t> positions(pattern->facts.begin(), pattern->facts.end());
    return std::make_shared<const TableKnots>(knot_rule(*pattern), positions, p);
}

/// Cells whose facts need no second look: increasing quantiles of usual size, no bounds, a mean well above the least
/// feasible one.
class PlainCells {
public:
    explicit PlainCells(const CellFacts& facts) : facts_(facts) {}

    /// Copies the quantiles of a plain cell to `wages`; false where the cell is not one.
    [[nodiscard]] bool read(std::size_t cell, std::span<double> wages) const {
        constexpr double smallest = 1e-3, largest = 1e12;  // dollars
        double before = smallest, floor = 0.0;
        const std::size_t n = wages.size();
        for (std::size_t k = 0; k < n; ++k) {
            wages[k] = facts_.quantiles[k][cell];
            if (!(wages[k] > before && wages[k] < largest)) return false;
            before = wages[k];
            floor += wages[k] * ((k + 1 < n ? facts_.quantile_p[k + 1] : 1.0) - facts_.quantile_p[k]);
        }
        return !has_bound(cell) && !(mean(cell) <= floor * (1.0 + 1e-6)) && !(mean(cell) >= largest);
    }

    [[nodiscard]] double mean(std::size_t cell) const {
        return facts_.mean.empty() ? std::numeric_limits<double>::quiet_NaN() : facts_.mean[cell];
    }

private:
    [[nodiscard]] bool has_bound(std::size_t cell) const {
        const auto is_given = [cell](std::span<const double> values) {
            return !values.empty() && !std::isnan(values[cell]);
        };
        return is_given(facts_.mean_at_least) || std::any_of(facts_.at_least.begin(), facts_.at_least.end(), is_given);
    }

    const CellFacts& facts_;
};

/// The cells of one thread. Only it writes their rows and statuses.
struct Chunk {
    const CellFacts& facts;
    const KnotPattern* pattern;
    std::span<double> wages;  ///< shape (n_cells, n_knots)
    std::span<Status> status;

    Ensemble::Others fit(std::size_t begin, std::size_t end, const ShapePrior& prior) const {
        Ensemble::Others others;
        PatternCache patterns(prior);
        for (std::size_t i = begin; i < end; ++i) {
            if (fit_row(i)) continue;
            CurveFit fit = try_fit_curve(facts[i], patterns);
            status[i] = fit.status;
            if (fit.status != Status::suppressed && fit.status != Status::invalid)
                others.emplace_hint(others.end(), i, std::move(fit));
        }
        return others;
    }

    [[nodiscard]] bool fit_row(std::size_t cell) const {
        if (!pattern) return false;
        const PlainCells cells(facts);
        std::array<double, most_knots> quantiles;
        const std::span<double> given(quantiles.data(), pattern->facts.size());
        if (!cells.read(cell, given)) return false;
        const auto n = static_cast<std::size_t>(pattern->size());
        status[cell] = std::isnan(cells.mean(cell)) ? Status::no_mean : Status::exact;
        return pattern->smooth_path->fit(given, cells.mean(cell), wages.subspan(cell * n, n));
    }
};

}  // namespace

Facts CellFacts::operator[](std::size_t cell) const {
    return {published(quantile_p, quantiles, cell),
            published(at_least_p, at_least, cell),
            published(mean, cell),
            published(mean_at_least, cell),
            lower,
            upper};
}

Ensemble fit_cells(const CellFacts& facts, const ShapePrior& prior, int n_threads) {
    PatternCache patterns(prior);
    const KnotPattern* const pattern = common_pattern(facts, patterns);
    const std::size_t n_knots = pattern ? static_cast<std::size_t>(pattern->size()) : 0;
    std::vector<double> wages(facts.n_cells * n_knots, std::numeric_limits<double>::quiet_NaN());
    std::vector<Status> status(facts.n_cells, Status::suppressed);
    const Chunk chunk{facts, pattern, wages, status};
    Ensemble::Others others;
    std::mutex merging;
    parallel_for(facts.n_cells, n_threads, [&](std::size_t begin, std::size_t end) {
        Ensemble::Others some = chunk.fit(begin, end, prior);
        const std::lock_guard lock(merging);
        others.merge(some);
    });
    return {table_knots(pattern, facts.quantile_p), std::move(wages), std::move(status), std::move(others)};
}

}  // namespace wagefit
