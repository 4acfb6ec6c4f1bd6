#pragma once

#include "wagefit/numerics/normal.hpp"

namespace wagefit {

/// The probabilities of both sides of a point, each with full relative precision.
struct TwoTails {
    double below;
    double above;
};

/// P(a < X <= b) from the sides of a <= b, without cancellation in either tail.
[[nodiscard]] inline double between(const TwoTails& a, const TwoTails& b) {
    if (b.below <= 0.5) return b.below - a.below;
    if (a.above <= 0.5) return a.above - b.above;
    return 1.0 - a.below - b.above;
}

/// Phi^-1 of the probability below, from the smaller side.
[[nodiscard]] inline double normal_score(const TwoTails& tails) {
    return tails.below < tails.above ? normal::quantile(tails.below) : normal::isf(tails.above);
}

}  // namespace wagefit
