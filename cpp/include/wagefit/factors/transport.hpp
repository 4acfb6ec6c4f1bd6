#pragma once

#include <memory>

#include "wagefit/distributions/distribution.hpp"
#include "wagefit/factors/normal_mixture.hpp"

namespace wagefit {

struct IndexGrid;

/// The rank-preserving transport of a workforce's index to an anchor: the wage at index l is Q_A(F_L(l)), Q_A the
/// anchor's quantile function and F_L the index's law over the workforce.
class Transport {
public:
    Transport(DistributionPtr anchor, NormalMixture workforce);

    /// The wage at index `l`, and the index of the anchor's normal score `u`.
    [[nodiscard]] double wage(double l) const { return anchor_->value(workforce_.score(l)); }
    [[nodiscard]] double index(double u) const { return workforce_.inverse(u); }

    [[nodiscard]] const DistributionPtr& anchor() const noexcept { return anchor_; }
    [[nodiscard]] const NormalMixture& workforce() const noexcept { return workforce_; }
    [[nodiscard]] const IndexGrid& grid() const noexcept { return *grid_; }

private:
    DistributionPtr anchor_;
    NormalMixture workforce_;
    std::shared_ptr<const IndexGrid> grid_;
};

using TransportPtr = std::shared_ptr<const Transport>;

}  // namespace wagefit
