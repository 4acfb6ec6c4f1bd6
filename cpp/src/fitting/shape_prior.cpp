#include "wagefit/fitting/shape_prior.hpp"

#include <array>
#include <cmath>
#include <cstddef>

#include "fitting/shape_prior_table.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

namespace table = shape_prior_table;

using Eigen::Index;
using Eigen::VectorXd;

constexpr auto n_knots = static_cast<Index>(table::n_knots);

constexpr double typical_scale = 0.45;      // log points; medians: 0.47 of the groups, 0.37 of the rows learned from
constexpr double scale_spread = 0.28;       // root mean square of f: 0.24 of the groups, 0.32 of the rows learned from
constexpr double typical_size = 1500.0;     // left-out percentiles and sources are predicted best by 1000 to 2000
constexpr double degrees_of_freedom = 4.0;  // as assumed in the estimation: single groups lie far out
constexpr double upper_tail_ratio = 0.2;    // a heavier tail beyond P99.9 lets a few cells' standard deviation explode
constexpr Index chord_intervals = 4;        // shorter chords make the end slopes noisy

VectorXd vector(const std::array<double, table::n_knots>& values) {
    return Eigen::Map<const VectorXd>(values.data(), n_knots);
}

VectorXd knots() {
    VectorXd z(n_knots);
    for (Index i = 0; i < n_knots; ++i) z[i] = normal::quantile(table::probabilities[static_cast<std::size_t>(i)]);
    return z;
}

/// Set so that intervals cover what they should of groups of left-out sources, small and large (benchmarks/accuracy):
/// the estimated covariance is too wide between published points and too narrow far beyond them.
double interval_factor_at(double z) {
    if (std::abs(z) < 1.25) return 0.5;
    if (std::abs(z) < 1.9) return 0.75;
    return z < 0.0 ? 1.5 : 1.8;
}

ShapePrior make_prior() {
    const VectorXd z = knots();
    return {.z = z,
            .mean = vector(table::mean),
            .mean_alone = vector(table::mean_alone),
            .mean_by_scale = vector(table::mean_by_scale),
            .shape = Eigen::Map<const Eigen::MatrixXd>(table::shape.data(), n_knots, n_knots),
            .interval_factor = z.unaryExpr(&interval_factor_at),
            .typical_scale = typical_scale,
            .scale_spread = scale_spread,
            .typical_size = typical_size,
            .degrees_of_freedom = degrees_of_freedom,
            .upper_tail_ratio = upper_tail_ratio,
            .lower_chord_end = z[chord_intervals],
            .upper_chord_start = z[n_knots - 1 - chord_intervals]};
}

}  // namespace

ShapePrior stretched(const ShapePrior& prior) {
    ShapePrior out = prior;
    out.shape = prior.interval_factor.asDiagonal() * prior.shape * prior.interval_factor.asDiagonal();
    return out;
}

const ShapePrior& shape_prior() {
    static const ShapePrior prior = make_prior();
    return prior;
}

}  // namespace wagefit
