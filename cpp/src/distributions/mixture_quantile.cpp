#include "distributions/mixture_quantile.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "simd/elementary.hpp"
#include "wagefit/numerics/interruption.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

constexpr double farthest_score = 6.5;      // of the table
constexpr double largest_log_wage = 230.0;  // the sums take wages up to 1e100
constexpr std::size_t most_points = 400;    // tried for a table: some mixtures are too uneven to be followed
constexpr int most_sums = 8;                // of a search; two are usual

constexpr double epsilon = std::numeric_limits<double>::epsilon();
constexpr double closed = 2.0 * epsilon;  // width of a bracket, relative to the wage

/// Steps of z between nodes: fine where most quantiles are asked for.
double spacing(double z) { return std::abs(z) < 2.5 ? 0.2 : 0.5; }

/// A quantile sought: the sums' probability of less at scores below 0, of more above.
struct Target {
    double z, side, probability;

    explicit Target(double score)
        : z(score), side(score <= 0.0 ? 1.0 : -1.0), probability(elementary::normal_cdf(side * score)) {}

    /// Of the probability of less, as a multiple of the target's.
    [[nodiscard]] double excess(const MixtureSums& sums) const {
        return side * (sums.probability - probability) / probability;
    }

    /// Whether some components are surely below their own quantile here and some above, and the density fixes the wage.
    [[nodiscard]] bool is_sharp(const MixtureSums& sums) const {
        constexpr double least_spread = 1e-12, least_slope = 1e-3;
        const double spread = least_spread * (1.0 + std::abs(z));
        return sums.slope > least_slope * probability && sums.lowest < z - spread && sums.highest > z + spread;
    }
};

/// The step in log wage to the quantile, by the inverse series of second order.
double series_step(const Target& target, const MixtureSums& sums) {
    const double newton = -target.excess(sums) * target.probability / sums.slope;
    const double correction = -0.5 * (sums.bend / sums.slope) * newton * newton;
    return std::abs(correction) < 0.25 * std::abs(newton) ? newton + correction : newton;
}

/// Whether a step crosses the nearest knot: the series knows nothing of what lies beyond.
bool is_across(double step, const MixtureSums& sums) { return !(-step < sums.below && step < sums.above); }

/// A step across the nearest knot, far enough past it to see its other side.
double step_past_knot(double step, const MixtureSums& sums) {
    const double least = (step < 0.0 ? sums.below : sums.above) + closed;
    return std::abs(step) < least ? std::copysign(least, step) : step;
}

/// Whether what the series leaves out of a step is below rounding error, and no knot in its way.
bool is_last(double step, const MixtureSums& sums) {
    constexpr double small = 1e-2;  // of the roughest piece's scale
    const double square = step * step, rest = square * (std::abs(step) * sums.roughness / sums.slope);
    return rest <= 0.5 * epsilon && square * sums.roughest <= small * small && !is_across(step, sums);
}

double moved(double wage, double step) {
    if (std::abs(step) < 1e-5) return wage + wage * (step + 0.5 * step * step);
    return wage * elementary::exp(step);
}

}  // namespace

std::unique_ptr<const MixtureQuantile> MixtureQuantile::of(std::span<const DistributionPtr> components,
                                                           std::span<const double> weights) {
    auto pieces = PieceTable::of(components, weights);
    if (pieces == nullptr) return nullptr;
    std::unique_ptr<MixtureQuantile> quantile(new MixtureQuantile(std::move(pieces)));
    double low = largest_log_wage, high = -largest_log_wage;
    for (const DistributionPtr& component : components) {
        low = std::min(low, std::log(component->value(-farthest_score)));
        high = std::max(high, std::log(component->value(farthest_score)));
    }
    quantile->append_nodes(std::max(low, -largest_log_wage), std::min(high, largest_log_wage));
    return quantile;
}

MixtureQuantile::MixtureQuantile(std::unique_ptr<const PieceTable> pieces) : pieces_(std::move(pieces)) {}

MixtureQuantile::Node MixtureQuantile::node_at(double log_wage) const {
    const bool is_high = !nodes_.empty() && nodes_.back().z > 0.0;
    const MixtureSums sums = pieces_->sums(elementary::exp(log_wage), is_high ? -1.0 : 1.0);
    const double z = is_high ? normal::isf(sums.probability) : normal::quantile(sums.probability);
    return {z, log_wage, elementary::normal_pdf(z) / sums.slope};
}

bool MixtureQuantile::is_rising(const Node& node) {
    return std::isfinite(node.z) && node.slope > 0.0 && std::isfinite(node.slope);
}

/// Marches over the log wages at the mixture's own pace in z; flat stretches, where z stands still, get no nodes.
void MixtureQuantile::append_nodes(double from, double to) {
    constexpr double growth = 2.0, least_step = 1e-7;
    nodes_.push_back(node_at(from));
    if (!is_rising(nodes_.front())) return nodes_.clear();
    double at = from, step = spacing(nodes_.front().z) * nodes_.front().slope;
    for (std::size_t n = 0; n < most_points && at < to && nodes_.back().z < farthest_score; ++n) {
        interruption_point();
        const Node node = node_at(std::min(at + step, to));
        const double pace = (node.z - nodes_.back().z) / spacing(nodes_.back().z);
        if (pace > 1.5 && step > least_step) {
            step /= std::min(pace, 8.0);
            continue;
        }
        at = node.log_wage;
        const bool has_risen = pace > 0.0 && is_rising(node);
        if (has_risen) nodes_.push_back(node);
        const double next = has_risen ? spacing(node.z) * node.slope : growth * step;
        step = std::max(std::min(next, growth * step), least_step);
    }
}

/// Log wage on the cubic through two nodes.
double MixtureQuantile::start(const Node& low, const Node& high, double z) const {
    const double step = high.z - low.z, t = (z - low.z) / step, s = 1.0 - t;
    const double line = low.log_wage * s + high.log_wage * t, chord = (high.log_wage - low.log_wage) / step;
    const double cubic = line + step * t * s * ((low.slope - chord) * s - (high.slope - chord) * t);
    return std::clamp(cubic, low.log_wage, high.log_wage);
}

std::optional<double> MixtureQuantile::value(double z) const {
    if (nodes_.empty() || !(z > nodes_.front().z && z < nodes_.back().z)) return std::nullopt;
    const auto is_below = [](double score, const Node& node) { return score < node.z; };
    const auto above = std::upper_bound(nodes_.begin(), nodes_.end(), z, is_below);
    const Target target(z);
    double low = std::exp(above[-1].log_wage), high = std::exp(above->log_wage);
    double wage = std::clamp(std::exp(start(above[-1], *above, z)), low, high);
    for (int n = 0; n < most_sums; ++n) {
        const MixtureSums sums = pieces_->sums(wage, target.side);
        if (!target.is_sharp(sums)) return std::nullopt;
        const double step = series_step(target, sums);
        if (is_last(step, sums)) return moved(wage, step);
        (step > 0.0 ? low : high) = wage;
        if (high - low <= closed * high) return wage;
        const double next = moved(wage, is_across(step, sums) ? step_past_knot(step, sums) : step);
        wage = next > low && next < high ? next : std::sqrt(low) * std::sqrt(high);
    }
    return std::nullopt;
}

}  // namespace wagefit
