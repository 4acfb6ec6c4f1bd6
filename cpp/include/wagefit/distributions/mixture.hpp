#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "wagefit/distributions/distribution.hpp"

namespace wagefit {

class MixtureQuantile;

/// Draws component i with probability weight[i]. cdf, sf and density are exact sums; quantiles are bracketed roots.
///
/// The first quantile of a mixture of curves builds a table of points, from which that one and all others start.
class Mixture final : public Distribution {
public:
    /// `weights` (same length as `components`) are non-negative and finite with a positive sum, and are normalized
    /// unless they sum to one but for rounding; components of weight zero are dropped. FactError otherwise.
    Mixture(std::vector<DistributionPtr> components, std::vector<double> weights);

    [[nodiscard]] const std::vector<DistributionPtr>& components() const noexcept { return components_; }
    [[nodiscard]] const std::vector<double>& weights() const noexcept { return weights_; }

    [[nodiscard]] double value(double z) const override;

    /// `value` by bracketing between the components' quantiles, without the table: slower, for any components.
    [[nodiscard]] double bracketed_value(double z) const;

    [[nodiscard]] double score(double x) const override;
    [[nodiscard]] double score_left(double x) const override;
    [[nodiscard]] double cdf(double x) const override;
    [[nodiscard]] double sf(double x) const override;
    [[nodiscard]] double log_pdf(double x) const override;
    [[nodiscard]] double partial_moment(double k, double z0, double z1) const override;
    [[nodiscard]] std::vector<double> breakpoints() const override;
    [[nodiscard]] std::vector<MixturePart> parts() const override;
    [[nodiscard]] Support support() const override;
    [[nodiscard]] std::vector<Atom> atoms() const override;
    [[nodiscard]] DistributionPtr scaled(double k) const override;
    [[nodiscard]] std::string name() const override { return "mixture"; }

private:
    struct Probability {
        double below;
        double above;
    };
    [[nodiscard]] Probability at(double x) const;
    [[nodiscard]] Probability before(double x) const;
    [[nodiscard]] std::optional<double> tabled_value(double z) const;
    [[nodiscard]] double excess(double x, double z) const;
    [[nodiscard]] double root_between(double low, double high, double z) const;
    [[nodiscard]] double atom_correction(double k, double z) const;
    [[nodiscard]] std::vector<double> break_wages() const;

    std::vector<DistributionPtr> components_;
    std::vector<double> weights_;
    std::vector<Atom> atoms_;  // ascending
    mutable std::once_flag is_tabled_;
    mutable std::shared_ptr<const MixtureQuantile> table_;  // null where MixtureQuantile does not take the components
};

}  // namespace wagefit
