#pragma once

#include <limits>

namespace wagefit::test {

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double epsilon = std::numeric_limits<double>::epsilon();
inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

}  // namespace wagefit::test
