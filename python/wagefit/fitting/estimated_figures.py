"""What estimated figures leave open of a distribution that is fitted to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from wagefit import _core
from wagefit.distributions.posterior import CurvePosterior, as_parent
from wagefit.errors import ConvergenceError, InfeasibleError
from wagefit.facts.facts import Facts
from wagefit.oews.layouts import PERCENTILES
from wagefit.oews.row_facts import EstimatedRow
from wagefit.shared.arguments import FloatArray
from wagefit.shared.streams import Key, row_key


@dataclass(frozen=True, eq=False)
class EstimatedPosterior:
    """Posterior of a curve through estimated figures: figures that may be the true ones, and a curve that they allow.

    Attributes
    ----------
    row : EstimatedRow
        Draws the figures, in the unit of the facts.
    facts : Facts
        The estimates that were fitted.
    parent : ndarray or None
        Wages of the parent whose shape is borrowed, of `wagefit.distributions.parent.parent_wages`.
    """

    row: EstimatedRow
    facts: Facts
    parent: FloatArray | None = None

    @property
    def gaps(self) -> tuple[str, ...]:
        """None: the errors of the figures are known."""
        return ()

    def draw(self, n: int, key: Key) -> list[_core.Distribution]:
        """`n` curves, fewer where drawn figures contradict each other."""
        return [curve for i, facts in enumerate(self._drawn_facts(n, key)) for curve in self._curve(facts, key, i)]

    def _drawn_facts(self, n: int, key: Key) -> Iterator[Facts]:
        drawn = self.row.draws(n, np.random.default_rng(key))
        quantiles = sorted((PERCENTILES[name], wages) for name, wages in drawn.items() if name in PERCENTILES)
        for i in range(n):
            at_i = tuple((p, float(wages[i])) for p, wages in quantiles)
            yield replace(self.facts, quantiles=at_i, mean=float(drawn["mean"][i]) if "mean" in drawn else None)

    def _curve(self, facts: Facts, key: Key, i: int) -> list[_core.Distribution]:
        try:
            fit = _core.fit_curve(facts.core, _core.shape_prior(), as_parent(self.parent))
        except (InfeasibleError, ConvergenceError):
            return []
        return CurvePosterior(facts, fit, self.parent).draw(1, row_key(key, i))
