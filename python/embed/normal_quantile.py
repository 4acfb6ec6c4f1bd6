"""Writes the normal quantile's polynomial, cpp/src/simd/normal_quantile_table.hpp, with 40 digits.

Phi^-1(p) = (p - 1/2) polynomial(w - middle), w = -log(4 p (1 - p)): the quotient is even about 1/2 and smooth in w
(Giles 2011, GPU Computing Gems Jade Edition, chapter 10). Run as `python python/embed/normal_quantile.py`.
"""

from __future__ import annotations

from pathlib import Path

from mills_ratio import monomials
from mpmath import cos, erfc, erfinv, exp, expm1, log, mp, mpf, nstr, pi, sqrt

LEAST = mpf("0.0005")  # the polynomial serves p from here to 1/2
WIDTH = mpf("6.2152")  # above w at the least p
DEGREE = 23  # the next coefficients are below 1e-16 of the sum
TARGET = Path(__file__).parents[2] / "cpp/src/simd/normal_quantile_table.hpp"
HEADER = """#pragma once

#include <array>

/// Written by python/embed/normal_quantile.py.
namespace wagefit::normal_quantile_table {{

inline constexpr double least = {least}, middle = {middle};

/// Coefficients of u^0, u^1, ... of Phi^-1(p) / (p - 1/2), u = -log(4 p (1 - p)) - middle, for least <= p < 1/2.
inline constexpr std::array<double, {count}> coefficients{{{{
{rows}
}}}};

}}  // namespace wagefit::normal_quantile_table
"""


def upper_score(p: mpf, start: mpf) -> mpf:
    """The z with P(Z > z) = p, by Newton's method on the logarithm."""
    z = start
    for _ in range(60):
        tail = erfc(z / sqrt(2)) / 2
        step = log(tail / p) * tail * sqrt(2 * pi) * exp(z * z / 2)
        z += step
        if abs(step) < mpf(10) ** -36:
            return z
    raise ArithmeticError("no convergence")


def function(w: mpf) -> mpf:
    """The quotient that the polynomial stands for."""
    distance = sqrt(-expm1(-w)) / 2  # of p from 1/2
    if w < 1:
        return sqrt(2) * erfinv(2 * distance) / distance
    return upper_score(exp(-w) / 4 / (mpf(1) / 2 + distance), sqrt(2 * w)) / distance


def chebyshev(nodes: int = 64) -> list[mpf]:
    """Chebyshev coefficients on [0, WIDTH] by interpolation at many more nodes than are kept."""
    angles = [pi * (j + mpf(1) / 2) / nodes for j in range(nodes)]
    values = [function(WIDTH * (1 + cos(angle)) / 2) for angle in angles]
    return [
        2 / mpf(nodes) * sum(v * cos(m * angle) for v, angle in zip(values, angles, strict=True)) / (2 if m == 0 else 1)
        for m in range(DEGREE + 1)
    ]


def main() -> None:
    """Writes the header."""
    mp.dps = 40
    middle = WIDTH / 2
    values = [nstr(c / middle**m, 20) for m, c in enumerate(monomials(chebyshev()))]
    rows = [", ".join(values[i : i + 4]) for i in range(0, len(values), 4)]
    text = HEADER.format(
        least=nstr(LEAST, 6),
        middle=nstr(middle, 6),
        count=len(values),
        rows=",\n".join(f"    {row}" for row in rows) + ",",
    )
    TARGET.write_text(text)


if __name__ == "__main__":
    main()
