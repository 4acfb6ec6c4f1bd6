"""Where a wage stands among the wages of an occupation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from wagefit import oews
from wagefit.decisions.market import TIED, is_annual_only, known_range, parent_of, top_code
from wagefit.decisions.paid_hours import comparable_wages, missing_hours
from wagefit.distributions.distribution import ANNUAL, Distribution
from wagefit.errors import FactError
from wagefit.fitting.fit import fit
from wagefit.oews import PublishedRow
from wagefit.oews.row_facts import columns_of_row
from wagefit.shared.arguments import as_positive
from wagefit.shared.text import dollars, ordinal
from wagefit.shared.types import Number
from wagefit.shared.units import as_unit, in_words, period_of
from wagefit.tables.facts import row_facts
from wagefit.tables.row_names import PLACE, RELEASE, TITLE, text_of

PERIODS = ("year", "hour")
EXACT = 1e-9  # to which a curve meets its facts
UNLIKELY = 20.0  # a wage that many times above or below the median is in another unit, or an error


@dataclass(frozen=True)
class Standing:
    """Where a wage stands in a published row.

    Attributes
    ----------
    wage : float
        In `unit`.
    percentile : float
        Part of the people who earn at most this wage, in [0, 1].
    interval : (float, float)
        Of `percentile`, from what the published figures and their errors leave open.
    level : float
        Probability of the interval.
    unit : str
    cell : wagefit.oews.Cell or None
        The published row; None where it is of another table.
    notes : tuple of str
        What the percentile rests on where that is not the published percentiles on both sides of the wage, and how
        wages of different units were compared.
    market : str
        The occupation, area and release.
    market_unit : str
        Unit of the row.
    compared_wage : float
        The wage in `market_unit`.
    median : float or None
        Of the row, in `market_unit`; None where it is above the top code.
    below : float
        Part of the people who earn less than this wage, in [0, 1]; less than `percentile` where many earn this wage.
    known : (float, float)
        Between which the published figures alone hold `percentile`.
    top_code : float or None
        The wage from which on the row prints no figures, in `market_unit`; None where the wage is not above it.

    Examples
    --------
    >>> stands = wf.rank(48_000, occupation="29-2072", state="NJ")
    >>> round(stands.percentile, 2), round(stands.ratio, 3), stands.known
    (0.47, 0.955, (0.25, 0.5))
    """

    wage: float
    percentile: float
    interval: tuple[float, float]
    level: float
    unit: str
    cell: oews.Cell | None
    notes: tuple[str, ...]
    market: str
    market_unit: str
    compared_wage: float
    median: float | None
    below: float
    known: tuple[float, float]
    top_code: float | None

    @property
    def ratio(self) -> float | None:
        """The wage over the row's median; None where the median is above the top code."""
        return None if self.median is None else self.compared_wage / self.median

    def __str__(self) -> str:
        wage = dollars(self.wage, self.unit) + (" an hour" if period_of(self.unit) == "hour" else "")
        if self.top_code is not None:
            return (
                f"{wage} is above the top code of {self.market}: at least the {_place(self.known[0])} percentile; "
                f"by the shape of wages about the {_place(self.percentile)} ({self._interval()})"
            )
        if self.percentile - self.below > TIED:
            part = f"{100 * (self.percentile - self.below):.0f} %"
            ends = f"from the {_place(self.below)} to the {_place(self.percentile)} percentile"
            return f"{wage} is what {part} of {self.market} earn: it stands {ends}"
        stands = f"{wage} stands {self._where()} of {self.market}"
        return f"{stands}, as published" if self._is_published() else f"{stands} ({self._interval()})"

    def _is_published(self) -> bool:
        """Whether the wage is a published percentile whose error nobody knows."""
        return (
            self.interval[1] - self.interval[0] < EXACT
            and self.known[0] > 0
            and abs(self.percentile - self.known[0]) < EXACT
        )

    def _where(self) -> str:
        if self.percentile < 0.01:
            return "below the 1st percentile"
        return "above the 99th percentile" if self.percentile > 0.99 else f"at the {_place(self.percentile)} percentile"

    def _interval(self) -> str:
        low, high = (100 * end for end in self.interval)
        decimals = 0 if high - low >= 1 else 1
        return f"{100 * self.level:g} %: {low:.{decimals}f} to {high:.{decimals}f}"


