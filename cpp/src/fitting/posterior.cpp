#include "wagefit/fitting/posterior.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "fitting/cell_curve.hpp"
#include "fitting/cell_fit.hpp"
#include "fitting/log_quantiles.hpp"
#include "fitting/log_slopes.hpp"
#include "fitting/normal_stream.hpp"
#include "fitting/open_bounds.hpp"
#include "linear_algebra/cholesky.hpp"
#include "linear_algebra/eigenvalues.hpp"
#include "numerics/constants.hpp"
#include "numerics/parallel.hpp"
#include "wagefit/distributions/operations.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/numerics/interruption.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr int attempts = 64;  // per draw, for bounds and perturbed facts to hold; then the fitted curve stands in

/// Rise of log wages a normal score that one in 20,000 published rows exceeds between P75 and P90 (OEWS, 58,555 rows of
/// 1997 to 2025). Departures of a heavy-tailed law would otherwise lead to wages beyond any number.
constexpr double steepest_tail = 3.0;

/// The fitted curve of a cell with everything that its draws share.
struct Center {
    Facts facts;  // binding bounds taken up
    CurveFit fit;
    Cell cell;  // with the prior for the cell's own size
    PlausibleSlopes at;
    linear_algebra::Cholesky root;  // of the covariance of the log slopes
};

/// Patterns of the point curve and of the deviations from it, and the parent whose shape both borrow, or null.
struct Patterns {
    PatternCache point, interval;
    const ParentShape* parent;
};

/// The center of the draws that meet `facts`, with their bounds left aside.
Center make_center(const Facts& facts, CurveFit fit, double size, Patterns& patterns) {
    constexpr double ridge = 1e-8;  // variance that a slope has of its own
    const Cell point = make_cell(facts, infinity, {patterns.point, patterns.parent}),
               cell = make_cell(facts, size, {patterns.interval, patterns.parent});
    const VectorXd none = VectorXd::Zero(point.pattern.n_segments());
    PlausibleSlopes at = most_plausible(point, none, facts.mean());
    if (!at.is_met && facts.mean()) at = most_plausible(point, none, std::nullopt);  // which curve_around bends
    const Index n = cell.pattern.n_segments();
    return {facts, std::move(fit), cell, std::move(at),
            linear_algebra::Cholesky(cell.pattern.covariance + ridge * MatrixXd::Identity(n, n))};
}

/// Degrees of freedom of the multivariate t given what was seen.
Index freedom_of(const Center& center) {
    const double nu = center.cell.pattern.degrees_of_freedom;
    const double seen = static_cast<double>(center.facts.quantiles().size()) - (center.facts.mean() ? 1.0 : 2.0);
    return static_cast<Index>(std::lround(nu + std::max(seen, 0.0)));
}

/// The numerator of its squared scale: the prior's degrees of freedom, and how far out the facts are.
double spread_of(const Center& center) { return center.cell.pattern.degrees_of_freedom + center.at.distance; }

/// The curve of the nearest departures to these that meet the facts.
std::shared_ptr<const Curve> curve_near(const Center& center, const VectorXd& departures) {
    return curve_around(center.cell, departures, center.facts.mean()).curve;
}

/// What the linearized facts leave of a draw of the prior: its root times `normals`.
VectorXd deviation_of(const Center& center, const VectorXd& normals) {
    return given_facts(center.cell, center.at, center.facts.mean().has_value(), center.root.times(normals));
}

std::shared_ptr<const Curve> drawn_curve(const Center& center, NormalStream& stream) {
    const VectorXd deviation = deviation_of(center, stream.vector(center.at.departures.size()));
    const double heavy_tail = std::sqrt(spread_of(center) / stream.chi_squared(freedom_of(center)));
    return curve_near(center, center.at.departures + deviation * heavy_tail);
}

bool meets_bounds(const Curve& curve, const Facts& facts) {
    const auto holds = [&](const QuantileFact& bound) { return ppf(curve, bound.p) >= bound.value; };
    return std::all_of(facts.at_least().begin(), facts.at_least().end(), holds) &&
           (!facts.mean_at_least() || mean(curve) >= *facts.mean_at_least());
}

