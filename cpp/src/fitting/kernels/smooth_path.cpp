// Compiled once for each instruction set; see cpp/cmake/Kernels.cmake.
#include "wagefit/fitting/kernels/smooth_path.hpp"

#include <algorithm>
#include <cmath>

#include "wagefit/fitting/kernels/log_curve.hpp"
#include "wagefit/numerics/elementary.hpp"

namespace wagefit {
namespace {

/// Whether no increment of `g` is below the least.
WAGEFIT_INLINE bool is_increasing(std::size_t n, const Row& g, const KnotArray& least) {
    Lanes lowest = every<Lanes>(0.0);
    for_lanes(n, [&](std::size_t i) {
        const Lanes spare = (loaded<Lanes>(&g.at[i + 1]) - load(g, i)) - loaded<Lanes>(&least[i]);
        lowest = spare < lowest ? spare : lowest;
    });
    alignas(64) double parts[lane_count];
    store(parts, lowest);
    bool is_low = false;
    for (const double part : parts) is_low |= part < 0.0;
    return !is_low;
}

/// The increments of `g` from `a` to `b` raised to the least ones, their sum kept.
void spread(const KnotArray& least, std::size_t a, std::size_t b, Row& g) {
    double lowest = 0.0, excess = 0.0;
    for (std::size_t i = a; i < b; ++i) {
        lowest += least[i];
        excess += std::max(g[i + 1] - g[i] - least[i], 0.0);
    }
    const double ratio = (g[b] - g[a] - lowest) / excess;
    double before = g[a];
    for (std::size_t i = a; i + 1 < b; ++i) {
        const double increment = least[i] + std::max(g[i + 1] - before - least[i], 0.0) * ratio;
        before = g[i + 1];
        g[i + 1] = g[i] + increment;
    }
}

/// `g` made increasing without moving a fact: see made_monotone.
void hold_back(const SmoothPathTable& path, const KnotArray& least, Row& g) {
    const std::size_t first = path.facts.front(), last = path.facts.back(), n = path.knots.n_segments;
    Row increment;
    for (std::size_t i = 0; i < n; ++i) increment[i] = g[i + 1] - g[i];
    for (std::size_t k = 1; k < path.facts.size(); ++k) {
        const std::size_t a = path.facts[k - 1], b = path.facts[k];
        bool is_low = false;
        for (std::size_t i = a; i < b; ++i) is_low = is_low || increment[i] < least[i];
        if (is_low) spread(least, a, b, g);
    }
    for (std::size_t i = first; i-- > 0;) g[i] = g[i + 1] - std::max(increment[i], least[i]);
    for (std::size_t i = last; i < n; ++i) g[i + 1] = g[i] + std::max(increment[i], least[i]);
}

/// The covariance with the log mean, its largest entry as large as the scale.
WAGEFIT_INLINE void pull_direction(const SmoothPathTable& path, const Row& gradient, double scale, Row& u) {
    const std::size_t n = path.knots.n_segments + 1;
    u.at.fill(0.0);
    for (const std::size_t j : path.free) {
        const KnotArray& column = path.covariance[j];
        const auto weight = every<Lanes>(gradient[j]);
        for (std::size_t i = 0; i < n; i += lane_count) store(&u[i], load(u, i) + loaded<Lanes>(&column[i]) * weight);
    }
    Lanes most = every<Lanes>(0.0);
    for (std::size_t i = 0; i < n; i += lane_count) {
        const Lanes size = load(u, i) < 0.0 ? -load(u, i) : load(u, i);
        most = size > most ? size : most;
    }
    alignas(64) double parts[lane_count];
    store(parts, most);
    double largest = 0.0;
    for (const double part : parts) largest = std::max(largest, part);
    const double factor = scale / largest;
    for (std::size_t i = 0; i < n; i += lane_count) store(&u[i], load(u, i) * factor);
}

/// g = from + lambda u.
WAGEFIT_INLINE void move(const Row& from, double lambda, const Row& u, std::size_t n, Row& g) {
    for_lanes(n + 1, [&](std::size_t i) { store(&g[i], load(from, i) + lambda * load(u, i)); });
    pad(n, g);
}

/// First and second moments of a direction under the gradient.
struct Moments {
    double slope, curvature;
};

WAGEFIT_INLINE Moments moments(const Row& gradient, const Row& u, std::size_t n) {
    double first = 0.0, second = 0.0;
    for (std::size_t i = 0; i <= n; ++i) {
        const double part = gradient[i] * u[i];
        first += part;
        second += part * u[i];
    }
    return {first, second - first * first};
}

/// The step to the root of `excess` + slope x + curvature x^2 / 2, to third order.
WAGEFIT_INLINE double step(double excess, double slope, double curvature) {
    const double newton = -excess / slope;
    return newton - 0.5 * curvature / slope * newton * newton;
}

/// The curves g + lambda u, held back where they would fall.
struct Line {
    const SmoothPathTable& path;
    const KnotArray& least;
    Row start;

