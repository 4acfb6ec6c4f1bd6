"""A list of staff placed against the market, person by person."""

from __future__ import annotations

from os import PathLike
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wagefit import oews
from wagefit.decisions.market import TIED, fit_markets, is_annual_only, top_code
from wagefit.decisions.market_rows import find_rows, numbered
from wagefit.decisions.paid_hours import comparable_wages, missing_hours
from wagefit.decisions.placing import Places, places_of
from wagefit.decisions.ranked_staff import PLACED, TIED_STATUS, TOP_CODED, UNPLACED, RankedStaff
from wagefit.decisions.staff_list import UNITS, StaffList, read_staff
from wagefit.decisions.standing import UNLIKELY
from wagefit.distributions.distribution import Distribution
from wagefit.distributions.posterior import check_level
from wagefit.shared.arguments import FloatArray, as_choice, as_count
from wagefit.shared.progress import map_watched
from wagefit.shared.text import dollars
from wagefit.shared.types import Table

DRAWS = 100  # behind the interval of each row of the market
NOWHERE = -1  # number of the row of a person who has none; arrays by row end with what such a person gets

Texts = NDArray[np.object_]


class Compared(NamedTuple):
    """People beside the rows of the market.

    Attributes
    ----------
    cells : list of Cell
    pay : list of Distribution or None
        Of each row.
    row : ndarray, shape (n,)
        Number of each person's row, or `NOWHERE`.
    wages, medians : ndarray, shape (n,)
        Each person's wage and the median in the unit of the row; NaN where there is none.
    why_not : ndarray of str, shape (n,)
        Why a person cannot be placed; empty otherwise.
    """

    cells: list[oews.Cell]
    pay: list[Distribution | None]
    row: NDArray[np.intp]
    wages: FloatArray
    medians: FloatArray
    why_not: Texts

    def of_row(self, values: list[Any], nowhere: Any) -> NDArray[Any]:
        """For each person the one of `values`, one a row of the market, that belongs to the person's row."""
        kind = object if isinstance(nowhere, str) or nowhere is None else None
        each: NDArray[Any] = np.array([*values, nowhere], dtype=kind)[self.row]
        return each


def rank_staff(
    staff: Table | str | PathLike[str], *, unit: str = "USD/year", level: float = 0.9, draws: int = DRAWS
) -> RankedStaff:
    """Where each person of a list stands in the market.

    Parameters
    ----------
    staff : pandas.DataFrame, polars.DataFrame, pyarrow.Table or path-like
        A row a person, or a file (``.csv``, ``.xlsx``, ``.xls``) of such a table. Names of columns in any
        capitalization:

        - ``occupation`` (or ``code``, ``title``, ``job title``, ...): code or title;
        - ``wage`` (``salary``, ``pay``, ...) in `unit`, or ``hourly wage`` (``hourly rate``): a number or text such as
          ``"$52,000"``;
        - ``place`` (``state``, ``area``, ...), optional: a state's two letters or name; the nation where empty;
        - ``year``, optional: of the release; the newest that has the row where empty;
        - ``hours``, optional: paid hours of the person's year, or up to 80 those of a week; see `rank`;
        - ``unit``, optional: ``USD/year`` or ``USD/hour`` (also ``year``, ``hour``, ``annual``, ``hourly``).

        Other columns, such as names, are kept as they are.
    unit : {"USD/year", "USD/hour"}
        Of the wages where the list does not say it.
    level : float
        Probability of the intervals, in (0, 1).
    draws : int
        Curves drawn for the intervals of each row of the market, which take most of the time; 0 leaves them out.

    Returns
    -------
    RankedStaff
        A row a person with the market's row, the percentile and the ratio to the median; people who cannot be placed
        have the reason instead.

    Raises
    ------
    FactError
        `staff` is no table, or has no column of occupations or of wages. A row that is wrong raises nothing.

    Notes
    -----
    Each row of the market is fitted once, as by `rank`. A hundred thousand people in a hundred rows take two seconds on
    one core; intervals take 5 ms a row of the market, and the rest a second for 2,000 rows.

    Examples
    --------
    >>> import pandas as pd
    >>> staff = pd.DataFrame({"Name": ["Ann", "Ben", "Cy"], "Job title": ["Registered nurses", "29-2072", "wizard"],
    ...                       "State": ["NJ", "NJ", "NJ"], "Salary": ["$101,000", "48,000", "50,000"]})
    >>> ranked = wf.rank_staff(staff)
    >>> ranked.to_frame()[["Name", "status", "percentile", "compa_ratio"]].round(2)
      Name      status  percentile  compa_ratio
    0  Ann      placed       28.64         0.95
    1  Ben      placed       46.80         0.96
    2   Cy  not placed         NaN          NaN
    """
    default = as_choice("unit", unit, tuple(UNITS))
    check_level(level)
    people, n_draws = read_staff(staff, default), as_count("draws", draws)
    compared = _compare(people)
    return RankedStaff(staff, people.given, _columns(compared, _places(compared, level, n_draws)), level)


