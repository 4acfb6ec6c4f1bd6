#pragma once

#include "wagefit/distributions/family.hpp"

namespace wagefit {

/// P(X <= x) = I_u(p, q), u = y / (1 + y), y = (x / scale)^a, I the regularized incomplete beta function. McDonald
/// (1984), Econometrica 52, 647-663. Singh-Maddala is p = 1, Dagum q = 1, loglogistic both; these have closed forms.
class GeneralizedBeta2 final : public Distribution {
public:
    /// `scale` in dollars; all parameters finite and positive. `family` names which of the four it is.
    GeneralizedBeta2(Family family, double scale, double a, double p, double q);

    [[nodiscard]] Family family() const noexcept { return family_; }

    /// In the order of parameter_names(family()).
    [[nodiscard]] std::vector<double> parameters() const;

    [[nodiscard]] double value(double z) const override;
    [[nodiscard]] double log_value(double z) const override;
    [[nodiscard]] double score(double x) const override;
    [[nodiscard]] double cdf(double x) const override;
    [[nodiscard]] double sf(double x) const override;
    [[nodiscard]] double log_pdf(double x) const override;
    [[nodiscard]] double partial_moment(double k, double z0, double z1) const override;
    [[nodiscard]] ExpectationNodes pay_nodes() const override;
    [[nodiscard]] double half_mean_difference() const override;
    [[nodiscard]] std::vector<double> breakpoints() const override;
    [[nodiscard]] Support support() const override;
    [[nodiscard]] DistributionPtr scaled(double k) const override;
    [[nodiscard]] std::string name() const override { return std::string(wagefit::name(family_)); }

private:
    [[nodiscard]] double log_odds(double z) const;     // log y at the normal score z
    [[nodiscard]] double log_odds_of(double x) const;  // log y at the wage x
    [[nodiscard]] double whole_moment(double k) const;

    Family family_;
    double scale_, a_, p_, q_;
};

}  // namespace wagefit
