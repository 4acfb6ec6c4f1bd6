"""From a tidy table to what is fitted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wagefit.errors import FactError
from wagefit.oews.row_facts import ANNUAL, columns_of_row
from wagefit.oews.row_facts import facts as oews_facts
from wagefit.shared.arguments import FloatArray, as_figures
from wagefit.shared.fact_names import fact_of, is_bound, is_wage, key_of, with_standard_facts
from wagefit.shared.numbers import is_missing
from wagefit.shared.units import as_unit


def is_stated(names: Collection[str]) -> bool:
    """Whether a table with columns of these names has one of units, and wages, as `wagefit.tables.read` gives them."""
    return "unit" in names and any(is_wage(name) or is_bound(name) for name in names)


def row_facts(row: Any) -> dict[str, Any]:
    """What a published row says, whichever table it is of: the arguments of `wagefit.fit`.

    Parameters
    ----------
    row : mapping, pandas.Series, named tuple or wagefit.oews.Cell
        A row of `wagefit.tables.read`, whose wages are in the unit that it states; or of `wagefit.oews.read`. The wages
        of a row that states no unit are in dollars a year.

    Returns
    -------
    dict
        With some of the keys ``mean``, ``quantiles``, ``at_least``, ``mean_rse``, ``employment`` and ``unit``.

    Raises
    ------
    FactError
        `row` is no row, has no wages, one figure in two columns, a figure that is no number, or wages in another unit
        than it states.

    Examples
    --------
    >>> from wagefit.tables.facts import row_facts
    >>> row_facts({"unit": "GBP/year", "p20": 30_818, "p50": 41_188, "p80": None})
    {'quantiles': {0.2: 30818.0, 0.5: 41188.0}, 'unit': 'GBP/year'}
    """
    if callable(getattr(row, "facts", None)):
        return oews_facts(row)
    columns = {name: [value] for name, value in with_standard_facts("row", columns_of_row(row)).items()}
    units = _units(columns)
    if units and is_stated(columns):
        unit = as_unit(units[0])
        return _of_one(stated_facts(columns, unit), unit)
    found = oews_facts(row)
    own = found.get("unit", ANNUAL)
    if units and own != units[0]:
        raise FactError(
            f"row states the unit {units[0]!r} and has wages in {own}; expected wages in the unit it states"
        )
    return found


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
    """`unit`, or else the one of all rows, dollars a year where none states one; FactError where they have several."""
    if unit is not None:
        return as_unit(unit)
    units = _units(columns)
    if len(units) > 1:
        raise FactError(f"frame has wages in {', '.join(units)}; expected one unit, or unit=, one of them")
    return as_unit(units[0]) if units else ANNUAL


def stated_facts(columns: Mapping[str, Sequence[Any]], unit: str) -> dict[str, Any]:
    """The arguments of `wagefit.fit_many` from a tidy table: all its figures and bounds in `unit`.

    Rows in another unit have no facts; where no row states one, all are in `unit`. Of the errors, the fit uses that of
    the mean.
    """
    is_meant = np.array([str(each) == unit for each in columns["unit"]], dtype=bool)
    if not _units(columns):
        is_meant[:] = True
    facts = [name for name in columns if fact_of(name) is not None]
    figures = {name: np.where(is_meant, as_figures(name, columns[name]), np.nan) for name in facts}
    quantiles = {key_of(name): figures[name] for name in figures if is_wage(name) and name != "mean"}
    bounds = {key_of(name): figures[name] for name in figures if is_bound(name)}
    alone: dict[str, Any] = {name: figures[name] for name in ("mean", "mean_rse", "employment") if name in figures}
    return {**alone, "quantiles": quantiles, "at_least": _with_top_codes(bounds, columns, is_meant)}


def _with_top_codes(
    bounds: Mapping[Any, FloatArray], columns: Mapping[str, Sequence[Any]], is_meant: NDArray[np.bool_]
) -> dict[Any, FloatArray]:
    """`bounds`, and the wage in ``top_code`` where ``top_coded`` names a figure; of two bounds the higher one."""
    found = dict(bounds)
    if "top_code" not in columns or "top_coded" not in columns:
        return found
    codes = np.where(is_meant, as_figures("top_code", columns["top_code"]), np.nan)
    coded = [str(names).split() for names in columns["top_coded"]]
    for name in sorted({name for names in coded for name in names if is_wage(name)}):
        own = np.where([name in names for names in coded], codes, np.nan)
        found[key_of(name)] = np.fmax(found.get(key_of(name), own), own)
    return found