def _compare(people: StaffList) -> Compared:
    asked, asks = numbered(list(zip(people.occupation, people.place, people.year, strict=True)))
    found = find_rows(asked)
    cells, number = numbered([row for row in found if isinstance(row, oews.Cell)])
    rows = iter(number.tolist())
    row = np.array([next(rows) if isinstance(each, oews.Cell) else NOWHERE for each in found], dtype=np.intp)[asks]
    why_not = np.array(["" if isinstance(each, oews.Cell) else each for each in found], dtype=object)[asks]
    for i, reason in people.wrong.items():
        row[i], why_not[i] = NOWHERE, reason
    pay = fit_markets(cells)
    compared = Compared(cells, pay, row, np.full(len(row), np.nan), np.full(len(row), np.nan), why_not)
    medians = compared.of_row([np.nan if each is None else float(each.median()) for each in pay], np.nan)
    compared = compared._replace(wages=_wages(people, compared), medians=medians)
    return compared._replace(why_not=_refused(people, compared))


def _wages(people: StaffList, compared: Compared) -> FloatArray:
    """Each person's wage in the unit of its row; NaN where the comparison needs paid hours that are not known."""
    is_hourly = compared.of_row([cell.unit == "USD/hour" for cell in compared.cells], False)
    is_annual = compared.of_row([is_annual_only(cell.occupation, cell.year) for cell in compared.cells], False)
    return comparable_wages(people.wage, people.is_hourly, people.hours, is_hourly, is_annual)


def _refused(people: StaffList, compared: Compared) -> Texts:
    """`why_not` with those, too, who cannot be placed although there is a row."""
    cells, why_not = compared.cells, compared.why_not.copy()
    no_fit = [
        f"the published figures of {cell.occupation} in {cell.area_title} allow no distribution" for cell in cells
    ]
    no_hours = [f"{cell.occupation_title} are {missing_hours(cell.unit == 'USD/hour')}" for cell in cells]
    for figures, texts in ((compared.medians, no_fit), (compared.wages, no_hours)):
        is_so = (why_not == "") & np.isnan(figures)
        why_not[is_so] = compared.of_row(texts, "")[is_so]
    ratio = compared.wages / compared.medians
    unlikely = (why_not == "") & ~((ratio >= 1.0 / UNLIKELY) & (ratio <= UNLIKELY))
    for i in np.flatnonzero(unlikely).tolist():
        unit = cells[compared.row[i]].unit
        paid, median = dollars(compared.wages[i], unit), dollars(compared.medians[i], unit)
        period = "an hour" if people.is_hourly[i] else "a year"
        why_not[i] = f"{paid} beside a median of {median}: check whether the wage is that of {period}"
    return why_not


def _places(compared: Compared, level: float, draws: int) -> Places:
    """Where everybody stands, row by row of the market; NaN where somebody is not placed."""
    n, n_rows = len(compared.row), len(compared.cells)
    nothing = np.full(n, np.nan)
    found = Places(nothing, nothing.copy(), nothing.copy(), nothing.copy(), np.zeros(n, dtype=bool))
    row = np.where(compared.why_not == "", compared.row, NOWHERE)
    order = np.argsort(row, kind="stable")
    starts = np.searchsorted(row[order], np.arange(n_rows + 1))

    def place(i: int) -> None:
        people, pay = order[starts[i] : starts[i + 1]], compared.pay[i]
        if pay is not None and len(people):
            placed = places_of(pay, compared.cells[i].facts(), compared.wages[people], level, draws)
            for column, values in zip(found, placed, strict=True):
                column[people] = values

    map_watched("placing", place, range(n_rows), n_rows)
    return found


def _columns(compared: Compared, places: Places) -> dict[str, NDArray[Any]]:
    """What is known of each person, by the names of `RankedStaff`."""
    cells, is_placed = compared.cells, compared.why_not == ""
    is_tied = is_placed & (places.percentile - places.below > TIED)
    status = np.where(is_placed, PLACED, UNPLACED).astype(object)
    status[is_tied], status[places.is_top_coded] = TIED_STATUS, TOP_CODED
    is_bounded = compared.of_row([0.5 in cell.at_least for cell in cells], False)
    median = np.where(is_bounded, np.nan, compared.medians)
    return {
        "status": status,
        "note": _notes(compared, places, is_tied),
        "market_code": compared.of_row([cell.occupation for cell in cells], ""),
        "market_title": compared.of_row([cell.occupation_title for cell in cells], ""),
        "market_area": compared.of_row([cell.area_title for cell in cells], ""),
        "market_release": compared.of_row([cell.release for cell in cells], ""),
        "market_unit": compared.of_row([cell.unit for cell in cells], ""),
        "market_median": median,
        "market_wage": np.where(is_placed, compared.wages, np.nan),
        "compa_ratio": np.where(is_placed, compared.wages / median, np.nan),
        "percentile": 100.0 * places.percentile,
        "percentile_low": 100.0 * places.low,
        "percentile_high": 100.0 * places.high,
    }


def _notes(compared: Compared, places: Places, is_tied: NDArray[np.bool_]) -> Texts:
    """Why somebody is not placed, or what a reader of the percentile should know."""
    cells, why_not = compared.cells, compared.why_not
    codes = [top_code(cell.facts()) for cell in cells]
    above = [f"above the top code, {dollars(code, cell.unit)}" for code, cell in zip(codes, cells, strict=True)]
    tied = np.full(len(why_not), "", dtype=object)
    tied[is_tied] = "many earn this very wage: the published percentiles are tied"
    tied[places.is_top_coded] = compared.of_row(above, "")[places.is_top_coded]
    followed = compared.of_row([cell.note for cell in cells], "")
    between = np.where((tied != "") & (followed != ""), "; ", "").astype(object)
    notes: Texts = np.where(why_not == "", tied + between + followed, why_not)
    return notes
