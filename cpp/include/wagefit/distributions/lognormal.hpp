#pragma once

#include "wagefit/distributions/distribution.hpp"

namespace wagefit {

/// X = median exp(sigma Z), Z standard normal. Johnson, Kotz & Balakrishnan (1994), chapter 14.
class Lognormal final : public Distribution {
public:
    /// `median` in dollars and `sigma` (standard deviation of log X) are finite and positive; FactError otherwise.
    Lognormal(double median, double sigma);

    [[nodiscard]] double median() const noexcept { return median_; }
    [[nodiscard]] double sigma() const noexcept { return sigma_; }

    [[nodiscard]] double value(double z) const override;
    [[nodiscard]] double log_value(double z) const override;
    [[nodiscard]] double score(double x) const override;
    [[nodiscard]] double log_pdf(double x) const override;
    [[nodiscard]] double partial_moment(double k, double z0, double z1) const override;
    [[nodiscard]] double half_mean_difference() const override;
    [[nodiscard]] ExpectationNodes pay_nodes() const override;
    [[nodiscard]] Support support() const override;
    [[nodiscard]] DistributionPtr scaled(double k) const override;
    [[nodiscard]] std::string name() const override { return "lognormal"; }

private:
    double median_;
    double sigma_;
};

}  // namespace wagefit
