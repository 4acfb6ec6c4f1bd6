"""From a tidy table to what is fitted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from wagefit.errors import FactError
from wagefit.oews.row_facts import columns_of_row
from wagefit.oews.row_facts import facts as oews_facts
from wagefit.shared.arguments import as_figures
from wagefit.shared.numbers import is_missing
from wagefit.shared.units import as_unit
from wagefit.tables.layout import fact_of


def is_stated(columns: Mapping[str, Any]) -> bool:
    """Whether a table states its unit and has wages, as those of `wagefit.tables.read` do."""
    return bool(_units(columns)) and any(fact_of(name) for name in columns)


def row_facts(row: Any) -> dict[str, Any]:
    """What a published row says, whichever table it is of: the arguments of `wagefit.fit`.

    Parameters
    ----------
    row : mapping, pandas.Series, named tuple or wagefit.oews.Cell
        A row of `wagefit.tables.read`, whose wages are in the unit that it states; or of `wagefit.oews.read`.

    Returns
    -------
    dict
        With some of the keys ``mean``, ``quantiles``, ``at_least``, ``mean_rse``, ``employment`` and ``unit``.

    Raises
    ------
    FactError
        `row` is no row, has no wages, or a figure of it is no number.

    Examples
    --------
    >>> from wagefit.tables.facts import row_facts
    >>> row_facts({"unit": "GBP/year", "p20": 30_818, "p50": 41_188, "p80": None})
    {'quantiles': {0.2: 30818.0, 0.5: 41188.0}, 'unit': 'GBP/year'}
    """
    if callable(getattr(row, "facts", None)):
        return oews_facts(row)
    columns = {name: [value] for name, value in columns_of_row(row).items()}
    if not is_stated(columns):
        return oews_facts(row)
    unit = stated_unit(columns, None)
    return _of_one(stated_facts(columns, unit), unit)


def _of_one(facts: Mapping[str, Any], unit: str) -> dict[str, Any]:
    """The facts of the one row of a table; FactError where it has no wage."""
    found: dict[str, Any] = {}
    for name, values in facts.items():
        if isinstance(values, Mapping):
            printed = {p: float(each[0]) for p, each in values.items() if not np.isnan(each[0])}
            found |= {name: dict(sorted(printed.items(), key=str))} if printed else {}
        elif not np.isnan(values[0]):
            found[name] = float(values[0])
    if found.keys().isdisjoint(("mean", "quantiles", "at_least")):
        raise FactError(f"row has no published wage in {unit}; expected a mean, or percentiles such as p50")
    return {**found, "unit": unit}


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
