"""Careful vectorized NumPy versions of the same tasks: the competitors."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr, ndtri

P = np.array([0.10, 0.25, 0.50, 0.75, 0.90])
Z = ndtri(P)


def phi(z: np.ndarray) -> np.ndarray:
    """Density of the standard normal."""
    return np.exp(-0.5 * z * z) / np.sqrt(2 * np.pi)


class PiecewiseLognormal:
    """Log wages linear in z between the percentiles; the lower tail continues the first chord.

    The upper slope meets the mean, a closed form in the slopes, by Newton steps on all cells at once.
    """

    def __init__(self, quantiles: np.ndarray, mean: np.ndarray) -> None:
        self.y = np.log(quantiles)
        self.chords = np.diff(self.y, axis=1) / np.diff(Z)
        self.upper = self._upper_slope(mean)

    def _upper_slope(self, mean: np.ndarray) -> np.ndarray:
        slopes = np.column_stack([self.chords[:, 0], self.chords])
        left, right = np.append(-np.inf, Z[:-1]), Z
        level = self.y - slopes * Z
        below = (np.exp(level + 0.5 * slopes**2) * (ndtr(right - slopes) - ndtr(left - slopes))).sum(axis=1)
        rest = np.maximum(mean - below, 1e-9 * mean) / np.exp(self.y[:, -1])
        slope = np.maximum(self.chords[:, -1], 1e-3)
        for _ in range(6):
            value = np.exp(0.5 * slope**2 - slope * Z[-1]) * ndtr(slope - Z[-1])
            density = np.exp(-0.5 * Z[-1] ** 2) / np.sqrt(2 * np.pi)
            gradient = (slope - Z[-1]) * value + density
            slope = np.clip(slope - (value - rest) / gradient, 1e-6, 6.0)
        return slope

    def _knots(self) -> tuple[np.ndarray, np.ndarray]:
        slopes = np.column_stack([self.chords[:, 0], self.chords, self.upper])
        return self.y, slopes

    def ppf(self, p: np.ndarray) -> np.ndarray:
        """Wages at shared probabilities, shape (n_cells, k)."""
        z = ndtri(p)
        y, slopes = self._knots()
        i = np.searchsorted(Z, z)
        anchor = np.maximum(i - 1, 0)
        return np.exp(y[:, anchor] + slopes[:, i] * (z - Z[anchor]))

    def _scores(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        y, slopes = self._knots()
        logs = np.log(x)
        i = (y[:, :, None] <= logs).sum(axis=1)
        anchor = np.maximum(i - 1, 0)
        slope = np.take_along_axis(slopes, i, 1)
        with np.errstate(divide="ignore", invalid="ignore"):  # ties
            return Z[anchor] + (logs - np.take_along_axis(y, anchor, 1)) / slope, slope

    def cdf(self, x: np.ndarray) -> np.ndarray:
        """P(X <= x) at shared wages, shape (n_cells, k)."""
        return ndtr(self._scores(x)[0])

    def pdf(self, x: np.ndarray) -> np.ndarray:
        """Density at shared wages, shape (n_cells, k)."""
        z, slope = self._scores(x)
        with np.errstate(divide="ignore", invalid="ignore"):
            return phi(z) / (slope * x)

    def rvs(self, draws: int, rng: np.random.Generator) -> np.ndarray:
        """Draws of each cell, shape (n_cells, draws)."""
        z = rng.standard_normal((len(self.y), draws))
        y, slopes = self._knots()
        i = np.searchsorted(Z, z)
        anchor = np.maximum(i - 1, 0)
        level = np.take_along_axis(y, anchor, 1)
        return np.exp(level + np.take_along_axis(slopes, i, 1) * (z - Z[anchor]))

    def partial_means(self, z: np.ndarray) -> np.ndarray:
        """E[X; Z < z] at shared scores, shape (n_cells, k)."""
        y, slopes = self._knots()
        anchor = np.append(0, np.arange(len(Z)))
        front = np.exp(y[:, anchor] - slopes * Z[anchor] + 0.5 * slopes**2)
        left, right = np.append(-np.inf, Z), np.append(Z, np.inf)
        pieces = front * (ndtr(right - slopes) - ndtr(left - slopes))
        before = np.cumsum(np.column_stack([np.zeros(len(y)), pieces]), axis=1)
        i = np.searchsorted(Z, z)
        cut = ndtr(z - slopes[:, i]) - ndtr(left[i] - slopes[:, i])
        return before[:, i] + front[:, i] * cut

    def mean(self) -> np.ndarray:
        """Mean of each cell."""
        return self.partial_means(np.array([np.inf]))[:, 0]

    def lorenz(self, p: np.ndarray) -> np.ndarray:
        """Lorenz ordinates at shared probabilities, shape (n_cells, k)."""
        return self.partial_means(ndtri(p)) / self.mean()[:, None]

    def mean_and_gini(self, nodes: int = 16) -> tuple[np.ndarray, np.ndarray]:
        """Mean and Gini of each cell, this by Gauss-Legendre quadrature of the Lorenz curve between knots."""
        t, w = np.polynomial.legendre.leggauss(nodes)
        edges = np.append(np.append(-8.0, Z), 8.0)
        half = 0.5 * np.diff(edges)[:, None]
        z = (0.5 * (edges[:-1] + edges[1:])[:, None] + half * t).ravel()
        rank = (half * w).ravel() * phi(z) * (2 * ndtr(z) - 1)
        y, slopes = self._knots()
        i = np.searchsorted(Z, z)
        anchor = np.maximum(i - 1, 0)
        mean = self.mean()
        return mean, (np.exp(y[:, anchor] + slopes[:, i] * (z - Z[anchor])) @ rank) / mean

    def mixture_ppf(self, p: np.ndarray, weights: np.ndarray, steps: int = 60) -> np.ndarray:
        """Quantiles of the mixture of all cells, all probabilities at once: Newton's steps kept within a bracket."""
        own = self.ppf(p)
        low, high, x = own.min(axis=0), own.max(axis=0), weights @ own
        for _ in range(steps):
            excess = weights @ self.cdf(x) - p
            low, high = np.where(excess < 0, x, low), np.where(excess < 0, high, x)
            to = x - excess / (weights @ self.pdf(x))
            to = np.where((to > low) & (to < high), to, 0.5 * (low + high))
            if np.all(abs(to - x) <= 1e-15 * x):
                break
            x = to
        return x
