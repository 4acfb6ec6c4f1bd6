#pragma once

#include "wagefit/distributions/distribution.hpp"

namespace wagefit {

/// P(X > x) = exp(-(x / scale)^shape). Johnson, Kotz & Balakrishnan (1994), chapter 21.
class Weibull final : public Distribution {
public:
    /// `scale` in dollars; both finite and positive.
    Weibull(double scale, double shape);

    [[nodiscard]] double scale() const noexcept { return scale_; }
    [[nodiscard]] double shape() const noexcept { return shape_; }

    [[nodiscard]] double value(double z) const override;
    [[nodiscard]] double log_value(double z) const override;
    [[nodiscard]] double score(double x) const override;
    [[nodiscard]] double cdf(double x) const override;
    [[nodiscard]] double sf(double x) const override;
    [[nodiscard]] double log_pdf(double x) const override;
    [[nodiscard]] double partial_moment(double k, double z0, double z1) const override;
    [[nodiscard]] ExpectationNodes pay_nodes() const override;
    [[nodiscard]] double half_mean_difference() const override;
    [[nodiscard]] Support support() const override;
    [[nodiscard]] DistributionPtr scaled(double k) const override;
    [[nodiscard]] std::string name() const override { return "weibull"; }

private:
    double scale_, shape_;
};

}  // namespace wagefit
