"""What a dollar buys: consumer prices and the cost of labor over time, price levels between places.

A wage of a release is a wage of its month of May, so that a plain year means May of that year. Consumer prices tell
what a wage of then would buy now; the cost of labor what the same work would be paid now.
"""

from __future__ import annotations

import functools
import operator
import re
from calendar import month_name
from typing import Any, Literal, NamedTuple, TypeAlias, overload

from wagefit.errors import FactError
from wagefit.shared.arguments import as_array, as_choice
from wagefit.shared.embedded_tables import read_table
from wagefit.shared.types import Array, Number, Numbers

Index: TypeAlias = Literal["CPI-U", "ECI"]
"""Consumer Price Index for All Urban Consumers, or Employment Cost Index."""

When: TypeAlias = int | str | tuple[int, int]
"""A year (its May), a month such as ``"2018-05"``, or ``(2018, 5)``."""

INDEXES = ("CPI-U", "ECI")
RELEASE_MONTH = 5


class Month(NamedTuple):
    """A month of a year.

    Examples
    --------
    >>> wf.prices.Month(2018, 5)
    Month(year=2018, month=5)
    """

    year: int
    month: int

    def __str__(self) -> str:
        return f"{month_name[self.month]} {self.year}"


def today(*, index: Index = "CPI-U") -> Month:
    """The last month of an index: what "today's dollars" means here.

    Examples
    --------
    >>> wf.prices.today() >= wf.prices.Month(2025, 1)
    True
    """
    return max(_levels(index))


def level(when: When, *, index: Index = "CPI-U") -> float:
    """The level of an index.

    Parameters
    ----------
    when : int, str or (int, int)
        A year (its May), ``"2018-05"`` or ``(2018, 5)``.
    index : {"CPI-U", "ECI"}
        ``"CPI-U"``: Consumer Price Index for All Urban Consumers, U.S. city average, all items, not seasonally
        adjusted (1982-84 = 100; Bureau of Labor Statistics, CUUR0000SA0), from January 1997.
        ``"ECI"``: Employment Cost Index, wages and salaries of private industry workers, seasonally adjusted (December
        2005 = 100; Bureau of Labor Statistics, CIS2020000000000I), 2013 to September 2022. It is quarterly: a month
        has the figure of its quarter, which is measured in the quarter's last month.

    Returns
    -------
    float

    Raises
    ------
    FactError
        If `when` is no month, or a month without a figure (October 2025 was not published).

    Examples
    --------
    >>> wf.prices.level((2018, 5))
    251.588
    """
    levels = _levels(index)
    month = _month(when)
    if month not in levels:
        raise FactError(f"{index} has no figure for {month}; expected a month from {min(levels)} to {max(levels)}")
    return levels[month]


def time_factor(start: When, end: When | None = None, *, index: Index = "CPI-U") -> float:
    """Dollars of `end` that buy, or pay for, what one dollar of `start` did: level(end) / level(start).

    Parameters
    ----------
    start, end : int, str or (int, int)
        As in `level`; `end` is today, the last month of the index, when None.
    index : {"CPI-U", "ECI"}
        As in `level`.

    Returns
    -------
    float

    Raises
    ------
    FactError
        As in `level`.

    Examples
    --------
    >>> round(wf.prices.time_factor((2018, 5), (2024, 5)), 3)
    1.248
    """
    return level(today(index=index) if end is None else end, index=index) / level(start, index=index)


@overload
def adjust(dollars: Number, start: When, end: When | None = None, *, index: Index = "CPI-U") -> float: ...


@overload
def adjust(dollars: Numbers, start: When, end: When | None = None, *, index: Index = "CPI-U") -> Array: ...


def adjust(dollars: Number | Numbers, start: When, end: When | None = None, *, index: Index = "CPI-U") -> float | Array:
    """Wages of `start` in dollars of `end`.

    Parameters
    ----------
    dollars : float or array_like
        Wages in dollars of `start`, any shape.
    start, end, index
        As in `time_factor`.

    Returns
    -------
    float or ndarray
        As `dollars`.

    Raises
    ------
    FactError
        As in `level`, or if `dollars` are not numbers.

    Examples
    --------
    >>> round(wf.prices.adjust(44_010, (2018, 5), (2024, 5)))
    54940
    """
    adjusted = as_array("dollars", dollars) * time_factor(start, end, index=index)
    return adjusted if adjusted.ndim else float(adjusted)


def parity(area: str) -> float:
    """Price level of an area over the nation's (Bureau of Economic Analysis, Regional Price Parities / 100, 2024).

    Parameters
    ----------
    area : str
        ``"US"``, a state's two letters, or a metropolitan area's five digits.

    Returns
    -------
    float

    Raises
    ------
    FactError
        If the area has no published parity (nonmetropolitan areas and territories have none).

    Examples
    --------
    >>> wf.prices.parity("NJ")
    1.08805
    """
    parities = _parities()
    if area not in parities:
        raise FactError(
            f"area is {area!r}; expected 'US', a state's two letters or the five digits of a metropolitan area"
        )
    return parities[area]


def place_factor(origin: str, destination: str) -> float:
    """Dollars at `destination` that buy what one dollar buys at `origin`: parity(destination) / parity(origin).

    Examples
    --------
    >>> round(wf.prices.place_factor("NJ", "AR"), 3)
    0.799
    """
    return parity(destination) / parity(origin)


def _month(when: Any) -> Month:
    expected = "expected a year, 'YYYY-MM' or (year, month)"
    if isinstance(when, str):
        parts = re.fullmatch(r"(\d{4})-(\d{1,2})", when)
        if parts is None:
            raise FactError(f"the month is {when!r}; {expected}")
        when = tuple(map(int, parts.groups()))
    try:
        year, month = when if isinstance(when, tuple) else (when, RELEASE_MONTH)
        found = Month(operator.index(year), operator.index(month))
    except (TypeError, ValueError) as error:
        raise FactError(f"the month is {when!r}; {expected}") from error
    if not 1 <= found.month <= 12:
        raise FactError(f"the month is {when!r}; expected a month from 1 to 12")
    return found


@functools.cache
def _levels(index: str) -> dict[Month, float]:
    as_choice("index", index, INDEXES)
    if index == "CPI-U":
        return {Month(int(row["year"]), int(row["month"])): float(row["cpi_u"]) for row in read_table("cpi_u")}
    return {
        Month(int(row["year"]), 3 * int(row["quarter"]) - back): float(row["eci"])
        for row in read_table("employment_cost_index")
        for back in (2, 1, 0)
    }


@functools.cache
def _parities() -> dict[str, float]:
    return {"US": 1.0} | {row["area"]: float(row["parity"]) / 100 for row in read_table("price_parities")}
