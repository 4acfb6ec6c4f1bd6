"""The published facts of many cells, column by column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from wagefit import _core
from wagefit.errors import FactError
from wagefit.facts.facts import Facts
from wagefit.shared.arguments import FloatArray, as_figures, as_number, as_support


class CellFacts:
    """The published facts of many cells as arrays of shape (n_cells,); NaN means "not published".

    Examples
    --------
    >>> facts = wf.facts.CellFacts([44_010, np.nan], {0.1: [26_550, 27_820]}, None, None, None)
    >>> facts.n_cells
    2
    >>> facts.cell(1, "USD/year").quantiles
    ((0.1, 27820.0),)
    """

    def __init__(
        self,
        mean: Any,
        quantiles: Any,
        at_least: Any,
        lower: Any,
        upper: Any,
        mean_rse: Any = None,
        employment: Any = None,
        parents: FloatArray | None = None,
    ) -> None:
        bounds = dict(at_least or {})
        self.mean_at_least = _column("at_least['mean']", bounds.pop("mean", None))
        self.mean = _column("mean", mean)
        self.mean_rse = _column("mean_rse", mean_rse)
        self.employment = _column("employment", employment)
        self.quantiles = _columns("quantiles", quantiles)
        self.at_least = _columns("at_least", bounds)
        self.lower, self.upper = as_support(lower, upper)
        self.n_cells = self._common_length()
        self.parents = self._checked(parents)

    def _named(self) -> dict[str, FloatArray]:
        named = {f"quantiles[{p:g}]": column for p, column in self.quantiles.items()}
        named |= {f"at_least[{p:g}]": column for p, column in self.at_least.items()}
        means = {
            "mean": self.mean,
            "at_least['mean']": self.mean_at_least,
            "mean_rse": self.mean_rse,
            "employment": self.employment,
        }
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

    def _checked(self, parents: FloatArray | None) -> FloatArray | None:
        """Wages of the cells' parents, shape (1, n_scores) of one parent of all cells or (n_cells, n_scores)."""
        if parents is not None and len(parents) not in (1, self.n_cells):
            raise FactError(f"like has {len(parents):,} distributions; expected one, or {self.n_cells:,}, one a cell")
        return parents

    def fit(self, n_threads: int) -> _core.Ensemble:
        """Fits every cell in the core."""
        empty = np.empty(0)
        return _core.fit_cells(
            n_cells=self.n_cells,
            quantile_p=list(self.quantiles),
            quantiles=list(self.quantiles.values()),
            at_least_p=list(self.at_least),
            at_least=list(self.at_least.values()),
            mean=self._means_to_fit(),
            mean_at_least=empty if self.mean_at_least is None else self.mean_at_least,
            lower=self.lower,
            upper=self.upper,
            parent_wages=empty if self.parents is None else self.parents,
            prior=_core.shape_prior(),
            n_threads=n_threads,
        )

    def _means_to_fit(self) -> FloatArray:
        """Means, -1 where the precision is impossible: the core, which knows no precision, finds the cell invalid."""
        impossible = np.zeros(self.n_cells, dtype=bool)
        for column in (self.mean_rse, self.employment):
            if column is not None:
                impossible |= (column < 0.0) | np.isinf(column)
        if not impossible.any():
            return np.empty(0) if self.mean is None else self.mean
        return np.where(impossible, -1.0, np.nan if self.mean is None else self.mean)

    def parent(self, i: int) -> FloatArray | None:
        """Wages of the parent of cell `i`, shape (n_scores,); None where it has none."""
        if self.parents is None:
            return None
        wages: FloatArray = self.parents[i if len(self.parents) > 1 else 0]
        return None if np.isnan(wages[0]) else wages

    def cell(self, i: int, unit: str) -> Facts:
        """The published facts of cell `i`."""
        return Facts(
            quantiles=_published(self.quantiles, i),
            at_least=_published(self.at_least, i),
            mean=_published_value(self.mean, i),
            mean_at_least=_published_value(self.mean_at_least, i),
            mean_rse=_published_value(self.mean_rse, i),
            employment=_published_value(self.employment, i),
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
        mean_rse, employment = (
            None if column is None else column[indices] for column in (self.mean_rse, self.employment)
        )
        parents = self.parents
        if parents is not None and len(parents) == self.n_cells:
            parents = parents[indices]
        return CellFacts(mean, quantiles, bounds, self.lower, self.upper, mean_rse, employment, parents)

    def common(self) -> dict[str, Any]:
        """What all cells share: the ends of the support, and the wages of a parent of all."""
        shared: dict[str, Any] = {"lower": self.lower, "upper": self.upper}
        if self.parents is not None and len(self.parents) != self.n_cells:
            shared["parent"] = self.parents[0].tolist()
        return shared

    def to_columns(self) -> dict[str, FloatArray]:
        """All facts by name, such as ``"quantile 0.1"``, ``"at_least mean"`` or ``"employment"``."""
        columns = {f"quantile {p!r}": column for p, column in self.quantiles.items()}
        columns |= {f"at_least {p!r}": column for p, column in self.at_least.items()}
        others = {
            "mean": self.mean,
            "at_least mean": self.mean_at_least,
            "mean_rse": self.mean_rse,
            "employment": self.employment,
        }
        columns |= {name: column for name, column in others.items() if column is not None}
        if self.parents is not None and len(self.parents) == self.n_cells:
            columns |= {f"parent {j}": np.ascontiguousarray(wages) for j, wages in enumerate(self.parents.T)}
        return columns

    @classmethod
    def from_columns(cls, columns: Mapping[str, FloatArray], common: Mapping[str, Any]) -> CellFacts:
        """The facts that `to_columns` and `common` named."""
        kinds: dict[str, dict[Any, FloatArray]] = {"quantile": {}, "at_least": {}, "parent": {}}
        for name, column in columns.items():
            kind, _, p = name.partition(" ")
            if p:
                kinds[kind]["mean" if p == "mean" else float(p)] = column
        parents = np.array([common["parent"]]) if "parent" in common else None
        if kinds["parent"]:
            parents = np.column_stack(list(kinds["parent"].values()))
        return cls(
            columns.get("mean"),
            kinds["quantile"],
            kinds["at_least"],
            common["lower"],
            common["upper"],
            columns.get("mean_rse"),
            columns.get("employment"),
            parents,
        )


def _column(name: str, values: Any) -> FloatArray | None:
    if values is None:
        return None
    column = as_figures(name, values)
    if column.ndim != 1:
        raise FactError(f"{name} has shape {column.shape}; expected (n_cells,)")
    return np.array(column, order="C")  # The facts of a fit must not change with the caller's array, so this is a copy.


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
        if p in columns:
            raise FactError(f"{name} has the probability {p:g} twice; expected each probability once")
        column = _column(f"{name}[{p:g}]", mapping[key])
        if column is None:
            raise FactError(f"{name}[{p:g}] is None; expected an array of shape (n_cells,)")
        columns[p] = column
    return columns


def _published(columns: dict[float, FloatArray], i: int) -> tuple[tuple[float, float], ...]:
    return tuple((p, float(column[i])) for p, column in columns.items() if not np.isnan(column[i]))


def _published_value(column: FloatArray | None, i: int) -> float | None:
    return None if column is None or np.isnan(column[i]) else float(column[i])
