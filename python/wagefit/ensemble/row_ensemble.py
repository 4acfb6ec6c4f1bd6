"""Many distributions of any kind, held and evaluated one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias, overload

import numpy as np
from numpy.typing import NDArray

from wagefit.distributions.distribution import ANNUAL, Distribution, draws_of
from wagefit.ensemble.chosen_rows import row_number, row_numbers, several_rows
from wagefit.ensemble.many import ManyDistributions, as_part
from wagefit.errors import FactError
from wagefit.shared.arguments import as_count
from wagefit.shared.progress import map_watched
from wagefit.shared.streams import Key, row_key, stream_key
from wagefit.shared.types import Array, Rng, Rows
from wagefit.shared.units import as_unit, by_period

Transform: TypeAlias = Callable[[Distribution], Distribution]

MISSING = "missing"
NUMBERED = ("row", "a number, or a slice, a mask or a list of numbers")


class RowEnsemble(ManyDistributions):
    """Distributions of any kind, one a row, with the methods of one distribution.

    Made where the rows have no common form that the core evaluates at once: by `Ensemble.truncate`, by
    `posterior_draws`, from a list. Every method goes over the rows in Python, microseconds a row.

    Parameters
    ----------
    distributions : sequence of Distribution or None
        The rows; None where there is none, which gives NaN.
    unit : str, optional
        Unit of the wages; that of the rows without it.

    Raises
    ------
    FactError
        The rows mix units.

    Examples
    --------
    >>> facts = {"mean": 44_010, "quantiles": {0.9: 63_820}}
    >>> readings = wf.ensemble.RowEnsemble([wf.fit(**facts), wf.fit(**facts, family="lognormal"), None])
    >>> readings.ppf([0.5, 0.9]).round()
    array([[42457., 63820.],
           [41631., 63820.],
           [   nan,    nan]])
    >>> readings[1].name
    'lognormal'
    """

    __slots__ = ("_distributions", "_unit")

    def __init__(self, distributions: Sequence[Distribution | None], unit: str | None = None) -> None:
        self._distributions = tuple(distributions)
        given = () if unit is None else (as_unit(unit),)
        units = sorted({*given, *(row.unit for row in self._distributions if row is not None)})
        if len(units) > 1:
            raise FactError(f"distributions mix the units {', '.join(units)}; expected one unit")
        self._unit = units[0] if units else ANNUAL

    @property
    def unit(self) -> str:
        """Unit of the wages."""
        return self._unit

    @property
    def status(self) -> NDArray[np.str_]:
        """Status of each row, shape (N,): that of its distribution, ``"missing"`` where there is none."""
        return np.array([MISSING if row is None else row.status for row in self._distributions], dtype=np.str_)

    def __len__(self) -> int:
        return len(self._distributions)

    def row(self, i: int) -> Distribution | None:
        """The distribution of row `i`, counted from 0; None where there is none."""
        return self._distributions[i]

    @overload
    def __getitem__(self, key: int | np.integer[Any]) -> Distribution: ...
    @overload
    def __getitem__(self, key: Rows) -> RowEnsemble: ...
    def __getitem__(self, key: int | np.integer[Any] | Rows) -> Distribution | RowEnsemble:
        """The row of a number as a `Distribution`; the rows of several numbers, a slice or a mask as a `RowEnsemble`.

        FactError where the one row has no distribution, IndexError where there is no such row.
        """
        n = len(self)
        indices = several_rows(key, n, lambda numbers: row_numbers(*NUMBERED, numbers, n))
        if indices is not None:
            return self._take(indices)
        row = self._distributions[row_number(*NUMBERED, key, n)]
        if row is None:
            raise FactError(f"row {key} has no distribution")
        return row

    def _take(self, indices: NDArray[np.intp]) -> RowEnsemble:
        return RowEnsemble([self._distributions[i] for i in indices], self._unit)

    def _with_rows(self, rows: Sequence[Distribution | None], unit: str) -> RowEnsemble:
        """Other distributions of the same rows."""
        return RowEnsemble(rows, unit)

    # -- evaluation --------------------------------------------------------------------------------------------------

    def _each(self, name: str, function: Callable[[int, Distribution], Any], missing: Any = np.nan) -> list[Any]:
        """`function` of the number and the distribution of each row, `missing` where there is none."""
        return map_watched(
            name,
            lambda pair: missing if pair[1] is None else function(pair[0], pair[1]),
            enumerate(self._distributions),
            len(self),
        )

    def _at(self, method: str, points: Array) -> Array:
        def at(i: int, row: Distribution) -> Array:
            result: Array = getattr(row, method)(points if points.ndim == 1 else points[i])
            return result

        k = points.shape[-1]
        return np.array(self._each(method, at, np.full(k, np.nan)), dtype=float).reshape(len(self), k)

    def _of(self, method: str) -> Array:
        return np.array(self._each(method, lambda _, row: getattr(row, method)()), dtype=float)

    def mean_between(self, p0: float, p1: float) -> Array:
        """Mean wage of the people between the probabilities `p0` < `p1` of each row, shape (N,)."""
        low, high = as_part(p0, p1)
        return np.array(self._each("mean_between", lambda _, row: row.mean_between(low, high)), dtype=float)

    def support(self) -> tuple[Array, Array]:
        """Smallest and largest possible wage of each row, two arrays of shape (N,)."""
        ends = self._each("support", lambda _, row: row.support(), (np.nan, np.nan))
        low, high = np.array(ends, dtype=float).reshape(-1, 2).T
        return low, high

    def _sample(self, key: Key, n: int, n_threads: int) -> Array:
        def draw(i: int, row: Distribution) -> Array:
            return row.core.sample(row_key(key, i), n, n_threads)

        return np.array(self._each("rvs", draw, np.full(n, np.nan)), dtype=float).reshape(len(self), n)

    def _names(self) -> dict[str, list[Any]]:
        return {}

    # -- transformations ---------------------------------------------------------------------------------------------

    def scale(self, k: float) -> RowEnsemble:
        """The distributions of k X, k > 0."""
        return self._transformed(lambda row: row.scale(k), self.unit)

    def truncate(self, lower: float | None = None, upper: float | None = None) -> RowEnsemble:
        """The distributions of X given lower <= X <= upper; a row without wages between has none any more.

        FactError where no row has wages between.
        """
        return self._transformed(lambda row: row.truncate(lower, upper), self.unit)

    def with_pareto_tail(self, p: float, shape: float | None = None) -> RowEnsemble:
        """The distributions with generalized Pareto tails, as `wagefit.Distribution.with_pareto_tail`.

        A row that can have no such tail has no distribution any more; FactError where no row can.
        """
        return self._transformed(lambda row: row.with_pareto_tail(p, shape), self.unit)

    def to_hourly(self, hours: float = 2080) -> RowEnsemble:
        """Annual wages as hourly ones, for `hours` of paid work a year; FactError unless the unit is annual."""
        return self._transformed(lambda row: row.to_hourly(hours), by_period(self.unit, "year", "hour"))

    def to_annual(self, hours: float = 2080) -> RowEnsemble:
        """Hourly wages as annual ones, for `hours` of paid work a year; FactError unless the unit is hourly."""
        return self._transformed(lambda row: row.to_annual(hours), by_period(self.unit, "hour", "year"))

    def _transformed(self, transform: Transform, unit: str) -> RowEnsemble:
        return self._with_rows(transformed_rows(self._distributions, transform), unit)

    def posterior_draws(self, n: int, rng: Rng = 0) -> list[RowEnsemble]:
        """`n` draws of all rows; row 0 draws what its distribution draws alone, and rows draw independently.

        A row of which nothing says how uncertain it is gives no distribution.
        """
        draws = drawn_rows(self, as_count("n", n, 1), stream_key(rng))
        return [self._with_rows(rows, self.unit) for rows in draws]

    # -- comparing ---------------------------------------------------------------------------------------------------

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, RowEnsemble) or type(self) is not type(other):
            return NotImplemented
        return (self.unit, self._distributions) == (other.unit, other._distributions)

    def __hash__(self) -> int:
        return hash((self.unit, self._distributions))

    def __repr__(self) -> str:
        return f"<RowEnsemble of {len(self):,} rows, {self.unit}>"


def transformed_rows(rows: Sequence[Distribution | None], transform: Transform) -> list[Distribution | None]:
    """Each row transformed, None where that is impossible; FactError if it is so in every row."""
    made = map_watched("transforming", lambda row: None if row is None else _attempt(row, transform), rows, len(rows))
    refused = [result for result in made if isinstance(result, FactError)]
    kept = [None if isinstance(result, FactError) else result for result in made]
    if refused and not any(row is not None for row in kept):
        raise refused[0]
    return kept


def _attempt(row: Distribution, transform: Transform) -> Distribution | FactError:
    try:
        return transform(row)
    except FactError as error:
        return error


def drawn_rows(cells: ManyDistributions, n: int, key: Key) -> list[tuple[Distribution | None, ...]]:
    """`n` posterior draws of all rows, each from the stream of its own."""
    missing: Sequence[Distribution | None] = [None] * n

    def draw(pair: tuple[int, Distribution | None]) -> Sequence[Distribution | None]:
        i, row = pair
        return (
            missing if row is None or row.posterior is None or row.posterior.gaps else draws_of(row, n, row_key(key, i))
        )

    columns = map_watched("drawing", draw, enumerate(cells.rows()), len(cells))
    return [tuple(column[j] for column in columns) for j in range(n)]
