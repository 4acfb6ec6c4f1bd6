#include "wagefit/numerics/large_vector.hpp"

#include <cstdint>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace wagefit {
namespace {

constexpr std::align_val_t alignment{64};

#if defined(__linux__)
constexpr std::size_t page = std::size_t{1} << 21, large = 2 * page;

/// Asks for huge pages on the part of the memory that holds whole ones; the system may decline.
void ask_for_huge_pages(void* memory, std::size_t bytes) {
    const auto begin = reinterpret_cast<std::uintptr_t>(memory);
    const std::uintptr_t first = (begin + page - 1) / page * page, last = (begin + bytes) / page * page;
    if (bytes >= large) madvise(reinterpret_cast<void*>(first), last - first, MADV_HUGEPAGE);
}
#else
void ask_for_huge_pages(void*, std::size_t) {}
#endif

}  // namespace

void* allocate_pages(std::size_t bytes) {
    void* const memory = ::operator new(bytes, alignment);
    ask_for_huge_pages(memory, bytes);
    return memory;
}

void free_pages(void* at) noexcept { ::operator delete(at, alignment); }

}  // namespace wagefit
