#pragma once

#include <cstdint>
#include <vector>

namespace wagefit {

/// Counts of log pay in narrow bins of equal width, one row a year. Counting is exact in any order, so that threads may
/// count apart and be added.
class PayHistogram {
public:
    static constexpr std::size_t bins = 4096;

    /// Bins from `lowest` to `highest` log pay, for `years` years.
    PayHistogram(double lowest, double highest, std::size_t years);

    void count(std::size_t year, double log_pay) noexcept {
        const double bin = (log_pay - lowest_) * per_width_;
        const auto last = static_cast<double>(bins - 1);
        ++counts_[year * bins + static_cast<std::size_t>(bin < 0.0 ? 0.0 : (bin > last ? last : bin))];
    }

    void add(const PayHistogram& other) noexcept;

    /// People counted in a year.
    [[nodiscard]] std::uint64_t total(std::size_t year) const noexcept;

    /// Pay that a part `p` in [0, 1] of the people of a year earn at most, log-linear inside a bin; NaN without people.
    [[nodiscard]] double quantile(std::size_t year, double p) const noexcept;

private:
    double lowest_;
    double per_width_;
    std::vector<std::uint64_t> counts_;
};

}  // namespace wagefit
