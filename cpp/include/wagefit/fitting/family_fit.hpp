#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

#include "wagefit/distributions/family.hpp"
#include "wagefit/facts/facts.hpp"

namespace wagefit {

/// A parametric family fitted to published facts.
struct FamilyFit {
    Family family;
    DistributionPtr distribution;
    Eigen::VectorXd parameters;  ///< shape (k,), in the order of parameter_names
    /// Shape (k, k), of the logs of the parameters times the number of people; NaN where not identified, as where a
    /// shape runs to 1/1000 or 1000.
    Eigen::MatrixXd log_covariance;
    double distance;  ///< goodness of fit per person: times the number of people it is chi-squared under the family
    double log_likelihood;   ///< of bracket counts; NaN for facts
    int degrees_of_freedom;  ///< facts, or brackets less one, minus parameters
};

/// Covariance of the logs of the quantiles and, last, of the mean of a sample of one person's worth from `d`, shape
/// (n_facts, n_facts): Cov(log Q_i, log Q_j) = p_i (1 - p_j) s_i s_j for p_i <= p_j, s = 1 / (q f(q)); Cov(log M, log
/// Q_i) = s_i (p_i - L(p_i)); Var(log M) = CV^2. L is the Lorenz curve. Lin, Wu & Ahmad (1980), Communications in
/// Statistics A9, 1487-1512.
[[nodiscard]] Eigen::MatrixXd log_fact_covariance(const Distribution& d, const Facts& facts);

/// Generalized least squares of the logs of quantiles and mean, weighted by their joint covariance at the default curve
/// through the same facts, which is consistent whether or not the family holds. As many facts as parameters are met
/// exactly.
///
/// Throws FactError for meaningless, one-sided or too few facts and for a bounded support, InfeasibleError where no
/// member of the family meets as many facts as it has parameters, or none has a finite mean.
[[nodiscard]] FamilyFit fit_family(Family family, const Facts& facts);

/// Maximum likelihood for counts of people, fractional ones included, in the brackets between the ascending `edges`,
/// shape (n + 1,), the first at least 0, the last possibly infinite. `log_likelihood` is the multinomial one without
/// its constant; `distance` is G^2 per person.
///
/// Throws FactError where fewer brackets hold people than the family has parameters.
[[nodiscard]] FamilyFit fit_family_to_brackets(Family family, std::span<const double> edges,
                                               std::span<const double> counts);

}  // namespace wagefit
