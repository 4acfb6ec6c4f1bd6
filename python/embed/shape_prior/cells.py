"""Cells that each show part of their shape, in one form for people and for published rows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import ndtri

from shape_prior import ashe
from shape_prior.ashe import DetailedRows
from shape_prior.groups import PROBABILITIES, Groups
from shape_prior.knots import SCORES, bridge, interpolation
from shape_prior.published import PublishedRows

SEEN = np.array(
    [0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99]
)
LEAST_IN_TAIL = 1.0  # people expected beyond a sample quantile for it to count as seen
HEAPED, PUBLISHED = 2e-3, 1e-5  # variance, in squared scales, that heaping or rounding adds to a log quantile
LARGE = 1e5  # people; sampling does not matter


@dataclass(frozen=True)
class Cells:
    """n cells seen at the same m probabilities.

    Attributes
    ----------
    p : (m,) array
        P10, P50 and P90 are among them.
    quantiles : (n, m) array
        Wages there.
    is_seen : (n, m) array of bool
        Where a quantile counts.
    mean, size, weight : (n,) arrays
        Mean wage, people, and weight in the estimation.
    rounding : float
        Variance that heaping or rounding adds to a log quantile, in squared scales.
    """

    p: np.ndarray
    quantiles: np.ndarray
    is_seen: np.ndarray
    mean: np.ndarray
    size: np.ndarray
    weight: np.ndarray
    rounding: float

    @cached_property
    def knots(self) -> np.ndarray:
        """Scores of the prior and of the probabilities, ascending."""
        return np.unique(np.round(np.concatenate([SCORES, ndtri(self.p)]), 9))

    @cached_property
    def at(self) -> np.ndarray:
        """Where the probabilities are among the knots, shape (m,)."""
        return np.searchsorted(self.knots, ndtri(self.p) - 1e-8)

    @cached_property
    def weights(self) -> np.ndarray:
        """From v at the prior's scores to v between knots, shape (knots - 1, k)."""
        return interpolation((self.knots[1:] + self.knots[:-1]) / 2)

    @cached_property
    def log_scale(self) -> np.ndarray:
        """Log of the slope of the chord from P10 to P90, shape (n,)."""
        low, high = (int(np.argmin(abs(self.p - p))) for p in (PROBABILITIES[0], PROBABILITIES[-1]))
        chord = np.log(self.quantiles[:, high] / self.quantiles[:, low])
        return np.log(chord / (ndtri(self.p[high]) - ndtri(self.p[low])))

    @cached_property
    def bridge(self) -> np.ndarray:
        """Covariance, times the number of people, of the normal scores of sample quantiles, shape (m, m)."""
        return bridge(ndtri(self.p))


def cells_of_groups(groups: Groups, weight: np.ndarray) -> Cells:
    """Cells seen at every probability beyond which the sample has people."""
    size = groups.size.astype(float)
    is_seen = np.outer(size, np.minimum(SEEN, 1 - SEEN)) >= LEAST_IN_TAIL
    return Cells(SEEN, groups.quantiles(SEEN), is_seen, groups.mean, size, weight, HEAPED)


def cells_of_rows(rows: PublishedRows, weight: float) -> Cells:
    """Cells seen at five percentiles, without sampling noise; together they have `weight`."""
    n = len(rows)
    seen = np.ones(rows.quantiles.shape, dtype=bool)
    return Cells(PROBABILITIES, rows.quantiles, seen, rows.mean, np.full(n, LARGE), np.full(n, weight / n), PUBLISHED)


def cells_of_detailed_rows(rows: DetailedRows, weight: float) -> Cells:
    """Cells seen at eleven percentiles; together they have `weight`."""
    n, seen = len(rows), np.ones(rows.quantiles.shape, dtype=bool)
    return Cells(ashe.PROBABILITIES, rows.quantiles, seen, rows.mean, rows.size, np.full(n, weight / n), PUBLISHED)
