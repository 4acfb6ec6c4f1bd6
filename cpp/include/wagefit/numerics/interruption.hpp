#pragma once

#include <exception>
#include <functional>
#include <memory>

namespace wagefit {

/// Thrown in a thread that works for another one whose computation has ended early.
class Interrupted : public std::exception {
public:
    [[nodiscard]] const char* what() const noexcept override { return "the computation was interrupted"; }
};

/// What the threads of one computation have in common.
class InterruptionWatch;

/// Lets the long computations of a thread be interrupted: while it lives, they call `poll` about every 20 ms, from this
/// thread alone, and end with whatever that throws. Threads that work for it end, too. What was being computed is lost;
/// nothing else is touched.
class Interruptible {
public:
    explicit Interruptible(std::function<void()> poll);
    ~Interruptible();
    Interruptible(const Interruptible&) = delete;
    Interruptible& operator=(const Interruptible&) = delete;

private:
    std::shared_ptr<InterruptionWatch> before_;  // that of the computation around this one
};

/// A place in a long computation where it may end. The work between two of them should take less than 50 ms.
void interruption_point();

}  // namespace wagefit
