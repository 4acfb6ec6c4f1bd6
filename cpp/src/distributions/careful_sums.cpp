#include "distributions/careful_sums.hpp"

#include <boost/math/quadrature/gauss.hpp>

#include "distributions/kernels/careful_sums.hpp"
#include "simd/kernels.hpp"

namespace wagefit {
namespace {

PanelRule make_rule() {
    using Gauss = boost::math::quadrature::gauss<double, PanelRule::size - 1>;
    constexpr std::size_t middle = PanelRule::size / 2 - 1;  // the rule lists its nodes from there outwards
    PanelRule rule;
    rule.fraction.back() = 0.5;
    rule.weight.back() = 0.0;
    for (std::size_t j = 0; j <= middle; ++j) {
        const double offset = 0.5 * Gauss::abscissa()[j];
        rule.fraction[middle - j] = 0.5 - offset;
        rule.fraction[middle + j] = 0.5 + offset;
        rule.weight[middle - j] = rule.weight[middle + j] = 0.5 * Gauss::weights()[j];
    }
    return rule;
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
