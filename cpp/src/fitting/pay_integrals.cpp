#include "fitting/pay_integrals.hpp"

#include "distributions/normal_panels.hpp"
#include "distributions/rational_segment.hpp"
#include "fitting/kernels/pay_integrals.hpp"
#include "simd/elementary.hpp"
#include "simd/instruction_set.hpp"

namespace wagefit {

double careful_segment(const KnotTable& table, std::size_t i, double rise, double slope0, double slope1) {
    const double z0 = table.z[i], z1 = table.z[i + 1];
    const RationalSegment piece{z0, z1, 0.0, rise, slope0, slope1};
    return integrate_normal(piece.panels(z0, z1, 1.0), [&](double z) { return elementary::exp(piece.value(z)); });
}

}  // namespace wagefit
