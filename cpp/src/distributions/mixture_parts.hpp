#pragma once

#include <span>
#include <vector>

#include "wagefit/distributions/distribution.hpp"

namespace wagefit {

/// The parts of a mixture of `components`, those of components that are mixtures in their place.
[[nodiscard]] std::vector<MixturePart> parts_of(std::span<const DistributionPtr> components,
                                                std::span<const double> weights);

/// The nodes of all parts, for expectations over the mixture.
[[nodiscard]] ExpectationNodes nodes_of(std::span<const MixturePart> parts);

}  // namespace wagefit
