#include "distributions/expectation.hpp"

#include <cmath>

#include "numerics/constants.hpp"
#include "wagefit/distributions/operations.hpp"

namespace wagefit {

double share_of_pay(const MixturePart& part, double mean) {
    return part.weight * part.distribution->partial_moment(1.0, -infinity, infinity) / mean;
}

double relative_moment(const Distribution& d, double mean, double k) {
    const double absolute = moment(d, k), unit = std::pow(mean, k);
    return std::isnormal(absolute) && std::isnormal(unit) ? absolute / unit : moment(*d.scaled(1.0 / mean), k);
}

}  // namespace wagefit
