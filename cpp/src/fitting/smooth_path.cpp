#include "wagefit/fitting/smooth_path.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "wagefit/fitting/kernels/pay_integrals.hpp"
#include "wagefit/fitting/knot_pattern.hpp"
#include "wagefit/fitting/log_quantiles.hpp"
#include "wagefit/numerics/elementary.hpp"
#include "wagefit/numerics/roots.hpp"

namespace wagefit {
namespace {

/// The entries column by column.
std::vector<double> flat(const Eigen::MatrixXd& columns) { return {columns.data(), columns.data() + columns.size()}; }

/// `increments` from `a` to `b` raised to at least `least_increment` of the chord that leads there, their sum kept.
void spread(KnotArray& increments, const KnotArray& step, std::size_t a, std::size_t b, double total, double length) {
    const double least = least_increment * total / length;
    double lowest = 0.0, excess = 0.0;
    bool is_low = false;
    for (std::size_t i = a; i < b; ++i) {
        lowest += least * step[i];
        excess += std::max(increments[i] - least * step[i], 0.0);
        is_low = is_low || increments[i] < least * step[i];
    }
    if (!is_low) return;
    const double ratio = (total - lowest) / excess;
    for (std::size_t i = a; i < b; ++i)
        increments[i] = least * step[i] + std::max(increments[i] - least * step[i], 0.0) * ratio;
}

KnotArray moved(const KnotArray& g, double lambda, const KnotArray& direction, std::size_t n) {
    KnotArray out{};
    for (std::size_t i = 0; i < n; ++i) out[i] = g[i] + lambda * direction[i];
    return out;
}

double dot(const KnotArray& a, const KnotArray& b, std::size_t n) {
    double sum = 0.0;
    for (std::size_t i = 0; i < n; ++i) sum += a[i] * b[i];
    return sum;
}

/// Mean of the logs at the facts and their least-squares slope on z.
struct Line {
    double mean, slope;
};

Line fitted_line(const KnotTable& table, const std::vector<std::size_t>& facts, const KnotArray& logs) {
    const double count = static_cast<double>(facts.size());
    double mean_z = 0.0, mean_log = 0.0, product = 0.0, square = 0.0;
    for (std::size_t k = 0; k < facts.size(); ++k) {
        mean_z += table.z[facts[k]] / count;
        mean_log += logs[k] / count;
    }
    for (std::size_t k = 0; k < facts.size(); ++k) {
        const double x = table.z[facts[k]] - mean_z;
        product += x * (logs[k] - mean_log);
        square += x * x;
    }
    return {mean_log, product / square};
}

constexpr double farthest = 64.0;  // further than 64 scales no knot of a real cell has to move

}  // namespace

bool SmoothPath::suits(const KnotPattern& pattern) {
    return pattern.facts.size() > 1 && static_cast<std::size_t>(pattern.size()) <= most_knots &&
           pattern.facts.back() + 1 < pattern.size() && pattern.facts.front() > 0;
}

SmoothPath::SmoothPath(const KnotPattern& pattern)
    : table_(make_knot_table(flat(pattern.z), end_chords(flat(pattern.z), pattern.lower_chord_end,
                                                         pattern.upper_chord_start, pattern.upper_tail_ratio))),
      facts_(pattern.facts.begin(), pattern.facts.end()),
      base_(flat(pattern.base)),
      base_by_scale_(flat(pattern.base_by_scale)),
      kriging_(flat(pattern.kriging)),
      covariance_(flat(pattern.covariance)),
      typical_scale_(pattern.typical_scale) {}

SmoothPath::Given SmoothPath::condition(std::span<const double> wages, double reference) const {
    const std::size_t n = n_knots(), n_facts = facts_.size();
    KnotArray logs{};
    for (std::size_t k = 0; k < n_facts; ++k) logs[k] = elementary::log(wages[k] / reference);
    const Line line = fitted_line(table_, facts_, logs);
    Given given{{}, std::max(line.slope, least_scale)};
    const double feature = std::clamp(elementary::log(given.scale / typical_scale_), -1.0, 1.0);
    for (std::size_t i = 0; i < n; ++i) given.g[i] = given.scale * (base_[i] + feature * base_by_scale_[i]);
    double mean_base = 0.0;
    for (const std::size_t fact : facts_) mean_base += given.g[fact];
    const double level = line.mean - mean_base / static_cast<double>(n_facts);
    for (std::size_t i = 0; i < n; ++i) given.g[i] += level;
    KnotArray deviation{};
    for (std::size_t k = 0; k < n_facts; ++k) deviation[k] = logs[k] - given.g[facts_[k]];
    for (std::size_t k = 0; k < n_facts; ++k)
        for (std::size_t i = 0; i < n; ++i) given.g[i] += kriging_[k * n + i] * deviation[k];
    for (std::size_t k = 0; k < n_facts; ++k) given.g[facts_[k]] = logs[k];
    return given;
}

void SmoothPath::make_monotone(KnotArray& g, double scale) const {
    const std::size_t n = table_.n_segments, first = facts_.front(), last = facts_.back();
    KnotArray increments;
    for (std::size_t i = 0; i < n; ++i) increments[i] = g[i + 1] - g[i];
    for (std::size_t k = 1; k < facts_.size(); ++k) {
        const std::size_t a = facts_[k - 1], b = facts_[k];
        spread(increments, table_.step, a, b, g[b] - g[a], table_.z[b] - table_.z[a]);
        for (std::size_t i = a + 1; i < b; ++i) g[i] = g[i - 1] + increments[i - 1];
    }
    const double least = least_increment * scale;
    for (std::size_t i = first; i-- > 0;) g[i] = g[i + 1] - std::max(increments[i], least * table_.step[i]);
    for (std::size_t i = last; i < n; ++i) g[i + 1] = g[i] + std::max(increments[i], least * table_.step[i]);
}

KnotArray SmoothPath::pulled(const PayIntegrals& at, double scale) const {
    const std::size_t n = n_knots();
    KnotArray pull{};
    for (std::size_t j = 0; j < n; ++j)
        for (std::size_t i = 0; i < n; ++i) pull[i] += covariance_[j * n + i] * at.gradient[j];
    double largest = 0.0;
    for (std::size_t i = 0; i < n; ++i) largest = std::max(largest, std::abs(pull[i]));
    for (std::size_t i = 0; i < n; ++i) pull[i] *= scale / largest;
    return pull;
}

struct SmoothPath::Search {
    const SmoothPath& path;
    const Given& given;
    double log_target;
    KnotArray unit{}, g{};
    PayIntegrals at{};
    double lambda = 0.0, excess = 0.0, side = 0.0;  ///< side: the sign that lambda must have

