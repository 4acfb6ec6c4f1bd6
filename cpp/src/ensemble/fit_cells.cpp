#include "wagefit/ensemble/fit_cells.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <mutex>

#include "fitting/borrowed_slopes.hpp"
#include "fitting/cell_fit.hpp"
#include "fitting/log_quantiles.hpp"
#include "numerics/constants.hpp"
#include "numerics/parallel.hpp"
#include "wagefit/numerics/interruption.hpp"
#include "wagefit/numerics/normal.hpp"

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

std::vector<double> scores(const std::vector<double>& probabilities) {
    std::vector<double> z;
    for (const double p : probabilities) z.push_back(normal::quantile(p));
    return z;
}

std::size_t n_segments(const KnotPattern& pattern) { return static_cast<std::size_t>(pattern.n_segments()); }

/// The pattern of cells that publish all of the table's quantiles; null where their curves are no rows of knots.
const KnotPattern* common_pattern(const CellFacts& facts, PatternCache& patterns) {
    const std::vector<double> z = scores(facts.quantile_p);
    const bool is_increasing = std::adjacent_find(z.begin(), z.end(), std::greater_equal<>()) == z.end();
    if (z.size() < 2 || !is_increasing) return nullptr;
    const KnotPattern& pattern = patterns.get(z, infinity, {facts.lower, facts.upper});
    return pattern.smooth_path ? &pattern : nullptr;
}

std::shared_ptr<const TableKnots> table_knots(const KnotPattern* pattern, const std::vector<double>& p) {
    if (!pattern) return nullptr;
    const std::vector<std::size_t> positions(pattern->facts.begin(), pattern->facts.end());
    return std::make_shared<const TableKnots>(knot_rule(*pattern), positions, p);
}

/// The distributions whose shapes cells borrow.
class Parents {
public:
    Parents(const CellFacts& facts, const ShapePrior& prior)
        : wages_(facts.parent_wages), prior_(prior), n_scores_(static_cast<std::size_t>(prior.z.size()) + 1) {
        if (wages_.size() == n_scores_) of_all_ = shape(wages_);
    }

    [[nodiscard]] bool are_given() const { return !wages_.empty(); }

    /// The parent of a cell, null where it has none.
    [[nodiscard]] std::shared_ptr<const ParentShape> of(std::size_t cell) const {
        if (wages_.size() <= n_scores_) return of_all_;
        return shape(wages_.subspan(cell * n_scores_, n_scores_));
    }

private:
    [[nodiscard]] std::shared_ptr<const ParentShape> shape(std::span<const double> wages) const {
        if (std::isnan(wages.front())) return nullptr;
        return std::make_shared<const ParentShape>(make_parent_shape(wages, prior_));
    }

    std::span<const double> wages_;
    const ShapePrior& prior_;
    std::size_t n_scores_;
    std::shared_ptr<const ParentShape> of_all_;
};

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

/// Plain cells, gathered for the smooth path, which takes many at once.
class Batch {
public:
    static constexpr std::size_t most_cells = 1024;

    Batch(std::size_t n_facts, std::size_t n_borrowed)
        : n_facts_(n_facts),
          n_borrowed_(n_borrowed),
          wages_(most_cells * n_facts),
          borrowed_(most_cells * n_borrowed) {}

    [[nodiscard]] bool is_full() const { return n_ == most_cells; }
    [[nodiscard]] bool is_empty() const { return n_ == 0; }

    /// Room for the wages of the next cell.
    [[nodiscard]] std::span<double> next() { return std::span(wages_).subspan(n_ * n_facts_, n_facts_); }

    /// Room for what it borrows.
    [[nodiscard]] std::span<double> next_borrowed() {
        return std::span(borrowed_).subspan(n_ * n_borrowed_, n_borrowed_);
    }

    /// Takes up the cell whose wages are in next(); its curve goes to `knots`.
    void add(std::size_t cell, double mean, double* knots) {
        cell_[n_] = cell;
        mean_[n_] = mean;
        knots_[n_] = knots;
        ++n_;
    }

    [[nodiscard]] PathCells cells() {
        const double* const borrowed = borrowed_.empty() ? nullptr : borrowed_.data();
        return {n_, wages_.data(), mean_.data(), borrowed, knots_.data(), is_found_.data()};
    }

    /// Calls f(cell, whether its curve is found) for each cell, and forgets them.
    template <class Function>
    void drain(Function&& f) {
        for (std::size_t i = 0; i < n_; ++i) f(cell_[i], is_found_[i]);
        n_ = 0;
    }

private:
    std::size_t n_facts_, n_borrowed_, n_ = 0;
    std::vector<double> wages_;     ///< shape (most_cells, n_facts)
    std::vector<double> borrowed_;  ///< shape (most_cells, n_borrowed)
    std::array<double, most_cells> mean_;
    std::array<std::size_t, most_cells> cell_;
    std::array<double*, most_cells> knots_;
    std::array<bool, most_cells> is_found_;
};

/// The prior of cells without a parent, and of those with one.
struct Priors {
    const ShapePrior &own, &borrowing;
};

