"""From a table of published figures to distributions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from wagefit.ensemble.ensemble import Ensemble
from wagefit.ensemble.fit_cells import fit_many
from wagefit.errors import FactError
from wagefit.oews.layouts import PERCENTILES, renamed
from wagefit.oews.reading import fact_columns, tidy_columns
from wagefit.shared.frames import columns_of
from wagefit.shared.progress import unwatched, watch_rows
from wagefit.shared.types import Table

FACTS = ("mean", *PERCENTILES, "top_code")
PRECISION = ("mean_rse", "employment")
MANY = 200_000  # rows that take long enough for a sign of life


def fit_table(frame: Table, *, release: int | None = None, like: Any = None, n_threads: int = 0) -> Ensemble:
    """Fits the default curve to every row of a table of annual wages.

    Parameters
    ----------
    frame : pandas.DataFrame, polars.DataFrame or pyarrow.Table
        A table of `wagefit.oews.read`, or one with the column names and marks of an OEWS file (``A_MEAN``, ``A_PCT10``,
        ``#``, ``*``). Absent columns are figures that are not published.
    release : int, optional
        Year of the release, whose top code ``#`` stands for; needed for raw tables that hold ``#`` and no column of
        years.
    like : Distribution or many of them, optional
        Parents whose shapes the rows borrow, one for all or one a row; see `wagefit.fit_many`.
    n_threads : int
        0 for all cores. The result does not depend on it.

    Returns
    -------
    Ensemble
        A row a cell, in order, with `mean_rse` and `employment` where the table has them; `status` says what became of
        each. Its `to_frame` keeps a pandas index. A bar on stderr shows that hundreds of thousands of rows are being
        fitted, if that is a terminal.

    Raises
    ------
    FactError
        `frame` is no table, or has no column of annual percentiles, or holds ``#`` of an unknown release.

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
    columns = columns_of(frame)
    if not any(name in columns for name in PERCENTILES):
        columns = _from_printed(columns, release)
    empty = np.full(_length(columns), np.nan)
    table: dict[str, Any] = {name: columns.get(name, empty) for name in FACTS}
    table["top_coded"] = columns.get("top_coded", [""] * len(empty))
    precision: dict[str, Any] = {name: np.array(columns[name], dtype=float) for name in PRECISION if name in columns}
    watch = watch_rows if len(empty) >= MANY else unwatched
    with watch(f"fitting {len(empty):,} rows", None):  # the core fits them at one go
        cells = fit_many(**fact_columns(table), **precision, like=like, n_threads=n_threads)
    cells.label(getattr(frame, "index", None) if type(frame).__module__.startswith("pandas") else None)
    return cells


def _length(columns: Mapping[str, Any]) -> int:
    return len(next(iter(columns.values()))) if columns else 0


def _from_printed(columns: Mapping[str, Any], release: int | None) -> dict[str, Any]:
    names, cells = list(columns), [column.tolist() for column in columns.values()]
    printed = {name: (kind, cells[i]) for i, (name, kind) in renamed(names).items()}
    if not any(name in printed for name in PERCENTILES):
        raise FactError(
            "frame has no column of annual percentiles; expected those of wagefit.oews.read, or A_PCT10, A_MEDIAN, ..."
        )
    tidy = tidy_columns(printed, release or 0, _length(columns))
    if release is None and any(tidy["top_coded"]):
        raise FactError("frame holds # and does not say of which release; expected release=, a year")
    return dict(tidy)
