"""Reference values of the standard normal distribution, computed by mpmath with 50 digits.

Writes normal_reference.csv beside this script: function, argument, and the value as an unevaluated sum high + low of
two doubles, so that an error of a fraction of a unit in the last place can be told.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator
from pathlib import Path

from mpmath import mp, mpf

mp.dps = 50


def log_cdf(z: mpf) -> mpf:
    return mp.log1p(-mp.ncdf(-z)) if z > 0 else mp.log(mp.ncdf(z))


def quantile(p: mpf) -> mpf:
    """Newton's iteration on log Phi, which is concave, in the lower half; the upper half by symmetry."""
    if p > mpf("0.5"):
        return -quantile(1 - p)
    z = -mp.sqrt(-2 * mp.log(p)) if p < mpf("0.01") else mpf(0)
    for _ in range(100):
        step = (log_cdf(z) - mp.log(p)) * mp.ncdf(z) / mp.npdf(z)
        z -= step
        if abs(step) <= abs(z) * mpf(10) ** -48:
            return z
    raise ArithmeticError(f"no convergence at {p}")


def scores(last: float, rng: random.Random) -> Iterator[float]:
    """Normal scores in [-last, last], with the small ones that a uniform draw would miss."""
    yield from (sign * last for sign in (-1, 1))
    yield from (sign * 10.0**-k for k in (1, 2, 5, 10, 20, 100, 300) for sign in (-1, 1))
    yield from (rng.uniform(-last, last) for _ in range(400))
    yield from (rng.gauss(0, 1) for _ in range(200))


def probabilities(rng: random.Random) -> Iterator[float]:
    """Probabilities from 1e-300 to 1 - 2**-53, the largest double below 1."""
    yield from (10.0**-k for k in range(1, 301, 3))
    yield from (10.0 ** -rng.uniform(0, 300) for _ in range(200))
    yield from (rng.random() for _ in range(300))
    yield from (1 - 2.0**-k for k in range(1, 54))
    yield from (0.5 + sign * 2.0**-k for k in range(2, 53) for sign in (-1, 1))
    yield 1 - 1e-16


def rows() -> Iterator[tuple[str, float, float, float]]:
    rng = random.Random(20180501)
    functions: list[tuple[str, Callable[[mpf], mpf], list[float]]] = [
        ("pdf", mp.npdf, list(scores(38, rng))),
        ("cdf", mp.ncdf, list(scores(38, rng))),
        ("log_cdf", log_cdf, [*scores(38, rng), *(-(10.0**k) for k in (2, 3, 5, 10, 100, 150))]),
        ("quantile", quantile, list(probabilities(rng))),
    ]
    for name, function, arguments in functions:
        for argument in sorted(set(arguments)):
            value = function(mpf(argument))
            high = float(value)
            yield name, argument, high, float(value - mpf(high))


if __name__ == "__main__":
    with Path(__file__).with_name("normal_reference.csv").open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["function", "argument", "high", "low"])
        writer.writerows(rows())
