#pragma once

#include <span>
#include <vector>

namespace wagefit {

/// Means of the parts of a whole whose mean is `target`: each part's `natural` mean, moved within its open interval
/// (`lower`, `upper`), where `upper` may be infinite, by the same amount on the logit scale (the log scale where it is
/// infinite). All spans have the same length; `shares` sum to 1; `target` lies strictly between the weighted sums of
/// the ends.
[[nodiscard]] std::vector<double> allocate_means(std::span<const double> shares, std::span<const double> natural,
                                                 std::span<const double> lower, std::span<const double> upper,
                                                 double target);

}  // namespace wagefit
