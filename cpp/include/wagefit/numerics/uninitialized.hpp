#pragma once

#include <cstddef>
#include <new>
#include <utility>
#include <vector>

namespace wagefit {

/// Memory for large arrays, in pages of the largest size where the system has them on offer; what new would throw.
[[nodiscard]] void* allocate_pages(std::size_t bytes);
void free_pages(void* at) noexcept;

/// Allocator whose vectors leave numbers that nobody gives them unset: the threads that compute them are then the first
/// to touch their memory.
template <class T>
struct UninitializedAllocator {
    using value_type = T;

    UninitializedAllocator() = default;
    template <class U>
    UninitializedAllocator(const UninitializedAllocator<U>&) noexcept {}

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
    bool operator==(const UninitializedAllocator<U>&) const noexcept {
        return true;
    }
};

/// Numbers that a constructor by size leaves unset.
using UninitializedVector = std::vector<double, UninitializedAllocator<double>>;

}  // namespace wagefit
