#pragma once

#include <cmath>

namespace wagefit {

/// log(x / y) of positive numbers, also where the quotient is no normal number.
inline double log_quotient(double x, double y) {
    const double quotient = x / y;
    return std::isnormal(quotient) ? std::log(quotient) : std::log(x) - std::log(y);
}

}  // namespace wagefit
