#pragma once

#include <memory>

#include "wagefit/numerics/interruption.hpp"

namespace wagefit {

/// The watch of this thread's computation, null where it cannot be interrupted.
[[nodiscard]] const std::shared_ptr<InterruptionWatch>& interruption_watch() noexcept;

/// Makes this thread, for the life of the object, one that works for the computation of `watch`.
class WorkingFor {
public:
    explicit WorkingFor(std::shared_ptr<InterruptionWatch> watch);
    ~WorkingFor();
    WorkingFor(const WorkingFor&) = delete;
    WorkingFor& operator=(const WorkingFor&) = delete;
};

}  // namespace wagefit