    /// Places `g` at lambda; returns the direction in which it moves there, `u` or what is left of it in `held`.
    WAGEFIT_INLINE const Row& place(double lambda, const Row& u, Row& g, Row& held) const {
        const std::size_t n = path.knots.n_segments;
        move(start, lambda, u, n, g);
        if (is_increasing(n, g, least)) return u;
        place_held(lambda, u, g, held);
        return held;
    }

    void place_held(double lambda, const Row& u, Row& g, Row& held) const {
        constexpr double h = 1e-6;  // the difference quotient is right to about 1e-6
        const std::size_t n = path.knots.n_segments;
        hold_back(path, least, g);
        pad(n, g);
        move(start, lambda + h, u, n, held);
        hold_back(path, least, held);
        for (std::size_t i = 0; i < held.at.size(); ++i) held[i] = i <= n ? (held[i] - g[i]) / h : 0.0;
    }
};

/// Three integrals meet most means: a rough one gives the pull and a first step, a better one the pull where the mean
/// is nearly met, an exact one the last step. Steps with the second derivative err by about the excess squared.
class MeanSearch {
public:
    MeanSearch(const SmoothPathTable& path, double target, const GivenQuantiles& given)
        : path_(path), inverse_target_(1.0 / target), scale_(given.scale), line_{path, given.least, {given.g}} {}

    [[nodiscard]] bool run() { return set_out() && approach() && turn() && settle(); }

    [[nodiscard]] const KnotArray& knots() const { return g_.at; }

private:
    static constexpr double farthest = 8.0;    // scales; the general search looks further
    static constexpr double far = 0.03;        // of the log mean: a long way takes a better pull
    static constexpr double near = 3e-4;       // of the log mean: what is left is made up to first order
    static constexpr double settled = 1.5e-7;  // of the log mean: the step from there errs by 1e-13

    [[nodiscard]] std::size_t last() const { return path_.knots.n_segments; }
    [[nodiscard]] double excess() const { return log_near_one(curve_.total * inverse_target_); }

    /// Finds the pull without the mean and goes along it.
    WAGEFIT_INLINE bool set_out() {
        line_.place(0.0, line_.start, g_, held_);
        integrate_few(path_, g_, curve_);
        if (!(std::abs(excess()) <= far)) integrate_some(path_, g_, curve_);
        set_gradient(path_.knots, curve_, gradient_);
        pull_direction(path_, gradient_, scale_, first_);
        const Moments along = moments(gradient_, first_, last());
        curvature_ = along.curvature;
        lambda_ = step(excess(), along.slope * path_.slope_ratio, curvature_);
        return along.slope > 0.0 && std::abs(lambda_) < farthest;
    }

