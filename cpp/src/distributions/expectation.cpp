#include "distributions/expectation.hpp"

#include <cmath>

#include "wagefit/distributions/operations.hpp"

namespace wagefit {

double relative_moment(const Distribution& d, double mean, double k) {
    const double absolute = moment(d, k), unit = std::pow(mean, k);
    return std::isnormal(absolute) && std::isnormal(unit) ? absolute / unit : moment(*d.scaled(1.0 / mean), k);
}

}  // namespace wagefit
