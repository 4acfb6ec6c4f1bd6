#include "wagefit/fitting/status.hpp"

#include <array>

namespace wagefit {
namespace {

struct Wording {
    std::string_view name;
    std::string_view meaning;
};

constexpr std::array<Wording, status_count> wordings{{
    {"exact", "every fact is met by the most plausible curve"},
    {"guaranteed",
     "every fact is met by the last resort: the mean is so near the end of its feasible interval that no plausible "
     "curve has it, and the shape between the facts is not to be believed"},
    {"exact_without_mean",
     "every fact is met by the most plausible curve; without a mean its upper tail is the prior's alone"},
    {"suppressed", "too few figures are published to set a scale"},
    {"invalid", "a figure is meaningless by itself, such as a negative wage"},
    {"infeasible", "no distribution satisfies the facts"},
    {"not_converged", "the mean is too near the end of its feasible interval for double precision"},
}};

const Wording& wording(Status status) noexcept { return wordings[static_cast<std::size_t>(status)]; }

}  // namespace

std::string_view name(Status status) noexcept { return wording(status).name; }

std::string_view meaning(Status status) noexcept { return wording(status).meaning; }

bool is_fitted(Status status) noexcept {
    return status == Status::exact || status == Status::guaranteed || status == Status::exact_without_mean;
}

}  // namespace wagefit
