#pragma once

#include <limits>

namespace wagefit {

inline constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace wagefit
