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
hourly_...                 mean and percentiles in dollars an hour
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
from pathlib import Path
from typing import Any

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
)
from wagefit.oews.workbook import is_occupation_header, read_rows
from wagefit.shared.arguments import as_figures
from wagefit.shared.embedded_tables import read_table
from wagefit.shared.frames import make_frame

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
FIRST_SPRING = 2003  # from then on the reference month is May


def read(path: Any, *, release: int | None = None, backend: str | None = None) -> Any:
    """An OEWS file as BLS ships it, as a tidy table of one row a printed row.

    National, industry, state, metropolitan and all-data files of any release from 1997 on: ``.xls``, ``.xlsx``,
    ``.csv``, a zip or gzip archive of one. Title lines, renamed columns and padded numbers are taken care of; nothing
    is computed, filled in or repaired.

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
        The file is empty, damaged, protected, a web page, or holds no table with an OCC_CODE column; or no year is
        known.
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
    rows = read_rows(file)
    header = next((i for i, row in enumerate(rows) if sum(map(is_occupation_header, row)) == 1 and len(row) > 4), None)
    if header is None:
        raise FactError(
            f"{file.name} has no column OCC_CODE; expected a table of the Occupational Employment and Wage Statistics"
        )
    year = _year(file.name, rows[header : header + 2]) if release is None else release
    columns = dict(enumerate(zip(*_complete(rows[header + 1 :], len(rows[header])), strict=True)))
    printed = {name: (kind, columns.get(i, ())) for i, (name, kind) in renamed(rows[header]).items()}
    return make_frame(tidy_columns(printed, year, len(rows) - header - 1 - _blank(rows[header + 1 :])), TYPES, backend)


def _complete(rows: Sequence[Sequence[Any]], width: int) -> list[list[Any]]:
    """Rows that print anything, each as wide as the header."""
    return [[*row, *[""] * (width - len(row))][:width] for row in rows if any(str(cell).strip() for cell in row)]


def _blank(rows: Sequence[Sequence[Any]]) -> int:
    return sum(not any(str(cell).strip() for cell in row) for row in rows)


def _year(name: str, rows: Sequence[Sequence[Any]]) -> int:
    by_name = re.search(r"(?<!\d)((?:19|20)\d\d)(?!\d)", name) or re.search(r"oes[mn](\d\d)", name)
    if by_name:
        digits = by_name.group(1)
        return int(digits) if len(digits) == 4 else 2000 + int(digits) - 100 * (int(digits) > 90)
    heads = [str(cell).strip().lower() for cell in rows[0]]
    if "year" in heads and len(rows) > 1:
        return int(float(rows[1][heads.index("year")]))
    raise FactError(f"{name} does not say which release it is; expected release=, a year")


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
        for i in [i for i, flag in enumerate(column) if flag]:
            named[i] = f"{named[i]} {name}" if named[i] else name
    return named


def release_name(year: int) -> str:
    """Name of the release of a year."""
    return f"May {year}" if year >= FIRST_SPRING else str(year)


def top_code(year: int) -> float | None:
    """Annual wage from which on the release of `year` prints `#`, in dollars; None where it has no top code."""
    for row in read_table("top_codes"):
        if int(row["first_year"]) <= year <= int(row["last_year"]):
            return float(row["annual"])
    return None


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
