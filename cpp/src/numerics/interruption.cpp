#include "wagefit/numerics/interruption.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <thread>
#include <utility>

#include "numerics/interruption_watch.hpp"

namespace wagefit {

class InterruptionWatch {
public:
    explicit InterruptionWatch(std::function<void()> poll) : poll_(std::move(poll)) {}

    void pass() {
        if (std::this_thread::get_id() != owner_) {
            if (is_over_.load(std::memory_order_relaxed)) throw Interrupted();
        } else if (--until_clock_ == 0) {
            look_at_clock();
        }
    }

private:
    using Clock = std::chrono::steady_clock;

    /// Polls where it is time, and sets after how many more points the clock is looked at: more where they pass
    /// quickly.
    void look_at_clock() {
        constexpr auto period = std::chrono::milliseconds(20), quick = std::chrono::milliseconds(1);
        constexpr std::size_t most_points = 4096;
        const auto now = Clock::now();
        points_ = now - looked_ < quick ? std::min(2 * points_, most_points) : std::max<std::size_t>(points_ / 2, 1);
        until_clock_ = points_;
        looked_ = now;
        if (now - polled_ < period) return;
        polled_ = now;
        try {
            poll_();
        } catch (...) {
            is_over_ = true;
            throw;
        }
    }

    std::function<void()> poll_;
    std::thread::id owner_ = std::this_thread::get_id();
    std::size_t points_ = 1, until_clock_ = 1;
    Clock::time_point looked_ = Clock::now(), polled_ = looked_;
    std::atomic<bool> is_over_ = false;
};

namespace {

std::shared_ptr<InterruptionWatch>& watch_of_thread() noexcept {
    thread_local std::shared_ptr<InterruptionWatch> watch;
    return watch;
}

}  // namespace

Interruptible::Interruptible(std::function<void()> poll)
    : before_(std::exchange(watch_of_thread(), std::make_shared<InterruptionWatch>(std::move(poll)))) {}

Interruptible::~Interruptible() { watch_of_thread() = std::move(before_); }

void interruption_point() {
    if (const auto& watch = watch_of_thread()) watch->pass();
}

const std::shared_ptr<InterruptionWatch>& interruption_watch() noexcept { return watch_of_thread(); }

WorkingFor::WorkingFor(std::shared_ptr<InterruptionWatch> watch) { watch_of_thread() = std::move(watch); }

WorkingFor::~WorkingFor() { watch_of_thread() = nullptr; }

}  // namespace wagefit
