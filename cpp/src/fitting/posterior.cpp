#include "wagefit/fitting/posterior.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "fitting/cell_fit.hpp"
#include "fitting/guaranteed_path.hpp"
#include "fitting/mean_constraint.hpp"
#include "linear_algebra/cholesky.hpp"
#include "linear_algebra/eigenvalues.hpp"
#include "numerics/parallel.hpp"
#include "wagefit/distributions/operations.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr int attempts = 64;  // per draw, for bounds and perturbed facts to hold; then the fitted curve stands in

/// Consecutive standard normal draws of one stream, starting at a block of their own.
class NormalStream {
public:
    NormalStream(StreamKey key, std::uint64_t block) : key_(key), index_(block << 16U) {}
    double next() { return random_normal(key_, index_++); }
    VectorXd vector(Index n) {
        return VectorXd::NullaryExpr(n, [this] { return next(); });
    }

private:
    StreamKey key_;
    std::uint64_t index_;
};

/// The fitted curve of a cell with everything that its draws share.
struct Center {
    Facts facts;  // binding bounds taken up
    CurveFit fit;
    Cell cell;   // with the prior for the cell's own size
    VectorXd g;  // log quantiles of the fitted curve at the knots
    double scale;
    VectorXd gradient;  // of the log mean
    VectorXd pull;      // covariance of g with the log mean
    double distance;    // squared Mahalanobis distance of all facts from the prior
    double freedom;     // facts beyond level and slope
};

/// Patterns of the point curve and of the deviations from it.
struct Patterns {
    PatternCache point, interval;
};

VectorXd knot_values(const Cell& cell, const Curve& curve) {
    VectorXd g(cell.pattern.size());
    for (Index i = 0; i < g.size(); ++i) g[i] = std::log(curve.value(cell.pattern.z[i]) / cell.pinned.reference);
    for (std::size_t i = 0; i < cell.pattern.facts.size(); ++i)
        g[cell.pattern.facts[i]] = cell.pinned.logs[static_cast<Index>(i)];
    return g;
}

void add_mean_surprise(Center& center, const Conditional& given) {
    const double variance = center.gradient.dot(center.pull) * center.scale * center.scale;
    const double before = mean(*center.cell.curve(given.g, given.scale));
    const double surprise = std::log(*center.facts.mean() / before);
    center.distance += variance > 0.0 ? surprise * surprise / variance : 0.0;
    center.freedom += 1.0;
}

/// The prior given the quantiles; a lone one takes its scale from the mean, or the typical one without it.
Conditional given_quantiles(const Cell& cell, const Facts& facts) {
    if (facts.quantiles().size() > 1) return condition(cell.pattern, cell.pinned.logs);
    if (facts.mean()) return condition_on_mean(cell, *facts.mean());
    return condition_alone_at_scale(cell.pattern, cell.pinned.logs, cell.pattern.typical_scale);
}

Center make_center(const Facts& given_facts, CurveFit fit, double size, PatternCache& patterns) {
    const Facts facts = binding_as_exact(given_facts, fit);
    Cell cell = make_cell(facts, size, patterns);
    const bool lone = facts.quantiles().size() == 1;
    const Conditional given = given_quantiles(cell, facts);
    VectorXd g = knot_values(cell, *fit.curve);
    VectorXd gradient = log_mean_gradient(cell.pattern, *fit.curve);
    VectorXd pull = cell.pattern.covariance * gradient;
    const double freedom = std::max(static_cast<double>(facts.quantiles().size()) - 2.0, 0.0);
    Center center{facts,           std::move(fit), std::move(cell), std::move(g), given.scale, std::move(gradient),
                  std::move(pull), given.distance, freedom};
    if (facts.mean() && !lone) add_mean_surprise(center, given);
    return center;
}

/// sqrt((nu + distance) / chi^2), the scale of a multivariate t given what was seen.
double heavy_tail_factor(const Center& center, NormalStream& stream) {
    const double nu = center.cell.pattern.degrees_of_freedom;
    const auto freedom = static_cast<Index>(std::lround(nu + center.freedom));
    return std::sqrt((nu + center.distance) / stream.vector(freedom).squaredNorm());
}

/// A deviation of g with the covariance given the quantiles and the linearized mean.
VectorXd deviation(const Center& center, NormalStream& stream) {
    VectorXd free = center.cell.pattern.root * stream.vector(center.cell.pattern.size());
    const double variance = center.gradient.dot(center.pull);
    if (center.facts.mean() && variance > 0.0) free -= center.pull * (center.gradient.dot(free) / variance);
    return free * (center.scale * heavy_tail_factor(center, stream));
}

