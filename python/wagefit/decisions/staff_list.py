"""A list of people with their occupations, places and wages, read column by column."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from wagefit.errors import FactError
from wagefit.oews.typed_lists import read_list
from wagefit.shared.arguments import FloatArray
from wagefit.shared.frames import columns_of, require_distinct
from wagefit.shared.messages import one_line
from wagefit.shared.numbers import is_missing, is_number, read_number
from wagefit.shared.units import period_of

Result = TypeVar("Result")

# By what is meant: the names that columns may have, without regard to case, blanks and underscores; the first counts.
NAMES: dict[str, tuple[str, ...]] = {
    "occupation": (
        *("occupation", "occupation code", "occ code", "soc code", "soc", "code"),
        *("occupation title", "occ title", "job title", "title", "job"),
    ),
    "place": ("place", "state", "area", "location", "work state", "area title"),
    "wage": ("wage", "salary", "pay", "annual wage", "annual salary", "annual pay", "base salary", "base pay"),
    "hourly wage": ("hourly wage", "hourly rate", "hourly pay", "hourly"),
    "year": ("year", "release"),
    "hours": ("hours", "paid hours", "annual hours", "hours a year", "hours per year"),
    "weekly hours": ("weekly hours", "hours a week", "hours per week"),
    "unit": ("unit", "pay period", "period", "paid by"),
}
UNITS = {
    "USD/year": ("usd/year", "year", "yearly", "annual", "annually", "a year", "per year", "dollars a year"),
    "USD/hour": ("usd/hour", "hour", "hourly", "an hour", "per hour", "dollars an hour"),
}
WEEKS = 52.0
MOST_PAY = 1e15  # of a year: a figure beyond is a slip
# Paid hours: a number between the longest week and the shortest year is neither.
SHORTEST_WEEK, LONGEST_WEEK, SHORTEST_YEAR = 1.0, 80.0, 100.0


class StaffList(NamedTuple):
    """A list of n people.

    Attributes
    ----------
    given : mapping {name: column}
        The columns as they were given.
    occupation, place : list of str
        Empty where nothing is given.
    wage, hours : ndarray, shape (n,)
        As given, and paid hours of a year; NaN where there is none.
    is_hourly : ndarray, shape (n,)
    year : list of int or None
    wrong : dict {row: what is wrong with it}
    """

    given: Mapping[str, Any]
    occupation: list[str]
    place: list[str]
    wage: FloatArray
    hours: FloatArray
    is_hourly: NDArray[np.bool_]
    year: list[int | None]
    wrong: dict[int, str]


def read_staff(staff: Any, unit: str) -> StaffList:
    """The list in a table or a file; FactError where it is neither, or has no column of occupations or wages."""
    path = Path(staff) if isinstance(staff, (str, Path)) else None
    given, wrong = (columns_of(staff), {}) if path is None else _columns_of_file(path)
    named = _named(list(given))
    columns = {meant: _plain(given[name]) for meant, name in named.items()}
    paid = "wage" if "wage" in named else "hourly wage"
    n = len(columns[paid])
    empty: list[Any] = [None] * n
    wages = _numbers(named[paid], columns[paid], wrong, is_needed=True)
    default = unit if paid == "wage" else "USD/hour"
    return StaffList(
        given=given,
        occupation=mapped(columns["occupation"], _code_or_title),
        place=mapped(columns.get("place", empty), _text),
        wage=_positive(named[paid], wages, wrong),
        hours=_hours(named, columns, n, wrong),
        is_hourly=_is_hourly(named, columns.get("unit", empty), default, wrong),
        year=_years(named, columns.get("year", empty), wrong),
        wrong=wrong,
    )


def mapped(values: Sequence[Any], function: Callable[[Any], Result]) -> list[Result]:
    """`function` of each value, called once for each that is different."""
    known = {value: function(value) for value in dict.fromkeys(values)}
    return list(map(known.__getitem__, values))


def _plain(column: Any) -> list[Any]:
    """A column as values of Python; what cannot be told apart from its like, such as a list, as text."""
    values: list[Any] = np.asarray(column, dtype=object).tolist()
    try:
        set(values)
    except TypeError:
        return [value if _is_hashable(value) else str(value) for value in values]
    return values


def _is_hashable(value: Any) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True


def _columns_of_file(path: Path) -> tuple[dict[str, Any], dict[int, str]]:
    rows = [row for row in read_list(path, "list of staff") if any(not is_missing(cell) for cell in row)]
    if not rows:
        raise FactError(f"{path.name} is empty; expected a table with columns of occupations and wages")
    header = [str(cell).strip() for cell in rows[0]]
    width = len(header)
    require_distinct([name for name in header if name])
    ragged = {
        i: f"the row has {len(row)} cells; expected {width}, as the header has"
        for i, row in enumerate(rows[1:])
        if len(row) != width
    }
    columns = zip_longest(*rows, fillvalue="")
    return {name: column[1:] for name, column in zip(header, columns, strict=False) if name}, ragged


def _standard(name: str) -> str:
    return " ".join(re.split(r"[\s_\-]+", name.strip().casefold()))


def _named(names: Sequence[str]) -> dict[str, str]:
    """The column of each thing that is meant; FactError where one that is needed is missing, or two are wages."""
    by_standard = {_standard(name): name for name in reversed(names)}
    found = {
        meant: next((by_standard[name] for name in known if name in by_standard), None)
        for meant, known in NAMES.items()
    }
    named = {meant: name for meant, name in found.items() if name is not None}
    if "occupation" not in named:
        raise FactError(f"staff has no column of occupations; expected one of {', '.join(NAMES['occupation'])}")
    if "wage" not in named and "hourly wage" not in named:
        expected = ", ".join((*NAMES["wage"], *NAMES["hourly wage"]))
        raise FactError(f"staff has no column of wages; expected one of {expected}")
    for one, other in (("wage", "hourly wage"), ("hours", "weekly hours")):
        if one in named and other in named:
            raise FactError(f"staff has the columns {named[one]!r} and {named[other]!r}; expected one of them")
    return named


def _text(value: Any) -> str:
    return "" if is_missing(value) else " ".join(str(value).split())


def _code_or_title(value: Any) -> str:
    """An occupation as the tables write it: 29-1141 for 291141 and 29-1141.00 too."""
    text = f"{value:g}" if is_number(value) and not is_missing(value) and value < 1e6 else _text(value)
    code = re.fullmatch(r"(\d{2})-?(\d{4})(?:\.00)?", text)
    return f"{code[1]}-{code[2]}" if code else text


def _numbers(name: str, values: Sequence[Any], wrong: dict[int, str], *, is_needed: bool = False) -> FloatArray:
    """A column of numbers, NaN where there is none; says in `wrong` which rows hold something else."""
    numbers = np.array(mapped(values, _number), dtype=float)
    missing = np.array(mapped(values, is_missing), dtype=bool)
    for i in np.flatnonzero(np.isnan(numbers) & (~missing | is_needed)).tolist():
        said = "missing" if missing[i] else repr(one_line(values[i]))
        wrong.setdefault(i, f"{name} is {said}; expected a number")
    return numbers


def _number(value: Any) -> float:
    if is_missing(value) or isinstance(value, bool):
        return np.nan
    if is_number(value):
        return float(value)
    number = read_number(value) if isinstance(value, str) else None
    return np.nan if number is None else number


def _positive(name: str, wages: FloatArray, wrong: dict[int, str]) -> FloatArray:
    is_wrong = ~np.isnan(wages) & ~((wages > 0.0) & (wages < MOST_PAY))
    for i in np.flatnonzero(is_wrong).tolist():
        wrong.setdefault(i, f"{name} is {wages[i]:,.10g}; expected a wage above 0 and below {MOST_PAY:g}")
    return np.where(is_wrong, np.nan, wages)


def _hours(named: Mapping[str, str], columns: Mapping[str, list[Any]], n: int, wrong: dict[int, str]) -> FloatArray:
    """Paid hours of each person's year; those of a week are of 52 weeks."""
    meant = next((each for each in ("hours", "weekly hours") if each in columns), None)
    if meant is None:
        return np.full(n, np.nan)
    hours = _numbers(named[meant], columns[meant], wrong)
    is_week = (hours >= SHORTEST_WEEK) & (hours <= LONGEST_WEEK)
    is_year = (hours >= SHORTEST_YEAR) & (hours <= LONGEST_WEEK * WEEKS) & (meant == "hours")
    for i in np.flatnonzero(~np.isnan(hours) & ~is_week & ~is_year).tolist():
        wrong.setdefault(i, f"{named[meant]} is {hours[i]:g}; expected paid hours of a year, or of a week from 1 to 80")
    paid = np.where(is_week | is_year, hours, np.nan)
    return np.where(is_week, WEEKS * paid, paid)


def _is_hourly(named: Mapping[str, str], units: list[Any], default: str, wrong: dict[int, str]) -> NDArray[np.bool_]:
    found = mapped(units, lambda value: default if is_missing(value) else _unit(str(value)))
    for i in [i for i, each in enumerate(found) if each is None]:
        wrong.setdefault(i, f"{named['unit']} is {one_line(units[i])!r}; expected USD/year or USD/hour")
    return np.array([each is not None and period_of(each) == "hour" for each in found], dtype=bool)


def _unit(text: str) -> str | None:
    return next((unit for unit, known in UNITS.items() if text.strip().casefold() in known), None)


def _years(named: Mapping[str, str], values: list[Any], wrong: dict[int, str]) -> list[int | None]:
    if "year" not in named:
        return [None] * len(values)
    numbers = _numbers(named["year"], values, wrong)
    is_year = numbers == np.floor(numbers)
    for i in np.flatnonzero(~np.isnan(numbers) & ~(is_year & (numbers > 0) & (numbers < 1e4))).tolist():
        wrong.setdefault(i, f"{named['year']} is {numbers[i]:g}; expected the year of a release, such as 2025")
    return mapped(numbers.tolist(), lambda year: int(year) if 0 < year < 1e4 else None)
