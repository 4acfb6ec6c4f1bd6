"""The rows of the Occupational Employment and Wage Statistics that come with the package, as published.

Columns of `health_information`, and what a `wagefit.oews.Cell` holds (dollars, people and percent as printed; empty
where nothing is printed):

========================  =============================================================================
year, release             year of the release; its name, with the month from 2003 on ("May 2018")
area, area_title          "US", a state's two letters, or the code of an area
area_type                 national, state, territory, metropolitan, nonmetropolitan
industry, industry_title  NAICS code ("000000": all industries; empty: a derived remainder)
ownership                 "All", or who owns the employers, in words
occupation(_title)        SOC code; before 1999 the code of the survey's own classification
employment(_rse)          people employed; relative standard error in percent
mean, mean_rse            mean wage in dollars a year; relative standard error in percent
p10 p25 p50 p75 p90       percentiles in dollars a year
``hourly_...``            mean and percentiles in dollars an hour
location_quotient         the occupation's part of the area's jobs over its part of the nation's
top_code                  annual wage from which on the release prints `#` (none in May 2025)
top_coded                 names of the annual figures that are printed as `#`, such as "p75 p90"
kind                      published; derived (computed from published rows); secondary (a quoted list)
source                    the file or release
occupation_group          total, major, minor, broad, detailed; division before 1999
hourly_top_coded          names of the hourly figures that are printed as `#`, without ``hourly_``
annual_only, hourly_only  the release prints no hourly, or no annual, wages for the occupation
note                      how a row was found whose code is not the one that was asked for
========================  =============================================================================
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import Any

from wagefit.oews import all_occupations
from wagefit.oews.cell import Cell
from wagefit.shared.embedded_tables import optional_number, read_table
from wagefit.shared.frames import make_frame

TABLE = "health_information"

TYPES: dict[str, type] = {
    field.name: {"int": int, "str": str, "bool": bool}.get(str(field.type), float) for field in fields(Cell)
}
PARSERS: dict[type, Callable[[str], Any]] = {int: int, float: optional_number, str: str}


def health_information(backend: str | None = None) -> Any:
    """Every published cell of the health information occupations that comes with the package.

    National rows of every release from 1997, states and areas of May 2025, hospitals and schools by ownership
    from May 2014 to May 2019, sectors from May 2022; the columns are described at the top of this module.

    Parameters
    ----------
    backend : {"pandas", "polars", "pyarrow"}, optional
        Library of the result; the first of them that is installed when None.

    Returns
    -------
    pandas.DataFrame, polars.DataFrame or pyarrow.Table
        One row a cell; wages in dollars a year (``hourly_...``: an hour), errors in percent.

    Raises
    ------
    FactError
        If `backend` is not one of the three.
    ImportError
        If no such library is installed, saying what to install.

    Examples
    --------
    >>> table = wf.oews.health_information(backend="pandas")
    >>> int((table["occupation"] == "29-2071").sum())
    126
    """
    rows = cells()
    columns = {name: [getattr(cell, name) for cell in rows] for name in TYPES}
    return make_frame(columns, TYPES, backend)


def cells(
    *,
    occupation: str | None = None,
    year: int | None = None,
    area: str | None = None,
    area_type: str | None = None,
    industry: str | None = None,
    kind: str | None = None,
) -> tuple[Cell, ...]:
    """The embedded rows that agree with every argument given, in the order of their table.

    Without an `occupation` they are those of the health information occupations; with the code of another, its national
    rows of every release and its state rows of May 2025.

    Examples
    --------
    >>> [cell.area for cell in wf.oews.cells(occupation="29-2072", year=2025, area_type="state")][:3]
    ['AK', 'AL', 'AR']
    >>> len(wf.oews.cells(occupation="29-1141", area="US"))
    11
    """
    asked = {"occupation": occupation, "year": year, "area": area, "area_type": area_type, "industry": industry}
    given = [(name, value) for name, value in (asked | {"kind": kind}).items() if value is not None]
    found = _cells() if occupation is None or occupation in health_codes() else _others(occupation, year, area)
    return tuple(cell for cell in found if all(getattr(cell, name) == value for name, value in given))


@functools.cache
def health_codes() -> frozenset[str]:
    """Codes of the health information occupations, whose rows of every kind are in a table of their own."""
    return frozenset(row["occupation"] for row in read_table(TABLE))


def _others(occupation: str, year: int | None, area: str | None) -> Iterator[Cell]:
    rows = all_occupations.rows_where(occupation=occupation, year=year, area=area)
    return map(all_occupations.cell, rows.tolist())


@functools.cache
def _cells() -> tuple[Cell, ...]:
    return tuple(Cell(**{name: PARSERS[TYPES[name]](text) for name, text in row.items()}) for row in read_table(TABLE))
