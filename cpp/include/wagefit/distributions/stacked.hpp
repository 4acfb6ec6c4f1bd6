#pragma once

#include "wagefit/distributions/distribution.hpp"
#include "wagefit/numerics/probability.hpp"

namespace wagefit {

/// Distributions that lie one above the other: with probability weight[i] the wage is drawn from layer i, whose support
/// ends where that of layer i + 1 starts or below it. Between two supports there is a gap: the distribution function
/// stands still there and the quantile function takes the gap's lower end. Unlike a mixture's, the quantile function is
/// in closed form.
class Stacked final : public Distribution {
public:
    /// At least one layer, `weights` positive, of the same length; they are normalized.
    Stacked(std::vector<DistributionPtr> layers, std::vector<double> weights);

    [[nodiscard]] const std::vector<DistributionPtr>& layers() const noexcept { return layers_; }
    [[nodiscard]] const std::vector<double>& weights() const noexcept { return weights_; }

    [[nodiscard]] double value(double z) const override;
    [[nodiscard]] double log_value(double z) const override;
    [[nodiscard]] double score(double x) const override;
    [[nodiscard]] double score_left(double x) const override;
    [[nodiscard]] double cdf(double x) const override;
    [[nodiscard]] double sf(double x) const override;
    [[nodiscard]] double log_pdf(double x) const override;
    [[nodiscard]] double partial_moment(double k, double z0, double z1) const override;
    [[nodiscard]] std::vector<double> breakpoints() const override;
    [[nodiscard]] ExpectationNodes nodes() const override;
    [[nodiscard]] double half_mean_difference() const override;
    [[nodiscard]] std::vector<MixturePart> parts() const override;
    [[nodiscard]] Support support() const override;
    [[nodiscard]] std::vector<Atom> atoms() const override;
    [[nodiscard]] DistributionPtr scaled(double k) const override;
    [[nodiscard]] std::string name() const override { return "stacked"; }

private:
    [[nodiscard]] std::size_t layer_at(double x) const;               // the highest layer that starts at or below x
    [[nodiscard]] std::size_t layer_of_score(double z) const;         // the layer of the people at normal score z
    [[nodiscard]] TwoTails tails(std::size_t layer, double z) const;  // of the whole at a normal score of the layer
    // Normal score of the layer at one of the whole, and the reverse.
    [[nodiscard]] double layer_score(std::size_t layer, double z) const;
    [[nodiscard]] double whole_score(std::size_t layer, double z) const;

    std::vector<DistributionPtr> layers_;
    std::vector<double> weights_;
    std::vector<double> below_;  // probability of the layers below each
    std::vector<double> above_;  // probability of the layers above each
};

}  // namespace wagefit
