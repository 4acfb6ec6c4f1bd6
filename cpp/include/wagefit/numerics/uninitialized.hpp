#pragma once

#include <memory>
#include <new>
#include <utility>
#include <vector>

namespace wagefit {

/// Allocator whose vectors leave numbers that nobody gives them unset: the threads that compute them are then the first
/// to touch their memory.
template <class T>
struct UninitializedAllocator : std::allocator<T> {
    template <class U>
    struct rebind {
        using other = UninitializedAllocator<U>;
    };

    UninitializedAllocator() = default;
    template <class U>
    UninitializedAllocator(const UninitializedAllocator<U>&) noexcept {}

    template <class U>
    void construct(U* at) noexcept {
        ::new (static_cast<void*>(at)) U;
    }
    template <class U, class... Arguments>
    void construct(U* at, Arguments&&... arguments) {
        ::new (static_cast<void*>(at)) U(std::forward<Arguments>(arguments)...);
    }
};

/// Numbers that a constructor by size leaves unset.
using UninitializedVector = std::vector<double, UninitializedAllocator<double>>;

}  // namespace wagefit