/// The cells of one thread. Only it writes their rows and statuses.
class Chunk {
public:
    Chunk(const CellFacts& facts, const Parents& parents, const KnotPattern* pattern, const Priors& priors,
          std::span<double> wages, std::span<Status> status)
        : facts_(facts),
          parents_(parents),
          pattern_(pattern),
          fact_z_(scores(facts.quantile_p)),
          patterns_(priors.own),
          borrowing_patterns_(priors.borrowing),
          wages_(wages),
          status_(status),
          with_mean_(pattern ? pattern->facts.size() : 0, pattern && parents.are_given() ? n_segments(*pattern) : 0),
          alone_(with_mean_) {}

    /// Fits the cells from `begin` to `end`; returns those that are no rows.
    Ensemble::Others fit(std::size_t begin, std::size_t end) {
        for (std::size_t cell = begin; cell < end; ++cell) {
            interruption_point();
            if (!pattern_ || !gather(cell)) fit_by_itself(cell);
            if (with_mean_.is_full()) fit_with_mean();
            if (alone_.is_full()) fit_alone();
        }
        if (!with_mean_.is_empty()) fit_with_mean();
        if (!alone_.is_empty()) fit_alone();
        return std::move(others_);
    }

private:
    [[nodiscard]] std::span<double> row(std::size_t cell) const {
        const std::size_t n = pattern_ ? static_cast<std::size_t>(pattern_->size()) : 0;
        return wages_.subspan(cell * n, n);
    }

    /// Puts a plain cell in its batch; false where the cell is not one.
    [[nodiscard]] bool gather(std::size_t cell) {
        const PlainCells cells(facts_);
        const double mean = cells.mean(cell);
        Batch& batch = std::isnan(mean) ? alone_ : with_mean_;
        if (!cells.read(cell, batch.next()) || !borrow(cell, batch)) return false;
        batch.add(cell, mean, row(cell).data());
        return true;
    }

    /// Writes what a cell borrows; false where it should and has no parent.
    [[nodiscard]] bool borrow(std::size_t cell, Batch& batch) const {
        if (!parents_.are_given()) return true;
        const auto parent = parents_.of(cell);
        if (!parent) return false;
        const std::span<double> wages = batch.next();
        const Cell own{*pattern_, pin({wages.begin(), wages.end()}, open_support), fact_z_, parent.get()};
        const Eigen::VectorXd borrowed = borrowed_slopes(own, &batch == &with_mean_);
        std::ranges::copy(borrowed, batch.next_borrowed().begin());
        return true;
    }

    void fit_with_mean() {
        pattern_->smooth_path->fit(with_mean_.cells());
        with_mean_.drain([&](std::size_t cell, bool is_found) { take(cell, is_found, Status::exact); });
    }

    void fit_alone() {
        pattern_->smooth_path->fit_alone(alone_.cells());
        alone_.drain([&](std::size_t cell, bool is_found) { take(cell, is_found, Status::exact_without_mean); });
    }

    void take(std::size_t cell, bool is_found, Status status) {
        if (is_found)
            status_[cell] = status;
        else
            fit_by_itself(cell);
    }

    void fit_by_itself(std::size_t cell) {
        std::ranges::fill(row(cell), std::numeric_limits<double>::quiet_NaN());
        const auto parent = parents_.of(cell);
        CurveFit fit = parent ? try_fit_curve(facts_[cell], {borrowing_patterns_, parent.get()})
                              : try_fit_curve(facts_[cell], patterns_);
        status_[cell] = fit.status;
        if (fit.status != Status::suppressed && fit.status != Status::invalid) others_.emplace(cell, std::move(fit));
    }

    const CellFacts& facts_;
    const Parents& parents_;
    const KnotPattern* pattern_;
    std::vector<double> fact_z_;  ///< normal scores of the table's quantiles
    PatternCache patterns_, borrowing_patterns_;
    std::span<double> wages_;  ///< shape (n_cells, n_knots)
    std::span<Status> status_;
    Batch with_mean_, alone_;
    Ensemble::Others others_;
};

}  // namespace

Figures CellFacts::operator[](std::size_t cell) const {
    return {published(quantile_p, quantiles, cell),
            published(at_least_p, at_least, cell),
            published(mean, cell),
            published(mean_at_least, cell),
            lower,
            upper};
}

Ensemble fit_cells(const CellFacts& facts, const ShapePrior& prior, int n_threads) {
    const Parents parents(facts, prior);
    const ShapePrior with_parent = borrowing(prior);
    const Priors priors{prior, with_parent};
    PatternCache patterns(parents.are_given() ? with_parent : prior);
    const KnotPattern* const pattern = common_pattern(facts, patterns);
    const std::size_t n_knots = pattern ? static_cast<std::size_t>(pattern->size()) : 0;
    LargeVector wages(facts.n_cells * n_knots);
    std::vector<Status> status(facts.n_cells, Status::suppressed);
    Ensemble::Others others;
    std::mutex merging;
    parallel_for(facts.n_cells, n_threads, [&](std::size_t begin, std::size_t end) {
        Ensemble::Others some = Chunk(facts, parents, pattern, priors, wages, status).fit(begin, end);
        const std::lock_guard lock(merging);
        others.merge(some);
    });
    return {table_knots(pattern, facts.quantile_p), std::move(wages), std::move(status), std::move(others)};
}

}  // namespace wagefit
