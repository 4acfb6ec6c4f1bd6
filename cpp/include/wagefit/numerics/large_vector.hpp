#pragma once

#include <cstddef>
#include <new>
#include <utility>
#include <vector>

namespace wagefit {

/// Memory for large arrays, in pages of the largest size where the system has them on offer; what new would throw.
[[nodiscard]] void* allocate_pages(std::size_t bytes);
void free_pages(void* at) noexcept;

/// Allocator for vectors of such memory that leave numbers that nobody gives them unset: the threads that compute them
/// are then the first to touch it.
template <class T>
struct LargeVectorAllocator {
    using value_type = T;

    LargeVectorAllocator() = default;
    template <class U>
    LargeVectorAllocator(const LargeVectorAllocator<U>&) noexcept {}

    [[nodiscard]] T* allocate(std::size_t n) { return static_cast<T*>(allocate_pages(n * sizeof(T))); }
    void deallocate(T* at, std::size_t) noexcept { free_pages(at); }

    template <class U>
    void construct(U* at) noexcept {
        ::new (static_cast<void*>(at)) U;
    }
    template <class U, class... Arguments>
    void construct(U* at, Arguments&&... arguments) {
        ::new (static_cast<void*>(at)) U(std::forward<Arguments>(arguments)...);
    }

    template <class U>
    bool operator==(const LargeVectorAllocator<U>&) const noexcept {
        return true;
    }
};

/// Many numbers, which a constructor by size leaves unset.
using LargeVector = std::vector<double, LargeVectorAllocator<double>>;

}  // namespace wagefit
