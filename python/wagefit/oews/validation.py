"""What is doubtful in a table of published figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from itertools import pairwise
from typing import Any

from wagefit.errors import FactError
from wagefit.oews.layouts import PERCENTILES, WAGES
from wagefit.shared.frames import make_frame

HOURS = 2080
# Annual figures are printed to $10, hourly ones to a cent, some of them rounded twice.
HOURLY_ROUNDING = 15.6 + 1e-6
TYPES: dict[str, type] = {"row": int, "year": int, "occupation": str, "figure": str, "value": float, "problem": str}

Columns = Mapping[str, Sequence[Any]]


def validate(frame: Any, backend: str | None = None) -> Any:
    """The rows of a table of `wagefit.oews.read` that cannot be right as they stand; nothing is repaired.

    Checked are: annual figures against 2,080 times the hourly ones, within the rounding of both; percentiles that
    decrease; percentiles above the release's top code, where `#` belongs; annual wages of less than 100 dollars, which
    are in another unit.

    Parameters
    ----------
    frame : pandas.DataFrame, polars.DataFrame or pyarrow.Table
        A table of `wagefit.oews.read`.
    backend : {"pandas", "polars", "pyarrow"}, optional
        Library of the report; the first of them that is installed when None.

    Returns
    -------
    pandas.DataFrame, polars.DataFrame or pyarrow.Table
        A row a problem: row (position in `frame`), year, occupation, figure, value (dollars) and problem, in words.

    Raises
    ------
    FactError
        `frame` is not such a table.
    """
    table = import_module("narwhals").from_native(frame, eager_only=True, pass_through=True)
    missing = {"year", "occupation", *WAGES} - set(getattr(table, "columns", ()))
    if missing:
        raise FactError(f"frame has no column {sorted(missing)[0]}; expected a table of wagefit.oews.read")
    columns: Columns = {name: table[name].to_list() for name in table.columns}
    problems = [*_disagreeing(columns), *_decreasing(columns), *_above_top_code(columns), *_in_another_unit(columns)]
    rows = [{"year": columns["year"][p["row"]], "occupation": columns["occupation"][p["row"]], **p} for p in problems]
    return make_frame({name: [row[name] for row in rows] for name in TYPES}, TYPES, backend)


def _known(values: Sequence[Any]) -> Iterator[tuple[int, float]]:
    return ((i, value) for i, value in enumerate(values) if value is not None and value == value)


def _disagreeing(columns: Columns) -> Iterator[dict[str, Any]]:
    for name in WAGES:
        hourly = dict(_known(columns.get(f"hourly_{name}", ())))
        for row, annual in _known(columns[name]):
            if row in hourly and abs(HOURS * hourly[row] - annual) > HOURLY_ROUNDING:
                yield _problem(row, name, annual, f"is not {HOURS} times the hourly {hourly[row]:g}")


def _decreasing(columns: Columns) -> Iterator[dict[str, Any]]:
    names = list(PERCENTILES)
    for low, high in pairwise(names):
        below = dict(_known(columns[low]))
        for row, value in _known(columns[high]):
            if row in below and value < below[row]:
                yield _problem(row, high, value, f"is below {low}, {below[row]:g}")


def _above_top_code(columns: Columns) -> Iterator[dict[str, Any]]:
    codes = dict(_known(columns.get("top_code", ())))
    for name in PERCENTILES:
        for row, value in _known(columns[name]):
            if row in codes and value > codes[row]:
                yield _problem(row, name, value, f"is above the top code, {codes[row]:g}")


def _in_another_unit(columns: Columns) -> Iterator[dict[str, Any]]:
    least = 100.0
    for name in WAGES:
        for row, value in _known(columns[name]):
            if value < least:
                yield _problem(row, name, value, "is no annual wage in dollars")


def _problem(row: int, figure: str, value: float, text: str) -> dict[str, Any]:
    return {"row": row, "figure": figure, "value": value, "problem": text}
