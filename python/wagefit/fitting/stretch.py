"""One stretch of neighboring brackets that hold people, and the curve through its edges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from wagefit.distributions.distribution import Distribution
from wagefit.facts.facts import Facts
from wagefit.fitting.fit import fit
from wagefit.shared.arguments import FloatArray

# Median of an exponential over its mean: the shape given to an open bracket of which only a mean is known.
EXPONENTIAL_MEDIAN = float(np.log(2.0))
# The most that the mean of an open bracket, without a known mean, is believed to be above its edge, over the edge: that
# of a Pareto tail with an index of 1.5, below those of incomes.
LARGEST_EXCESS = 2.0
MOST_REFITS, BELIEF_TOLERANCE = 12, 1e-6

T = TypeVar("T", float, FloatArray)

Bounds = dict[float, float]
"""Wages that quantiles of a stretch's people are at least, by probability."""


@dataclass(frozen=True)
class Stretch:
    """Neighboring brackets that all hold people, between two empty ones."""

    edges: FloatArray  # (n + 1,)
    shares: FloatArray  # (n,), of all people

    @property
    def weight(self) -> float:
        """Share of all people."""
        return float(self.shares.sum())

    @property
    def lower(self) -> float:
        """Lowest edge."""
        return float(self.edges[0])

    @property
    def upper(self) -> float:
        """Highest edge, infinite for an open bracket."""
        return float(self.edges[-1])

    def mean_ends(self) -> tuple[float, float]:
        """The open interval of the means that its shares allow."""
        parts = self.shares / self.weight
        return float(parts @ self.edges[:-1]), float(parts @ self.edges[1:])

    def quantiles(self) -> dict[float, float]:
        """Inner edges as quantiles of the people in the stretch."""
        p = np.cumsum(self.shares)[:-1] / self.weight
        return dict(zip(p.tolist(), self.edges[1:-1].tolist(), strict=True))


def sets_scale(stretch: Stretch, mean: float | None) -> bool:
    """Whether a fit needs nothing beside the stretch's inner edges and the mean."""
    inner = len(stretch.shares) - 1
    return inner > 1 or (inner == 1 and mean is not None)


def is_bounded(stretch: Stretch, part: Distribution, facts: Facts) -> bool:
    """Whether a stretch that sets its own scale was given a mean or a bound although none is known."""
    met = None if part.diagnostics is None else part.diagnostics.facts
    is_given = met is not None and (met.mean is not None or bool(met.at_least))
    return facts.mean is None and is_given and sets_scale(stretch, None)


def fit_stretch(stretch: Stretch, mean: float | None, facts: Facts, bounds: Bounds | None = None) -> Distribution:
    """The curve of a stretch; that of a bracket alone has the median which is assumed for its mean."""
    quantiles = stretch.quantiles()
    if not quantiles and mean is not None:
        quantiles = {0.5: assumed_median(stretch, mean)}
    return fit(
        mean=mean,
        quantiles=quantiles,
        at_least=bounds,
        lower=stretch.lower,
        upper=stretch.upper,
        employment=(facts.employment or 0.0) * stretch.weight,
        unit=facts.unit,
    )


def assumed_median(stretch: Stretch, mean: T) -> T:
    """The median given to a bracket alone of that mean."""
    return stretch.lower + (mean - stretch.lower) * (EXPONENTIAL_MEDIAN if np.isinf(stretch.upper) else 1.0)


def fit_capped(stretch: Stretch, facts: Facts, bounds: Bounds) -> Distribution:
    """The curve without a known mean; that of an open last bracket is set where it would be higher than is believed."""
    found = fit_stretch(stretch, None, facts, bounds)
    for _ in range(MOST_REFITS):  # a mean that is moved bends what lies below the outermost bracket as well
        believed = _believed_mean(stretch, found)
        if abs(believed - found.mean()) <= BELIEF_TOLERANCE * believed:
            break
        found = fit_stretch(stretch, believed, facts, bounds)
    return found


def _believed_mean(stretch: Stretch, found: Distribution) -> float:
    """The mean of a stretch of three brackets or more, that of an open last one no higher than is believed."""
    if np.isfinite(stretch.upper):
        return found.mean()
    last = float(stretch.shares[-1]) / stretch.weight
    below = (1.0 - last) * found.mean_between(0.0, 1.0 - last)
    return min(found.mean(), below + last * float(stretch.edges[-2]) + largest_excess(stretch))


def largest_excess(stretch: Stretch) -> float:
    """The most by which an open bracket is believed to raise the mean of its stretch above that of its edge."""
    return LARGEST_EXCESS * float(stretch.shares[-1]) / stretch.weight * float(stretch.edges[-2])
