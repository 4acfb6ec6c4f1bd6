"""Many distributions fitted, held and evaluated together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from wagefit import _core
from wagefit.arguments import FloatArray, as_array, as_count, as_number, as_support, as_unit
from wagefit.distributions import ANNUAL, Distribution
from wagefit.errors import FactError
from wagefit.facts import Facts
from wagefit.fitting import describe_curve

STATUS_NAMES = np.array([_core.status_name(status) for status in _core.Status])


class Ensemble:
    """Distributions of many cells; made by `wagefit.fit_many`.

    A scalar argument gives shape ``(n_cells,)``, one of shape ``(k,)`` gives ``(n_cells, k)``, and ``(n_cells, k)`` is taken
    row by row. Cells that could not be fitted give NaN and say why in `status`.
    """

    __slots__ = ("_core", "_facts", "_n_threads", "_unit")

    def __init__(self, core: _core.Ensemble, facts: CellFacts, unit: str, n_threads: int) -> None:
        self._core = core
        self._facts = facts
        self._unit = unit
        self._n_threads = n_threads

    def __len__(self) -> int:
        return len(self._core)

    @property
    def unit(self) -> str:
        """Unit of the wages."""
        return self._unit

    @property
    def status(self) -> Any:
        """Status of each cell, shape (n_cells,): ``"exact"``, ``"guaranteed"``, ``"no_mean"``, ``"infeasible"``, ..."""
        return STATUS_NAMES[self._core.statuses()]

    def counts(self) -> dict[str, int]:
        """Number of cells of each status that occurs."""
        names, counts = np.unique(self.status, return_counts=True)
        return dict(zip(names.tolist(), counts.tolist()))

    def __getitem__(self, key: Any) -> Distribution | Ensemble:
        """One cell as a `Distribution` (FactError if it was not fitted), or a slice, mask or index array as an `Ensemble`."""
        if isinstance(key, (int, np.integer)):
            return self._cell(range(len(self))[int(key)])
        indices = np.arange(len(self))[key]
        return Ensemble(self._core.take(indices.tolist()), self._facts.take(indices), self._unit, self._n_threads)

    def _cell(self, i: int) -> Distribution:
        result = self._core.cell(i)
        if result.curve is None:
            meaning = _core.status_meaning(result.status)
            raise FactError(f"cell {i} has no distribution, its status is {_core.status_name(result.status)!r}: {meaning}")
        return describe_curve(result, self._facts.cell(i, self._unit))

    def ppf(self, p: Any) -> FloatArray:
        """Wages at probabilities `p`."""
        return self._evaluate(self._core.ppf, "p", p)

    def isf(self, q: Any) -> FloatArray:
        """Wages that a fraction `q` earns more than."""
        return self._evaluate(self._core.isf, "q", q)

    def cdf(self, x: Any) -> FloatArray:
        """P(X <= x)."""
        return self._evaluate(self._core.cdf, "x", x)

    def sf(self, x: Any) -> FloatArray:
        """P(X > x)."""
        return self._evaluate(self._core.sf, "x", x)

    def pdf(self, x: Any) -> FloatArray:
        """Density of the continuous part at wages `x`."""
        return self._evaluate(self._core.pdf, "x", x)

    def lorenz(self, p: Any) -> FloatArray:
        """Share of all pay that the lowest `p` of people earn."""
        return self._evaluate(self._core.lorenz, "p", p)

    def top_share(self, fraction: Any) -> FloatArray:
        """Share of all pay that the highest `fraction` of people earn."""
        return self._evaluate(self._core.top_share, "fraction", fraction)

    def mean(self) -> FloatArray:
        """Mean wage of each cell, shape (n_cells,)."""
        return self._core.mean(self._n_threads)[:, 0]

    def std(self) -> FloatArray:
        """Standard deviation of each cell, shape (n_cells,)."""
        return np.sqrt(self._core.variance(self._n_threads)[:, 0])

    def gini(self) -> FloatArray:
        """Gini coefficient of each cell, shape (n_cells,)."""
        return self._core.gini(self._n_threads)[:, 0]

    def palma(self) -> FloatArray:
        """Palma ratio of each cell, the highest tenth's pay over that of the lowest four tenths, shape (n_cells,)."""
        return self.top_share(0.1) / self.lorenz(0.4)

    def mean_between(self, p0: float, p1: float) -> FloatArray:
        """Mean wage of the people between the probabilities `p0` < `p1` of each cell, shape (n_cells,)."""
        low, high = as_number("p0", p0), as_number("p1", p1)
        if not 0.0 <= low < high <= 1.0:
            raise FactError(f"p0 is {low:g} and p1 is {high:g}; expected 0 <= p0 < p1 <= 1")
        shares = self.lorenz([low, high])
        return (shares[:, 1] - shares[:, 0]) * self.mean() / (high - low)

    def _evaluate(self, operation: Any, name: str, points: Any) -> FloatArray:
        array = as_array(name, points)
        if array.ndim > 2 or (array.ndim == 2 and len(array) != len(self)):
            raise FactError(f"{name} has shape {array.shape}; expected a scalar, (k,) or ({len(self)}, k)")
        result: FloatArray = operation(np.atleast_1d(array), self._n_threads)
        return result[:, 0] if array.ndim == 0 else result

    def __repr__(self) -> str:
        counts = ", ".join(f"{count:,} {name}" for name, count in self.counts().items())
        return f"<Ensemble of {len(self):,} cells, {self._unit}: {counts}>"


