#include "fitting/log_slopes.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "fitting/borrowed_slopes.hpp"
#include "fitting/log_quantiles.hpp"
#include "fitting/mean_gradient.hpp"
#include "fitting/skew.hpp"
#include "fitting/slope_steps.hpp"
#include "fitting/smooth_path_table.hpp"
#include "linear_algebra/cholesky.hpp"
#include "linear_algebra/products.hpp"
#include "wagefit/distributions/operations.hpp"

namespace wagefit {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr int most_slope_steps = 240;  // common cells take six, those with means near the least feasible many

/// The segments between two neighboring facts that are not tied.
struct Interval {
    Index begin, count;
    double log_rise;
};

std::vector<Interval> rising_intervals(const Cell& cell) {
    std::vector<Interval> out;
    const auto& facts = cell.pattern.facts;
    for (std::size_t i = 1; i < facts.size(); ++i) {
        const double rise = std::log(cell.pinned.wages[i] / cell.pinned.wages[i - 1]);
        if (rise > 0.0) out.push_back({facts[i - 1], facts[i] - facts[i - 1], std::log(rise)});
    }
    return out;
}

VectorXd rises(const KnotPattern& pattern, const VectorXd& slopes) {
    return pattern.step.array() * slopes.array().exp();
}

/// What the log of each segment's interval exceeds that of the prior mean by; beyond the facts, of the nearest
/// interval.
VectorXd excesses(const Cell& cell, const std::vector<Interval>& intervals, const VectorXd& prior) {
    VectorXd out = VectorXd::Zero(prior.size());
    const VectorXd rise = rises(cell.pattern, prior);
    for (std::size_t k = 0; k < intervals.size(); ++k) {
        const Interval& each = intervals[k];
        const Index begin = k == 0 ? 0 : each.begin;
        const double excess = each.log_rise - std::log(rise.segment(each.begin, each.count).sum());
        out.tail(out.size() - begin).setConstant(excess);
    }
    return out;
}

skew::Skew<double> skew_of(const Cell& cell, const VectorXd& excesses) {
    const double scale = scale_of(cell) / cell.pattern.typical_scale;
    const Index n = excesses.size();
    return skew::skew_of(cell.pattern.tails, scale, n > 0 ? excesses[0] : 0.0, n > 0 ? excesses[n - 1] : 0.0);
}

VectorXd least_departures(const Cell& cell, const skew::Skew<double>& skew, const VectorXd& excesses) {
    VectorXd out(excesses.size());
    for (Index i = 0; i < out.size(); ++i)
        out[i] = skew::least(cell.pattern.tails, skew, static_cast<std::size_t>(i), excesses[i]);
    return out;
}

/// Log slopes of the segments that depart by `u` from their prior mean.
VectorXd log_slopes(const Cell& cell, const skew::Skew<double>& skew, const VectorXd& prior, const VectorXd& u) {
    VectorXd out(prior.size());
    skew::pass(cell.pattern.tails, skew, u.data(), [&](std::size_t i, double departure) {
        out[static_cast<Index>(i)] = prior[static_cast<Index>(i)] + departure;
    });
    return out;
}

/// What is left of the constraints, and their Jacobian in the departures: a row for each interval and, last, one for
/// the mean.
struct Constraints {
    VectorXd rest;
    MatrixXd jacobian;
};

/// Derivatives of the log mean in the departures `u`.
VectorXd mean_row(const Cell& cell, const skew::Skew<double>& skew, const VectorXd& u, const VectorXd& g,
                  const Curve& curve) {
    const VectorXd of_slopes = log_mean_gradient(cell, g, curve);
    VectorXd out = of_slopes;
    skew::pull_back(cell.pattern.tails, skew, u.data(), of_slopes.data(),
                    [&](std::size_t i, double value) { out[static_cast<Index>(i)] = value; });
    return out;
}

Constraints constraints(const Cell& cell, const std::vector<Interval>& intervals, const VectorXd& slopes) {
    const auto m = static_cast<Index>(intervals.size());
    Constraints out{VectorXd(m), MatrixXd::Zero(m, slopes.size())};
    const VectorXd rise = rises(cell.pattern, slopes);
    for (Index k = 0; k < m; ++k) {
        const Interval& each = intervals[static_cast<std::size_t>(k)];
        const auto within = rise.segment(each.begin, each.count);
        const double sum = within.sum();
        out.rest[k] = each.log_rise - std::log(sum);
        out.jacobian.row(k).segment(each.begin, each.count) = within.transpose() / sum;
    }
    return out;
}

void add_mean(Constraints& of, double rest, const VectorXd& row) {
    const Index m = of.rest.size();
    of.rest.conservativeResize(m + 1);
    of.jacobian.conservativeResize(m + 1, row.size());
    of.rest[m] = rest;
    of.jacobian.row(m) = row.transpose();
}

/// K J' (J K J')^-1 right, and the square of its length in the prior's metric.
struct Pull {
    VectorXd departures;
    double distance;
};

Pull pull(const MatrixXd& covariance, const MatrixXd& jacobian, const VectorXd& right) {
    if (right.size() == 0) return {VectorXd::Zero(covariance.rows()), 0.0};
    const MatrixXd columns = linear_algebra::product_with_transpose(covariance, jacobian);
    const VectorXd multipliers = linear_algebra::solve_symmetric(linear_algebra::product(jacobian, columns), right);
    return {columns * multipliers, multipliers.dot(right)};
}

/// One search for the most plausible departures.
class SlopeSearch {
public:
    SlopeSearch(const Cell& cell, const VectorXd& center, std::optional<double> mean)
        : cell_(cell),
          prior_(prior_slopes(cell, mean.has_value())),
          center_(center),
          mean_(mean),
          intervals_(rising_intervals(cell)),
          u_(center) {
        const VectorXd beside = excesses(cell, intervals_, prior_);
        skew_ = skew_of(cell, beside);
        least_ = least_departures(cell, skew_, beside);
    }

