"""From a table of published figures to distributions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, get_args

import numpy as np

from wagefit.distributions.distribution import ANNUAL, HOURLY
from wagefit.ensemble.ensemble import Ensemble
from wagefit.ensemble.fit_cells import fit_many
from wagefit.ensemble.keys import Keys
from wagefit.errors import FactError
from wagefit.oews.layouts import PERCENTILES, WAGES, renamed
from wagefit.oews.reading import MARKS, NOTES, NUMBERS, fact_columns, tidy_columns
from wagefit.oews.releases import as_release
from wagefit.shared.arguments import as_choice, as_figures
from wagefit.shared.frames import columns_of
from wagefit.shared.types import Backend, Table
from wagefit.tables.facts import is_stated, stated_facts, stated_unit
from wagefit.tables.layout import fact_of

PERIODS = {ANNUAL: "", HOURLY: "hourly_"}  # by unit, what the names of its columns begin with
LIBRARIES: tuple[Backend, ...] = get_args(Backend)
FIGURES = frozenset((*NUMBERS, *MARKS, *NOTES, "top_code"))  # columns that are no keys
PRECISION = ("mean_rse", "employment")


def fit_table(
    frame: Table, *, release: int | None = None, unit: str | None = None, like: Any = None, n_threads: int = 0
) -> Ensemble:
    """Fits the default curve to every row of a table of published wages.

    Parameters
    ----------
    frame : pandas.DataFrame, polars.DataFrame or pyarrow.Table
        A table of `wagefit.tables.read`, of `wagefit.oews.read`, or one with the column names and marks of an OEWS file
        (``A_MEAN``, ``A_PCT10``, ``#``, ``*``). Absent columns are figures that are not published.
    release : int, optional
        Year of the release, whose top code ``#`` stands for; needed for raw tables that hold ``#`` and no column of
        years.
    unit : str, optional
        Of a table that states its unit in each row, the unit to fit; when None that of all rows, which must be one. Of
        a table of OEWS ``"USD/year"`` (None) or ``"USD/hour"``: whether the annual or the hourly figures are fitted. A
        few occupations are published by the hour alone, others by the year alone, because their hours are not those of
        a full year. What is published in another unit is ``"suppressed"``, and nothing is converted.
    like : Distribution or many of them, optional
        Parents whose shapes the rows borrow, one for all or one a row; see `wagefit.fit_many`.
    n_threads : int
        0 for all cores. The result does not depend on it.

    Returns
    -------
    Ensemble
        A row a cell, in order, with `mean_rse` and `employment` where the table has them; `status` says what became of
        each. The columns that are no figures are its `keys`: ``cells["29-1141"]``, ``cells.select(area="NJ")``; its
        `to_frame` has them, and keeps a pandas index. A bar on stderr shows that hundreds of thousands of rows are
        being fitted, if that is a terminal.

    Raises
    ------
    FactError
        `frame` is no table, or has no column of percentiles in `unit`, two columns of one name or a cell that is no
        figure, or holds ``#`` of an unknown release.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"A_MEAN": ["44,010", "267,020"], "A_PCT10": ["26,550", "133,080"],
    ...                       "A_MEDIAN": ["40,350", "#"], "A_PCT90": ["66,260", "#"]})
    >>> cells = wf.fit_table(table, release=2018)
    >>> cells.ppf([0.5, 0.9]).round()
    array([[ 40350.,  66260.],
           [241980., 439862.]])
    """
    given = columns_of(frame)
    if is_stated(given):
        unit, columns = stated_unit(given, unit), given
        facts = stated_facts(given, unit)
    else:
        unit = ANNUAL if unit is None else as_choice("unit", unit, tuple(PERIODS))
        columns = given if _units_of(given) else _from_printed(given, release, unit)
        facts = _oews_facts(columns, unit)
    cells = fit_many(**facts, unit=unit, like=like, n_threads=n_threads)
    library = type(frame).__module__.partition(".")[0]
    keys = Keys(_keys(given, columns), next((known for known in LIBRARIES if known == library), None))
    cells.label(frame.index if library == "pandas" else None, keys)  # type: ignore[attr-defined]
    return cells


def _oews_facts(columns: Mapping[str, Any], unit: str) -> dict[str, Any]:
    """The arguments of `wagefit.fit_many` from a tidy table of OEWS."""
    _require_unit(columns, unit)
    table = _with_absent_columns(columns, PERIODS[unit])
    precision: dict[str, Any] = {name: as_figures(name, columns[name]) for name in PRECISION if name in columns}
    return {**fact_columns(table, PERIODS[unit]), **precision}


def _keys(given: Mapping[str, Any], columns: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that are no figures, of printed tables under their tidy names and those that are not understood."""
    if columns is given:
        return {name: column for name, column in given.items() if name not in FIGURES and fact_of(name) is None}
    understood = renamed(list(given))
    names = {i: name for i, (name, kind) in understood.items() if kind == "text"}
    return {
        names.get(i, name): columns[names[i]] if i in names else column
        for i, (name, column) in enumerate(given.items())
        if i in names or i not in understood
    }


def _with_absent_columns(columns: Mapping[str, Any], period: str) -> dict[str, Any]:
    """The columns of facts, those that are absent without figures."""
    n = len(next(iter(columns.values()))) if columns else 0
    empty = np.full(n, np.nan)
    names = (*(f"{period}{name}" for name in WAGES), "top_code")
    table: dict[str, Any] = {name: columns.get(name, empty) for name in names}
    coded = f"{period}top_coded"
    return table | {coded: columns.get(coded, [""] * n)}


def _units_of(names: Iterable[str]) -> list[str]:
    """The units in which a table with columns of these names has percentiles."""
    known = set(names)
    return [unit for unit, period in PERIODS.items() if known & {f"{period}{name}" for name in PERCENTILES}]


def _require_unit(names: Iterable[str], unit: str) -> None:
    found = _units_of(names)
    if not found:
        expected = "expected those of wagefit.oews.read, or A_PCT10, A_MEDIAN, ..."
        raise FactError(f"frame has no column of annual percentiles; {expected}")
    if unit not in found:
        raise FactError(f"frame has no percentiles in {unit}; expected them, or unit={found[0]!r}, which it has")


def _from_printed(columns: Mapping[str, Any], release: int | None, unit: str) -> dict[str, Any]:
    names, cells = list(columns), [column.tolist() for column in columns.values()]
    printed = {name: (kind, cells[i]) for i, (name, kind) in renamed(names).items()}
    _require_unit(printed, unit)
    year = 0 if release is None else as_release("release", release)
    tidy = tidy_columns(printed, year, len(cells[0]))
    if release is None and any(tidy[f"{PERIODS[unit]}top_coded"]):
        raise FactError("frame holds # and does not say of which release; expected release=, a year")
    return dict(tidy)
