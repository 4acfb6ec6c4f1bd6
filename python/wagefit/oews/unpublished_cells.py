"""Cells that a release leaves out, with estimated figures: one of them, and many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wagefit.errors import FactError
from wagefit.oews.area_level import Estimated
from wagefit.oews.cell_status import MEANINGS
from wagefit.oews.layouts import PERCENTILES, WAGES
from wagefit.oews.level_estimates import CellEstimates, ascending
from wagefit.oews.row_facts import ANNUAL
from wagefit.shared.arguments import FloatArray, as_choice, as_count, as_probability
from wagefit.shared.frames import make_frame
from wagefit.shared.types import Backend, Rng

TEXTS = ("occupation", "occupation_title", "area", "area_title")
ONE_ERROR = (0.1587, 0.8413)  # probabilities one standard deviation of a normal error below and above its median


@dataclass(frozen=True, eq=False, repr=False)
class UnpublishedCell:
    """An occupation in an area with estimated figures. `wagefit.fit` takes it as a row.

    Attributes
    ----------
    occupation, occupation_title, area, area_title : str
    status, reason : str
        What became of it, and what that means.
    wages : dict {name: float}
        Mean and percentiles in `unit`, published or estimated; those that are neither are absent.
    errors : dict {name: float}
        Standard errors in `unit`, 0 of a published figure.
    bounds : dict {name: float}
        Figures that are published as at least a top code.
    employment : float or None
        People in the cell, where published.
    unit : str
    estimates : CellEstimates
        Logs and errors behind the figures.

    Examples
    --------
    >>> codes = [code for code in wf.oews.occupations(2025) if code.startswith("29-11")]
    >>> rows = [cell for code in codes for cell in wf.oews.cells(occupation=code, year=2025)]
    >>> cell = wf.oews.estimate_unpublished(rows)["29-1181", "WY"]
    >>> cell.status, [round(end, -3) for end in cell.interval("p50", level=0.9)]
    ('estimated', [77000.0, 104000.0])
    """

    occupation: str
    occupation_title: str
    area: str
    area_title: str
    status: str
    wages: dict[str, float]
    errors: dict[str, float]
    bounds: dict[str, float]
    employment: float | None
    unit: str
    estimates: CellEstimates

    def __repr__(self) -> str:
        figures = ", ".join(f"{name} {wage:,.0f} ± {self.errors[name]:,.0f}" for name, wage in self.wages.items())
        return f"<{self.occupation} in {self.area}, {self.status}: {figures or self.reason}>"

    @property
    def reason(self) -> str:
        """What the status means."""
        return MEANINGS[self.status]

    def interval(self, name: str, level: float = 0.9) -> tuple[float, float]:
        """Interval that holds a figure with probability `level`, in `unit`.

        Parameters
        ----------
        name : str
            One of `wages`, such as ``"p50"``.
        level : float
            In (0, 1).

        Raises
        ------
        FactError
            The cell has no such figure.
        """
        figure = WAGES.index(as_choice("name", name, tuple(self.wages)))
        low, high = self.estimates.interval(as_probability("level", level), self._is_published[None, :])
        return float(np.exp(low[0, figure])), float(np.exp(high[0, figure]))

    @property
    def _is_published(self) -> NDArray[np.bool_]:
        """Whether each figure is published as a number, shape (6,)."""
        return np.array([self.errors.get(name) == 0.0 for name in WAGES], dtype=bool)

    def draws(self, n: int = 400, rng: Rng = 0) -> dict[str, FloatArray]:
        """`n` sets of figures that may be the true ones, errors of one cell's figures going together.

        Parameters
        ----------
        n : int
            Number of draws.
        rng : int, numpy.random.Generator or None
            Seed or generator; None for fresh draws each time.

        Returns
        -------
        dict {name: ndarray of shape (n,)}
            In `unit`, percentiles ascending: ``wf.fit_many(quantiles={0.5: drawn["p50"], ...})`` fits them all.
        """
        misses, scale = self.estimates.misses[0], self.estimates.scale[0]
        rows = np.random.default_rng(rng).integers(len(misses), size=as_count("n", n, 1))
        logs = self.estimates.logs[0] + scale * misses[rows]
        is_published = np.broadcast_to(self._is_published, logs.shape)
        rising = np.hstack([logs[:, :1], ascending(logs[:, 1:], is_published[:, 1:])])
        return {name: np.exp(rising[:, WAGES.index(name)]) for name in self.wages}

    def facts(self) -> dict[str, Any]:
        """What `wagefit.fit` takes: the figures, published or estimated, and the bounds.

        Their errors are not among the facts: `wagefit.fit` of the cell itself knows them, and its `credible` draws
        the figures anew; a fit to these facts takes them as exact.

        Raises
        ------
        FactError
            The cell could not be estimated.
        """
        if not self.wages and not self.bounds:
            raise FactError(f"{self.occupation} in {self.area} has no figures: {self.reason}; expected another cell")
        found = {
            "mean": self.wages.get("mean"),
            "quantiles": {PERCENTILES[name]: wage for name, wage in self.wages.items() if name in PERCENTILES} or None,
            "at_least": {PERCENTILES.get(name, name): bound for name, bound in self.bounds.items()} or None,
            "unit": None if self.unit == ANNUAL else self.unit,
        }
        return {name: value for name, value in found.items() if value is not None}


class UnpublishedCells:
    """Cells with estimated figures, one a row: see `wagefit.oews.estimate_unpublished`.

    Attributes
    ----------
    status : ndarray of str, shape (n,)
        What became of each cell; the `reason` of a single one says what its word means.
    wages, errors : ndarray, shape (n, 6)
        Mean, P10, P25, P50, P75, P90 and their standard errors in `unit`, NaN where there is none.
    employment : ndarray, shape (n,)
        People, NaN where not published.
    unit : str

    Examples
    --------
    >>> codes = [code for code in wf.oews.occupations(2025) if code.startswith("29-11")]
    >>> rows = [cell for code in codes for cell in wf.oews.cells(occupation=code, year=2025)]
    >>> cells = wf.oews.estimate_unpublished(rows, occupations="29-1181", areas=["NJ", "WY"])
    >>> cells.counts()
    {'estimated': 1, 'published': 1}
    """

    def __init__(self, cells: Estimated, unit: str) -> None:
        self._texts = {name: getattr(cells, name) for name in TEXTS}
        self._estimates, self._bounds = cells.estimates, cells.bounds
        self.status, self.employment, self.unit = cells.status, cells.employment, unit
        self._is_published = np.isfinite(cells.published)
        estimated = np.round(np.exp(cells.estimates.logs), 2)  # to cents, so that rounding makes no percentile fall
        self.wages: FloatArray = np.where(self._is_published, cells.published, estimated)

    def __len__(self) -> int:
        return len(self.status)

    def __iter__(self) -> Iterator[UnpublishedCell]:
        return (self._cell(i) for i in range(len(self)))

    def __repr__(self) -> str:
        counts = ", ".join(f"{count:,} {name}" for name, count in self.counts().items())
        return f"<{len(self):,} cells: {counts or 'none'}>"

    def __getitem__(self, pair: tuple[str, str]) -> UnpublishedCell:
        """The cell of an occupation's code and an area's code.

        Raises
        ------
        FactError
            There is no such cell, as those that are published whole are not among them unless asked for.
        """
        if pair not in self._rows:
            raise FactError(f"{pair!r} is no cell here; expected the codes of an occupation and an area")
        return self._cell(self._rows[pair])

    @cached_property
    def errors(self) -> FloatArray:
        """Standard errors, shape (n, 6), in `unit`: half the range of the middle 68 % of the errors."""
        low, high = self._estimates.error_quantiles(ONE_ERROR)
        half: FloatArray = self.wages * 0.5 * self._estimates.scale * (high - low)
        return half

    def interval(self, level: float = 0.9) -> tuple[FloatArray, FloatArray]:
        """Intervals that hold each figure with probability `level`, two arrays of shape (n, 6) in `unit`."""
        low, high = self._estimates.interval(as_probability("level", level), self._is_published)
        return np.exp(low), np.exp(high)

    def counts(self) -> dict[str, int]:
        """Number of cells of each status that occurs."""
        names, counts = np.unique(self.status, return_counts=True)
        return dict(zip(names.tolist(), counts.tolist(), strict=True))

    def to_frame(self, level: float = 0.9, backend: Backend | None = None) -> Any:
        """A table of one row a cell, which `wagefit.fit_table` fits.

        Parameters
        ----------
        level : float
            Of the intervals, in (0, 1).
        backend : {"pandas", "polars", "pyarrow"}, optional
            Library of the result; the first that is installed when None.

        Returns
        -------
        pandas.DataFrame, polars.DataFrame or pyarrow.Table
            Codes and titles, status, ``cell_employment`` (people, where published), and of each figure, such as
            ``p50``, the wage, ``p50_error``, ``p50_low`` and ``p50_high`` in `unit`.
        """
        low, high = self.interval(level)
        columns: dict[str, Any] = {**self._texts, "status": self.status, "cell_employment": self.employment}
        prefix = "" if self.unit == ANNUAL else "hourly_"
        for i, name in enumerate(WAGES):
            parts = {"": self.wages, "_error": self.errors, "_low": low, "_high": high}
            columns |= {f"{prefix}{name}{part}": values[:, i] for part, values in parts.items()}
        types: dict[str, type] = {name: str if name in (*TEXTS, "status") else float for name in columns}
        return make_frame({name: _plain(column) for name, column in columns.items()}, types, backend)

    @cached_property
    def _rows(self) -> dict[tuple[str, str], int]:
        pairs = zip(self._texts["occupation"].tolist(), self._texts["area"].tolist(), strict=True)
        return {pair: i for i, pair in enumerate(pairs)}

    def _cell(self, i: int) -> UnpublishedCell:
        has_wage, has_bound = np.isfinite(self.wages[i]), np.isfinite(self._bounds[i])

        def named(values: FloatArray, chosen: NDArray[np.bool_]) -> dict[str, float]:
            return {name: float(values[i, k]) for k, name in enumerate(WAGES) if chosen[k]}

        return UnpublishedCell(
            **{name: str(column[i]) for name, column in self._texts.items()},
            status=str(self.status[i]),
            wages=named(self.wages, has_wage),
            errors=named(self.errors, has_wage),
            bounds=named(self._bounds, has_bound),
            employment=_optional(self.employment[i]),
            unit=self.unit,
            estimates=self._estimates.row(i),
        )


def _optional(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _plain(column: NDArray[Any]) -> list[Any]:
    """The values of a column; None where a number is missing."""
    values: list[Any] = column.tolist()
    return [None if value != value else value for value in values] if column.dtype.kind == "f" else values
