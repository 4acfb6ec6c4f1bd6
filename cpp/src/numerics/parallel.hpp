#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "numerics/interruption_watch.hpp"

namespace wagefit {

/// Number of threads that `n_threads` stands for: itself if positive, else one for each processor.
[[nodiscard]] inline std::size_t thread_count(int n_threads) noexcept {
    if (n_threads > 0) return static_cast<std::size_t>(n_threads);
    return std::max(1U, std::thread::hardware_concurrency());
}

/// The threads that work on the chunks beside the calling thread's own.
class Workers {
public:
    explicit Workers(std::size_t n) : working_(n) { threads_.reserve(n); }

    template <class Work>
    void start(Work work) {
        threads_.emplace_back([this, work, watch = interruption_watch()] {
            const WorkingFor computation(watch);
            work();
            const std::scoped_lock lock(mutex_);
            --working_;
            one_is_done_.notify_one();
        });
    }

    /// Waits until all are done, and passes interruption points while it does.
    void wait() {
        constexpr auto period = std::chrono::milliseconds(20);
        std::unique_lock lock(mutex_);
        while (working_ > 0) {
            one_is_done_.wait_for(lock, period);
            lock.unlock();
            interruption_point();
            lock.lock();
        }
    }

private:
    std::mutex mutex_;
    std::condition_variable one_is_done_;
    std::size_t working_;
    std::vector<std::jthread> threads_;  // joined first of all members
};

/// Calls f(begin, end) on consecutive chunks that cover 0..n-1, one chunk a thread. The chunks depend on `n` and
/// `n_threads` only. All chunks run to their end, but for an interruption; then the exception of the first chunk that
/// threw is thrown again.
template <class Function>
void parallel_for(std::size_t n, int n_threads, Function&& f) {
    const std::size_t chunks = std::min(n, thread_count(n_threads));
    if (chunks == 0) return;
    const std::size_t size = n / chunks, longer = n % chunks;
    const auto begin_of = [size, longer](std::size_t chunk) { return chunk * size + std::min(chunk, longer); };
    std::vector<std::exception_ptr> errors(chunks);
    const auto run = [&](std::size_t chunk) {
        try {
            f(begin_of(chunk), begin_of(chunk + 1));
        } catch (...) {
            errors[chunk] = std::current_exception();
        }
    };
    {
        Workers workers(chunks - 1);
        for (std::size_t chunk = 1; chunk < chunks; ++chunk) workers.start([&run, chunk] { run(chunk); });
        run(0);
        try {
            workers.wait();
        } catch (...) {
            if (!errors[0]) errors[0] = std::current_exception();
        }
    }
    for (const auto& error : errors)
        if (error) std::rethrow_exception(error);
}

}  // namespace wagefit
