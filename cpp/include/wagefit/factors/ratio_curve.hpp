#pragma once

#include <vector>

namespace wagefit {

/// A pay ratio known at a few amounts of something measured, such as 0, 5, 10 and 25 years of experience.
struct RatioKnot {
    double at;           ///< in the factor's unit, such as years
    double ratio;        ///< pay there relative to the factor's baseline, > 0
    double ratio_error;  ///< standard error of `ratio`; NaN where unknown
};

/// Along which scale of the amount the log ratio is smooth.
enum class AmountScale {
    linear,
    logarithmic,  ///< log ratios are curves in log(amount): an elasticity is a straight line. Amounts are above 0
};

/// The log ratio as a smooth function of the amount, through every knot, monotone and concave wherever the knots are.
///
/// Rational cubic of Delbourgo and Gregory (1985, SIAM J. Sci. Stat. Comput. 6:967) with the slopes of parabolas
/// through three knots, so that a parabola is reproduced. Beyond the first and last knot the ratio is held.
class RatioCurve {
public:
    /// At least two knots, strictly ascending, ratios finite and positive, amounts positive on the logarithmic scale;
    /// FactError otherwise.
    explicit RatioCurve(std::vector<RatioKnot> knots, AmountScale scale = AmountScale::linear);

    [[nodiscard]] double log_ratio(double at) const;
    [[nodiscard]] double ratio(double at) const;

    /// Standard error of the ratio at `at`: interpolated linearly in logs along the scale (knot errors move together);
    /// NaN where unknown.
    [[nodiscard]] double ratio_error(double at) const;

    [[nodiscard]] double first() const noexcept { return knots_.front().at; }
    [[nodiscard]] double last() const noexcept { return knots_.back().at; }
    [[nodiscard]] const std::vector<RatioKnot>& knots() const noexcept { return knots_; }
    [[nodiscard]] AmountScale scale() const noexcept { return scale_; }

private:
    [[nodiscard]] std::size_t interval(double at) const;
    [[nodiscard]] double position(double at) const;

    std::vector<RatioKnot> knots_;
    AmountScale scale_;
    std::vector<double> positions_;  ///< of the knots on the scale
    std::vector<double> log_ratios_;
    std::vector<double> slopes_;
};

}  // namespace wagefit