    PlausibleSlopes run() {
        for (int i = 0; i < most_slope_steps; ++i) {
            const Constraints at = constraints_here();
            if (is_met(at)) return {u_, curve_, true, pulled(at).distance};
            if (!std::isfinite(at.rest.sum())) break;
            n_near_ += mean_ && at.rest.cwiseAbs().maxCoeff() <= slope_steps::near ? 1 : 0;
            step(at, n_near_ > 1 ? 0.0 : slope_steps::freedom(i));
        }
        return {u_, curve_, false, 0.0};
    }

private:
    [[nodiscard]] Constraints constraints_here() {
        const VectorXd slopes = log_slopes(cell_, skew_, prior_, u_), g = log_wages(cell_, slopes);
        curve_ = std::make_shared<const Curve>(curve_knots(cell_.pattern, g, cell_.pinned, scale_of(cell_)),
                                               cell_.pinned.support);
        Constraints at = constraints(cell_, intervals_, slopes);
        if (mean_) add_mean(at, std::log(*mean_ / mean(*curve_)), mean_row(cell_, skew_, u_, g, *curve_));
        return at;
    }

    [[nodiscard]] bool is_met(const Constraints& at) const {
        const auto m = static_cast<Index>(intervals_.size());
        const bool is_plausible = m == 0 || at.rest.head(m).cwiseAbs().maxCoeff() <= slope_steps::plausible;
        return is_plausible && (!mean_ || std::abs(at.rest[m]) <= met);
    }

    [[nodiscard]] Pull pulled(const Constraints& at) const {
        return pull(cell_.pattern.covariance, at.jacobian, at.rest + at.jacobian * (u_ - center_));
    }

    /// To the constraints by the shortest way, and from there the part `freedom` of the way to the most plausible of
    /// all that meet them.
    void step(const Constraints& at, double freedom) {
        const VectorXd back = freedom * (center_ - u_);
        VectorXd step = back + pull(cell_.pattern.covariance, at.jacobian, at.rest - at.jacobian * back).departures;
        const double longest = step.size() > 0 ? step.cwiseAbs().maxCoeff() : 0.0;
        if (longest > slope_steps::longest) step *= slope_steps::longest / longest;
        for (Index i = 0; i < u_.size(); ++i) u_[i] = skew::bounded(u_[i] + step[i], least_[i], prior_[i]);
    }

    static constexpr double met = 2e-13;  // of the log mean

    const Cell& cell_;
    VectorXd prior_;
    const VectorXd& center_;
    std::optional<double> mean_;
    std::vector<Interval> intervals_;
    skew::Skew<double> skew_{};
    VectorXd least_, u_;
    std::shared_ptr<const Curve> curve_;
    int n_near_ = 0;  // steps taken near the answer
};

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

VectorXd prior_slopes(const Cell& cell, bool has_mean) {
    const double scale = scale_of(cell);
    const double feature = std::clamp(std::log(scale / cell.pattern.typical_scale), -1.0, 1.0);
    const VectorXd& base = has_mean ? cell.pattern.base : cell.pattern.base_alone;
    VectorXd out = (base + feature * cell.pattern.base_by_scale).array() + std::log(scale);
    if (cell.parent) out += borrowed_slopes(cell, has_mean);
    return out;
}

VectorXd log_wages(const Cell& cell, const VectorXd& slopes) {
    const auto& facts = cell.pattern.facts;
    const VectorXd rise = rises(cell.pattern, slopes), &logs = cell.pinned.logs;
    VectorXd g(cell.pattern.size());
    for (std::size_t k = 0; k < facts.size(); ++k) g[facts[k]] = logs[static_cast<Index>(k)];
    for (Index i = facts.front(); i-- > 0;) g[i] = g[i + 1] - rise[i];
    for (Index i = facts.back(); i < rise.size(); ++i) g[i + 1] = g[i] + rise[i];
    for (std::size_t k = 1; k < facts.size(); ++k) {
        const Index begin = facts[k - 1], end = facts[k];
        const double factor = (g[end] - g[begin]) / rise.segment(begin, end - begin).sum();
        for (Index i = begin; i + 1 < end; ++i) g[i + 1] = g[i] + factor * rise[i];
    }
    return g;
}

PlausibleSlopes most_plausible(const Cell& cell, const VectorXd& center, std::optional<double> mean) {
    return SlopeSearch(cell, center, mean).run();
}

VectorXd given_facts(const Cell& cell, const PlausibleSlopes& at, bool has_mean, const VectorXd& deviation) {
    const std::vector<Interval> intervals = rising_intervals(cell);
    const VectorXd prior = prior_slopes(cell, has_mean);
    const skew::Skew<double> skew = skew_of(cell, excesses(cell, intervals, prior));
    const VectorXd slopes = log_slopes(cell, skew, prior, at.departures);
    Constraints here = constraints(cell, intervals, slopes);
    if (has_mean) add_mean(here, 0.0, mean_row(cell, skew, at.departures, log_wages(cell, slopes), *at.curve));
    return deviation - pull(cell.pattern.covariance, here.jacobian, here.jacobian * deviation).departures;
}

}  // namespace wagefit
