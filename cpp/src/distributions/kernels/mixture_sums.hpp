#pragma once

#include <cstddef>

namespace wagefit {

/// One piece of a curve of open support, z as a function of log wage: a tail or a rational-quadratic segment.
///
/// A segment starts at `wage` > 0 (dollars) and score `z0`, ends at `z1` and is `rise` > 0 high in log wage; `a` and
/// `b` are its end slopes over the mean slope, `middle` is the fraction of the rise at half of z1 - z0. A tail is
/// z0 + log(x / wage) / rise, with a = b = 1, z1 = z0 + 1 and `middle` -1.
struct alignas(128) CurvePiece {
    double wage, rise, inverse_rise, z0, z1, a, b, middle;
    double roughness;  ///< inverse square of a log wage over which z keeps near its series of second order
};

/// Pieces of the curves of a mixture; `n_curves` is a multiple of 8, filled up with copies of weight 0.
struct CurvePieces {
    std::size_t n_curves, n_knots;
    const double* knots;       ///< wages [knot][curve], ascending; infinite beyond the last knot of a curve
    const std::size_t* first;  ///< a curve's lower tail among `pieces`, followed by its segments and its upper tail
    const double* weight;      ///< of each curve; sum 1
    const CurvePiece* pieces;
};

/// A mixture at a wage; derivatives are by log wage.
struct MixtureSums {
    double probability;      ///< of less, or of more
    double slope, bend;      ///< first and second derivative of the probability of less
    double roughness;        ///< size of its third derivative
    double roughest;         ///< largest of the pieces
    double lowest, highest;  ///< normal scores of the wage in the components
    double below, above;     ///< log wage from the nearest knot below and to the one above
};

/// Operations on the pieces of a mixture, compiled for one instruction set; same bits on each.
struct MixtureKernels {
    static const MixtureKernels baseline, avx2, avx512;

    /// At a wage `x` > 0 within 1e200 times every knot; `side` is 1 for the probability of less, -1 for that of more.
    void (*sums)(const CurvePieces& pieces, double x, double side, MixtureSums& out);
};

}  // namespace wagefit
