#pragma once

#include <Eigen/Core>

#include "wagefit/estimation/design.hpp"
#include "wagefit/numerics/counter_random.hpp"

namespace wagefit {

/// What is asked of one coefficient.
struct WildBootstrapOptions {
    Eigen::Index coefficient;  ///< its place among the design's coefficients
    double null = 0.0;         ///< hypothesis for the p-value
    double level = 0.9;        ///< of the interval, in (0, 1)
    Eigen::Index draws = 9999;
    StreamKey key{0, 0};
};

struct WildBootstrap {
    double estimate;
    double t;        ///< (estimate - null) over its CR1 error
    double p_value;  ///< two-sided: share of draws whose |t| is at least as large
    double lower;    ///< ends of the interval of hypotheses that are not rejected; infinite where none is, however far
    double upper;
    Eigen::Index draws;  ///< number of draws; all combinations of the clusters' multipliers where those are no more
};

/// Wild cluster bootstrap of the t ratio with the null hypothesis imposed (Cameron, Gelbach and Miller 2008; Roodman,
/// Nielsen, MacKinnon and Webb 2019): each draw multiplies the restricted residuals of a cluster by one number, -1 or 1
/// from ten clusters on, one of Webb's (2023) six values below. The interval inverts the test with the same draws.
/// FactError for wrong input or one cluster.
[[nodiscard]] WildBootstrap wild_cluster_bootstrap(const Design& design,
                                                   const Eigen::Ref<const Eigen::ArrayXd>& outcome,
                                                   const Eigen::Ref<const Eigen::ArrayXd>& weights,
                                                   const LevelColumn& clusters, const WildBootstrapOptions& options);

}  // namespace wagefit