std::shared_ptr<const Curve> drawn_curve(const Center& center, NormalStream& stream) {
    const VectorXd g = center.g + deviation(center, stream);
    if (!center.facts.mean()) return center.cell.curve(g, center.scale);
    const MeanStep met = meet_mean_along(center.cell, g, center.scale, center.pull, *center.facts.mean());
    if (met.curve) return met.curve;
    const auto before = center.cell.curve(g, center.scale);
    return bend_to_mean(before->knots(), center.cell.fact_z, center.cell.pinned.support, *center.facts.mean()).curve;
}

/// The scale that the mean asks for.
std::shared_ptr<const Curve> curve_with_mean(const Cell& cell, double target) {
    const Conditional given = condition_on_mean(cell, target);
    auto curve = cell.curve(given.g, given.scale);
    if (meets_mean(*curve, target)) return curve;
    return bend_to_mean(curve->knots(), cell.fact_z, cell.pinned.support, target).curve;
}

/// No fact tells the scale: it varies as between cells.
std::shared_ptr<const Curve> curve_at_drawn_scale(const Cell& cell, NormalStream& stream) {
    const double scale = cell.pattern.typical_scale * std::exp(cell.pattern.scale_spread * stream.next());
    return cell.curve(condition_alone_at_scale(cell.pattern, cell.pinned.logs, scale).g, scale);
}

/// A lone quantile: the prior's shape itself is drawn, the scale follows from the mean or is drawn as well.
std::shared_ptr<const Curve> drawn_lone_curve(const Center& center, NormalStream& stream) {
    KnotPattern pattern = center.cell.pattern;
    constexpr double ridge = 1e-10;
    const linear_algebra::Cholesky factor(pattern.unconditional +
                                          ridge * MatrixXd::Identity(pattern.size(), pattern.size()));
    VectorXd& shape = center.facts.mean() ? pattern.base : pattern.base_alone;
    shape += factor.times(stream.vector(pattern.size())) * heavy_tail_factor(center, stream);
    const Cell cell{pattern, center.cell.pinned, center.cell.fact_z};
    return center.facts.mean() ? curve_with_mean(cell, *center.facts.mean()) : curve_at_drawn_scale(cell, stream);
}

bool meets_bounds(const Curve& curve, const Facts& facts) {
    const auto holds = [&](const QuantileFact& bound) { return ppf(curve, bound.p) >= bound.value; };
    return std::all_of(facts.at_least().begin(), facts.at_least().end(), holds) &&
           (!facts.mean_at_least() || mean(curve) >= *facts.mean_at_least());
}

std::shared_ptr<const Curve> draw(const Center& center, NormalStream& stream) {
    for (int attempt = 0; attempt < attempts; ++attempt) {
        auto curve =
            center.facts.quantiles().size() == 1 ? drawn_lone_curve(center, stream) : drawn_curve(center, stream);
        if (curve && meets_bounds(*curve, center.facts)) return curve;
    }
    return center.fit.curve;
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
    auto usable = Facts::from(std::move(figures));
    return usable && check_feasibility(*usable).feasible() ? std::move(usable) : std::nullopt;
}

std::shared_ptr<const Curve> draw_resampled(const Center& center, const MatrixXd& root, double size, Patterns& patterns,
                                            NormalStream& stream) {
    for (int attempt = 0; attempt < attempts; ++attempt) {
        const auto facts = resampled(center.facts, root, stream);
        if (!facts) continue;
        CurveFit fit = try_fit_curve(*facts, patterns.point);
        if (!fit.curve) continue;
        try {
            return draw(make_center(*facts, std::move(fit), size, patterns.interval), stream);
        } catch (const ConvergenceError&) {
            continue;  // the mean drawn lies too near the end of its interval
        }
    }
    return center.fit.curve;
}

}  // namespace

std::vector<CurveFit> posterior_draws(const Facts& facts, const CurveFit& fit, const Precision& precision,
                                      std::size_t n, StreamKey key, const ShapePrior& prior, int n_threads) {
    assert(fit.curve);
    const ShapePrior interval_prior = stretched(prior);
    PatternCache center_patterns(interval_prior);
    const Center center = make_center(facts, fit, precision.size, center_patterns);
    const MatrixXd root = redraws_facts(precision) ? fact_root(center, precision) : MatrixXd{};
    std::vector<CurveFit> draws(n, fit);
    parallel_for(n, n_threads, [&](std::size_t begin, std::size_t end) {
        Patterns patterns{PatternCache(prior), PatternCache(interval_prior)};
        for (std::size_t i = begin; i < end; ++i) {
            NormalStream stream(key, i);
            draws[i].curve = redraws_facts(precision) ? draw_resampled(center, root, precision.size, patterns, stream)
                                                      : draw(center, stream);
        }
    });
    return draws;
}

}  // namespace wagefit
