#include "wagefit/fitting/shape_prior.hpp"

#include <array>
#include <cstddef>

#include "fitting/shape_prior_table.hpp"

namespace wagefit {
namespace {

namespace table = shape_prior_table;

using Eigen::Index;
using Eigen::VectorXd;

constexpr double typical_scale = 0.45;      // log points; medians: 0.47 of the groups, 0.37 of the rows learned from
constexpr double scale_variance = 1.0;      // a factor of e either way
constexpr double scale_spread = 0.25;       // root mean square of f: 0.24 of the groups, 0.32 of the rows learned from
constexpr double typical_size = 1500.0;     // left-out percentiles and sources are predicted best by 1000 to 2000
constexpr double degrees_of_freedom = 4.0;  // as assumed in the estimation: single groups lie far out
constexpr double tail = 1.28;
constexpr double lower_skew = 5.0, upper_skew = 2.5;  // chosen on groups of people cut at a top code
constexpr double drawn_lower_skew = 1.5;              // chosen by the coverage of P5 and of the lowest third's pay
constexpr double upper_tail_ratio = 0.75;             // what the prior's fall of the slope beyond P99.9 goes on to

// Learned by python/embed/parent_rule on industries, sectors and states as parts of the nation.
constexpr ParentRule parent_rule{.lower_weight = 0.555,
                                 .middle_weight = 0.252,
                                 .upper_weight = 0.861,
                                 .upper_shift = -0.087,
                                 .upper_level = -0.242,
                                 .upper_scale = -0.174,
                                 .lower_factor = 0.402,
                                 .middle_factor = 0.894,
                                 .upper_factor = 0.252,
                                 .drawn_factor = 1.8};

// One or two knots lie in each interval of the five usual percentiles. Those at the percentiles themselves serve cells
// that do not publish one.
constexpr std::array knots{-3.0, -2.5, -2.1, -1.7, -1.3, -0.98, -0.67, -0.5, -0.17, 0.0, 0.17,
                           0.5,  0.67, 0.98, 1.3,  1.6,  1.95,  2.3,   2.7,  3.1,   3.6, 4.1};

template <std::size_t n>
VectorXd vector(const std::array<double, n>& values) {
    return Eigen::Map<const VectorXd>(values.data(), static_cast<Index>(n));
}

ShapePrior make_prior() {
    constexpr auto n = static_cast<Index>(table::n_knots);
    return {.z = vector(table::z),
            .mean = vector(table::mean),
            .mean_alone = vector(table::mean_alone),
            .mean_by_scale = vector(table::mean_by_scale),
            .shape = Eigen::Map<const Eigen::MatrixXd>(table::shape.data(), n, n),
            .interval_factor = vector(table::interval_factor),
            .knots = vector(knots),
            .typical_scale = typical_scale,
            .scale_variance = scale_variance,
            .scale_spread = scale_spread,
            .typical_size = typical_size,
            .degrees_of_freedom = degrees_of_freedom,
            .tail = tail,
            .lower_skew = lower_skew,
            .drawn_lower_skew = drawn_lower_skew,
            .upper_skew = upper_skew,
            .parent = parent_rule,
            .upper_tail_ratio = upper_tail_ratio};
}

}  // namespace

ShapePrior loosened(const ShapePrior& prior) {
    ShapePrior out = prior;
    out.lower_skew = prior.drawn_lower_skew;
    return out;
}

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
