"""One distribution of every kind."""

from __future__ import annotations

import numpy as np

import wagefit as wf

from .cells import CELLS, NEWS_PAIR, fitted

# |cdf(ppf(p)) - p| in units of eps (p + x pdf(x)): what rounding p and x to doubles may cost.
ROUND_TRIP = 4.0
# Two ways of one or two dozen operations each, logs and exponentials among them, around the same double.
SAME = 1e-13
# The oracle is adaptive quadrature, which vouches for 1e-10 of its own.
QUADRATURE = 1e-10
# Composite Gauss-Legendre to rounding error: a few hundred terms of one sign.
SUMMED = 1e-13
P = np.array([1e-9, 1e-3, 0.05, 0.1, 0.25, 0.3, 0.5, 0.5 + 1e-9, 0.75, 0.9, 0.99, 0.999, 1 - 1e-9])
EVERY = [*CELLS, "lognormal"]


def get(name: str) -> wf.Distribution:
    """A cell's curve, or the lognormal of two quoted figures."""
    return wf.fit(**NEWS_PAIR, family="lognormal") if name == "lognormal" else fitted(name)


def atom_wages(pay: wf.Distribution) -> np.ndarray:
    return np.array([wage for wage, _ in pay.atoms()])
