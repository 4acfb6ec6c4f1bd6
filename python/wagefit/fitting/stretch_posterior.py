"""What counts in brackets leave open beside the curve: figures of a stretch that are assumed, drawn anew for each draw.

A stretch is one of neighboring brackets that hold people, see `wagefit.fitting.stretch`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wagefit import _core
from wagefit.distributions.distribution import Distribution
from wagefit.distributions.posterior import PlainPosterior
from wagefit.facts.cell_facts import CellFacts
from wagefit.facts.facts import Facts
from wagefit.fitting.stretch import Bounds, Stretch, assumed_median, fit_stretch, largest_excess
from wagefit.shared.arguments import FloatArray
from wagefit.shared.streams import Key, row_key

NEXT_TO_EDGE = 0.02  # part of a bracket's width at either end where the mean of its people is never drawn
REFITS = 20  # of a stretch whose outer brackets are bounded by what is believed


@dataclass(frozen=True, eq=False)
class OpenMean(PlainPosterior):
    """Posterior of a stretch that sets no scale: the mean of a bracket's people may lie anywhere in it.

    That of an open last one may lie up to twice as far above its edge as `excess`, which raises the stretch's mean.
    """

    stretch: Stretch
    excess: float

    def draw(self, n: int, key: Key) -> list[_core.Distribution]:
        """`n` curves."""
        low, high = self.stretch.edges[:-1], self.stretch.edges[1:].copy()
        shares = self.stretch.shares / self.stretch.weight
        if np.isinf(high[-1]):
            high[-1] = low[-1] + 2.0 * self.excess / shares[-1]
        parts = np.random.default_rng(key).uniform(NEXT_TO_EDGE, 1.0 - NEXT_TO_EDGE, (n, len(shares)))
        means = (low + parts * (high - low)) @ shares
        return _curves(self.stretch, means, assumed_median(self.stretch, means))


@dataclass(frozen=True, eq=False)
class OpenMedian(PlainPosterior):
    """Posterior of one bracket of known mean: its median may lie in the middle half of what the mean allows."""

    stretch: Stretch
    mean: float

    def draw(self, n: int, key: Key) -> list[_core.Distribution]:
        """`n` curves."""
        low = max(self.stretch.lower, 2.0 * self.mean - self.stretch.upper)
        high = min(self.stretch.upper, 2.0 * self.mean - self.stretch.lower)
        moves = np.random.default_rng(key).uniform(-0.25, 0.25, n) * (high - low)
        return _curves(self.stretch, np.full(n, self.mean), assumed_median(self.stretch, self.mean) + moves)


@dataclass(frozen=True, eq=False)
class OpenOuterMeans(PlainPosterior):
    """Posterior of a stretch whose outer brackets are bounded by what is believed, none of which is known.

    The median of a bounded first bracket may lie anywhere above 0, and a bounded last one may have half as much above
    its edge as is believed at most.
    """

    stretch: Stretch
    facts: Facts
    bounds: Bounds
    capped: float | None
    """The mean of all that the last bracket's bound gives."""

    def draw(self, n: int, key: Key) -> list[_core.Distribution]:
        """`n` curves, several for each pair of outer means."""
        parts = np.random.default_rng(key).random((REFITS, 2))
        sizes = np.bincount(np.arange(n) % REFITS, minlength=REFITS).tolist()
        pairs = enumerate(zip(parts, sizes, strict=True))
        return [curve for i, (part, size) in pairs for curve in self._drawn(part, size, row_key(key, i))]

    def _drawn(self, parts: FloatArray, n: int, key: Key) -> list[_core.Distribution]:
        posterior = self._refit(float(parts[0]), float(parts[1])).posterior
        return posterior.draw(n, key) if posterior is not None and n > 0 else []

    def _refit(self, first: float, last: float) -> Distribution:
        bounds = {p: first * wage for p, wage in self.bounds.items()}
        if self.capped is None:
            return fit_stretch(self.stretch, None, self.facts, bounds)
        lost = sum(2.0 * p * (1.0 - first) * wage for p, wage in self.bounds.items())
        mean = self.capped - lost - 0.5 * last * largest_excess(self.stretch)
        return fit_stretch(self.stretch, max(mean, self._least_mean(bounds)), self.facts, bounds)

    def _least_mean(self, bounds: Bounds) -> float:
        """A mean that the stretch's edges and the bound leave room for."""
        raised = sum(p * wage for p, wage in bounds.items())
        return 1.01 * (self.stretch.mean_ends()[0] + raised)


def _curves(stretch: Stretch, means: FloatArray, medians: FloatArray) -> list[_core.Distribution]:
    """Curves of a stretch for each mean; of a bracket alone, for each mean and median."""
    n = len(means)
    quantiles = {p: np.full(n, wage) for p, wage in stretch.quantiles().items()} or {0.5: medians}
    cells = CellFacts(means, quantiles, {}, stretch.lower, stretch.upper, None, None, None).fit(n_threads=0)
    found = [curve for i in range(n) if (curve := cells.cell(i).curve) is not None]
    return [found[i % len(found)] for i in range(n)]  # a curve that cannot be found is stood for by another
