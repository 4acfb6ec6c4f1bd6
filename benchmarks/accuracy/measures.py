"""The eight measures that every method is scored on, of samples and of fitted distributions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np
from scipy.special import ndtr, ndtri

from wagefit import _core

NAMES = ("P5", "P40", "P60", "P95", "P99", "SD", "Gini", "low third")
PERCENTILES = np.array([0.05, 0.40, 0.60, 0.95, 0.99])

Function = Callable[[np.ndarray], np.ndarray]


class Fitted(Protocol):
    """Distributions of n cells that a method has fitted."""

    def ppf(self, p: np.ndarray) -> np.ndarray:
        """Quantiles, shape (n, len(p))."""

    def logpdf(self, x: np.ndarray) -> np.ndarray:
        """Log densities at wages of shape (n, k), shape (n, k)."""

    def measures(self) -> np.ndarray:
        """The eight measures, shape (n, 8)."""


def of_sample(wages: np.ndarray) -> np.ndarray:
    """The measures of the people themselves: type-7 quantiles, Gini and lowest third from the Lorenz curve."""
    n, mean = len(wages), wages.mean()
    share = np.arange(n + 1) / n
    total = np.concatenate([[0.0], np.cumsum(wages)]) / n
    gini = 1 - float((total[1:] + total[:-1]).sum()) / (n * mean)
    return np.array([*np.quantile(wages, PERCENTILES), wages.std(), gini, 3 * np.interp(1 / 3, share, total)])


class CoreCurves:
    """Cells that the compiled core has fitted, measured by its own operations."""

    def __init__(self, cells: _core.Ensemble) -> None:
        self.cells = cells

    def ppf(self, p: np.ndarray) -> np.ndarray:
        """Quantiles, shape (n, len(p))."""
        return self.cells.ppf(p, 1)

    def logpdf(self, x: np.ndarray) -> np.ndarray:
        """Log densities at wages of shape (n, k), shape (n, k)."""
        return self.cells.logpdf(x, 1)

    def measures(self) -> np.ndarray:
        """The eight measures, shape (n, 8)."""
        low_third = 3 * self.cells.mean(1) * self.cells.lorenz(np.array([1 / 3]), 1)
        spread = self.cells.standard_deviation(1)
        return np.column_stack([self.ppf(PERCENTILES), spread, self.cells.mean_and_gini(1)[:, 1:], low_third])


class LogQuantiles:
    """Cells given by their log quantile function g(z), measured by quadrature over z."""

    # Panels of 1/8 between -4 and 4 with four nodes each: kinks between published points cost less than 1e-5.
    _EDGES = np.unique([-8.0, -6.0, -5.0, *np.linspace(-4, 4, 65), float(ndtri(1 / 3)), 5.0, 6.0, 8.0])
    _NODES, _WEIGHTS = np.polynomial.legendre.leggauss(4)
    Z = (_EDGES[:-1, None] + np.diff(_EDGES)[:, None] * (_NODES + 1) / 2).ravel()
    MASS = (np.diff(_EDGES)[:, None] * _WEIGHTS / 2).ravel() * np.exp(-(Z**2) / 2) / np.sqrt(2 * np.pi)

    # Between these normal scores densities come from differences of g, beyond them g goes on as a straight line.
    TABLE = np.linspace(-5.0, 5.0, 4001)

    def __init__(self, g: Function) -> None:
        self.g = g

    def ppf(self, p: np.ndarray) -> np.ndarray:
        """Quantiles, shape (n, len(p))."""
        return np.exp(self.g(ndtri(p)))

    def logpdf(self, x: np.ndarray) -> np.ndarray:
        """Log densities at wages of shape (n, k), shape (n, k)."""
        return np.array([self._row_logpdf(y, np.log(row)) for y, row in zip(self.g(self.TABLE), x, strict=True)])

    def _row_logpdf(self, y: np.ndarray, at: np.ndarray) -> np.ndarray:
        i = np.clip(np.searchsorted(y, at) - 1, 0, len(y) - 2)
        rise = np.maximum(y[i + 1] - y[i], 1e-12)  # a flat piece is an atom
        z = self.TABLE[i] + (at - y[i]) / rise * (self.TABLE[1] - self.TABLE[0])
        smooth = np.maximum(np.interp(z, self.TABLE, np.gradient(y, self.TABLE)), 1e-9)
        return -(z**2) / 2 - np.log(np.sqrt(2 * np.pi) * smooth) - at

    def measures(self) -> np.ndarray:
        """The eight measures, shape (n, 8)."""
        wages = np.exp(self.g(self.Z))
        mean = wages @ self.MASS
        spread = np.sqrt(np.maximum(wages**2 @ self.MASS - mean**2, 0.0))
        gini = wages @ (self.MASS * (2 * ndtr(self.Z) - 1)) / mean
        low_third = 3 * (wages @ (self.MASS * (ndtri(1 / 3) > self.Z)))
        return np.column_stack([self.ppf(PERCENTILES), spread, gini, low_third])
