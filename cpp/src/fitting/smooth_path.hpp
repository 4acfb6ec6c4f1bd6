#pragma once

#include <cstddef>
#include <span>

#include "fitting/kernels/smooth_path.hpp"
#include "fitting/smooth_path_table.hpp"

namespace wagefit {

struct KnotPattern;

/// The most plausible curves of common cells, two or more distinct quantiles, an open support and knots beyond the
/// quantiles, many at once. What depends on the pattern only is tabulated once.
class SmoothPath {
public:
    /// `pattern` is one that `suits`.
    explicit SmoothPath(const KnotPattern& pattern);

    [[nodiscard]] static bool suits(const KnotPattern& pattern);

    [[nodiscard]] std::size_t n_knots() const noexcept { return table_.knots.n_segments + 1; }

    /// Writes the wages at the knots, strictly increasing, of the curve through `wages` (strictly increasing dollars,
    /// one for each fact) whose mean is `mean` to 1e-13 (NaN: not published). `borrowed`, one value a segment, is added
    /// to the prior mean of the log slopes; empty: nothing. False where no curve was found: the
    /// caller's general search decides then, and `knots` holds nothing of use.
    [[nodiscard]] bool fit(std::span<const double> wages, double mean, std::span<const double> borrowed,
                           std::span<double> knots) const;

    /// Does so for each of `cells`, to the same bits, all with a mean.
    void fit(const PathCells& cells) const;

    /// Does so for cells without a mean.
    void fit_alone(const PathCells& cells) const;

private:
    SmoothPathTable table_;
};

}  // namespace wagefit
