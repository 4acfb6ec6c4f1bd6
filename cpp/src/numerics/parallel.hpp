#pragma once

#include <algorithm>
#include <cstddef>
#include <exception>
#include <thread>
#include <vector>

namespace wagefit {

/// Number of threads that `n_threads` stands for: itself if positive, else one for each processor.
[[nodiscard]] inline std::size_t thread_count(int n_threads) noexcept {
    if (n_threads > 0) return static_cast<std::size_t>(n_threads);
    return std::max(1U, std::thread::hardware_concurrency());
}

/// Calls f(begin, end) on consecutive chunks that cover 0..n-1, one chunk a thread. The chunks depend on `n` and
/// `n_threads` only. All chunks run to their end; then the exception of the first chunk that threw is thrown again.
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
        std::vector<std::jthread> threads;
        threads.reserve(chunks - 1);
        for (std::size_t chunk = 1; chunk < chunks; ++chunk) threads.emplace_back(run, chunk);
        run(0);
    }
    for (const auto& error : errors)
        if (error) std::rethrow_exception(error);
}

}  // namespace wagefit