def rank(
    wage: Number,
    row: PublishedRow | Distribution | None = None,
    /,
    *,
    occupation: str | None = None,
    state: str | None = None,
    year: int | None = None,
    unit: str | None = None,
    hours: Number | None = None,
    level: float = 0.9,
) -> Standing:
    """Where a wage stands among the wages of an occupation.

    The distribution is the curve through the published figures; that of a state borrows the shape of the nation's.

    Parameters
    ----------
    wage : float
        In `unit`.
    row : mapping, pandas.Series, named tuple, wagefit.oews.Cell or Distribution, optional
        A published row of any table, such as one of `wagefit.tables.read`, or its distribution, in place of
        `occupation`, `state` and `year`.
    occupation : str, optional
        Code or title, such as ``"29-2072"`` or ``"registered nurses"``.
    state : str, optional
        Two letters or name; the nation when None.
    year : int, optional
        Year of the release, in whose dollars the wage is; the newest that has the row when None.
    unit : str, optional
        Of the wage, such as ``"USD/hour"``; dollars a year, or the unit of `row`, when None. An hourly wage is compared
        with annual ones over 2,080 hours.
    hours : float, optional
        Paid hours of the person's year. An annual wage of fewer hours than 2,080 is compared as that of a full year.
        Needed to compare an hourly wage with an occupation that is published by the year alone, such as teachers, and
        an annual one with an occupation that is published by the hour alone, such as actors.
    level : float
        Probability of the interval, in (0, 1).

    Returns
    -------
    Standing
        As a text one sentence, with its `notes`.

    Raises
    ------
    FactError
        The wage is not a positive number; there is no such occupation, state or row, naming what comes nearest; the
        wage is in another currency; or the comparison needs `hours`.

    Examples
    --------
    >>> print(wf.rank(48_000, occupation="29-2072", state="NJ"))
    $48,000 stands at the 47th percentile of Medical Records Specialists in New Jersey, May 2025 (90 %: 40 to 48)

    A midwife in the United Kingdom, 2021, in pounds a year:

    >>> row = {"occupation_title": "Midwifery nurses", "year": 2021, "unit": "GBP/year", "mean": 39_883,
    ...        "p20": 30_818, "p30": 37_194, "p40": 40_091, "p50": 41_188, "p60": 42_634, "p70": 45_075}
    >>> print(wf.rank(38_000, row))
    £38,000 stands at the 32nd percentile of Midwifery nurses, 2021 (90 %: 31.7 to 32.6)
    """
    paid = as_positive("wage", wage)
    cell = _cell(row, occupation, state, year)
    market = cell if row is None else row
    pay = market if isinstance(market, Distribution) else fit(market, like=None if cell is None else _parent(cell))
    given = as_unit(_default_unit(pay, row) if unit is None else unit)
    wage_there = _compared(paid, given, hours, pay, cell)
    facts = _facts(market)
    (low,), (high,) = known_range(facts, np.array([wage_there]))
    code = top_code(facts)
    ends = pay.credible("cdf", wage_there, level=level)
    return Standing(
        wage=paid,
        percentile=float(pay.cdf(wage_there)),
        interval=(float(ends[0]), float(ends[1])),
        level=level,
        unit=given,
        cell=cell,
        notes=tuple(_notes(paid, given, wage_there, pay, cell, facts)),
        market=_title(market),
        market_unit=pay.unit,
        compared_wage=wage_there,
        median=None if 0.5 in facts.get("at_least", {}) else float(pay.median()),
        below=float(pay.cdf(np.nextafter(wage_there, 0.0))),
        known=(float(low), float(high)),
        top_code=code if wage_there >= code else None,
    )


def _cell(row: Any, occupation: str | None, state: str | None, year: int | None) -> oews.Cell | None:
    if row is not None:
        if occupation is not None or state is not None or year is not None:
            raise FactError("row is given and so are occupation, state or year; expected the row alone")
        return row if isinstance(row, oews.Cell) else None
    if occupation is None:
        raise FactError("occupation is None; expected a code or title, such as '29-1141', or a row")
    return oews.cell(occupation, area="US" if state is None else state, year=year)


