#include "distributions/mean_difference.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "distributions/normal_panels.hpp"
#include "distributions/segment_sums.hpp"
#include "numerics/constants.hpp"
#include "simd/elementary.hpp"
#include "wagefit/numerics/interruption.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

constexpr std::size_t last_degree = 12;  // of the Legendre polynomials that F is made of on a panel
constexpr std::size_t n_moments = last_degree + 2;
constexpr double end_score = 7.5;                          // of the parts, from which and to which panels go
constexpr double lowest_score = -9.0, highest_score = 15;  // beyond, no part has people or pay to speak of
constexpr double negligible = 1e-14;                       // a wage, relative to the mean; and a share of pay
constexpr int most_splits = 25;                            // by four: to the last bit of a wage

constexpr std::size_t stride = PanelNodes::size + 1;  // of a rule's points: one of weight 0 fills up whole registers

/// A range of wages, with what the mixture's people in it earn.
struct WagePanel {
    double low, high;
    double below = 0.0, above = 0.0;          ///< P(X <= low) and P(X > high)
    std::array<double, n_moments> moments{};  ///< E[P_l(T); low < X <= high], T from -1 to 1 over the panel
};

/// Points at which a part's wages are wanted, those of one panel after those of another.
struct PanelPoints {
    std::vector<double> wage, weight;
    std::vector<std::size_t> end;  // of each panel's

    void clear() {
        wage.clear();
        weight.clear();
        end.clear();
    }

    /// The nodes of a part of that probability between two of its normal scores.
    void append(double a, double b, double probability) {
        const PanelNodes nodes = panel_nodes(a, 1.0, a, b);
        wage.insert(wage.end(), nodes.z.begin(), nodes.z.end());
        for (const double each : nodes.weight) weight.push_back(probability * each);
        wage.push_back(0.5 * (a + b));
        weight.push_back(0.0);
    }
};

/// Adds E[P_l(T)] of weighted wages to a panel's moments, by the recurrence of Legendre polynomials, the nodes of a
/// rule at a time.
void add_moments(std::span<const double> wages, std::span<const double> weights, WagePanel& panel) {
    const double middle = 0.5 * (panel.low + panel.high), scale = 2.0 / (panel.high - panel.low);
    using Terms = Eigen::Array<double, stride, 1>;
    for (std::size_t first = 0; first < wages.size(); first += stride) {
        const Terms wage = Eigen::Map<const Terms>(wages.data() + first);
        const Terms t = ((wage - middle) * scale).max(-1.0).min(1.0);
        Terms before = Terms::Zero(), at = Eigen::Map<const Terms>(weights.data() + first);
        for (std::size_t l = 0; l < n_moments; ++l) {
            panel.moments[l] += at.sum();
            const double degree = static_cast<double>(l), a = (2.0 * degree + 1.0) / (degree + 1.0), b = a - 1.0;
            const Terms next = a * t * at - b * before;
            before = at;
            at = next;
        }
    }
}

/// Adds a part's share of people to ascending panels; `points` is memory to use.
void add_part(const MixturePart& part, std::span<WagePanel> panels, PanelPoints& points) {
    const Distribution& d = *part.distribution;
    const std::vector<double> breaks = d.breakpoints();
    points.clear();
    double previous = -infinity, reached = -infinity;  // the end of the last panel, and its score
    for (WagePanel& panel : panels) {
        const double z0 = panel.low == previous ? reached : d.score(panel.low), z1 = d.score(panel.high);
        panel.below += part.weight * elementary::normal_cdf(z0);
        panel.above += part.weight * elementary::normal_cdf(-z1);
        const auto edges = panel_edges(breaks, std::max(z0, lowest_score), std::min(z1, highest_score), 1.0);
        for (std::size_t i = 1; i < edges.size(); ++i) points.append(edges[i - 1], edges[i], part.weight);
        points.end.push_back(points.wage.size());
        previous = panel.high;
        reached = z1;
    }
    d.replace_scores(points.wage);
    for (std::size_t k = 0, begin = 0; k < panels.size(); begin = points.end[k++]) {
        const std::size_t n = points.end[k] - begin;
        add_moments(std::span(points.wage).subspan(begin, n), std::span(points.weight).subspan(begin, n), panels[k]);
    }
}

/// The integral of F (1 - F) over a panel, and what coefficients beyond the last may add to it.
struct PanelSpread {
    double integral, error;
};

