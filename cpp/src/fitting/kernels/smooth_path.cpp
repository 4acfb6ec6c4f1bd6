// Compiled once for each instruction set; see cpp/cmake/Kernels.cmake.
#include "fitting/kernels/smooth_path.hpp"

#include <algorithm>

#include "fitting/kernels/log_slopes.hpp"
#include "simd/elementary.hpp"

namespace wagefit {
namespace {

using log_slopes::State;

constexpr int most_steps = 24;  // of each phase; common cells take two or three

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

    WAGEFIT_INLINE void add_borrowed(std::size_t n_segments, KnotLanes& prior) const {
        if (!cells_.borrowed) return;
        for (std::size_t i = 0; i < n_segments; ++i)
            prior.set(i, prior[i] + gathered<Lanes>([&](std::size_t lane) {
                             return cells_.borrowed[cell(lane) * n_segments + i];
                         }));
    }

    [[nodiscard]] WAGEFIT_INLINE Lanes mean() const {
        return gathered<Lanes>([&](std::size_t lane) { return cells_.mean[cell(lane)]; });
    }

    /// Writes the wages of the curves, exact at the facts, and whether they are found, rise and have logs of
    /// their ratios.
    WAGEFIT_INLINE void write(const SmoothPathTable& path, const State& state) const {
        const std::size_t n = path.knots.n_segments + 1, n_facts = path.facts.size();
        log_slopes::Constraints at;
        log_slopes::set_curve(path, state, at);
        KnotLanes out, facts;
        for (std::size_t i = 0; i < n; ++i) out.set(i, state.reference * elementary::exp(at.g[i]));
        set_wages(n_facts, facts);
        for (std::size_t k = 0; k < n_facts; ++k) out.set(path.facts[k], facts[k]);
        Mask rises =
            state.is_done & (out[0] >= elementary::least_of_ratio) & (out[n - 1] <= elementary::largest_of_ratio);
        for (std::size_t i = 1; i < n; ++i) rises = rises & (out[i] > out[i - 1]);
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

/// Repeats a step until all lanes are done.
template <class Step>
WAGEFIT_INLINE void repeat(const SmoothPathTable& path, State& state, Step&& step) {
    for (int i = 0; i < most_steps && any(!state.is_done); ++i) {
        state.freedom = chosen(state.is_done, state.freedom, every<Lanes>(slope_steps::freedom(i)));
        step(path, state);
    }
}

/// The group's cells before their first step, at the prior mean `base`.
WAGEFIT_INLINE void begin(const SmoothPathTable& path, const KnotArray& base, const SkewedTails& tails,
                          const Group& group, State& state) {
    KnotLanes wages;
    group.set_wages(path.facts.size(), wages);
    log_slopes::begin(path, base, wages, state);
    state.prior.tails = tails;
    group.add_borrowed(path.knots.n_segments, state.prior.mean);
    log_slopes::set_skew(path, state);
}

void fit(const SmoothPathTable& path, const PathCells& cells) {
    for (std::size_t first = 0; first < cells.n; first += lane_count) {
        const Group group(cells, first);
        State state;
        begin(path, path.base, path.tails, group, state);
        state.mean = group.mean() / state.reference;
        repeat(path, state, &log_slopes::step_near);
        log_slopes::turn(path, state);
        repeat(path, state, &log_slopes::settle);
        group.write(path, state);
    }
}

void fit_alone(const SmoothPathTable& path, const PathCells& cells) {
    for (std::size_t first = 0; first < cells.n; first += lane_count) {
        const Group group(cells, first);
        State state;
        begin(path, path.base_alone, path.tails_alone, group, state);
        repeat(path, state, &log_slopes::step_alone);
        group.write(path, state);
    }
}

constexpr SmoothPathKernels smooth_path_kernels{&fit, &fit_alone};

}  // namespace

const SmoothPathKernels SmoothPathKernels::WAGEFIT_INSTRUCTION_SET = smooth_path_kernels;

}  // namespace wagefit
