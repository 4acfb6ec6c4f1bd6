"""Any published OEWS file as one tidy table.

Columns of `read`, whatever the file (dollars, people and percent as printed; missing where nothing is printed):

=========================  =============================================================================
year, release              year of the release; its name, with the month from 2003 on ("May 2018")
soc_vintage                classification of the codes: OES (before 1999), 2000, 2000/2010, 2010, 2010/2018, 2018
area, area_title           code as printed ("99": the nation), its title
area_type                  national, state, territory, metropolitan, nonmetropolitan
primary_state              two letters
industry, industry_title   NAICS code ("000000": all industries) and title
industry_group             level of the industry: sector, 3-digit, 4-digit, cross-industry, ...
ownership                  who owns the employers, in words ("All")
occupation(_title)         SOC code, before 1999 the code of the survey's own classification; its title
occupation_group           total, major, minor, broad, detailed; division before 1999
employment(_rse)           people employed; relative standard error in percent
jobs_per_1000              jobs of the occupation among 1,000 of the area's
location_quotient          that part over the nation's
percent_of_industry        of the industry's employment; below 0.5 where `below_half` names it
percent_reporting          of establishments with the occupation
mean, mean_rse             mean wage in dollars a year; relative standard error in percent
p10 p25 p50 p75 p90        percentiles in dollars a year
``hourly_...``             mean and percentiles in dollars an hour
annual_only, hourly_only   the release prints no hourly, or no annual, wages for the occupation
top_code                   annual wage from which on the release prints `#`; missing in May 2025, which has none
top_coded                  names of the annual figures printed as `#`, such as "p75 p90"
hourly_top_coded           names of the hourly figures that are printed as `#`, without ``hourly_``
unavailable                names of the figures printed as `*` or `**`
below_half                 names of the percentages printed as `~`
=========================  =============================================================================

A code may stand twice, broad and detailed: a row is known by occupation and occupation_group.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from wagefit.errors import FactError
from wagefit.oews.classification import soc_vintage
from wagefit.oews.layouts import (
    HOURS,
    NUMBER_COLUMNS,
    OWNERSHIP,
    PERCENTILES,
    WAGES,
    Figures,
    area_codes,
    area_type,
    is_marked,
    occupation_group,
    parse_figures,
    parse_text,
    renamed,
    standard_name,
)
from wagefit.oews.releases import as_release, release_name, top_code
from wagefit.oews.workbook import PrintedTable, is_occupation_header, read_tables
from wagefit.shared.arguments import as_figures
from wagefit.shared.frames import make_frame
from wagefit.shared.messages import one_line
from wagefit.shared.numbers import is_missing, read_number
from wagefit.shared.progress import watch_call

TEXTS = (
    "area",
    "area_title",
    "area_type",
    "primary_state",
    "industry",
    "industry_title",
    "industry_group",
    "ownership",
    "occupation",
    "occupation_title",
    "occupation_group",
)
NUMBERS = tuple(dict.fromkeys(NUMBER_COLUMNS.values()))
MARKS = ("annual_only", "hourly_only")
NOTES = ("top_coded", "hourly_top_coded", "unavailable", "below_half")
TYPES: dict[str, type] = {
    "year": int,
    "release": str,
    "soc_vintage": str,
    **dict.fromkeys(TEXTS, str),
    **dict.fromkeys(NUMBERS, float),
    **dict.fromkeys(MARKS, bool),
    "top_code": float,
    **dict.fromkeys(NOTES, str),
}
DEFAULTS = {
    "area": "99",
    "area_title": "U.S.",
    "industry": "000000",
    "industry_title": "Cross-industry",
    "ownership": "1235",
}


def read(path: Any, *, release: int | None = None, backend: str | None = None) -> Any:
    """An OEWS file as BLS ships it, as a tidy table of one row a printed row.

    National, industry, state, metropolitan and all-data files of any release from 1997 on: ``.xls``, ``.xlsx``,
    ``.csv``, a zip or gzip archive of them; of several tables in a file, such as those of metropolitan and other areas,
    the rows follow one another. Title lines, renamed columns and padded numbers are taken care of; nothing is computed,
    filled in or repaired.

    Parameters
    ----------
    path : path-like
        The file.
    release : int, optional
        Year of the release, where neither the file nor its name says it.
    backend : {"pandas", "polars", "pyarrow"}, optional
        Library of the table; the first of them that is installed when None.

    Returns
    -------
    pandas.DataFrame, polars.DataFrame or pyarrow.Table
        The columns are described at the top of `wagefit.oews.reading`.

    Raises
    ------
    FactError
        The file is empty, damaged, cut short, protected, a web page, of too many cells, or holds no table with an
        OCC_CODE column, a cell that is no figure where one belongs, a table twice, or several releases; or no year is
        known, or the file or its name says another than `release`.
    FileNotFoundError
        There is no such file.

    Examples
    --------
    >>> import pandas as pd
    >>> row = {"OCC_CODE": "29-2071", "OCC_TITLE": "Technicians", "A_MEAN": 44_010, "A_PCT10": 26_550, "A_PCT90": "#"}
    >>> pd.DataFrame([row]).to_csv("national_M2018_dl.csv", index=False)
    >>> table = wf.oews.read("national_M2018_dl.csv", backend="pandas")
    >>> table["release"][0], int(table["mean"][0]), int(table["top_code"][0])
    ('May 2018', 44010, 208000)
    """
    file = Path(path)
    with watch_call(f"reading {file.name}"):
        return _read(file, release, backend)


def _read(file: Path, release: int | None, backend: str | None) -> Any:
    tables = [found for table in read_tables(file) if (found := _below_header(table)) is not None]
    if not tables:
        raise FactError(
            f"{file.name} has no column OCC_CODE; expected a table of the Occupational Employment and Wage Statistics"
        )
    if release is not None:
        for table in tables:
            _require_release(file.name, table, release)
    years = {table.name: _year(file.name, table) if release is None else release for table in tables}
    if len(set(years.values())) > 1:
        held = ", ".join(f"{name} of {year}" for name, year in years.items())
        raise FactError(f"{file.name} holds several releases: {held}; expected one, or release=")
    tidy = [_tidy(table, as_release("release", years[table.name])) for table in tables]
    columns = {name: list(chain.from_iterable(each[name] for each in tidy)) for name in TYPES}
    return make_frame(columns, TYPES, backend)


class _Table(NamedTuple):
    """A table whose rows are as wide as its header and print something each; its title lines are left out."""

    name: str
    header: Sequence[Any]
    rows: Sequence[Sequence[Any]]


def _below_header(table: PrintedTable) -> _Table | None:
    """The part of a table that is one; None where nothing heads a column of occupation codes."""
    rows = table.rows
    first = next((i for i, row in enumerate(rows) if sum(map(is_occupation_header, row)) == 1 and len(row) > 4), None)
    if first is None:
        return None
    header = rows[first]
    return _Table(table.name, header, [_as_wide(row, header, table.name) for row in rows[first + 1 :] if _prints(row)])


def _prints(row: Sequence[Any]) -> bool:
    return any(str(cell).strip() for cell in row)


def _as_wide(row: Sequence[Any], header: Sequence[Any], name: str) -> Sequence[Any]:
    """A row of as many cells as the header; FactError where it prints more of them, or ends before its time."""
    if len(row) == len(header):
        return row
    printed = sum(1 for cell in row if str(cell).strip())
    is_remark = printed == 1
    if is_remark or (len(row) > len(header) and not _prints(row[len(header) :])):
        return [*row, *[""] * (len(header) - len(row))][: len(header)]
    shown = ", ".join(map(one_line, row[:3]))
    raise FactError(
        f"{name} has a row of {len(row)} cells, {shown}, ..., below a header of {len(header)}; expected as many, and "
        "quotes around numbers with commas"
    )


def _tidy(table: _Table, year: int) -> dict[str, list[Any]]:
    columns = dict(enumerate(zip(*table.rows, strict=True)))
    try:
        printed = {name: (kind, columns.get(i, ())) for i, (name, kind) in renamed(table.header).items()}
        return tidy_columns(printed, year, len(table.rows))
    except FactError as error:
        raise FactError(f"{table.name}: {error}") from error


def _year(file_name: str, table: _Table) -> int:
    """The year that the table prints, or else that its name or its file's says."""
    printed = _printed_years(table)
    if printed:
        return _only_year(table.name, printed)
    for name in (table.name, file_name):
        years = _named_years(name)
        if years:
            return years[0]
    raise FactError(f"{file_name} does not say which release it is; expected release=, a year")