/// The largest rise of log wages a normal score between two knots above the highest fact, and beyond the last knot.
double steepest_rise(const Curve& curve, double highest_fact) {
    const CurveKnots& knots = curve.knots();
    double steepest = knots.slope_right.back();
    for (std::size_t i = knots.z.size() - 1; i > 0 && knots.z[i] > highest_fact; --i)
        steepest = std::max(steepest, chord_slope(knots, i - 1));
    return steepest;
}

/// Whether the tail above the facts, which no mean bounds, is steeper than those of published rows are, and than the
/// fitted curve's own.
bool is_too_steep(const Curve& curve, const Center& center) {
    if (center.facts.mean()) return false;
    const double highest = center.cell.fact_z.back(), rise = steepest_rise(curve, highest);
    return rise > steepest_tail && rise > steepest_rise(*center.fit.curve, highest);
}

/// A draw, or nothing where it violates a bound or its wages overflow or rise beyond what has been seen.
std::shared_ptr<const Curve> try_draw(const Center& center, NormalStream& stream) {
    auto curve = drawn_curve(center, stream);
    if (!curve || is_too_steep(*curve, center)) return nullptr;
    return !std::isnan(mean(*curve)) && meets_bounds(*curve, center.facts) ? curve : nullptr;
}

std::shared_ptr<const Curve> draw(const Center& center, NormalStream& stream) {
    for (int attempt = 0; attempt < attempts; ++attempt)
        if (auto curve = try_draw(center, stream)) return curve;
    return center.fit.curve;
}

/// The bounds that bind, and what the facts beside them say of the figures that they bound.
struct Openings {
    std::vector<OpenBound> bounds;
    TruncatedT law;
};

/// Nothing where no bound binds, or where the curve of the other facts cannot be found: bounds then count as exact.
std::optional<Openings> openings_of(const Facts& facts, const CurveFit& fit, double size, Patterns& patterns) {
    std::vector<OpenBound> bounds = open_bounds(facts, fit);
    if (bounds.empty()) return std::nullopt;
    const Center others = make_center(facts, fit, size, patterns);
    const auto curve_at = [&](const VectorXd& deviations) {
        return curve_near(others, others.at.departures + deviation_of(others, deviations));
    };
    const Index freedom = freedom_of(others);
    auto law = law_above_bounds(bounds, curve_at, others.at.departures.size(), freedom,
                                spread_of(others) / static_cast<double>(freedom));
    if (!law) return std::nullopt;
    return Openings{std::move(bounds), std::move(*law)};
}

/// Joint covariance of the log quantiles and, last, the log mean of one sampled person.
MatrixXd sampling_covariance(const Center& center) {
    const std::vector<QuantileFact>& facts = center.facts.quantiles();
    const Curve& curve = *center.fit.curve;
    const auto n = static_cast<Index>(facts.size());
    VectorXd slope(n);  // d log Q / dp
    MatrixXd covariance = MatrixXd::Zero(n + 1, n + 1);
    for (Index i = 0; i < n; ++i) {
        const QuantileFact& fact = facts[static_cast<std::size_t>(i)];
        const double density = pdf(curve, fact.value) * fact.value;
        slope[i] = density > 0.0 ? 1.0 / density : 0.0;
        covariance(i, n) = covariance(n, i) = slope[i] * (fact.p - lorenz(curve, fact.p));
        for (Index j = 0; j <= i; ++j)
            covariance(i, j) = covariance(j, i) =
                slope[i] * slope[j] * facts[static_cast<std::size_t>(j)].p * (1.0 - fact.p);
    }
    const double center_mean = mean(curve);
    covariance(n, n) = variance(curve) / (center_mean * center_mean);
    return covariance;
}

VectorXd rounding_variance(const Center& center, double step) {
    const std::vector<QuantileFact>& facts = center.facts.quantiles();
    const auto n = static_cast<Index>(facts.size());
    VectorXd variances(n + 1);
    for (Index i = 0; i < n; ++i) variances[i] = std::pow(step / facts[static_cast<std::size_t>(i)].value, 2) / 12.0;
    variances[n] = std::pow(step / mean(*center.fit.curve), 2) / 12.0;
    return variances;
}

