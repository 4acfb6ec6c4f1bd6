#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "fitting/kernels/smooth_path.hpp"
#include "fitting/pay_integrals.hpp"
#include "fitting/smooth_path_table.hpp"

namespace wagefit {

struct KnotPattern;

/// The smooth path of fit_curve for the common cell, two or more distinct quantiles, an open support and knots beyond
/// the quantiles, without allocations: conditions on the quantiles, then moves along the pull of the log mean. What
/// depends on the pattern only is tabulated once.
class SmoothPath {
public:
    /// `pattern` has two facts or more, an open support and a knot above the last fact; see `suits`.
    explicit SmoothPath(const KnotPattern& pattern);

    [[nodiscard]] static bool suits(const KnotPattern& pattern);

    [[nodiscard]] std::size_t n_knots() const noexcept { return table_.knots.n_segments + 1; }

    /// Writes the wages at the knots, strictly increasing, of the curve through `wages` (strictly increasing dollars,
    /// one for each fact) whose mean is `mean` to 1e-12 (NaN: not published). False where the search for the mean fails
    /// or two knots' wages coincide: the caller's general path decides then, and `knots` holds nothing of use.
    [[nodiscard]] bool fit(std::span<const double> wages, double mean, std::span<double> knots) const;

    /// Fits each of `cells`, all with a mean, to the bits that each has alone.
    void fit(const PathCells& cells) const;

    /// Fits cells without a mean, to the bits that each has alone.
    void fit_alone(const PathCells& cells) const;

private:
    struct Search;

    [[nodiscard]] KnotArray pulled(const PayIntegrals& at, double scale) const;
    [[nodiscard]] bool fit_slowly(std::span<const double> wages, double mean, double* knots) const;
    [[nodiscard]] bool search_mean(GivenQuantiles& given, double log_target) const;

    SmoothPathTable table_;
};

}  // namespace wagefit
