#include "wagefit/fitting/posterior.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "fitting/cell_fit.hpp"
#include "fitting/guaranteed_path.hpp"
#include "fitting/log_slopes.hpp"
#include "linear_algebra/cholesky.hpp"
#include "linear_algebra/eigenvalues.hpp"
#include "numerics/constants.hpp"
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
    Cell cell;  // with the prior for the cell's own size
    PlausibleSlopes at;
    linear_algebra::Cholesky root;  // of the covariance of the log slopes
};

/// Patterns of the point curve and of the deviations from it, and the parent whose shape both borrow, or null.
struct Patterns {
    PatternCache point, interval;
    const ParentShape* parent;
};

Center make_center(const Facts& given_facts, CurveFit fit, double size, Patterns& patterns) {
    constexpr double ridge = 1e-8;  // variance that a slope has of its own
    const Facts facts = binding_as_exact(given_facts, fit);
    const Cell point = make_cell(facts, infinity, {patterns.point, patterns.parent}),
               cell = make_cell(facts, size, {patterns.interval, patterns.parent});
    PlausibleSlopes at = most_plausible(point, VectorXd::Zero(point.pattern.n_segments()), facts.mean());
    const Index n = cell.pattern.n_segments();
    return {facts, std::move(fit), cell, std::move(at),
            linear_algebra::Cholesky(cell.pattern.covariance + ridge * MatrixXd::Identity(n, n))};
}

/// sqrt((nu + distance) / chi^2), the scale of a multivariate t given what was seen.
double heavy_tail_factor(const Center& center, NormalStream& stream) {
    const double nu = center.cell.pattern.degrees_of_freedom;
    const double seen = static_cast<double>(center.facts.quantiles().size()) - (center.facts.mean() ? 1.0 : 2.0);
    const auto freedom = static_cast<Index>(std::lround(nu + std::max(seen, 0.0)));
    return std::sqrt((nu + center.at.distance) / stream.vector(freedom).squaredNorm());
}

/// Departures of the distribution given the linearized facts, and from there to the nearest ones that meet them.
std::shared_ptr<const Curve> drawn_curve(const Center& center, NormalStream& stream) {
    const bool has_mean = center.facts.mean().has_value();
    const VectorXd free = center.root.times(stream.vector(center.at.departures.size()));
    const VectorXd deviation = given_facts(center.cell, center.at, has_mean, free) * heavy_tail_factor(center, stream);
    PlausibleSlopes drawn = most_plausible(center.cell, center.at.departures + deviation, center.facts.mean());
    if (drawn.is_met || !has_mean) return std::move(drawn.curve);
    return bend_to_mean(drawn.curve->knots(), center.cell.fact_z, center.cell.pinned.support, *center.facts.mean())
        .curve;
}

bool meets_bounds(const Curve& curve, const Facts& facts) {
    const auto holds = [&](const QuantileFact& bound) { return ppf(curve, bound.p) >= bound.value; };
    return std::all_of(facts.at_least().begin(), facts.at_least().end(), holds) &&
           (!facts.mean_at_least() || mean(curve) >= *facts.mean_at_least());
}

std::shared_ptr<const Curve> draw(const Center& center, NormalStream& stream) {
    for (int attempt = 0; attempt < attempts; ++attempt) {
        auto curve = drawn_curve(center, stream);
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
        CurveFit fit = try_fit_curve(*facts, {patterns.point, patterns.parent});
        if (!fit.curve) continue;
        try {
            return draw(make_center(*facts, std::move(fit), size, patterns), stream);
        } catch (const ConvergenceError&) {
            continue;  // the mean drawn lies too near the end of its interval
        }
    }
    return center.fit.curve;
}

}  // namespace

std::vector<CurveFit> posterior_draws(const Facts& facts, const CurveFit& fit, const Precision& precision,
                                      std::size_t n, StreamKey key, const ShapePrior& prior, int n_threads,
                                      const ParentShape* parent) {
    assert(fit.curve);
    const ShapePrior center_prior = loosened(parent ? borrowing(prior) : prior),
                     interval_prior = stretched(center_prior);
    Patterns center_patterns{PatternCache(center_prior), PatternCache(interval_prior), parent};
    const Center center = make_center(facts, fit, precision.size, center_patterns);
    const MatrixXd root = redraws_facts(precision) ? fact_root(center, precision) : MatrixXd{};
    std::vector<CurveFit> draws(n, fit);
    parallel_for(n, n_threads, [&](std::size_t begin, std::size_t end) {
        Patterns patterns{PatternCache(center_prior), PatternCache(interval_prior), parent};
        for (std::size_t i = begin; i < end; ++i) {
            NormalStream stream(key, i);
            draws[i].curve = redraws_facts(precision) ? draw_resampled(center, root, precision.size, patterns, stream)
                                                      : draw(center, stream);
        }
    });
    return draws;
}

}  // namespace wagefit
