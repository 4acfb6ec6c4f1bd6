// Compiled once for each instruction set; see cpp/cmake/Kernels.cmake.
#include "fitting/kernels/smooth_path.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <memory>
#include <utility>

#include "fitting/kernels/compression.hpp"
#include "fitting/kernels/conditioning.hpp"
#include "fitting/kernels/mean_search.hpp"
#include "simd/elementary.hpp"

namespace wagefit {
namespace {

using mean_search::State;

/// A mask, lane by lane.
class LaneFlags {
public:
    WAGEFIT_INLINE explicit LaneFlags(Mask mask) { store(at_, chosen(mask, every<Lanes>(1.0), every<Lanes>(0.0))); }

    [[nodiscard]] bool operator[](std::size_t lane) const { return at_[lane] != 0.0; }

private:
    alignas(64) double at_[lane_count];
};

/// The cells from `first` on in the lanes; the last cell again in lanes left over.
class Group {
public:
    Group(const PathCells& cells, std::size_t first) : cells_(cells), first_(first) {}

    [[nodiscard]] WAGEFIT_INLINE std::size_t cell(std::size_t lane) const {
        return std::min(first_ + lane, cells_.n - 1);
    }
    [[nodiscard]] std::size_t size() const { return std::min(lane_count, cells_.n - first_); }

    WAGEFIT_INLINE void set_wages(std::size_t n_facts, KnotLanes& wages) const {
        for (std::size_t k = 0; k < n_facts; ++k)
            wages.set(k, gathered<Lanes>([&](std::size_t lane) { return cells_.wages[cell(lane) * n_facts + k]; }));
    }

    [[nodiscard]] WAGEFIT_INLINE Lanes mean() const {
        return gathered<Lanes>([&](std::size_t lane) { return cells_.mean[cell(lane)]; });
    }

    /// Writes the wages of the curves `g`, exact at the facts, and whether they rise; they do not where `g` is NaN.
    WAGEFIT_INLINE void write(const SmoothPathTable& path, const GivenLanes& given, const KnotLanes& g) const {
        const std::size_t n = path.knots.n_segments + 1, n_facts = path.facts.size();
        KnotLanes out, facts;
        for (const std::size_t i : path.free) out.set(i, given.reference * elementary::exp(g[i]));
        set_wages(n_facts, facts);
        for (std::size_t k = 0; k < n_facts; ++k) out.set(path.facts[k], facts[k]);
        Mask rises = out[1] > out[0];
        for (std::size_t i = 2; i < n; ++i) rises = rises & (out[i] > out[i - 1]);
        const LaneFlags is_found(rises);
        for (std::size_t lane = 0; lane < size(); ++lane) {
            double* const knots = cells_.knots[first_ + lane];
            for (std::size_t i = 0; i < n; ++i) knots[i] = out.at[i][lane];
            cells_.is_found[first_ + lane] = is_found[lane];
        }
    }

private:
    const PathCells& cells_;
    std::size_t first_;
};

/// Where a cell's search is kept.
struct Place {
    std::size_t group, lane;
};

void set_lane(Lanes& lanes, std::size_t lane, double value) {
    std::memcpy(reinterpret_cast<char*>(&lanes) + lane * sizeof(double), &value, sizeof(double));
}

void copy_lane(const Lanes& from, std::size_t from_lane, Lanes& to, std::size_t to_lane) {
    std::memcpy(reinterpret_cast<char*>(&to) + to_lane * sizeof(double),
                reinterpret_cast<const char*>(&from) + from_lane * sizeof(double), sizeof(double));
}

void copy_lane(const State& from, std::size_t from_lane, State& to, std::size_t to_lane, std::size_t n_knots) {
    for (std::size_t i = 0; i < n_knots; ++i) {
        to.given.g.at[i][to_lane] = from.given.g.at[i][from_lane];
        to.given.least.at[i][to_lane] = from.given.least.at[i][from_lane];
        to.way.at[i][to_lane] = from.way.at[i][from_lane];
    }
    copy_lane(from.given.reference, from_lane, to.given.reference, to_lane);
    copy_lane(from.given.scale, from_lane, to.given.scale, to_lane);
    for (const auto member : {&State::inverse_target, &State::lambda, &State::curvature, &State::slope, &State::moved})
        copy_lane(from.*member, from_lane, to.*member, to_lane);
}

/// The searches of a block of cells, in groups of lanes.
class Searches {
public:
    static constexpr std::size_t most_cells = 256;  // their states stay in the second cache