    using Integrate = void (*)(const KnotTable&, const KnotArray&, PayIntegrals&);

    /// Moves to `to` along the direction; returns the log of the mean over its target, NaN where no mean is finite.
    double step_to(double to, Integrate integrate) {
        g = moved(given.g, to, unit, path.n_knots());
        path.make_monotone(g, given.scale);
        integrate(path.table_, g, at);
        lambda = to;
        const bool is_finite = at.total > 0.0 && at.total < std::numeric_limits<double>::infinity();
        excess = is_finite ? elementary::log(at.total) - log_target : std::numeric_limits<double>::quiet_NaN();
        return excess;
    }

    [[nodiscard]] double slope() const { return dot(at.gradient, unit, path.n_knots()); }

    /// Newton's method with slopes that are `bias` times the gradient's, then secants; whether |excess| <= `met`.
    bool newton(Integrate integrate, double met, double& bias) {
        double rate = bias * slope();
        for (int i = 0; i < 12 && !(std::abs(excess) <= met); ++i) {
            const double lambda_before = lambda, excess_before = excess, slope_before = slope();
            if (!(rate > 0.0) || !(std::abs(lambda) < farthest)) return false;
            step_to(lambda - excess / rate, integrate);
            if (lambda == lambda_before || std::abs(excess_before) < 1e-9) continue;  // rounding would spoil the secant
            rate = (excess - excess_before) / (lambda - lambda_before);
            bias = rate / slope_before;
        }
        return std::abs(excess) <= met && lambda * side >= -1e-2 && rate > 0.0;
    }

    /// The first root on the side that helps, bracketed by steps that double from a quarter of the scale.
    bool bracket(Integrate integrate, double met) {
        const auto f = [&](double to) { return step_to(to, integrate); };
        double a = 0.0, fa = f(a), step = fa < 0.0 ? 0.25 : -0.25;
        for (int i = 0; i < 9; ++i, step *= 2.0) {
            const double b = a + step, fb = f(b);
            if (std::isnan(fb)) return false;
            if ((fa > 0.0) != (fb > 0.0)) {
                f(bracketed_root(f, std::min(a, b), std::max(a, b)).x);
                return std::abs(excess) <= met;
            }
            a = b;
            fa = fb;
        }
        return false;
    }
};

bool SmoothPath::meet_mean(Given& given, double log_target) const {
    const PayKernels& kernels = pay_kernels();
    // The pull need only be taken near the curve that meets the mean: within 1e-5 its direction has settled.
    constexpr double near = 1e-5, met = 3e-14, met_by_bracket = 9e-13;
    Search search{*this, given, log_target};
    search.side = search.step_to(0.0, kernels.coarse) < 0.0 ? 1.0 : -1.0;
    search.unit = pulled(search.at, given.scale);
    double bias = 1.0;
    if (!search.newton(kernels.coarse, near, bias) && !search.bracket(kernels.coarse, near)) return false;
    const double slope = search.slope();
    search.unit = pulled(search.at, given.scale);
    search.step_to(search.lambda * slope / search.slope(), kernels.fine);
    if (!search.newton(kernels.fine, met, bias) && !search.bracket(kernels.fine, met_by_bracket)) return false;
    given.g = search.g;
    return true;
}

bool SmoothPath::fit(std::span<const double> wages, double mean, std::span<double> knots) const {
    const double reference = wages[wages.size() / 2];
    Given given = condition(wages, reference);
    if (std::isnan(mean))
        make_monotone(given.g, given.scale);
    else if (!meet_mean(given, elementary::log(mean / reference)))
        return false;
    for (std::size_t i = 0; i < n_knots(); ++i) knots[i] = reference * elementary::exp(given.g[i]);
    for (std::size_t k = 0; k < facts_.size(); ++k) knots[facts_[k]] = wages[k];
    for (std::size_t i = 1; i < n_knots(); ++i)
        if (!(knots[i - 1] < knots[i])) return false;
    return true;
}

}  // namespace wagefit
