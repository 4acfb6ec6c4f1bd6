"""What is doubtful in a table of published figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wagefit.errors import FactError
from wagefit.oews.layouts import HOURS, PERCENTILES, WAGES
from wagefit.shared.arguments import as_figures
from wagefit.shared.frames import columns_of, make_frame

# Annual figures are printed to $10, hourly ones to a cent, some of them rounded twice.
HOURLY_ROUNDING = 15.6 + 1e-6
TYPES: dict[str, type] = {"row": int, "year": int, "occupation": str, "figure": str, "value": float, "problem": str}

FIGURES = (*WAGES, *(f"hourly_{name}" for name in WAGES), "top_code")
Figures = Mapping[str, NDArray[np.float64]]


class _Problem(NamedTuple):
    row: int
    figure: str
    value: float
    text: str


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
        `frame` is not such a table, or a figure in it is no number.

    Examples
    --------
    >>> table = wf.oews.health_information(backend="pandas")
    >>> doubts = wf.oews.validate(table, backend="pandas")
    >>> len(doubts)
    0
    """
    columns = columns_of(frame)
    missing = {"year", "occupation", *WAGES} - columns.keys()
    if missing:
        raise FactError(f"frame has no column {sorted(missing)[0]}; expected a table of wagefit.oews.read")
    figures = {name: _numbers(name, columns.get(name), len(columns["year"])) for name in FIGURES}
    found = [*_disagreeing(figures), *_decreasing(figures), *_above_top_code(figures), *_in_another_unit(figures)]
    report = {
        "row": [problem.row for problem in found],
        "year": [int(columns["year"][problem.row]) for problem in found],
        "occupation": [columns["occupation"][problem.row] for problem in found],
        "figure": [problem.figure for problem in found],
        "value": [problem.value for problem in found],
        "problem": [problem.text for problem in found],
    }
    return make_frame(report, TYPES, backend)


def _numbers(name: str, column: Any, n: int) -> NDArray[np.float64]:
    """A column of figures, all missing where the table has none; NaN where they are missing."""
    return np.full(n, np.nan) if column is None else as_figures(name, column)


def _disagreeing(figures: Figures) -> Iterator[_Problem]:
    for name in WAGES:
        annual, hourly = figures[name], figures[f"hourly_{name}"]
        for row in np.flatnonzero(np.abs(HOURS * hourly - annual) > HOURLY_ROUNDING).tolist():
            yield _Problem(row, name, float(annual[row]), f"is not {HOURS} times the hourly {hourly[row]:g}")


def _decreasing(figures: Figures) -> Iterator[_Problem]:
    for low, high in pairwise(PERCENTILES):
        below, values = figures[low], figures[high]
        for row in np.flatnonzero(values < below).tolist():
            yield _Problem(row, high, float(values[row]), f"is below {low}, {below[row]:g}")


def _above_top_code(figures: Figures) -> Iterator[_Problem]:
    codes = figures["top_code"]
    for name in PERCENTILES:
        for row in np.flatnonzero(figures[name] > codes).tolist():
            yield _Problem(row, name, float(figures[name][row]), f"is above the top code, {codes[row]:g}")


def _in_another_unit(figures: Figures) -> Iterator[_Problem]:
    least = 100.0
    for name in WAGES:
        for row in np.flatnonzero(figures[name] < least).tolist():
            yield _Problem(row, name, float(figures[name][row]), "is no annual wage in dollars")
