#pragma once

#include <string_view>

namespace wagefit {

/// Version of the library, "major.minor.patch".
[[nodiscard]] std::string_view version() noexcept;

}  // namespace wagefit
