#pragma once

#include <optional>

#include "wagefit/distributions/distribution.hpp"

namespace wagefit {

/// A distribution whose part above the threshold u = Q(p) is replaced by a generalized Pareto tail:
/// P(X > x) = (1 - p) (1 + shape (x - u) / scale)^(-1 / shape) for x > u. Pickands (1975), Annals of Statistics 3,
/// 119-131.
class ParetoTail final : public Distribution {
public:
    /// The tail keeps the mean of `body` above Q(`p`), 0 < p < 1: scale = (1 - shape) E[X - u | X > u]. Without
    /// `shape`, which is below 1 and not 0, it is the one that makes the density continuous at u. FactError where no
    /// such tail exists.
    ParetoTail(DistributionPtr body, double p, std::optional<double> shape);

    [[nodiscard]] const DistributionPtr& body() const noexcept { return body_; }
    [[nodiscard]] double probability() const noexcept { return p_; }
    [[nodiscard]] double threshold() const noexcept { return threshold_; }  ///< dollars
    [[nodiscard]] double scale() const noexcept { return scale_; }          ///< dollars
    [[nodiscard]] double shape() const noexcept { return shape_; }

    [[nodiscard]] double value(double z) const override;
    [[nodiscard]] double log_value(double z) const override;
    [[nodiscard]] double score(double x) const override;
    [[nodiscard]] double score_left(double x) const override;
    [[nodiscard]] double cdf(double x) const override;
    [[nodiscard]] double sf(double x) const override;
    [[nodiscard]] double log_pdf(double x) const override;
    [[nodiscard]] double partial_moment(double k, double z0, double z1) const override;
    [[nodiscard]] std::vector<double> breakpoints() const override;
    [[nodiscard]] Support support() const override;
    [[nodiscard]] std::vector<Atom> atoms() const override;
    [[nodiscard]] DistributionPtr scaled(double k) const override;
    [[nodiscard]] std::string name() const override { return body_->name() + " with a Pareto tail"; }

private:
    [[nodiscard]] double log_sf_above(double x) const;           // x > threshold
    [[nodiscard]] double tail_mean(double z0, double z1) const;  // E[X; z0 < Z < z1] above the threshold

    DistributionPtr body_;
    double p_, z_, threshold_, scale_, shape_;
};

}  // namespace wagefit
