"""A distribution's figures: location, spread, inequality."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from wagefit.distributions.pointwise import Pointwise
from wagefit.errors import FactError
from wagefit.shared.arguments import as_probability
from wagefit.shared.types import Array, Values


class Summaries(Pointwise):
    """Methods that give one number, or a pair of them."""

    __slots__ = ()

    def mean(self) -> float:
        """Mean wage, atoms included."""
        return self._core.mean()

    def median(self) -> float:
        """Median wage."""
        return float(self.ppf(0.5))

    def var(self) -> float:
        """Variance of wages, in squared units."""
        return self._core.variance()

    def std(self) -> float:
        """Standard deviation of wages."""
        return self._core.standard_deviation()

    def support(self) -> tuple[float, float]:
        """Smallest and largest possible wage."""
        return self._core.support()

    def interval(self, level: float = 0.9) -> tuple[float, float]:
        """Wages between which the middle `level` of people earn; see `credible` for uncertainty."""
        tail = 0.5 * (1.0 - as_probability("level", level))
        return float(self.ppf(tail)), float(self.isf(tail))

    def atoms(self) -> list[tuple[float, float]]:
        """Wages that carry probability of their own, as (wage, probability)."""
        return self._core.atoms()

    def expect(self, f: Callable[[Array], Values] | None = None) -> float:
        """E[f(X)] for a function of an array of wages (the mean without one), by Gauss-Legendre rules in the score.

        Right to rounding for smooth functions. No node lies at the jump of a function such as ``lambda x: x > 30_000``,
        which is missed by up to 0.02 of its height, by a fitted curve up to 0.0065: use `sf`, `cdf`, `lorenz` or
        `mean_between`, or add up smooth pieces, here of a bonus of 2 % above 30,000 dollars.

        Examples
        --------
        >>> pay = wf.fit(mean=44_010, quantiles={0.1: 26_550, 0.5: 40_350, 0.9: 66_260})
        >>> above = pay.truncate(lower=30_000).expect(lambda x: 0.02 * x)
        >>> round(float(pay.sf(30_000) * above), 2)
        784.95
        >>> round(pay.expect(lambda x: np.where(x > 30_000, 0.02 * x, 0.0)), 2)
        787.23
        """
        if f is None:
            return self.mean()
        wages, weights = self._core.nodes()
        return float(np.dot(weights, np.broadcast_to(np.asarray(f(wages), dtype=float), wages.shape)))

    def gini(self) -> float:
        """Gini coefficient, half the relative mean difference."""
        return self._core.gini()

    def mean_between(self, p0: float, p1: float) -> float:
        """Mean wage of the people between the probabilities `p0` < `p1`; FactError otherwise."""
        low, high = as_probability("p0", p0), as_probability("p1", p1)
        if not low < high:
            raise FactError(f"p0 is {low:g} and p1 is {high:g}; expected p0 below p1")
        return self._core.mean_between(low, high)

    def theil(self) -> float:
        """Theil's T index, E[(X / mean) log(X / mean)]."""
        return self._core.theil()

    def palma(self) -> float:
        """Palma ratio: pay of the highest tenth of people over that of the lowest four tenths (Palma 2011)."""
        return float(self.top_share(0.1) / self.lorenz(0.4))

    def quantile_ratio(self, p1: float, p0: float) -> float:
        """ppf(p1) / ppf(p0), as in "the 90/10 ratio": ``quantile_ratio(.9, .1)``."""
        return float(self.ppf(p1) / self.ppf(p0))
