#pragma once

#include <Eigen/Core>

namespace wagefit {

/// A statistic of weighted values with its recentered influence function at each of them: the function's weighted mean
/// is the statistic, and regressions of it decompose the statistic as regressions of the values do the mean (Firpo,
/// Fortin and Lemieux 2009, 2018).
struct RecenteredInfluence {
    double statistic;
    Eigen::ArrayXd values;  ///< shape (n,)
};

/// The mean; its function is the value itself.
[[nodiscard]] RecenteredInfluence influence_of_mean(const Eigen::Ref<const Eigen::ArrayXd>& values,
                                                    const Eigen::Ref<const Eigen::ArrayXd>& weights);

/// The p-quantile q: q + (p - [value <= q]) / f(q), f by a normal kernel with Silverman's bandwidth, 0.9 min(standard
/// deviation, interquartile range / 1.34) n^(-1/5), n the effective size (sum w)^2 / sum w^2.
/// FactError unless 0 < p < 1 and the values spread.
[[nodiscard]] RecenteredInfluence influence_of_quantile(const Eigen::Ref<const Eigen::ArrayXd>& values,
                                                        const Eigen::Ref<const Eigen::ArrayXd>& weights, double p);

/// The Gini coefficient of positive values with mean m, L the generalized Lorenz curve, R its area:
/// 1 + 2 R value / m^2 - 2 (value (1 - F) + L) / m. FactError for a value of at most 0.
[[nodiscard]] RecenteredInfluence influence_of_gini(const Eigen::Ref<const Eigen::ArrayXd>& values,
                                                    const Eigen::Ref<const Eigen::ArrayXd>& weights);

}  // namespace wagefit
