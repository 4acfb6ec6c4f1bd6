#include "wagefit/estimation/wild_bootstrap.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <string>

#include "estimation/cross_products.hpp"
#include "estimation/group_leverage.hpp"
#include "estimation/working_system.hpp"
#include "linear_algebra/products.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/estimation/least_squares.hpp"
#include "wagefit/numerics/interruption.hpp"

namespace wagefit {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using Values = Eigen::Ref<const ArrayXd>;

constexpr Index few_clusters = 10;  // below, signs alone have too few combinations
const std::array<double, 2> signs{-1.0, 1.0};
const std::array<double, 6> webb{-std::sqrt(1.5), -1.0, -std::sqrt(0.5), std::sqrt(0.5), 1.0, std::sqrt(1.5)};

/// What the t ratios of all draws and hypotheses are made of, in coordinates in which Z'WZ is the identity.
struct ClusterScores {
    VectorXd contrast;  ///< of the coefficient, shape (p,)
    MatrixXd scores;    ///< Z_g'W_g residuals, shape (p, G)
    MatrixXd moves;     ///< how scores change with the multiplier of the hypothesis, Z_g'W_g Z_g contrast, shape (p, G)
};

/// Of every draw: t^2 is (n0 + d n1)^2 / (d00 + 2 d d01 + d^2 d11) up to a common factor, d = (estimate - null) over
/// the squared contrast.
struct DrawnRatios {
    ArrayXd n0, n1, d00, d01, d11;  ///< shape (draws,)
};

ClusterScores cluster_scores(const Design& design, const Values& weights, const LevelColumn& clusters,
                             const ArrayXd& residuals, Index coefficient) {
    const CenteredDesign z = centered(design, weights);
    const NormalCholesky cholesky(estimated(design, cross_product(z, weights)));
    VectorXd contrast = VectorXd::Unit(system_size(design) - first_estimated(design), coefficient);
    if (design.intercept == Intercept::included && coefficient == 0)
        contrast.segment(1, z.center.size()) = -z.center.transpose();
    contrast = cholesky.whitened(contrast);
    const auto groups = rows_by_group(clusters);
    ClusterScores out{contrast, MatrixXd(contrast.size(), clusters.levels), MatrixXd(contrast.size(), clusters.levels)};
    for (Index g = 0; g < clusters.levels; ++g) {
        const auto& rows = groups[static_cast<std::size_t>(g)];
        const MatrixXd whitened = whitened_rows(z, cholesky, weights, rows);
        const ArrayXd weighted = weights(rows).sqrt() * residuals(rows);
        out.scores.col(g) = whitened * weighted.matrix();
        out.moves.col(g) = whitened * (whitened.transpose() * contrast);
    }
    return out;
}

/// Number of combinations of multipliers, at most `limit` + 1.
Index combinations(Index values, Index clusters, Index limit) {
    Index count = 1;
    for (Index g = 0; g < clusters && count <= limit; ++g) count *= values;
    return std::min(count, limit + 1);
}

/// Multipliers of the clusters in a draw: the digits of its number where all combinations are drawn, else random.
VectorXd multipliers(std::span<const double> values, Index clusters, Index draw, bool is_complete, StreamKey key) {
    VectorXd out(clusters);
    const auto count = static_cast<Index>(values.size());
    for (Index g = 0; g < clusters; ++g) {
        const auto place =
            static_cast<std::uint64_t>(draw) * static_cast<std::uint64_t>(clusters) + static_cast<std::uint64_t>(g);
        const auto drawn = static_cast<Index>(random_uniform(key, place) * static_cast<double>(count));
        out[g] = values[static_cast<std::size_t>(is_complete ? draw % count : drawn)];
        draw = is_complete ? draw / count : draw;
    }
    return out;
}

DrawnRatios drawn_ratios(const ClusterScores& from, const WildBootstrapOptions& options, Index draws,
                         std::span<const double> values, bool is_complete) {
    DrawnRatios out{ArrayXd(draws), ArrayXd(draws), ArrayXd(draws), ArrayXd(draws), ArrayXd(draws)};
    const VectorXd a0 = from.scores.transpose() * from.contrast, a1 = from.moves.transpose() * from.contrast;
    for (Index b = 0; b < draws; ++b) {
        interruption_point();
        const VectorXd v = multipliers(values, a0.size(), b, is_complete, options.key);
        const VectorXd step0 = from.scores * v, step1 = from.moves * v;
        const VectorXd q0 = v.cwiseProduct(a0) - from.moves.transpose() * step0;
        const VectorXd q1 = v.cwiseProduct(a1) - from.moves.transpose() * step1;
        out.n0[b] = from.contrast.dot(step0);
        out.n1[b] = from.contrast.dot(step1);
        out.d00[b] = q0.squaredNorm();
        out.d01[b] = q0.dot(q1);
        out.d11[b] = q1.squaredNorm();
    }
    return out;
}

/// Two-sided p-values as a function of the hypothesis.
class WildTest {
public:
    WildTest(DrawnRatios drawn, double size, double squares, bool is_complete)
        : drawn_(std::move(drawn)), size_(size), squares_(squares), is_complete_(is_complete) {}