def _printed_years(table: _Table) -> set[str]:
    """What the column of years prints; nothing where there is none."""
    heads = [standard_name(cell) for cell in table.header]
    return {str(row[heads.index("year")]).strip() for row in table.rows} if "year" in heads else set()


def _named_years(name: str) -> list[int]:
    """The years that a file's name holds, be it with four digits or as in ``oesm14nat``."""
    found = re.findall(r"(?<!\d)((?:19|2\d)\d\d)(?!\d)", name) or re.findall(r"oes[mn]?(\d\d)(?!\d)", name)
    return [int(each) if len(each) == 4 else 2000 + int(each) - 100 * (int(each) > 90) for each in found]


def _require_release(file_name: str, table: _Table, release: int) -> None:
    """FactError where the table, or its name or its file's, says another year than `release`."""
    printed = {int(year) for text in _printed_years(table) if (year := read_number(text)) is not None}
    for years in (printed, set(_named_years(table.name)), set(_named_years(file_name))):
        if years and release not in years:
            said = " and ".join(map(str, sorted(years)))
            raise FactError(f"release is {release}, but {file_name} is of {said}; expected release {said}, or none")


def _only_year(name: str, printed: set[str]) -> int:
    years = {read_number(text) for text in printed if not is_missing(text)}
    year = years.pop() if len(years) == 1 else None
    if year is None or not year.is_integer():
        shown = ", ".join(map(one_line, sorted(printed)))
        raise FactError(f"{name} has the years {shown}; expected rows of one release, or release=")
    return int(year)


