#include "wagefit/numerics/interruption.hpp"

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <thread>

#include "numerics/parallel.hpp"

using namespace wagefit;

namespace {

struct Stop : std::runtime_error {
    Stop() : std::runtime_error("stop") {}
};

/// Passes interruption points until one of them throws; false where none has for ten seconds.
bool ends_early() {
    const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (std::chrono::steady_clock::now() < patience) interruption_point();
    return false;
}

}  // namespace

TEST_CASE("nothing ends where nobody has asked for it", "[interruption]") {
    for (int i = 0; i < 100'000; ++i) interruption_point();
    const Interruptible never([] {});
    for (int i = 0; i < 100'000; ++i) interruption_point();
}

TEST_CASE("what the poll throws ends the computation", "[interruption]") {
    const Interruptible at_once([] { throw Stop(); });
    CHECK_THROWS_AS(ends_early(), Stop);
}

TEST_CASE("a computation that is over cannot be interrupted", "[interruption]") {
    {
        const Interruptible at_once([] { throw Stop(); });
    }
    for (int i = 0; i < 100'000; ++i) interruption_point();
}

TEST_CASE("the computation around another one goes on being watched", "[interruption]") {
    const Interruptible outer([] { throw Stop(); });
    {
        const Interruptible inner([] {});
    }
    CHECK_THROWS_AS(ends_early(), Stop);
}

TEST_CASE("threads that work for an interrupted computation end", "[interruption]") {
    for (const int n_threads : {1, 2, 5}) {
        std::atomic<int> ended = 0;
        const Interruptible at_once([] { throw Stop(); });
        const auto work = [&](std::size_t, std::size_t) {
            try {
                ends_early();
            } catch (...) {
                ++ended;
                throw;
            }
        };
        CHECK_THROWS_AS(parallel_for(100, n_threads, work), Stop);
        CHECK(ended == n_threads);
    }
}

TEST_CASE("a thread that waits for others hears of an interruption", "[interruption]") {
    const Interruptible at_once([] { throw Stop(); });
    const auto work = [](std::size_t begin, std::size_t) {
        if (begin > 0) ends_early();  // the calling thread's own chunk is done at once
    };
    CHECK_THROWS_AS(parallel_for(2, 2, work), Stop);
}

TEST_CASE("an error of the work itself is told, not the interruption that it brings", "[interruption]") {
    const Interruptible never([] {});
    const auto work = [](std::size_t begin, std::size_t) {
        if (begin > 0) throw std::domain_error("wrong");
    };
    CHECK_THROWS_AS(parallel_for(4, 4, work), std::domain_error);
}
