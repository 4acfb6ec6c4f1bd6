"""The market that wages are placed in: published rows with their distributions."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from wagefit import oews
from wagefit.decisions.market_rows import numbered
from wagefit.distributions.distribution import Distribution
from wagefit.ensemble.ensemble import Ensemble
from wagefit.ensemble.fit_cells import fit_many
from wagefit.shared.arguments import FloatArray

TIED = 0.005  # the part of people at one wage that is worth a word


def fit_markets(cells: Sequence[oews.Cell]) -> list[Distribution | None]:
    """The distribution of each row, that of a state with the shape of the nation's; None where figures allow none.

    Rows are fitted together, and each as `wagefit.fit` does it alone.

    Examples
    --------
    >>> from wagefit.decisions.market import fit_markets
    >>> fit_markets([wf.oews.cell("29-1141", area="NJ", year=2025)])
    [<curve: mean $110,243, P10 $83,060, median $106,500, P90 $135,170, USD/year>]
    """
    found: list[Distribution | None] = [None] * len(cells)
    for unit in sorted({cell.unit for cell in cells}):
        places = [i for i, cell in enumerate(cells) if cell.unit == unit]
        fitted = _fit_in_unit([cells[i] for i in places], unit)
        for i, pay in zip(places, fitted.rows(), strict=True):
            found[i] = pay
    return found


def _fit_in_unit(cells: Sequence[oews.Cell], unit: str) -> Ensemble:
    distinct, number = numbered([parent_of(cell) for cell in cells])
    nations = fit_many(**_columns([{} if cell is None else cell.facts() for cell in distinct]), unit=unit)
    return fit_many(**_columns([cell.facts() for cell in cells]), unit=unit, like=nations[number])


def parent_of(cell: oews.Cell) -> oews.Cell | None:
    """The nation's row whose shape a row borrows; None of a row of the nation, and where there is none."""
    if cell.is_national or cell.year not in oews.years(cell.occupation):
        return None
    nation = oews.cell(cell.occupation, year=cell.year)
    return nation if nation.unit == cell.unit else None


def _columns(facts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The facts of rows as the arrays that `fit_many` takes; NaN where a row has not the figure."""
    tables: dict[str, Any] = {name: _table([row.get(name, {}) for row in facts]) for name in ("quantiles", "at_least")}
    alone = {name: _column([row.get(name) for row in facts]) for name in ("mean", "mean_rse", "employment")}
    return {**tables, **alone}


def _table(rows: Sequence[Mapping[Any, float]]) -> dict[Any, FloatArray]:
    keys = list(dict.fromkeys(key for row in rows for key in row))
    return {key: _column([row.get(key) for row in rows]) for key in keys}


def _column(values: Sequence[float | None]) -> FloatArray:
    return np.array([np.nan if value is None else value for value in values], dtype=float)


@functools.cache
def is_annual_only(occupation: str, year: int) -> bool:
    """Whether an occupation is published by the year alone, since its paid hours are not those of a full year.

    Releases without any hourly wages, as the one of May 2025, do not say so: the newest before them that does counts.
    """
    rows = [row for row in oews.cells(occupation=occupation, area="US") if row.year <= year]
    telling = [row for row in rows if row.annual_only or row.hourly_only or row.hourly_mean is not None]
    return bool(telling) and max(telling, key=lambda row: row.year).annual_only


def known_range(facts: Mapping[str, Any], wages: FloatArray) -> tuple[FloatArray, FloatArray]:
    """What the published figures alone say of the part of people who earn at most a wage: at least, and at most.

    Parameters
    ----------
    facts : mapping
        Arguments of `wagefit.fit`; a bound of a quantile says nothing of wages above it.
    wages : ndarray, shape (n,)
        In the unit of the facts.

    Returns
    -------
    (ndarray, ndarray), each of shape (n,)

    Examples
    --------
    >>> from wagefit.decisions.market import known_range
    >>> facts = {"quantiles": {0.1: 133_080}, "at_least": {0.25: 208_000}}
    >>> low, high = known_range(facts, np.array([150_000.0, 300_000.0]))
    >>> low.tolist(), high.tolist()
    ([0.1, 0.1], [0.25, 1.0])
    """
    quantiles = facts.get("quantiles", {})
    bounds = {p: wage for p, wage in facts.get("at_least", {}).items() if p != "mean"}
    low, high = np.zeros(len(wages)), np.ones(len(wages))
    for p, wage in quantiles.items():
        low[wage <= wages] = np.maximum(low[wage <= wages], p)
    for p, wage in (*quantiles.items(), *bounds.items()):
        high[wage > wages] = np.minimum(high[wage > wages], p)
    return low, high


def top_code(facts: Mapping[str, Any]) -> float:
    """The wage from which on the figures of a row say nothing; infinity where none is top-coded."""
    return min((float(wage) for p, wage in facts.get("at_least", {}).items() if p != "mean"), default=np.inf)
