#include "wagefit/careers/pay_histogram.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace wagefit {
namespace {

/// Log pay of a plan in which everyone is paid the same still needs a width.
constexpr double least_range = 1e-6;

}  // namespace

PayHistogram::PayHistogram(double lowest, double highest, std::size_t years)
    : lowest_(lowest),
      per_width_(static_cast<double>(bins) / std::max(highest - lowest, least_range)),
      counts_(bins * years, 0) {}

void PayHistogram::add(const PayHistogram& other) noexcept {
    for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
}

std::uint64_t PayHistogram::total(std::size_t year) const noexcept {
    const auto first = counts_.begin() + static_cast<std::ptrdiff_t>(year * bins);
    return std::accumulate(first, first + static_cast<std::ptrdiff_t>(bins), std::uint64_t{0});
}

double PayHistogram::quantile(std::size_t year, double p) const noexcept {
    const std::uint64_t people = total(year);
    if (people == 0) return std::numeric_limits<double>::quiet_NaN();
    double left = p * static_cast<double>(people);
    std::size_t bin = 0, filled = 0;
    for (; bin < bins; ++bin) {
        const auto here = static_cast<double>(counts_[year * bins + bin]);
        if (here > 0.0) {
            filled = bin;
            if (left <= here) break;
        }
        left -= here;
    }
    if (bin == bins) return std::exp(lowest_ + static_cast<double>(filled + 1) / per_width_);
    const double part = std::clamp(left / static_cast<double>(counts_[year * bins + bin]), 0.0, 1.0);
    return std::exp(lowest_ + (static_cast<double>(bin) + part) / per_width_);
}

}  // namespace wagefit