    /// Nearly meets the mean on that line.
    WAGEFIT_INLINE bool approach() {
        for (int i = 0; i < 8 && std::abs(lambda_) < farthest; ++i) {
            const Row& way = line_.place(lambda_, first_, g_, held_);
            integrate_some(path_, g_, curve_);
            if (std::abs(excess()) <= near) return true;
            const double slope = slope_along(path_.knots, curve_, way);
            if (!(slope > 0.0)) return false;
            lambda_ += step(excess(), slope, curvature_);
        }
        return false;
    }

    /// Finds the pull where that line meets the mean and the place on the line of this pull that has the mean wanted.
    WAGEFIT_INLINE bool turn() {
        const double before = slope_along(path_.knots, curve_, first_);
        const double rest = step(excess(), before, curvature_);
        set_gradient(path_.knots, curve_, gradient_);
        for_lanes(last() + 1,
                  [&](std::size_t i) { store(&gradient_[i], load(gradient_, i) * (1.0 + rest * load(first_, i))); });
        pull_direction(path_, gradient_, scale_, u_);
        const double slope = slope_along(path_.knots, curve_, u_);
        const double to = (lambda_ * before - excess()) / slope;
        for_lanes(last() + 1, [&](std::size_t i) { store(&held_[i], to * load(u_, i) - lambda_ * load(first_, i)); });
        lambda_ = to - 0.5 * moments(gradient_, held_, last()).curvature / slope;
        curvature_ = moments(gradient_, u_, last()).curvature;
        return slope > 0.0;
    }

    WAGEFIT_INLINE bool settle() {
        double slope_before = 0.0, moved = 0.0;
        for (int i = 0; i < 8 && std::abs(lambda_) < farthest; ++i) {
            const Row& way = line_.place(lambda_, u_, g_, held_);
            if (!integrate_all(path_, g_, curve_)) return false;
            const double slope = slope_along(path_.knots, curve_, way);
            if (!(slope > 0.0)) return false;
            if (i > 0) curvature_ = (slope - slope_before) / moved;
            slope_before = slope;
            moved = step(excess(), slope, curvature_);
            lambda_ += moved;
            if (!(std::abs(excess()) <= settled)) continue;
            line_.place(lambda_, u_, g_, held_);
            return true;
        }
        return false;
    }

