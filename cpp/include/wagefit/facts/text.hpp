#pragma once

#include <string>

namespace wagefit {

/// A number as messages print it: up to six significant digits, thousands separated from 10,000 on, "nan" and "inf" by
/// name.
[[nodiscard]] std::string number(double value);

}  // namespace wagefit
