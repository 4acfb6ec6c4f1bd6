#include "fitting/guaranteed_path.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "numerics/roots.hpp"
#include "wagefit/distributions/operations.hpp"

namespace wagefit {
namespace {

constexpr double mean_tolerance = 1e-12;
constexpr double gentle_log_gamma = 3.0;     // up to here the prior's knots keep their order in double precision
constexpr double largest_log_gamma = 600.0;  // exp must stay finite with the slopes beside it

double log_ratio(double above, double below) { return std::log1p((above - below) / below); }

/// Bends one rising stretch between the facts at knots `a` and `b`.
void bend_stretch(CurveKnots& knots, std::size_t a, std::size_t b, double gamma) {
    const double low = knots.wage[a], total = log_ratio(knots.wage[b], low);
    const auto bend = [gamma](double w) { return w / (w + gamma * (1.0 - w)); };
    const auto stretch = [gamma](double w) {
        const double denominator = w + gamma * (1.0 - w);
        return gamma / (denominator * denominator);
    };
    for (std::size_t i = a; i <= b; ++i) {
        const double w = i == a ? 0.0 : i == b ? 1.0 : log_ratio(knots.wage[i], low) / total;
        if (i > a) knots.slope_left[i] *= stretch(w);
        if (i < b) knots.slope_right[i] *= stretch(w);
        if (i > a && i < b) knots.wage[i] = low * std::exp(total * bend(w));
    }
}

void bend_lower_tail(CurveKnots& knots, std::size_t first, double gamma) {
    for (std::size_t i = 0; i <= first; ++i) {
        if (i < first)
            knots.wage[i] = knots.wage[first] * std::exp(-gamma * log_ratio(knots.wage[first], knots.wage[i]));
        knots.slope_left[i] *= gamma;
        if (i < first) knots.slope_right[i] *= gamma;
    }
}

void bend_upper_tail(CurveKnots& knots, std::size_t last, double gamma) {
    for (std::size_t i = last; i < knots.z.size(); ++i) {
        if (i > last) knots.wage[i] = knots.wage[last] * std::exp(log_ratio(knots.wage[i], knots.wage[last]) / gamma);
        knots.slope_right[i] /= gamma;
        if (i > last) knots.slope_left[i] /= gamma;
    }
}

std::vector<std::size_t> positions(const CurveKnots& knots, const std::vector<double>& fact_z) {
    std::vector<std::size_t> found;
    for (const double z : fact_z) {
        const auto at = std::lower_bound(knots.z.begin(), knots.z.end(), z);
        found.push_back(static_cast<std::size_t>(at - knots.z.begin()));
    }
    return found;
}

/// `knots` bent above the first `n_spared` stretches between facts, and below them only if none is spared.
CurveKnots bent(const CurveKnots& knots, const std::vector<std::size_t>& facts, std::size_t n_spared,
                double log_gamma) {
    CurveKnots out = knots;
    const double gamma = std::exp(log_gamma);
    for (std::size_t i = n_spared + 1; i < facts.size(); ++i)
        if (knots.wage[facts[i - 1]] < knots.wage[facts[i]]) bend_stretch(out, facts[i - 1], facts[i], gamma);
    if (n_spared == 0) bend_lower_tail(out, facts.front(), gamma);
    bend_upper_tail(out, facts.back(), gamma);
    return out;
}

/// The facts alone, log-linear between them and in the tails: the base of the plain guaranteed path.
CurveKnots plain(const CurveKnots& knots, const std::vector<std::size_t>& facts) {
    CurveKnots out;
    for (const std::size_t i : facts) {
        out.z.push_back(knots.z[i]);
        out.wage.push_back(knots.wage[i]);
    }
    const std::size_t n = facts.size();
    out.slope_left.assign(n, knots.slope_left[facts.front()]);
    out.slope_right.assign(n, knots.slope_right[facts.back()]);
    for (std::size_t i = 0; i + 1 < n; ++i)
        out.slope_right[i] = out.slope_left[i + 1] =
            log_ratio(out.wage[i + 1], out.wage[i]) / (out.z[i + 1] - out.z[i]);
    return out;
}

struct Search {
    const CurveKnots& knots;
    std::vector<std::size_t> facts;
    Support support;
    double mean;
    std::size_t n_spared;

    [[nodiscard]] std::shared_ptr<const Curve> at(double log_gamma) const {
        return std::make_shared<const Curve>(bent(knots, facts, n_spared, log_gamma), support);
    }
    /// Increasing in log gamma.
    [[nodiscard]] double shortfall(double log_gamma) const {
        const double value = wagefit::mean(*at(log_gamma));
        return std::isfinite(value) && value > 0.0 ? std::log(mean / value) : -1e300;
    }
};

/// The bend that meets the mean with |log gamma| up to `limit`, by doubling steps and then a bracketed root.
BentCurve solve(const Search& search, double limit) {
    const auto f = [&](double log_gamma) { return search.shortfall(log_gamma); };
    double a = 0.0, fa = f(a), step = fa > 0.0 ? -0.25 : 0.25;
    while (std::abs(a) < limit && fa != 0.0) {
        const double b = std::clamp(a + step, -limit, limit), fb = f(b);
        if ((fa > 0.0) != (fb > 0.0) || fb == 0.0) {
            const double root = bracketed_root(f, Point{a, fa}, Point{b, fb}).x;
            auto curve = search.at(root);
            if (!(std::abs(wagefit::mean(*curve) / search.mean - 1.0) <= mean_tolerance)) return {nullptr, 1.0};
            return {std::move(curve), std::exp(root)};
        }
        a = b;
        fa = fb;
        step *= 2.0;
    }
    return {fa == 0.0 ? search.at(a) : nullptr, std::exp(a)};
}

}  // namespace

BentCurve bend_to_mean(const CurveKnots& knots, const std::vector<double>& fact_z, const Support& support,
                       double mean) {
    const auto facts = positions(knots, fact_z);
    for (std::size_t n_spared = facts.size(); n_spared-- > 0;) {
        BentCurve gentle = solve({knots, facts, support, mean, n_spared}, gentle_log_gamma);
        if (gentle.curve) return gentle;
    }
    const CurveKnots through_facts = plain(knots, facts);
    return solve({through_facts, positions(through_facts, fact_z), support, mean, 0}, largest_log_gamma);
}

}  // namespace wagefit
