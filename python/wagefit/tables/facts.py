"""From a tidy table to what is fitted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from wagefit.errors import FactError
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


def _probability(figure: str) -> float:
    return float(figure[1:]) / 100


def _bounded(figure: str) -> float | str:
    return figure if figure == "mean" else _probability(figure)