PanelSpread spread(const WagePanel& panel) {
    const auto& m = panel.moments;
    const bool is_low = panel.below <= panel.above;  // F is then the smaller of F and 1 - F, or near it
    const double whole = is_low ? 2.0 * panel.below + (m[0] - m[1]) : 2.0 * panel.above + (m[0] + m[1]);
    double squares = 0.5 * whole * whole, last = 0.0;
    for (std::size_t l = 1; l <= last_degree; ++l) {
        const double degree = static_cast<double>(l), coefficient = (m[l - 1] - m[l + 1]) / (2.0 * degree + 1.0);
        const double square = (degree + 0.5) * coefficient * coefficient;
        squares += square;
        if (l + 4 > last_degree) last = std::max(last, square);
    }
    const double half = 0.5 * (panel.high - panel.low);
    return {half * (whole - squares), half * last * static_cast<double>(last_degree)};
}

/// Breaks of the parts that weigh most: kinks and jumps there would take many splits to find.
void append_heavy_breaks(std::span<const MixturePart> parts, std::vector<double>& wages) {
    constexpr double heavy = 0.125;
    for (const MixturePart& part : parts) {
        if (part.weight < heavy) continue;
        for (const double z : part.distribution->breakpoints()) wages.push_back(part.distribution->value(z));
    }
}

/// Edges of the first panels: nearly all people's wages in equal steps of log wage, and the breaks that matter most.
std::vector<double> first_edges(std::span<const MixturePart> parts, double mean) {
    constexpr double widest = 0.3, most = 48.0;
    double low = infinity, high = 0.0;
    for (const MixturePart& part : parts) {
        low = std::min(low, part.distribution->value(-end_score));
        high = std::max(high, part.distribution->value(end_score));
    }
    low = std::max(low, negligible * mean);
    high = std::min(high, mean / negligible);
    std::vector<double> edges{low, high};
    const double n = std::clamp(std::ceil(std::log(high / low) / widest), 1.0, most);
    for (double i = 1.0; i < n; i += 1.0) edges.push_back(low * std::exp(i / n * std::log(high / low)));
    append_heavy_breaks(parts, edges);
    std::erase_if(edges, [=](double edge) { return !(edge >= low && edge <= high); });
    std::sort(edges.begin(), edges.end());
    const auto are_same = [](double a, double b) { return b - a <= 1e-13 * b; };
    edges.erase(std::unique(edges.begin(), edges.end(), are_same), edges.end());
    return edges;
}

void append_split(const WagePanel& panel, std::vector<WagePanel>& to) {
    const double step = 0.25 * (panel.high - panel.low), middle = panel.low + 2.0 * step;
    const double edges[]{panel.low, panel.low + step, middle, middle + step, panel.high};
    for (std::size_t i = 1; i < std::size(edges); ++i)
        if (edges[i - 1] < edges[i]) to.push_back({edges[i - 1], edges[i]});
}

/// The integral of 1 - F beyond a wage.
double mean_excess(std::span<const MixturePart> parts, double wage) {
    double total = 0.0;
    for (const MixturePart& part : parts) {
        const double z = part.distribution->score(wage);
        if (std::isinf(z)) continue;
        const double excess = part.distribution->partial_moment(1.0, z, infinity) - wage * normal::sf(z);
        total += part.weight * std::max(excess, 0.0);
    }
    return total;
}

double mean_of(std::span<const MixturePart> parts) {
    double total = 0.0;
    for (const MixturePart& part : parts)
        total += part.weight * part.distribution->partial_moment(1.0, -infinity, infinity);
    return total;
}

std::vector<WagePanel> first_panels(const std::vector<double>& edges) {
    std::vector<WagePanel> panels;
    for (std::size_t i = 1; i < edges.size(); ++i) panels.push_back({edges[i - 1], edges[i]});
    return panels;
}

void add_parts(std::span<const MixturePart> parts, std::span<WagePanel> panels) {
    PanelPoints points;
    for (const MixturePart& part : parts) {
        interruption_point();
        add_part(part, panels, points);
    }
}

double integral_of(std::span<const WagePanel> panels) {
    double total = 0.0;
    for (const WagePanel& panel : panels) total += spread(panel).integral;
    return total;
}

}  // namespace

double half_mean_difference(std::span<const MixturePart> parts) {
    constexpr double precision = 1e-13;  // of a panel
    if (parts.size() == 1) return parts.front().distribution->half_mean_difference();
    const double mean = mean_of(parts);
    if (!std::isfinite(mean)) return mean;
    const std::vector<double> edges = first_edges(parts, mean);
    std::vector<WagePanel> panels = first_panels(edges);
    add_parts(parts, panels);
    double total = mean_excess(parts, edges.back());
    const double tolerance = precision * (total + integral_of(panels));
    for (int split = 0; split < most_splits && !panels.empty(); ++split) {
        std::vector<WagePanel> rest;
        for (const WagePanel& panel : panels) {
            const PanelSpread found = spread(panel);
            if (found.error <= tolerance)
                total += found.integral;
            else
                append_split(panel, rest);
        }
        panels = std::move(rest);
        add_parts(parts, panels);
    }
    return std::max(total + integral_of(panels), 0.0);
}

}  // namespace wagefit
