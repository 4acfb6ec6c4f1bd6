#pragma once

#include <vector>

namespace wagefit {

/// Where a segment has a given height: normal score, and slope over the segment's mean slope.
struct RunPlace {
    double z, relative_slope;
};

/// A monotone rational-quadratic segment y(z) between two knots (Gregory & Delbourgo 1982, IMA J. Numer. Anal. 2,
/// 123-130): with t = (z - z0) / (z1 - z0) and D = (y1 - y0) / (z1 - z0),
///   y = y0 + (y1 - y0) (D t^2 + slope0 t (1 - t)) / (D + (slope0 + slope1 - 2 D) t (1 - t)).
/// Increasing for any positive slopes, and its inverse is one quadratic.
///
/// z0 < z1, y0 < y1, slopes positive; slopes are dy/dz at the ends.
struct RationalSegment {
    double z0, z1;
    double y0, y1;
    double slope0, slope1;

    [[nodiscard]] double value(double z) const;
    [[nodiscard]] double slope(double z) const;
    [[nodiscard]] double inverse(double y) const;
    [[nodiscard]] RunPlace place(double y) const;

    /// Ascending edges, from `from` to `to` within [z0, z1], of panels short enough for 15-node Gauss-Legendre
    /// quadrature of exp(k y(z)) phi(z) to reach rounding error: no panel is longer than twice its distance to a pole
    /// of y, and shorter where exp(k y) rises steeply beside one.
    [[nodiscard]] std::vector<double> panels(double from, double to, double k) const;
};

}  // namespace wagefit
