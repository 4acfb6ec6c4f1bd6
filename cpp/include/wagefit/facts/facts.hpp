#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace wagefit {

/// A statement about the quantile function at probability `p`, 0 < p < 1: Q(p) = value, or Q(p) >= value for a bound.
struct QuantileFact {
    double p;
    double value;

    friend bool operator==(const QuantileFact&, const QuantileFact&) = default;
};

/// Figures of one cell as they are given, in one unit of wages (dollars a year by default): in any order and unchecked.
struct Figures {
    std::vector<QuantileFact> quantiles;
    std::vector<QuantileFact> at_least;  ///< one-sided bounds such as top codes
    std::optional<double> mean;
    std::optional<double> mean_at_least;  ///< a mean that is itself above the top code
    double lower = 0.0;                   ///< no wage lies below, such as a minimum wage
    double upper = std::numeric_limits<double>::infinity();
};

/// What is wrong with the first figure that is meaningless by itself, naming the argument, the value and what was
/// expected; nothing where wages are from 1e-300 to 1e300, probabilities inside (0, 1) and none of them given twice, a
/// finite upper end is at most 1e280 times the highest quantile, and something sets a scale. Whether the figures agree
/// with each other is the question of feasibility.hpp.
[[nodiscard]] std::optional<std::string> first_problem(const Figures& figures);

/// Published statements about one cell's wages: each meaningful by itself, quantiles and bounds ascending in p.
class Facts {
public:
    /// Orders the figures by probability. Throws FactError with the words of `first_problem`. Implicit, so that whoever
    /// asks for facts may be given figures, which are then checked there.
    Facts(Figures figures);  // NOLINT(google-explicit-constructor)

    /// The facts, or nothing where the constructor would throw: for one cell of many.
    [[nodiscard]] static std::optional<Facts> from(Figures figures);

    [[nodiscard]] const std::vector<QuantileFact>& quantiles() const noexcept { return figures_.quantiles; }
    [[nodiscard]] const std::vector<QuantileFact>& at_least() const noexcept { return figures_.at_least; }
    [[nodiscard]] std::optional<double> mean() const noexcept { return figures_.mean; }
    [[nodiscard]] std::optional<double> mean_at_least() const noexcept { return figures_.mean_at_least; }
    [[nodiscard]] double lower() const noexcept { return figures_.lower; }
    [[nodiscard]] double upper() const noexcept { return figures_.upper; }

    /// The figures, to change some of them and make other facts.
    [[nodiscard]] const Figures& figures() const noexcept { return figures_; }

    /// These facts with one of their bounds (an element of `at_least()`) met with equality.
    [[nodiscard]] Facts with_binding(const QuantileFact& bound) const;

    /// These facts with the mean's lower bound, which they have, met with equality.
    [[nodiscard]] Facts with_binding_mean() const;

    /// These facts without the mean's lower bound; they keep at least two other figures.
    [[nodiscard]] Facts without_mean_bound() const;

private:
    struct Checked {};
    Facts(Figures figures, Checked) noexcept;

    Figures figures_;
};

/// The smallest quantile function that meets the quantiles and bounds: ascending steps, each holding from its `p` to
/// the next, starting from `lower` at p = 0.
[[nodiscard]] std::vector<QuantileFact> lower_steps(const Facts& facts);

}  // namespace wagefit
