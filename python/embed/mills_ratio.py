"""Writes the polynomial of Mills' ratio, cpp/src/simd/mills_table.hpp, by mpmath at 60 digits.

P(Z > x) / phi(x) = polynomial(u) / (x + 1), u = (x - 5) / (x + 5): the quotient maps [0, inf) to [-1, 1] and is smooth
there (Shepherd and Laframboise 1981, Mathematics of Computation 36, 249-253). Run as
`python python/embed/mills_ratio.py`.
"""

from __future__ import annotations

from pathlib import Path

from mpmath import cos, erfc, exp, mp, mpf, nstr, pi, quad, sqrt

SPLIT = 5
DEGREE = 24  # the next coefficients are below 1e-17
TARGET = Path(__file__).parents[2] / "cpp/src/simd/mills_table.hpp"
HEADER = """#pragma once

#include <array>

/// Written by python/embed/mills_ratio.py.
namespace wagefit::mills_table {{

inline constexpr double split = {split};

/// Coefficients of u^0, u^1, ... of (x + 1) P(Z > x) / phi(x), u = (x - split) / (x + split).
inline constexpr std::array<double, {count}> coefficients{{{{
{rows}
}}}};

}}  // namespace wagefit::mills_table
"""


def mills(x: mpf) -> mpf:
    """P(Z > x) / phi(x)."""
    if x < 60:
        return sqrt(pi / 2) * exp(x * x / 2) * erfc(x / sqrt(2))
    return quad(lambda t: exp(-x * t - t * t / 2), [0, 1 / x, 4 / x, 20 / x, 100 / x])


def function(u: mpf) -> mpf:
    """The function on [-1, 1] that the polynomial stands for."""
    x = SPLIT * (1 + u) / (1 - u)
    return (x + 1) * mills(x)


def chebyshev(nodes: int = 64) -> list[mpf]:
    """Chebyshev coefficients by interpolation at many more nodes than are kept."""
    angles = [pi * (j + mpf(1) / 2) / nodes for j in range(nodes)]
    values = [function(cos(angle)) for angle in angles]
    return [
        2 / mpf(nodes) * sum(v * cos(m * angle) for v, angle in zip(values, angles, strict=True)) / (2 if m == 0 else 1)
        for m in range(DEGREE + 1)
    ]


def monomials(coefficients: list[mpf]) -> list[mpf]:
    """Coefficients of the polynomial in powers of u, from those by Chebyshev polynomials."""
    total = [mpf(0)] * len(coefficients)
    before, current = [mpf(1)], [mpf(0), mpf(1)]
    for m, c in enumerate(coefficients):
        polynomial = before if m == 0 else current
        for i, value in enumerate(polynomial):
            total[i] += c * value
        if m > 0:
            after = [mpf(0)] + [2 * value for value in current]
            before, current = current, [a - (before[i] if i < len(before) else 0) for i, a in enumerate(after)]
    return total


def main() -> None:
    """Writes the header."""
    mp.dps = 60
    values = [nstr(value, 20) for value in monomials(chebyshev())]
    rows = [", ".join(values[i : i + 4]) for i in range(0, len(values), 4)]
    text = HEADER.format(split=f"{SPLIT}.0", count=len(values), rows=",\n".join(f"    {row}" for row in rows) + ",")
    TARGET.write_text(text)


if __name__ == "__main__":
    main()