def _parent(cell: oews.Cell) -> Distribution | None:
    nation = parent_of(cell)
    return None if nation is None else fit(nation)


def _default_unit(pay: Distribution, row: Any) -> str:
    return ANNUAL if row is None else pay.unit


def _compared(wage: float, unit: str, hours: Number | None, pay: Distribution, cell: oews.Cell | None) -> float:
    """The wage in the unit of the row; FactError where the currency differs or the hours are needed."""
    if unit == pay.unit and hours is None:
        return wage
    _require_comparable(unit, pay.unit)
    is_there = period_of(pay.unit) == "hour"
    alone = cell is not None and is_annual_only(cell.occupation, cell.year)
    known = np.array([np.nan if hours is None else as_positive("hours", hours)])
    is_hourly = np.array([period_of(unit) == "hour"])
    compared = comparable_wages(np.array([wage]), is_hourly, known, np.array([is_there]), np.array([alone]))
    if np.isnan(compared[0]):
        who = "the row is" if cell is None else f"{cell.occupation_title} in {cell.release} are"
        raise FactError(f"unit is {unit!r}; {who} {missing_hours(is_there)}")
    return float(compared[0])


def _require_comparable(unit: str, row_unit: str) -> None:
    currency, period = row_unit.split("/")
    expected = [row_unit] if period not in PERIODS else [f"{currency}/{each}" for each in PERIODS]
    if unit not in expected:
        raise FactError(f"unit is {unit!r}; expected {' or '.join(expected)}, as the row is in {row_unit}")


def _facts(market: Any) -> Mapping[str, Any]:
    if not isinstance(market, Distribution):
        return row_facts(market)
    if market.diagnostics is None:
        return {}
    facts = market.diagnostics.facts
    return {"quantiles": dict(facts.quantiles), "at_least": dict(facts.at_least), "mean_rse": facts.mean_rse}


def _title(market: Any) -> str:
    """The occupation, area and release of a row, as far as it says them."""
    if isinstance(market, oews.Cell):
        where = "the nation" if market.is_national else market.area_title
        return f"{market.occupation_title} in {where}, {market.release}"
    if isinstance(market, Distribution):
        return market.title if market.title != market.name else "the given distribution"
    columns = columns_of_row(market)
    place, release = text_of(columns, *PLACE), text_of(columns, *RELEASE)
    title = text_of(columns, *TITLE) or "the given row"
    return title + (f" in {place}" if place else "") + (f", {release}" if release else "")


def _notes(
    wage: float, unit: str, compared: float, pay: Distribution, cell: oews.Cell | None, facts: Mapping[str, Any]
) -> Iterator[str]:
    if cell is not None and cell.note:
        yield cell.note
    if compared != wage:
        made = f"{dollars(compared, pay.unit)} {in_words(pay.unit).partition(' ')[2]}"
        yield f"the row is published in {in_words(pay.unit)}: {dollars(wage, unit)} is compared as {made}"
    median = float(pay.median())
    if not median / UNLIKELY <= compared <= median * UNLIKELY:
        yield f"the row's median is {dollars(median, pay.unit)}: check whether the wage is in {in_words(unit)}"
    yield from _tail_notes(compared, pay, facts)
    if facts.get("mean_rse") is None:
        who = "the row" if cell is None else cell.release
        yield f"{who} prints no standard errors: the interval leaves out that its figures are estimates"


def _tail_notes(wage: float, pay: Distribution, facts: Mapping[str, Any]) -> Iterator[str]:
    """What the percentile rests on beyond the published percentiles."""
    published = sorted(facts.get("quantiles", {}))
    if wage >= top_code(facts):
        yield f"wages of {dollars(top_code(facts), pay.unit)} and more are printed as #: nothing is known above"
    elif published and not published[0] <= float(pay.cdf(wage)) <= published[-1]:
        side, end = ("below", published[0]) if float(pay.cdf(wage)) < published[0] else ("above", published[-1])
        yield f"{side} the published P{100 * end:g}: the percentile rests on the shape that wages usually have there"


def _place(p: float) -> str:
    return ordinal(100 * p)
