#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "distributions/kernels/mixture_sums.hpp"
#include "wagefit/distributions/distribution.hpp"

namespace wagefit {

/// The curves of a mixture laid out field by field, for sums over them at one wage. Immutable.
class PieceTable {
public:
    /// Null unless all `components` (not empty) are curves of open support without atoms and gaps, whose wages, slopes
    /// and shapes are within the range of the sums. `weights`, one for each, sum to 1.
    static std::unique_ptr<const PieceTable> of(std::span<const DistributionPtr> components,
                                                std::span<const double> weights);

    /// At a wage (dollars) within 1e100 and 1e-100; probability of less for `side` 1, of more for -1.
    [[nodiscard]] MixtureSums sums(double wage, double side) const;

private:
    PieceTable() = default;

    [[nodiscard]] CurvePieces view() const noexcept;

    std::size_t n_knots_ = 0;
    std::vector<double> knots_;
    std::vector<std::size_t> first_;
    std::vector<double> weight_;
    std::vector<CurvePiece> pieces_;
};

}  // namespace wagefit
