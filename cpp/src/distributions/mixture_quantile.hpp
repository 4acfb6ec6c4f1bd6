#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "distributions/piece_table.hpp"

namespace wagefit {

/// Quantiles of a mixture of curves from a table of exact points, which brackets each of them and gives a start so near
/// that one or two sums over the curves close the search. Immutable.
class MixtureQuantile {
public:
    /// Null unless PieceTable takes the components.
    static std::unique_ptr<const MixtureQuantile> of(std::span<const DistributionPtr> components,
                                                     std::span<const double> weights);

    /// The wage at normal score `z`, to rounding error. None where the search is not sure of that: outside the table,
    /// where the density is next to nothing, and where the components' own quantiles are all the same.
    [[nodiscard]] std::optional<double> value(double z) const;

private:
    /// A point of the mixture's quantile function, with d log(wage) / dz.
    struct Node {
        double z, log_wage, slope;
    };

    explicit MixtureQuantile(std::unique_ptr<const PieceTable> pieces);

    [[nodiscard]] Node node_at(double log_wage) const;
    [[nodiscard]] static bool is_rising(const Node& node);  ///< neither lost to underflow nor on a flat stretch
    void append_nodes(double from, double to);
    [[nodiscard]] double start(const Node& low, const Node& high, double z) const;

    std::unique_ptr<const PieceTable> pieces_;
    std::vector<Node> nodes_;  // ascending
};

}  // namespace wagefit
