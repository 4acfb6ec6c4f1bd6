#include <algorithm>
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "numerics/parallel.hpp"

using wagefit::parallel_for;

namespace {

using Chunks = std::vector<std::pair<std::size_t, std::size_t>>;

Chunks chunks_of(std::size_t n, int n_threads) {
    Chunks chunks;
    std::mutex mutex;
    parallel_for(n, n_threads, [&](std::size_t begin, std::size_t end) {
        const std::lock_guard lock(mutex);
        chunks.emplace_back(begin, end);
    });
    std::sort(chunks.begin(), chunks.end());
    return chunks;
}

}  // namespace

TEST_CASE("parallel_for visits every index once", "[parallel]") {
    const std::size_t n = GENERATE(0U, 1U, 2U, 7U, 1000U);
    const int n_threads = GENERATE(0, 1, 2, 3, 16);
    std::vector<int> visits(n, 0);
    parallel_for(n, n_threads, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) ++visits[i];
    });
    CHECK(std::all_of(visits.begin(), visits.end(), [](int count) { return count == 1; }));
}

TEST_CASE("parallel_for cuts the same even chunks every time", "[parallel]") {
    CHECK(chunks_of(10, 4) == Chunks{{0, 3}, {3, 6}, {6, 8}, {8, 10}});
    CHECK(chunks_of(2, 4) == Chunks{{0, 1}, {1, 2}});
    CHECK(chunks_of(5, 1) == Chunks{{0, 5}});
    CHECK(chunks_of(0, 4).empty());
}

TEST_CASE("parallel_for rethrows the exception of the first chunk that failed", "[parallel]") {
    const int n_threads = GENERATE(1, 2, 8);
    std::atomic<int> finished = 0;
    const auto fail = [&](std::size_t begin, std::size_t) {
        ++finished;
        throw std::runtime_error("chunk " + std::to_string(begin));
    };
    try {
        parallel_for(8, n_threads, fail);
        FAIL("no exception");
    } catch (const std::runtime_error& error) {
        CHECK(std::string(error.what()) == "chunk 0");
    }
    CHECK(finished == n_threads);
}