/// A root of the covariance of the facts' logs, the mean last.
MatrixXd fact_root(const Center& center, const Precision& precision) {
    MatrixXd covariance = rounding_variance(center, precision.rounding).asDiagonal();
    if (precision.source == FactSource::sampled) covariance += sampling_covariance(center) / precision.size;
    return linear_algebra::symmetric_root(covariance);
}

/// The facts as another sample, or before rounding, might have had them; nothing where they would contradict each
/// other.
std::optional<Facts> resampled(const Facts& facts, const MatrixXd& root, NormalStream& stream) {
    const VectorXd shift = root * stream.vector(root.rows());
    Figures figures = facts.figures();
    for (std::size_t i = 0; i < figures.quantiles.size(); ++i)
        figures.quantiles[i].value *= std::exp(shift[static_cast<Index>(i)]);
    if (figures.mean) *figures.mean *= std::exp(shift[shift.size() - 1]);
    return if_feasible(std::move(figures));
}

/// What all draws of a cell share.
struct Law {
    Facts facts;  // as given
    Center center;
    std::optional<Openings> openings;
    double size;
    MatrixXd root;  // of the facts' own covariance; empty where they are exact

    [[nodiscard]] bool has_exact_facts() const { return root.size() == 0; }
};

/// The facts that one draw meets.
std::optional<Facts> drawn_facts(const Law& law, NormalStream& stream) {
    std::optional<Facts> facts = law.center.facts;
    if (law.openings) facts = with_drawn_figures(law.facts, law.openings->bounds, law.openings->law, stream);
    return facts && !law.has_exact_facts() ? resampled(*facts, law.root, stream) : facts;
}

/// A draw that meets these facts; nothing where there is none.
std::shared_ptr<const Curve> draw_given(const Facts& facts, const Law& law, Patterns& patterns, NormalStream& stream) {
    if (law.has_exact_facts()) return try_draw(make_center(facts, law.center.fit, law.size, patterns), stream);
    CurveFit fit = try_fit_curve(facts, {patterns.point, patterns.parent});
    if (!fit.curve) return nullptr;
    const Facts met = binding_as_exact(facts, fit);
    return draw(make_center(met, std::move(fit), law.size, patterns), stream);
}

/// A draw whose facts are drawn first.
std::shared_ptr<const Curve> draw_with_facts(const Law& law, Patterns& patterns, NormalStream& stream) {
    for (int attempt = 0; attempt < attempts; ++attempt) {
        const auto facts = drawn_facts(law, stream);
        if (!facts) continue;
        try {
            if (auto curve = draw_given(*facts, law, patterns, stream)) return curve;
        } catch (const ConvergenceError&) {
            continue;  // the mean drawn lies too near the end of its interval
        }
    }
    return law.center.fit.curve;
}

}  // namespace

std::vector<CurveFit> posterior_draws(const Facts& facts, const CurveFit& fit, const Precision& precision,
                                      std::size_t n, StreamKey key, const ShapePrior& prior, int n_threads,
                                      const ParentShape* parent) {
    assert(fit.curve);
    const ShapePrior center_prior = loosened(parent ? borrowing(prior) : prior),
                     interval_prior = stretched(center_prior);
    Patterns center_patterns{PatternCache(center_prior), PatternCache(interval_prior), parent};
    Law law{facts,
            make_center(binding_as_exact(facts, fit), fit, precision.size, center_patterns),
            openings_of(facts, fit, precision.size, center_patterns),
            precision.size,
            {}};
    if (redraws_facts(precision)) law.root = fact_root(law.center, precision);
    const bool are_facts_drawn = law.openings || !law.has_exact_facts();
    std::vector<CurveFit> draws(n, fit);
    parallel_for(n, n_threads, [&](std::size_t begin, std::size_t end) {
        Patterns patterns{PatternCache(center_prior), PatternCache(interval_prior), parent};
        for (std::size_t i = begin; i < end; ++i) {
            interruption_point();
            NormalStream stream(key, i);
            draws[i].curve = are_facts_drawn ? draw_with_facts(law, patterns, stream) : draw(law.center, stream);
        }
    });
    return draws;
}

}  // namespace wagefit
