#include "distributions/careful_sums.hpp"

#include <algorithm>

#include "distributions/kernels/careful_sums.hpp"
#include "distributions/unit_rule.hpp"
#include "simd/kernels.hpp"

namespace wagefit {
namespace {

PanelRule make_rule() {
    const auto& rule = unit_rule<PanelRule::size - 1>();
    PanelRule padded{};
    std::ranges::copy(rule.fraction, padded.fraction.begin());
    std::ranges::copy(rule.weight, padded.weight.begin());
    return padded;
}

const PanelRule& panel_rule() {
    static const PanelRule rule = make_rule();
    return rule;
}

}  // namespace

double careful_moment(const RationalSegment& of, double from, double to, double k) {
    return best_kernels<CarefulKernels>().moment(panel_rule(), of.panels(from, to, k), of, k);
}

double careful_rank(const RationalSegment& of) {
    return best_kernels<CarefulKernels>().rank(panel_rule(), of.panels(of.z0, of.z1, 1.0), of);
}

}  // namespace wagefit