    const SmoothPathTable& path_;
    double inverse_target_, scale_;
    Line line_;
    Row g_, held_, first_, u_, gradient_;
    LogCurve curve_;
    double lambda_ = 0.0, curvature_ = 0.0;
};

bool meet_mean(const SmoothPathTable& path, double target, GivenQuantiles& given) {
    MeanSearch search(path, target, given);
    if (!search.run()) return false;
    given.g = search.knots();
    return true;
}

void make_increasing(const SmoothPathTable& path, GivenQuantiles& given) {
    Row g{given.g};
    pad(path.knots.n_segments, g);
    if (is_increasing(path.knots.n_segments, g, given.least)) return;
    hold_back(path, given.least, g);
    given.g = g.at;
}

double slope_ratio(const SmoothPathTable& path, const KnotArray& knots) {
    const std::size_t n = path.knots.n_segments;
    Row g{knots}, gradient, u;
    LogCurve curve;
    pad(n, g);
    integrate_some(path, g, curve);
    set_gradient(path.knots, curve, gradient);
    pull_direction(path, gradient, path.typical_scale, u);
    return slope_along(path.knots, curve, u) / moments(gradient, u, n).slope;
}

/// Logs of the facts over the reference.
WAGEFIT_INLINE void set_logs(std::span<const double> wages, double reference, Row& logs) {
    const std::size_t n = wages.size();
    for (std::size_t k = 0; k < whole_blocks(n); ++k) logs[k] = k < n ? wages[k] / reference : 1.0;
    for_lanes(n, [&](std::size_t k) { store(&logs[k], elementary::log(load(logs, k))); });
}

/// Least increments: a part of the chord's between facts, of the scale's beyond them.
WAGEFIT_INLINE void set_least(const SmoothPathTable& path, const Row& logs, GivenQuantiles& given) {
    const KnotTable& table = path.knots;
    const std::vector<std::size_t>& facts = path.facts;
    const auto set = [&](std::size_t from, std::size_t to, double slope) {
        for (std::size_t i = from; i < to; ++i) given.least[i] = least_increment * slope * table.step[i];
    };
    set(0, facts.front(), given.scale);
    for (std::size_t k = 1; k < facts.size(); ++k)
        set(facts[k - 1], facts[k], (logs[k] - logs[k - 1]) * path.inverse_run[k - 1]);
    set(facts.back(), table.n_segments, given.scale);
    for (std::size_t i = table.n_segments; i < whole_blocks(table.n_segments); ++i) given.least[i] = 0.0;
}

/// The prior mean `shape` at the scale, moved by the facts' deviations from it.
WAGEFIT_INLINE void set_conditional(const SmoothPathTable& path, const KnotArray& shape, const Row& logs,
                                    double mean_log, GivenQuantiles& given) {
    const std::size_t n = path.knots.n_segments, n_facts = path.facts.size();
    const double feature = std::clamp(elementary::log(given.scale / path.typical_scale), -1.0, 1.0);
    Row base, deviation;
    for_lanes(n + 1, [&](std::size_t i) {
        store(&base[i], given.scale * (loaded<Lanes>(&shape[i]) + feature * loaded<Lanes>(&path.base_by_scale[i])));
    });
    double level = mean_log;
    for (const std::size_t fact : path.facts) level -= base[fact] / static_cast<double>(n_facts);
    for (std::size_t k = 0; k < n_facts; ++k) deviation[k] = logs[k] - (base[path.facts[k]] + level);
    for_lanes(n + 1, [&](std::size_t i) {
        Lanes sum = load(base, i) + level;
        for (std::size_t k = 0; k < n_facts; ++k) sum += loaded<Lanes>(&path.kriging[k][i]) * deviation[k];
        store(&given.g[i], sum);
    });
    for (std::size_t k = 0; k < n_facts; ++k) given.g[path.facts[k]] = logs[k];
}

/// Conditions the prior with mean `shape` on the facts' wages.
WAGEFIT_INLINE void condition_around(const SmoothPathTable& path, const KnotArray& shape, std::span<const double> wages,
                                     GivenQuantiles& given) {
    const std::size_t n_facts = path.facts.size();
    given.reference = wages[n_facts / 2];
    Row logs;
    set_logs(wages, given.reference, logs);
    double mean = 0.0, slope = 0.0;
    for (std::size_t k = 0; k < n_facts; ++k) {
        mean += logs[k] / static_cast<double>(n_facts);
        slope += path.line[k] * logs[k];
    }
    given.scale = std::max(slope, least_scale);
    set_conditional(path, shape, logs, mean, given);
    set_least(path, logs, given);
}

void condition(const SmoothPathTable& path, std::span<const double> wages, GivenQuantiles& given) {
    condition_around(path, path.base, wages, given);
}

void condition_alone(const SmoothPathTable& path, std::span<const double> wages, GivenQuantiles& given) {
    condition_around(path, path.base_alone, wages, given);
}

void wages(const SmoothPathTable& path, const GivenQuantiles& given, std::span<const double> facts, double* knots) {
    const std::size_t n = path.knots.n_segments + 1;
    Row out;
    for (std::size_t i = 0; i < n; i += lane_count)
        store(&out[i], given.reference * elementary::exp(loaded<Lanes>(&given.g[i])));
    std::copy_n(out.at.begin(), n, knots);
    for (std::size_t k = 0; k < facts.size(); ++k) knots[path.facts[k]] = facts[k];
}

}  // namespace

const SmoothPathKernels WAGEFIT_OF_THIS_SET(smooth_path_kernels){&condition, &condition_alone, &make_increasing,
                                                                 &meet_mean, &wages,           &slope_ratio};

}  // namespace wagefit
