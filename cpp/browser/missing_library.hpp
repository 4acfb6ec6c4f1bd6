#pragma once

// What the core uses of the standard library and what the libc++ of an older Emscripten does not have. The build reads
// this file before each source; where the library is complete it defines nothing.

#include <algorithm>
#include <iterator>
#include <thread>
#include <version>

#if defined(_LIBCPP_VERSION) && _LIBCPP_VERSION < 15000
namespace std::ranges {

template <class Range, class Output>
constexpr void copy(Range&& from, Output to) {
    std::copy(std::begin(from), std::end(from), to);
}

}  // namespace std::ranges
#endif

#if defined(_LIBCPP_VERSION) && !defined(__cpp_lib_jthread)
namespace std {

/// A thread that is joined at the end of its life.
class jthread : public thread {
public:
    using thread::thread;
    jthread(jthread&&) noexcept = default;
    ~jthread() {
        if (joinable()) join();
    }
};

}  // namespace std
#endif
