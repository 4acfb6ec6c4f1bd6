#include "wagefit/facts/text.hpp"

#include <array>
#include <cmath>
#include <cstdio>

namespace wagefit {
namespace {

std::string printed(const char* format, double value) {
    std::array<char, 64> buffer{};
    std::snprintf(buffer.data(), buffer.size(), format, value);
    return buffer.data();
}

std::string with_separators(std::string digits) {
    const std::size_t point = digits.find('.');
    const std::size_t sign = digits.front() == '-' ? 1 : 0;
    std::size_t i = point == std::string::npos ? digits.size() : point;
    while (i > sign + 3) digits.insert(i -= 3, 1, ',');
    return digits;
}

}  // namespace

std::string number(double value) {
    const double size = std::abs(value);
    if (!(size >= 1e4 && size < 1e12)) return printed("%g", value);
    return with_separators(printed(size == std::floor(size) ? "%.0f" : "%.2f", value));
}

}  // namespace wagefit