    /// For blocks of up to `n_cells`, at most `most_cells`.
    Searches(const SmoothPathTable& path, std::size_t n_cells)
        : path_(path), groups_(std::make_unique_for_overwrite<State[]>(n_groups_of(n_cells))) {}

    void run(const PathCells& cells) {
        cells_ = cells;
        n_groups_ = n_groups_of(cells.n);
        for (std::size_t k = 0; k < n_groups_; ++k) begin(k);
        all(&mean_search::set_out, &mean_search::set_out_far);
        all(&mean_search::approach, &mean_search::approach);
        all(&mean_search::settle, &mean_search::settle);
        for (std::size_t k = 0; k < n_groups_; ++k) end(k);
    }

private:
    using Step = Mask (*)(const SmoothPathTable&, State&);

    static std::size_t n_groups_of(std::size_t n_cells) { return (n_cells + lane_count - 1) / lane_count; }

    [[nodiscard]] std::size_t n_knots() const { return path_.knots.n_segments + 1; }

    void begin(std::size_t k) {
        const Group group(cells_, k * lane_count);
        State& state = groups_[k];
        KnotLanes wages;
        group.set_wages(path_.facts.size(), wages);
        condition_around(path_, path_.base, wages, state.given);
        state.inverse_target = state.given.reference / group.mean();
    }

    void end(std::size_t k) {
        KnotLanes g, held;
        mean_search::place(path_, groups_[k], g, held);
        Group(cells_, k * lane_count).write(path_, groups_[k].given, g);
    }

    /// Takes a step with every cell, and with those that it does not finish steps `again`; gives up cells that these do
    /// not bring on.
    void all(Step step, Step again) {
        n_late_ = 0;
        for (std::size_t k = 0; k < n_groups_; ++k) {
            const LaneFlags done(step(path_, groups_[k]));
            for (std::size_t lane = 0; lane < lane_count && k * lane_count + lane < cells_.n; ++lane)
                if (!done[lane]) late_[n_late_++] = {k, lane};
        }
        for (int i = 1; i < mean_search::most_steps && n_late_ > 0; ++i) repeat(again);
        for (const Place& place : std::span(late_).first(n_late_))
            set_lane(groups_[place.group].lambda, place.lane, std::numeric_limits<double>::quiet_NaN());
    }

    /// Takes the step with the late cells, in groups of their own; those that it does not finish stay late.
    void repeat(Step step) {
        const std::size_t n = std::exchange(n_late_, 0);
        for (std::size_t first = 0; first < n; first += lane_count) {
            const std::size_t size = std::min(lane_count, n - first);
            State state;
            for (std::size_t lane = 0; lane < lane_count; ++lane) {
                const Place& place = late_[first + std::min(lane, size - 1)];
                copy_lane(groups_[place.group], place.lane, state, lane, n_knots());
            }
            const LaneFlags done(step(path_, state));
            for (std::size_t lane = 0; lane < size; ++lane) {
                const Place place = late_[first + lane];
                copy_lane(state, lane, groups_[place.group], place.lane, n_knots());
                if (!done[lane]) late_[n_late_++] = place;
            }
        }
    }

