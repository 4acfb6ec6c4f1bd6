"""The health information occupations in the Occupational Employment and Wage Statistics, as published.

Columns of `health_information` (dollars, people and percent as printed; empty where nothing is printed):

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
hourly_...                mean and percentiles in dollars an hour
location_quotient         the occupation's part of the area's jobs over its part of the nation's
top_code                  annual wage from which on the release prints `#` (none in May 2025)
top_coded                 names of the annual figures that are printed as `#`, such as "p75 p90"
kind                      published; derived (computed from published rows); secondary (a quoted list)
source                    the file or release
========================  =============================================================================
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from wagefit.errors import FactError
from wagefit.oews.layouts import PERCENTILES
from wagefit.shared.embedded_tables import optional_number, read_table
from wagefit.shared.frames import make_frame

ALL_INDUSTRIES = "000000"
TABLE = "health_information"


@dataclass(frozen=True)
class Cell:
    """One row of the table: an occupation in an area and an industry, in one release. None: not published.

    Examples
    --------
    >>> cell = wf.oews.national("29-2071", 2018)
    >>> cell.occupation_title, cell.employment, cell.mean, cell.p90
    ('Medical Records and Health Information Technicians', 208650.0, 44010.0, 66260.0)
    """

    year: int
    release: str
    area: str
    area_title: str
    area_type: str
    industry: str
    industry_title: str
    ownership: str
    occupation: str
    occupation_title: str
    employment: float | None
    employment_rse: float | None
    mean: float | None
    mean_rse: float | None
    p10: float | None
    p25: float | None
    p50: float | None
    p75: float | None
    p90: float | None
    hourly_mean: float | None
    hourly_p10: float | None
    hourly_p25: float | None
    hourly_p50: float | None
    hourly_p75: float | None
    hourly_p90: float | None
    location_quotient: float | None
    top_code: float | None
    top_coded: str
    kind: str
    source: str

    @property
    def is_national(self) -> bool:
        """Whether the row is the nation's, all industries together."""
        return self.area_type == "national" and self.industry == ALL_INDUSTRIES

    @property
    def quantiles(self) -> dict[float, float]:
        """The annual percentiles that are published: {p: dollars a year}."""
        figures = {p: getattr(self, name) for name, p in PERCENTILES.items()}
        return {p: wage for p, wage in figures.items() if wage is not None}

    @property
    def at_least(self) -> dict[float | str, float]:
        """The annual figures printed as `#`: {p or "mean": top code of the release}."""
        names: list[float | str] = [PERCENTILES.get(name, name) for name in self.top_coded.split()]
        return {} if self.top_code is None else dict.fromkeys(names, self.top_code)

    def facts(self) -> dict[str, Any]:
        """What `wagefit.fit` takes: only the facts that are published, in dollars a year and percent.

        Returns
        -------
        dict
            With some of the keys ``mean``, ``quantiles``, ``at_least``, ``mean_rse`` and ``employment``.
        """
        facts = {
            "mean": self.mean,
            "quantiles": self.quantiles or None,
            "at_least": self.at_least or None,
            "mean_rse": self.mean_rse,
            "employment": self.employment,
        }
        return {name: value for name, value in facts.items() if value is not None}


TYPES: dict[str, type] = {field.name: {"int": int, "str": str}.get(str(field.type), float) for field in fields(Cell)}
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
    """The rows of the table that agree with every argument given, in the table's order.

    Examples
    --------
    >>> [cell.area for cell in wf.oews.cells(occupation="29-2072", year=2025, area_type="state")][:3]
    ['AK', 'AL', 'AR']
    """
    asked = {"occupation": occupation, "year": year, "area": area, "area_type": area_type, "industry": industry}
    given = [(name, value) for name, value in (asked | {"kind": kind}).items() if value is not None]
    return tuple(cell for cell in _cells() if all(getattr(cell, name) == value for name, value in given))


def national(occupation: str, year: int | None = None) -> Cell:
    """The nation's row of an occupation.

    Parameters
    ----------
    occupation : str
        Code, such as ``"29-2071"``.
    year : int, optional
        Year of the release; the newest that has the occupation when None.

    Returns
    -------
    Cell

    Raises
    ------
    FactError
        If there is no such row, naming the occupations or the years that there are.

    Examples
    --------
    >>> wf.oews.national("29-2071", 2018).mean
    44010.0
    """
    code = known_occupation(occupation)
    found = {cell.year: cell for cell in _national_cells() if cell.occupation == code}
    if year is not None and year not in found:
        raise FactError(f"year is {year!r}; expected one of {', '.join(map(str, found))} for occupation {occupation}")
    return found[max(found) if year is None else year]


def known_occupation(occupation: str) -> str:
    """`occupation` if it is a code of the table; FactError naming those that are otherwise."""
    titles = occupations()
    if occupation not in titles:
        known = ", ".join(f"{code} ({title})" for code, title in titles.items())
        raise FactError(f"occupation is {occupation!r}; expected one of {known}")
    return occupation


def occupations() -> dict[str, str]:
    """Code and title of every occupation of the table, by code.

    Examples
    --------
    >>> wf.oews.occupations()["29-2071"]
    'Medical Records and Health Information Technicians'
    """
    return dict(sorted((cell.occupation, cell.occupation_title) for cell in _national_cells()))


def years(occupation: str) -> tuple[int, ...]:
    """The releases that have a national row of an occupation, oldest first.

    Examples
    --------
    >>> wf.oews.years("29-2071")[-3:]
    (2016, 2017, 2018)
    """
    return tuple(sorted(cell.year for cell in _national_cells() if cell.occupation == occupation))


@functools.cache
def _cells() -> tuple[Cell, ...]:
    parsers = [(name, PARSERS[kind]) for name, kind in TYPES.items()]
    return tuple(Cell(*[parse(row[name]) for name, parse in parsers]) for row in read_table(TABLE))


@functools.cache
def _national_cells() -> tuple[Cell, ...]:
    return tuple(cell for cell in _cells() if cell.is_national)
