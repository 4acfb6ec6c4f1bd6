#pragma once

#include <cmath>

namespace wagefit {

/// log(1 + exp(t)).
inline double softplus(double t) { return t > 0.0 ? t + std::log1p(std::exp(-t)) : std::log1p(std::exp(t)); }

}  // namespace wagefit