class CellFacts:
    """The published facts of many cells as arrays of shape (n_cells,); NaN means "not published"."""

    def __init__(self, mean: Any, quantiles: Any, at_least: Any, lower: Any, upper: Any) -> None:
        bounds = dict(at_least or {})
        self.mean_at_least = _column("at_least['mean']", bounds.pop("mean", None))
        self.mean = _column("mean", mean)
        self.quantiles = _columns("quantiles", quantiles)
        self.at_least = _columns("at_least", bounds)
        self.lower, self.upper = as_support(lower, upper)
        self.n_cells = self._common_length()

    def _named(self) -> dict[str, FloatArray]:
        named = {f"quantiles[{p:g}]": column for p, column in self.quantiles.items()}
        named |= {f"at_least[{p:g}]": column for p, column in self.at_least.items()}
        means = {"mean": self.mean, "at_least['mean']": self.mean_at_least}
        return named | {name: column for name, column in means.items() if column is not None}

    def _common_length(self) -> int:
        named = self._named()
        if not named:
            raise FactError("no quantiles and no mean; expected arrays of published figures")
        lengths = {name: len(column) for name, column in named.items()}
        if len(set(lengths.values())) > 1:
            shown = ", ".join(f"{name} has {length}" for name, length in lengths.items())
            raise FactError(f"the arrays differ in length: {shown}; expected one length, the number of cells")
        return next(iter(lengths.values()))

    def fit(self, n_threads: int) -> _core.Ensemble:
        """Fits every cell in the core."""
        empty = np.empty(0)
        return _core.fit_cells(
            n_cells=self.n_cells,
            quantile_p=list(self.quantiles),
            quantiles=list(self.quantiles.values()),
            at_least_p=list(self.at_least),
            at_least=list(self.at_least.values()),
            mean=empty if self.mean is None else self.mean,
            mean_at_least=empty if self.mean_at_least is None else self.mean_at_least,
            lower=self.lower,
            upper=self.upper,
            prior=_core.shape_prior(),
            n_threads=n_threads,
        )

    def cell(self, i: int, unit: str) -> Facts:
        """The published facts of cell `i`."""
        return Facts(
            quantiles=_published(self.quantiles, i),
            at_least=_published(self.at_least, i),
            mean=_published_value(self.mean, i),
            mean_at_least=_published_value(self.mean_at_least, i),
            mean_rse=None,
            employment=None,
            lower=self.lower,
            upper=self.upper,
            rounding=None,
            unit=unit,
        )

    def take(self, indices: Any) -> CellFacts:
        """The facts of the cells at `indices`."""
        bounds: dict[Any, Any] = {p: column[indices] for p, column in self.at_least.items()}
        if self.mean_at_least is not None:
            bounds["mean"] = self.mean_at_least[indices]
        mean = None if self.mean is None else self.mean[indices]
        quantiles = {p: column[indices] for p, column in self.quantiles.items()}
        return CellFacts(mean, quantiles, bounds, self.lower, self.upper)


def fit_many(
    *,
    mean: Any = None,
    quantiles: Mapping[float, Any] | None = None,
    at_least: Mapping[Any, Any] | None = None,
    lower: float | None = None,
    upper: float | None = None,
    unit: str = ANNUAL,
    n_threads: int = 0,
) -> Ensemble:
    """Fits the default curve to each of many cells.

    Parameters
    ----------
    mean : array_like, shape (n_cells,), optional
        Mean wages, in `unit`; NaN where not published.
    quantiles : mapping {p: array_like of shape (n_cells,)}, optional
        Published quantiles; NaN where not published.
    at_least : mapping {p: array_like of shape (n_cells,)}, optional
        One-sided facts such as top codes; the key ``"mean"`` bounds the mean. NaN where there is none.
    lower, upper : float, optional
        Support of every cell.
    unit : str
        Unit of all wages.
    n_threads : int
        0 for all cores. The result does not depend on it.

    Returns
    -------
    Ensemble
        A bad cell never raises and never disturbs its neighbors: it gets a `status` and gives NaN.

    Raises
    ------
    FactError
        The arrays are not numbers, or differ in length, or a probability is outside (0, 1).
    """
    threads = as_count("n_threads", n_threads)
    facts = CellFacts(mean, quantiles, at_least, lower, upper)
    return Ensemble(facts.fit(threads), facts, as_unit(unit), threads)


def _column(name: str, values: Any) -> FloatArray | None:
    if values is None:
        return None
    column = as_array(name, values)
    if column.ndim != 1:
        raise FactError(f"{name} has shape {column.shape}; expected (n_cells,)")
    return np.array(column, order="C")  # a copy: the facts of a fit must not change with the caller's array


def _columns(name: str, mapping: Mapping[Any, Any] | None) -> dict[float, FloatArray]:
    if mapping is None:
        return {}
    if not isinstance(mapping, Mapping):
        raise FactError(f"{name} is {type(mapping).__name__}; expected a mapping {{p: array}}")
    columns: dict[float, FloatArray] = {}
    for key in sorted(mapping, key=lambda key: as_number(f"a probability of {name}", key)):
        p = float(key)
        if not 0.0 < p < 1.0:
            raise FactError(f"{name} has the probability {p:g}; expected a number inside (0, 1)")
        column = _column(f"{name}[{p:g}]", mapping[key])
        if column is None:
            raise FactError(f"{name}[{p:g}] is None; expected an array of shape (n_cells,)")
        columns[p] = column
    return columns


def _published(columns: dict[float, FloatArray], i: int) -> tuple[tuple[float, float], ...]:
    return tuple((p, float(column[i])) for p, column in columns.items() if not np.isnan(column[i]))


def _published_value(column: FloatArray | None, i: int) -> float | None:
    return None if column is None or np.isnan(column[i]) else float(column[i])
