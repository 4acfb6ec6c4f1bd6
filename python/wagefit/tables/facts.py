"""From a tidy table to what is fitted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from wagefit.errors import FactError
from wagefit.oews.row_facts import ANNUAL, PublishedRow, columns_of_row, facts
from wagefit.shared.arguments import as_figures
from wagefit.shared.numbers import is_missing
from wagefit.shared.units import as_unit
from wagefit.tables.layout import fact_of


def is_stated(columns: Mapping[str, Any]) -> bool:
    """Whether a table states its unit and has wages, as those of `wagefit.tables.read` do."""
    return bool(_units(columns)) and any(fact_of(name) for name in columns)


def _units(columns: Mapping[str, Sequence[Any]]) -> list[str]:
    return sorted({str(each) for each in columns.get("unit", ()) if not is_missing(each)})


def stated_unit(columns: Mapping[str, Sequence[Any]], unit: str | None) -> str:
    """`unit`, or else the one of all rows; FactError where the rows have several."""
    if unit is not None:
        return as_unit(unit)
    units = _units(columns)
    if len(units) != 1:
        raise FactError(f"frame has wages in {', '.join(units)}; expected one unit, or unit=, one of them")
    return as_unit(units[0])


def stated_facts(columns: Mapping[str, Sequence[Any]], unit: str) -> dict[str, Any]:
    """The arguments of `wagefit.fit_many` from a tidy table: all its figures and bounds in `unit`.

    Rows in another unit have no facts. Of the errors, the fit uses that of the mean.
    """
    is_meant = np.array([str(each) == unit for each in columns["unit"]], dtype=bool)
    facts = {name: fact for name in columns if (fact := fact_of(name)) is not None}
    figures = {name: np.where(is_meant, as_figures(name, columns[name]), np.nan) for name in facts}
    quantiles = {
        _probability(figure): figures[name] for name, (figure, kind) in facts.items() if figure[0] == "p" and not kind
    }
    bounds = {_bounded(figure): figures[name] for name, (figure, kind) in facts.items() if kind == "_at_least"}
    alone: dict[str, Any] = {name: figures[name] for name in ("mean", "mean_rse", "employment") if name in figures}
    return {**alone, "quantiles": quantiles, "at_least": bounds}


def facts_of_row(row: PublishedRow) -> dict[str, Any]:
    """The arguments of `wagefit.fit` in a row of any table: of `wagefit.tables.read` in its own unit, or of OEWS.

    Examples
    --------
    >>> from wagefit.tables.facts import facts_of_row
    >>> facts_of_row({"occupation": "2231", "unit": "GBP/year", "mean": 39_883, "p20": 30_818, "p50": 41_188})
    {'mean': 39883.0, 'quantiles': {0.2: 30818.0, 0.5: 41188.0}, 'unit': 'GBP/year'}
    """
    if callable(getattr(row, "facts", None)):
        return facts(row)
    columns = {name: [value] for name, value in columns_of_row(row).items()}
    if not is_stated(columns):
        return facts(row)
    unit = stated_unit(columns, None)
    found = {name: _published(value) for name, value in stated_facts(columns, unit).items()}
    if not (found["quantiles"] or found["at_least"] or found.get("mean")):
        raise FactError("row has no published wage; expected some of mean, p10, p50, ...")
    named = {name: value for name, value in found.items() if value}
    return named if unit == ANNUAL else named | {"unit": unit}


def _published(value: Any) -> Any:
    """What is published of a fact, or of several by probability: numbers of columns of one row."""
    if isinstance(value, Mapping):
        return {key: float(each[0]) for key, each in value.items() if not np.isnan(each[0])}
    return None if np.isnan(value[0]) else float(value[0])


def _probability(figure: str) -> float:
    return float(figure[1:]) / 100


def _bounded(figure: str) -> float | str:
    return figure if figure == "mean" else _probability(figure)