    const SmoothPathTable& path_;
    PathCells cells_{};
    std::size_t n_groups_ = 0, n_late_ = 0;
    std::unique_ptr<State[]> groups_;  // up to 200 kilobytes: too much for the stacks of some threads
    std::array<Place, most_cells> late_;
};

/// `n` of the cells, from `first` on.
PathCells part_of(const PathCells& cells, std::size_t first, std::size_t n, std::size_t n_facts) {
    return {n, cells.wages + first * n_facts, cells.mean + first, cells.knots + first, cells.is_found + first};
}

void fit(const SmoothPathTable& path, const PathCells& cells) {
    constexpr std::size_t most = Searches::most_cells;
    Searches searches(path, std::min(cells.n, most));
    for (std::size_t first = 0; first < cells.n; first += most)
        searches.run(part_of(cells, first, std::min(cells.n - first, most), path.facts.size()));
}

void fit_alone(const SmoothPathTable& path, const PathCells& cells) {
    for (std::size_t first = 0; first < cells.n; first += lane_count) {
        const Group group(cells, first);
        KnotLanes wages;
        GivenLanes given;
        group.set_wages(path.facts.size(), wages);
        condition_around(path, path.base_alone, wages, given);
        compress_values(path.compression, given.scale, given.g);
        wagefit::make_increasing(path, given.least, given.g);
        group.write(path, given, given.g);
    }
}

/// What the lanes hold of one cell, the same in all of them.
void set_every(std::span<const double> values, KnotLanes& lanes) {
    for (std::size_t i = 0; i < values.size(); ++i) lanes.set(i, every<Lanes>(values[i]));
}

void condition(const SmoothPathTable& path, std::span<const double> facts, GivenQuantiles& out) {
    KnotLanes wages;
    GivenLanes given;
    set_every(facts, wages);
    condition_around(path, path.base, wages, given);
    for (std::size_t i = 0; i <= path.knots.n_segments; ++i) {
        out.g[i] = given.g.at[i][0];
        out.least[i] = given.least.at[i][0];
    }
    out.reference = first_lane(given.reference);
    out.scale = first_lane(given.scale);
}

void make_increasing(const SmoothPathTable& path, GivenQuantiles& given) {
    const std::size_t n = path.knots.n_segments;
    KnotLanes g, least;
    set_every({given.g.data(), n + 1}, g);
    set_every({given.least.data(), n}, least);
    wagefit::make_increasing(path, least, g);
    for (std::size_t i = 0; i <= n; ++i) given.g[i] = g.at[i][0];
}

void wages(const SmoothPathTable& path, const GivenQuantiles& given, std::span<const double> facts, double* knots) {
    for (const std::size_t i : path.free) knots[i] = given.reference * elementary::exp(given.g[i]);
    for (std::size_t k = 0; k < facts.size(); ++k) knots[path.facts[k]] = facts[k];
}

/// Derivative of the log mean along `pull` at g + lambda pull.
double slope_at(const SmoothPathTable& path, const KnotArray& g, double lambda, const KnotLanes& pull) {
    KnotLanes moved, gradient;
    LogCurve curve;
    for (std::size_t i = 0; i <= path.knots.n_segments; ++i) moved.set(i, g[i] + lambda * pull[i]);
    integrate_all(path, moved, curve);
    set_exact_gradient(path.knots, curve, gradient);
    return first_lane(slope_along(path.knots, gradient, pull));
}

PullRatios pull_ratios(const SmoothPathTable& path, const KnotArray& knots) {
    constexpr double h = 1e-3;  // the central difference is right to about 1e-6
    const std::size_t n = path.knots.n_segments;
    KnotLanes g, gradient, pull;
    LogCurve curve;
    set_every({knots.data(), n + 1}, g);
    integrate_all(path, g, curve);
    set_gradient(path.knots, curve, gradient);
    mean_search::set_pull(path, gradient, every<Lanes>(path.typical_scale), pull);
    const mean_search::Moments linear = mean_search::moments(gradient, pull, n);
    const double curvature = (slope_at(path, knots, h, pull) - slope_at(path, knots, -h, pull)) / (2.0 * h);
    return {slope_at(path, knots, 0.0, pull) / first_lane(linear.slope), curvature / first_lane(linear.curvature)};
}

constexpr SmoothPathKernels smooth_path_kernels{&fit, &fit_alone, &condition, &make_increasing, &wages, &pull_ratios};

}  // namespace

const SmoothPathKernels SmoothPathKernels::WAGEFIT_INSTRUCTION_SET = smooth_path_kernels;

}  // namespace wagefit