    /// gap: estimate less hypothesis.
    [[nodiscard]] double p_value(double gap) const {
        constexpr double rounding = 1e-10;  // a draw that repeats the data ties with them up to rounding
        const double d = gap / size_, observed = gap * gap / squares_ * (1.0 - rounding);
        const ArrayXd numerator = (drawn_.n0 + d * drawn_.n1).square();
        const ArrayXd denominator = (drawn_.d00 + 2.0 * d * drawn_.d01 + d * d * drawn_.d11).max(0.0);
        const auto count = static_cast<double>((numerator >= observed * denominator).count());
        const auto draws = static_cast<double>(numerator.size());
        return is_complete_ ? count / draws : (1.0 + count) / (1.0 + draws);
    }

    /// Distance from the estimate, on the side of `sign`, at which hypotheses begin to be rejected.
    [[nodiscard]] double reach(double sign, double alpha) const {
        constexpr double farthest = 1e6;  // standard errors; p-values have long settled
        const double error = std::sqrt(squares_);
        double inside = 0.0, outside = error;
        while (p_value(-sign * outside) > alpha) {
            inside = outside;
            outside *= 2.0;
            if (outside > farthest * error) return std::numeric_limits<double>::infinity();
        }
        while (outside - inside > 1e-9 * outside) {
            const double middle = 0.5 * (inside + outside);
            (p_value(-sign * middle) > alpha ? inside : outside) = middle;
        }
        return outside;
    }

private:
    DrawnRatios drawn_;
    double size_, squares_;
    bool is_complete_;
};

}  // namespace

WildBootstrap wild_cluster_bootstrap(const Design& design, const Values& outcome, const Values& weights,
                                     const LevelColumn& clusters, const WildBootstrapOptions& options) {
    const LeastSquaresOptions by_cluster{.covariance = Covariance::clustered, .clusters = clusters};
    const LeastSquaresFit fit = least_squares(design, outcome, weights, by_cluster);
    const Index j = options.coefficient, groups = clusters.levels;
    const ClusterScores from = cluster_scores(design, weights, clusters, fit.residuals, j);
    const std::span<const double> values =
        groups < few_clusters ? std::span<const double>(webb) : std::span<const double>(signs);
    const Index all = combinations(std::ssize(values), groups, options.draws);
    const bool is_complete = all <= options.draws;
    const Index draws = is_complete ? all : options.draws;
    const double squares = (from.scores.transpose() * from.contrast).squaredNorm();
    const WildTest test(drawn_ratios(from, options, draws, values, is_complete), from.contrast.squaredNorm(), squares,
                        is_complete);
    const double estimate = fit.coefficients[j], gap = estimate - options.null, alpha = 1.0 - options.level;
    return {.estimate = estimate,
            .t = gap / std::sqrt(fit.covariance(j, j)),
            .p_value = test.p_value(gap),
            .lower = estimate - test.reach(-1.0, alpha),
            .upper = estimate + test.reach(1.0, alpha),
            .draws = draws};
}

}  // namespace wagefit
