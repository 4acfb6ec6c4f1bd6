#include "fitting/cell_equations.hpp"

#include <algorithm>
#include <cmath>

#include "fitting/borrowed_slopes.hpp"
#include "fitting/log_curve.hpp"
#include "fitting/smooth_path_table.hpp"

namespace wagefit {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using slope_equations::FactRises;

FactRises<SlopeValues> fact_rises(const PinnedFacts& pinned) {
    const auto& wages = pinned.wages;
    FactRises<SlopeValues> out{SlopeValues(pinned.logs), SlopeValues(wages.size()), SlopeValues(wages.size())};
    for (std::size_t k = 0; k + 1 < wages.size(); ++k) {
        out.run.set(k, elementary::log_ratio(wages[k + 1], wages[k]));
        out.target.set(k, std::log(out.run[k]));
    }
    return out;
}

std::vector<std::size_t> rising_intervals(const FactRises<SlopeValues>& facts, std::size_t n_facts) {
    std::vector<std::size_t> out;
    for (std::size_t k = 0; k + 1 < n_facts; ++k)
        if (facts.run[k] > 0.0) out.push_back(k);
    return out;
}

/// Weights of the chords after the knots in the slopes there: a slope beside a tie is that of the other chord.
VectorXd weights_after(const KnotPattern& pattern, const FactRises<SlopeValues>& facts) {
    VectorXd out = VectorXd::Zero(pattern.size());
    for (Index i = 1; i < pattern.n_segments(); ++i)
        out[i] = pattern.step[i - 1] / (pattern.step[i - 1] + pattern.step[i]);
    for (std::size_t k = 0; k + 1 < pattern.facts.size(); ++k) {
        if (facts.run[k] > 0.0) continue;
        out[static_cast<Index>(pattern.facts[k])] = 0.0;
        out[static_cast<Index>(pattern.facts[k + 1])] = 1.0;
    }
    return out;
}

VectorXd prior_slopes(const Cell& cell, bool has_mean) {
    const double scale = scale_of(cell);
    const double feature = std::clamp(std::log(scale / cell.pattern.typical_scale), -1.0, 1.0);
    const VectorXd& base = has_mean ? cell.pattern.base : cell.pattern.base_alone;
    VectorXd out = (base + feature * cell.pattern.base_by_scale).array() + std::log(scale);
    if (cell.parent) out += borrowed_slopes(cell, has_mean);
    return out;
}

slope_equations::PriorSlopes<SlopeValues> around(VectorXd mean, const SkewedTails& tails) {
    const SlopeValues none(static_cast<std::size_t>(mean.size()));
    return {SlopeValues(std::move(mean)), none, tails, {}};
}

CellEquations::Constraints room_for(const KnotPattern& pattern) {
    const auto n = static_cast<std::size_t>(pattern.n_segments());
    const SlopeValues none(n);
    return {none, SlopeValues(n + 1), none, SlopeValues(pattern.facts.size()), none, 0.0};
}

}  // namespace

double scale_of(const Cell& cell) {
    const auto& [wages, reference, logs, support] = cell.pinned;
    const double typical = cell.pattern.typical_scale;
    if (wages.size() < 2) {
        if (std::isinf(support.upper)) return typical;
        constexpr double like_uniform = 0.514;  // so that the middle half of the support holds half of all people
        return std::min(typical, like_uniform * (support.upper - support.lower) / wages[0]);
    }
    const double chord = (logs[logs.size() - 1] - logs[0]) / (cell.fact_z.back() - cell.fact_z.front());
    return typical * std::pow(std::max(chord, least_scale) / typical, cell.pattern.scale_weight);
}

CellEquations::CellEquations(const Cell& cell, bool has_mean)
    : cell_(cell),
      facts_(fact_rises(cell.pinned)),
      prior_(around(prior_slopes(cell, has_mean), has_mean ? cell.pattern.tails : cell.pattern.tails_alone)) {
    rising_ = rising_intervals(facts_, cell.pattern.facts.size());
    weight_after_ = weights_after(cell.pattern, facts_);
    slope_equations::set_skew(path(), scale_of(cell) / cell.pattern.typical_scale, excesses(), prior_);
}

SegmentPath CellEquations::path() const noexcept {
    const KnotPattern& pattern = cell_.pattern;
    return {static_cast<std::size_t>(pattern.n_segments()),
            pattern.step.data(),
            pattern.inverse_step.data(),
            weight_after_.data(),
            pattern.upper_tail_ratio,
            pattern.facts};
}

/// Of ties, those of the nearest interval below, or of the first.
SlopeValues CellEquations::excesses() const {
    SlopeValues out(std::max<std::size_t>(cell_.pattern.facts.size() - 1, 1));
    for (std::size_t r = 0; r < rising_.size(); ++r) {
        const double excess = slope_equations::excess(path(), prior_.mean, facts_, rising_[r]);
        const Index begin = r == 0 ? 0 : static_cast<Index>(rising_[r]);
        out.at.tail(out.at.size() - begin).setConstant(excess);
    }
    return out;
}

CellEquations::Constraints CellEquations::at(const SlopeValues& departures) const {
    Constraints out = room_for(cell_.pattern);
    slope_equations::set_curve(path(), prior_, departures, facts_, out);
    return out;
}

void CellEquations::set_mean_row(const SlopeValues& departures, const Curve& curve, Constraints& at) const {
    if (cell_.pattern.n_segments() == 0) return;
    SlopeValues gradient(static_cast<std::size_t>(cell_.pattern.size()));
    mean_gradient::set_knot_gradient(path(), log_curve(cell_, at.g, curve), gradient);
    slope_equations::set_mean_row(path(), prior_, departures, gradient, at);
}

MatrixXd CellEquations::jacobian(const Constraints& at) const {
    MatrixXd out = MatrixXd::Zero(static_cast<Index>(rising_.size()), cell_.pattern.n_segments());
    for (std::size_t r = 0; r < rising_.size(); ++r) {
        const auto begin = static_cast<Index>(cell_.pattern.facts[rising_[r]]),
                   end = static_cast<Index>(cell_.pattern.facts[rising_[r] + 1]);
        out.row(static_cast<Index>(r)).segment(begin, end - begin) = at.share.at.segment(begin, end - begin);
    }
    return out;
}

VectorXd CellEquations::rest(const Constraints& at) const {
    VectorXd out(static_cast<Index>(rising_.size()));
    for (std::size_t r = 0; r < rising_.size(); ++r) out[static_cast<Index>(r)] = at.rest[rising_[r]];
    return out;
}

double CellEquations::bounded(double u, std::size_t i) const {
    return skew::bounded(u, prior_.least[i], prior_.mean[i]);
}

}  // namespace wagefit
