#pragma once

#include <string_view>

namespace wagefit {

/// How a cell's facts were turned into a distribution, or why they were not.
enum class Status : unsigned char {
    exact,               ///< every fact met by the most plausible curve
    guaranteed,          ///< every fact met by the last resort: no plausible curve has the mean
    exact_without_mean,  ///< every fact met; no mean published, so the upper tail is the prior's alone
    suppressed,          ///< too few facts published to set a scale
    invalid,             ///< a fact is meaningless by itself, such as a negative wage
    infeasible,          ///< no distribution satisfies the facts
    not_converged        ///< the mean is so near the end of its feasible interval that double precision cannot reach it
};

inline constexpr int status_count = 7;

[[nodiscard]] std::string_view name(Status status) noexcept;

/// One sentence on what the status means for the reader of the fit.
[[nodiscard]] std::string_view meaning(Status status) noexcept;

/// Whether a distribution came out.
[[nodiscard]] bool is_fitted(Status status) noexcept;

}  // namespace wagefit