def tidy_columns(printed: Mapping[str, tuple[str, Sequence[Any]]], year: int, n: int) -> dict[str, list[Any]]:
    """The columns of a tidy table of `n` rows from the printed ones, {tidy name: (kind, cells)}."""
    texts = {name: parse_text(cells) for name, (kind, cells) in printed.items() if kind == "text"}
    figures = {name: parse_figures(name, cells) for name, (kind, cells) in printed.items() if kind == "number"}
    if "area" in printed:
        texts["area"] = area_codes(printed["area"][1])
    named = {"year": year, "release": release_name(year), "soc_vintage": soc_vintage(year)}
    tidy: dict[str, list[Any]] = {name: [value] * n for name, value in named.items()}
    tidy |= _described(texts, n)
    tidy |= {name: figures[name].values if name in figures else [None] * n for name in NUMBERS}
    tidy |= {name: is_marked(printed[name][1]) if name in printed else [False] * n for name in MARKS}
    return tidy | {"top_code": [top_code(year)] * n} | _notes(figures, n)


def _described(texts: dict[str, list[str]], n: int) -> dict[str, list[Any]]:
    whole = {name: texts.get(name, [DEFAULTS.get(name, "")] * n) for name in TEXTS}
    whole["area_type"] = list(map(area_type, whole["area"], whole["area_type"]))
    whole["ownership"] = [OWNERSHIP.get(code, code) for code in whole["ownership"]]
    whole["occupation_group"] = list(map(occupation_group, whole["occupation"], whole["occupation_group"]))
    return dict(whole)


def _notes(figures: Mapping[str, Figures], n: int) -> dict[str, list[Any]]:
    annual = {name: figures[name].at_least for name in WAGES if name in figures}
    hourly = {name: figures[f"hourly_{name}"].at_least for name in WAGES if f"hourly_{name}" in figures}
    return {
        "top_coded": _named(annual, n),
        "hourly_top_coded": _named(hourly, n),
        "unavailable": _named({name: _unavailable(name, figure) for name, figure in figures.items()}, n),
        "below_half": _named({name: figure.below_half for name, figure in figures.items()}, n),
    }


def _unavailable(name: str, figure: Figures) -> list[bool]:
    """Which figures are not published: `#` in a column that holds no wages, as in 1997, is no top code."""
    if name.removeprefix("hourly_") in WAGES:
        return figure.unavailable
    return [a or b for a, b in zip(figure.unavailable, figure.at_least, strict=True)]


def _named(flags: Mapping[str, Sequence[bool]], n: int) -> list[str]:
    """Names whose flag is set, row by row, separated by blanks."""
    named = [""] * n
    for name, column in flags.items():
        for i in [i for i, flag in enumerate(column) if flag] if any(column) else ():
            named[i] = f"{named[i]} {name}" if named[i] else name
    return named


def fact_columns(table: Mapping[str, Sequence[Any]], period: str = "") -> dict[str, Any]:
    """The arguments of `wagefit.fit_many` from a tidy table: its figures, and bounds where `#` is printed.

    Annual figures, or with the `period` ``"hourly_"`` the hourly ones. A code printed as `#` in a year without a known
    top code stays unpublished.
    """
    codes = as_figures("top_code", table["top_code"]) / (HOURS if period else 1)
    coded = [str(names).split() for names in table[f"{period}top_coded"]]

    def bounds(name: str) -> Any:
        return np.where([name in names for names in coded], codes, np.nan)

    return {
        "mean": as_figures(f"{period}mean", table[f"{period}mean"]),
        "quantiles": {p: as_figures(f"{period}{name}", table[f"{period}{name}"]) for name, p in PERCENTILES.items()},
        "at_least": {**{p: bounds(name) for name, p in PERCENTILES.items()}, "mean": bounds("mean")},
    }
