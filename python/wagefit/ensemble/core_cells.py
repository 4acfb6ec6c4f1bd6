"""Many curves as the core holds them, times a factor."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from wagefit import _core
from wagefit.distributions.identity import identity
from wagefit.shared.streams import Key
from wagefit.shared.types import Array

AT_WAGES = ("pdf", "logpdf", "cdf", "logcdf", "sf", "logsf")
WAGES_AT = ("ppf", "isf")


class CoreCells:
    """Wages k X of each of N cells, X as the core has it: what one scale for all cells changes in each method.

    Parameters
    ----------
    core : _core.Ensemble
    factor : float
        k, above 0.
    n_threads : int
        0 for all cores.
    """

    __slots__ = ("core", "factor", "n_threads")

    def __init__(self, core: _core.Ensemble, n_threads: int, factor: float = 1.0) -> None:
        self.core, self.factor, self.n_threads = core, factor, n_threads

    def times(self, k: float) -> CoreCells:
        """The cells with wages `k` times as high."""
        return CoreCells(self.core, self.n_threads, self.factor * k)

    def take(self, indices: NDArray[np.intp]) -> CoreCells:
        """The cells at `indices`."""
        return CoreCells(self.core.take(indices.tolist()), self.n_threads, self.factor)

    def at(self, method: str, points: Array) -> Array:
        """A method at points of shape (k,) or (N, k), shape (N, k)."""
        result: Array = getattr(self.core, method)(self._unscaled(method, points), self.n_threads)
        if self.factor == 1.0:
            return result
        if method == "logpdf":
            result -= np.log(self.factor)
        else:
            result *= self._power(method, points)
        return result

    def _unscaled(self, method: str, points: Array) -> Array:
        return points / self.factor if method in AT_WAGES and self.factor != 1.0 else points

    def _power(self, method: str, points: Array) -> Any:
        """The factor's power in the results of a method."""
        if method == "moment":
            return self.factor**points
        return {"pdf": 1.0 / self.factor, **dict.fromkeys(WAGES_AT, self.factor)}.get(method, 1.0)

    def mean_and_gini(self) -> tuple[Array, Array]:
        """Means and Gini coefficients, shapes (N,), in one pass."""
        both = self.core.mean_and_gini(self.n_threads)
        return self._times(both[:, 0], 1), both[:, 1]

    def mean(self) -> Array:
        """Means, shape (N,)."""
        return self._times(self.core.mean(self.n_threads)[:, 0], 1)

    def var(self) -> Array:
        """Variances, shape (N,)."""
        return self._times(self.core.variance(self.n_threads)[:, 0], 2)

    def std(self) -> Array:
        """Standard deviations, shape (N,)."""
        return self._times(self.core.standard_deviation(self.n_threads)[:, 0], 1)

    def gini(self) -> Array:
        """Gini coefficients, shape (N,)."""
        return self.mean_and_gini()[1]

    def theil(self) -> Array:
        """Theil's T indices, shape (N,)."""
        return self.core.theil(self.n_threads)[:, 0]

    def sample(self, key: Key, n: int, n_threads: int) -> Array:
        """`n` draws of each cell, shape (N, n)."""
        return self._times(self.core.sample(key, n, n_threads or self.n_threads), 1)

    def _times(self, values: Array, power: int) -> Array:
        return values if self.factor == 1.0 else values * self.factor**power


def are_same(first: CoreCells, second: CoreCells) -> bool:
    """Whether two tables of cells hold the same curves, however the core holds them; NaN equals NaN."""
    if first.factor != second.factor or not np.array_equal(first.core.statuses(), second.core.statuses()):
        return False
    if first.core is second.core or _are_same_tables(first.core, second.core):
        return True
    curves = ((first.core.cell(i).curve, second.core.cell(i).curve) for i in range(len(first.core)))
    return all(identity(one) == identity(other) for one, other in curves)


def _are_same_tables(first: _core.Ensemble, second: _core.Ensemble) -> bool:
    """Whether two tables have the same knots, wages at them, and curves apart; False where they are held otherwise."""
    knots, wages, apart = _parts(first)
    other_knots, other_wages, other_apart = _parts(second)
    if identity(knots) != identity(other_knots) or apart.keys() != other_apart.keys():
        return False
    in_rows = np.setdiff1d(np.arange(len(first)), list(apart)) if knots is not None else np.empty(0, dtype=int)
    n_knots = wages.size // max(len(first), 1)
    rows, other_rows = (values.reshape(len(first), n_knots)[in_rows] for values in (wages, other_wages))
    same_rows = np.array_equal(rows, other_rows, equal_nan=True)
    return same_rows and all(identity(apart[i].curve) == identity(other_apart[i].curve) for i in apart)


def _parts(core: _core.Ensemble) -> tuple[Any, Array, dict[int, _core.CurveFit]]:
    """What the core pickles of a table: the knots, the wages at them, and the cells that are no rows of wages."""
    state: Any = core.__getstate__()
    return state[0], state[1], state[3]
