"""The density of a curve integrated by quadrature that knows nothing of the curve but its knots."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import ndtr

import wagefit as wf

Floats = NDArray[np.float64]


NODES, WEIGHTS = np.polynomial.legendre.leggauss(20)


def fractions() -> Floats:
    """From 0 to 1, evenly and finer toward both ends, where the density beside narrow gaps has its layers."""
    halves = 0.5 ** np.arange(1, 50)
    return np.unique(np.concatenate([np.linspace(0.0, 1.0, 65), halves, 1.0 - halves]))


FRACTIONS = fractions()


def wage_edges(pay: wf.Distribution, knot: int) -> Floats:
    """Wages from a knot to the next: any will do, so long as some lie where the density is steep."""
    z, wage = pay.core.z, pay.core.wage
    low, high = wage[knot], wage[knot + 1]
    even = np.where(FRACTIONS < 0.5, low + (high - low) * FRACTIONS, high - (high - low) * (1.0 - FRACTIONS))
    probable = pay.ppf(ndtr(z[knot] + (z[knot + 1] - z[knot]) * FRACTIONS))
    return np.unique(np.clip(np.concatenate([even, probable]), low, high))


def integrated_density(pay: wf.Distribution, knot: int) -> float:
    """The density's integral over the wages from a knot to the next, by Gauss-Legendre quadrature in the wage."""
    edges = wage_edges(pay, knot)
    low, width = edges[:-1, None], np.diff(edges)[:, None]
    part = 0.5 * (NODES + 1.0)
    wages = np.where(part < 0.5, low + width * part, edges[1:, None] - width * (1.0 - part))
    return float(np.sum(0.5 * width * WEIGHTS * pay.pdf(wages)))


def assert_density_integrates(pay: wf.Distribution) -> None:
    """Knot interval by knot interval to the probability between the knots, to 1e-9; with the atoms and tails to one."""
    z, wage = pay.core.z, pay.core.wage
    total = float(ndtr(z[0]) + ndtr(-z[-1]))  # below and above the knots
    for i in range(len(z) - 1):
        if wage[i] == wage[i + 1]:
            continue
        mass = integrated_density(pay, i)
        assert mass == pytest.approx(ndtr(z[i + 1]) - ndtr(z[i]), abs=1e-9), i
        total += mass
    lower, upper = pay.support()
    inner = sum(mass for wage, mass in pay.atoms() if lower < wage < upper)
    assert total == pytest.approx(1.0 - inner, abs=1e-9)
