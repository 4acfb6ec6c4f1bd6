#include "wagefit/factors/transport.hpp"

#include <utility>

#include "factors/index_grid.hpp"
#include "wagefit/errors.hpp"

namespace wagefit {
namespace {

DistributionPtr required(DistributionPtr anchor) {
    if (!anchor) throw FactError("anchor: got none, expected a distribution");
    return anchor;
}

}  // namespace

Transport::Transport(DistributionPtr anchor, NormalMixture workforce)
    : anchor_(required(std::move(anchor))),
      workforce_(std::move(workforce)),
      grid_(std::make_shared<const IndexGrid>(make_index_grid(*anchor_, workforce_))) {}

}  // namespace wagefit
