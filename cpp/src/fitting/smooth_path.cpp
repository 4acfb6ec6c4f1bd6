#include "fitting/smooth_path.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "fitting/kernels/pay_integrals.hpp"
#include "fitting/kernels/smooth_path.hpp"
#include "fitting/knot_pattern.hpp"
#include "fitting/log_quantiles.hpp"
#include "numerics/constants.hpp"
#include "numerics/roots.hpp"
#include "simd/elementary.hpp"
#include "simd/kernels.hpp"

namespace wagefit {
namespace {

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

constexpr double farthest = 64.0;  // further than 64 scales no knot of a real cell has to move

}  // namespace

bool SmoothPath::suits(const KnotPattern& pattern) {
    return pattern.facts.size() > 1 && static_cast<std::size_t>(pattern.size()) <= most_knots &&
           pattern.facts.back() + 1 < pattern.size() && pattern.facts.front() > 0;
}

SmoothPath::SmoothPath(const KnotPattern& pattern) : table_(make_smooth_path_table(pattern)) {}

KnotArray SmoothPath::pulled(const PayIntegrals& at, double scale) const {
    const std::vector<std::size_t>& free = table_.free;
    KnotArray pull{};
    double largest = 0.0;
    for (std::size_t i = 0; i < free.size(); ++i) {
        for (std::size_t j = 0; j < free.size(); ++j) pull[free[i]] += table_.covariance[i][j] * at.gradient[free[j]];
        largest = std::max(largest, std::abs(pull[free[i]]));
    }
    for (double& each : pull) each *= scale / largest;
    return pull;
}

struct SmoothPath::Search {
    const SmoothPath& path;
    const GivenQuantiles& given;
    double log_target;
    KnotArray unit{}, g{};
    PayIntegrals at{};
    double lambda = 0.0, excess = 0.0, side = 0.0;  ///< side: the sign that lambda must have

    using Integrate = void (*)(const KnotTable&, const KnotArray&, PayIntegrals&);

    /// Moves to `to` along the direction; returns the log of the mean over its target, NaN where no mean is finite.
    double step_to(double to, Integrate integrate) {
        GivenQuantiles there = given;
        there.g = moved(given.g, to, unit, path.n_knots());
        best_kernels<SmoothPathKernels>().make_increasing(path.table_, there);
        g = there.g;
        integrate(path.table_.knots, g, at);
        lambda = to;
        const bool is_finite = at.total > 0.0 && at.total < infinity;
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
                f(bracketed_root(f, Point{a, fa}, Point{b, fb}).x);
                return std::abs(excess) <= met;
            }
            a = b;
            fa = fb;
        }
        return false;
    }
};

bool SmoothPath::search_mean(GivenQuantiles& given, double log_target) const {
    const PayKernels& kernels = best_kernels<PayKernels>();
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

bool SmoothPath::fit_slowly(std::span<const double> wages, double mean, double* knots) const {
    const SmoothPathKernels& kernels = best_kernels<SmoothPathKernels>();
    GivenQuantiles given{};
    kernels.condition(table_, wages, given);
    if (!search_mean(given, elementary::log(mean / given.reference))) return false;
    kernels.wages(table_, given, wages, knots);
    for (std::size_t i = 1; i < n_knots(); ++i)
        if (!(knots[i - 1] < knots[i])) return false;
    return true;
}

void SmoothPath::fit(const PathCells& cells) const {
    best_kernels<SmoothPathKernels>().fit(table_, cells);
    const std::size_t n_facts = table_.facts.size();
    for (std::size_t i = 0; i < cells.n; ++i)
        if (!cells.is_found[i])
            cells.is_found[i] = fit_slowly({cells.wages + i * n_facts, n_facts}, cells.mean[i], cells.knots[i]);
}

void SmoothPath::fit_alone(const PathCells& cells) const { best_kernels<SmoothPathKernels>().fit_alone(table_, cells); }

bool SmoothPath::fit(std::span<const double> wages, double mean, std::span<double> knots) const {
    double* const row = knots.data();
    bool is_found = false;
    const PathCells cell{1, wages.data(), &mean, &row, &is_found};
    std::isnan(mean) ? fit_alone(cell) : fit(cell);
    return is_found;
}

}  // namespace wagefit
