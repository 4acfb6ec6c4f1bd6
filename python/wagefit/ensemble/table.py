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
from wagefit.oews.layouts import PERCENTILES, WAGES, renamed, standard_name
from wagefit.oews.reading import MARKS, NOTES, NUMBERS, fact_columns, tidy_columns
from wagefit.oews.releases import as_release, top_code
from wagefit.shared.arguments import as_choice, as_figures
from wagefit.shared.fact_names import fact_of, is_bound, is_wage, key_of, with_standard_facts
from wagefit.shared.frames import columns_of
from wagefit.shared.numbers import read_number
from wagefit.shared.types import Backend, Table
from wagefit.tables.facts import is_stated, stated_facts, stated_unit

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
        (``A_MEAN``, ``A_PCT10``, ``#``, ``*``). Absent columns are figures that are not published. Any percentile
        counts, such as ``p5``, ``p99.5`` or ``median``, and any bound, such as ``p90_at_least``.
    release : int, optional
        Year of the release, whose top code ``#`` stands for; needed for raw tables that hold ``#`` in rows whose year
        no column says. The years of a column that is named year are those of its rows.
    unit : str, optional
        Of a table with a column of units, the unit to fit; when None that of all rows, which must be one, or
        ``"USD/year"`` where no row states one, or there is no row. Of other tables, as those of OEWS, ``"USD/year"``
        (None) or ``"USD/hour"``: whether the annual or the hourly figures are fitted. A few occupations are published
        by the hour alone, others by the year alone, because their hours are not those of a full year. What is published
        in another unit is ``"suppressed"``, and nothing is converted.
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
        `frame` is no table, or has no column of percentiles in `unit`, two columns of one name or one figure, or a cell
        that is no figure; it holds ``#`` of an unknown release, or rows of another year than `release`; or its unit is
        not known.

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
    named = with_standard_facts("frame", given)
    years = _years(named, release)
    if is_stated(named):
        unit, columns = stated_unit(named, unit), named
        facts = stated_facts(named, unit)
    else:
        unit = ANNUAL if unit is None else as_choice("unit", unit, tuple(PERIODS))
        columns = _from_printed(named, years, unit) if _is_printed(named) else named
        facts = _oews_facts(columns, unit)
    cells = fit_many(**facts, unit=unit, like=like, n_threads=n_threads)
    library = type(frame).__module__.partition(".")[0]
    keys = Keys(_keys(named, columns), next((known for known in LIBRARIES if known == library), None))
    cells.label(frame.index if library == "pandas" else None, keys)  # type: ignore[attr-defined]
    return cells


def _oews_facts(columns: Mapping[str, Any], unit: str) -> dict[str, Any]:
    """The arguments of `wagefit.fit_many` from a tidy table of OEWS; other percentiles and bounds are annual."""
    _require_unit(columns, unit)
    table = _with_absent_columns(columns, PERIODS[unit])
    precision: dict[str, Any] = {name: as_figures(name, columns[name]) for name in PRECISION if name in columns}
    facts = {**fact_columns(table, PERIODS[unit]), **precision}
    others = {name: as_figures(name, columns[name]) for name in columns if unit == ANNUAL and _is_other(name)}
    quantiles = {key_of(name): wages for name, wages in others.items() if is_wage(name)}
    bounds = {key_of(name): wages for name, wages in others.items() if is_bound(name)}
    higher = {key: np.fmax(wages, facts["at_least"].get(key, wages)) for key, wages in bounds.items()}
    return {**facts, "quantiles": facts["quantiles"] | quantiles, "at_least": facts["at_least"] | higher}


def _is_other(name: str) -> bool:
    """Whether a column has a percentile that the survey does not publish, or a bound."""
    return name not in WAGES and (is_wage(name) or is_bound(name))


def _keys(given: Mapping[str, Any], columns: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that are no figures, of printed tables under their tidy names and those that are not understood."""
    others = {name: column for name, column in given.items() if name not in FIGURES and fact_of(name) is None}
    if columns is given:
        return others
    understood = renamed(list(given))
    names = {name: understood[i][0] for i, name in enumerate(given) if i in understood}
    texts = {i: name for i, (name, kind) in understood.items() if kind == "text"}
    return {
        names.get(name, name): columns[names[name]] if name in names else column
        for i, (name, column) in enumerate(given.items())
        if i in texts or (i not in understood and name in others)
    }


def _with_absent_columns(columns: Mapping[str, Any], period: str) -> dict[str, Any]:
    """The columns of facts, those that are absent without figures."""
    n = len(next(iter(columns.values()))) if columns else 0
    empty = np.full(n, np.nan)
    names = (*(f"{period}{name}" for name in WAGES), "top_code")
    table: dict[str, Any] = {name: columns.get(name, empty) for name in names}
    coded = f"{period}top_coded"
    return table | {coded: columns.get(coded, [""] * n)}


def _is_printed(names: Iterable[str]) -> bool:
    """Whether a table has columns of wages that are called as in the files of the survey."""
    figures = {name for name, kind in renamed(list(names)).values() if kind == "number"}
    return not figures.isdisjoint(f"{period}{name}" for period in PERIODS.values() for name in WAGES)


def _require_unit(names: Iterable[str], unit: str) -> None:
    """FactError unless columns of these names have percentiles in `unit`."""
    hourly = tuple(f"hourly_{name}" for name in PERCENTILES)
    has = {ANNUAL: any(is_wage(name) and name != "mean" for name in names), HOURLY: not set(hourly).isdisjoint(names)}
    found = [each for each in PERIODS if has[each]]
    if not found:
        expected = "expected those of wagefit.oews.read or wagefit.tables.read, or A_PCT10, A_MEDIAN, ..."
        raise FactError(f"frame has no column of annual percentiles; {expected}")
    if unit not in found:
        raise FactError(f"frame has no percentiles in {unit}; expected them, or unit={found[0]!r}, which it has")


def _from_printed(columns: Mapping[str, Any], years: list[int | None], unit: str) -> dict[str, Any]:
    """The columns of a tidy table from printed ones, and the figures beside them that have tidy names."""
    cells = {name: column.tolist() for name, column in columns.items()}
    printed = {name: (kind, list(cells.values())[i]) for i, (name, kind) in renamed(list(cells)).items()}
    _require_unit([*printed, *cells], unit)
    tidy = tidy_columns(printed, 0, len(years))
    codes = {year: None if year is None else top_code(year) for year in set(years)}
    tidy["top_code"] = [codes[year] for year in years]
    coded = tidy[f"{PERIODS[unit]}top_coded"]
    if any(names and year is None for names, year in zip(coded, years, strict=True)):
        raise FactError(
            "frame holds # and does not say of which release; expected release=, a year, or a column of years"
        )
    own = [name for name in cells if fact_of(name) is not None or name in FIGURES]
    for name in own:
        if name in printed:
            raise FactError(f"frame has {name!r} and its printed column, which are one figure; expected one of them")
    return {**tidy, **{name: columns[name] for name in own}}


def _years(columns: Mapping[str, Any], release: int | None) -> list[int | None]:
    """The year of each row, as the table states it or else `release`; FactError where they contradict each other."""
    known = None if release is None else as_release("release", release)
    named = next((column for name, column in columns.items() if standard_name(name) == "year"), None)
    if named is None:
        return [known] * (len(next(iter(columns.values()))) if columns else 0)
    numbers = (read_number(str(cell)) for cell in named.tolist())
    stated = [None if year is None or not year.is_integer() else int(year) for year in numbers]
    others = sorted({year for year in stated if year is not None and year != known})
    if known is not None and others:
        said = ", ".join(map(str, others))
        raise FactError(f"release is {known} and frame has rows of {said}; expected the years of its rows, or none")
    return [known if year is None else year for year in stated]
