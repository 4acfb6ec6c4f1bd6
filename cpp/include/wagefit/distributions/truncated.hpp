#pragma once

#include "wagefit/distributions/distribution.hpp"

namespace wagefit {

/// X given lower <= X <= upper.
class Truncated final : public Distribution {
public:
    /// `lower` < `upper` in the base's unit; FactError when no probability lies between them.
    Truncated(DistributionPtr base, double lower, double upper);

    [[nodiscard]] const DistributionPtr& base() const noexcept { return base_; }
    [[nodiscard]] double lower() const noexcept { return lower_; }
    [[nodiscard]] double upper() const noexcept { return upper_; }

    [[nodiscard]] double value(double z) const override;
    [[nodiscard]] double log_value(double z) const override;
    [[nodiscard]] double score(double x) const override;
    [[nodiscard]] double score_left(double x) const override;
    [[nodiscard]] double log_pdf(double x) const override;
    [[nodiscard]] double partial_moment(double k, double z0, double z1) const override;
    [[nodiscard]] std::vector<double> breakpoints() const override;
    [[nodiscard]] std::vector<MixturePart> parts() const override;
    [[nodiscard]] Support support() const override;
    [[nodiscard]] std::vector<Atom> atoms() const override;
    [[nodiscard]] DistributionPtr scaled(double k) const override;
    [[nodiscard]] std::string name() const override { return "truncated " + base_->name(); }

private:
    [[nodiscard]] double to_base(double z) const;
    [[nodiscard]] double from_base(double z) const;

    DistributionPtr base_;
    double lower_, upper_;
    double z_lower_, z_upper_;     // base scores of the ends
    double below_, above_, mass_;  // base probabilities left of, right of and between the ends
};

/// X given lower <= X <= upper, `base` a distribution of X: that of a stack layer by layer, whose expectations keep
/// their digits where a layer ends. FactError as Truncated.
[[nodiscard]] DistributionPtr truncated(DistributionPtr base, double lower, double upper);

}  // namespace wagefit
