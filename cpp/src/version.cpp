#include "wagefit/version.hpp"

namespace wagefit {

std::string_view version() noexcept { return WAGEFIT_VERSION; }

}  // namespace wagefit
