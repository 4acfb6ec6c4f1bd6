#include "distributions/mixture_parts.hpp"

namespace wagefit {

std::vector<MixturePart> parts_of(std::span<const DistributionPtr> components, std::span<const double> weights) {
    std::vector<MixturePart> all;
    all.reserve(components.size());
    for (std::size_t i = 0; i < components.size(); ++i) {
        const std::vector<MixturePart> own = components[i]->parts();
        if (own.empty()) all.push_back({components[i], weights[i]});
        for (const MixturePart& part : own) all.push_back({part.distribution, weights[i] * part.weight});
    }
    return all;
}

ExpectationNodes nodes_of(std::span<const MixturePart> parts) {
    ExpectationNodes all;
    for (const MixturePart& part : parts) {
        const ExpectationNodes own = part.distribution->nodes();
        for (std::size_t i = 0; i < own.value.size(); ++i)
            all.append(own.value[i], own.log_value[i], part.weight * own.weight[i]);
    }
    return all;
}

}  // namespace wagefit
