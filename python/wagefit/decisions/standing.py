"""Where a wage stands among the wages of an occupation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wagefit import oews
from wagefit.distributions.distribution import Distribution
from wagefit.errors import FactError
from wagefit.fitting.fit import fit
from wagefit.shared.arguments import as_choice, as_positive
from wagefit.shared.text import dollars, ordinal
from wagefit.shared.types import Number

UNITS = ("USD/year", "USD/hour")
TIED = 0.005  # the part of people at one wage that is worth a word


@dataclass(frozen=True)
class Standing:
    """Where a wage stands in a published cell.

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
    cell : wagefit.oews.Cell
        The published row.
    notes : tuple of str
        What the percentile rests on where that is not the published percentiles on both sides of the wage.

    Examples
    --------
    >>> stands = wf.rank(48_000, occupation="29-2072", state="NJ")
    >>> round(stands.percentile, 2)
    0.47
    """

    wage: float
    percentile: float
    interval: tuple[float, float]
    level: float
    unit: str
    cell: oews.Cell
    notes: tuple[str, ...]

    def __str__(self) -> str:
        low, high = (100 * end for end in self.interval)
        where = "the nation" if self.cell.is_national else self.cell.area_title
        return (
            f"{dollars(self.wage, self.unit)} stands at the {ordinal(100 * self.percentile)} percentile of "
            f"{self.cell.occupation_title} in {where}, {self.cell.release} "
            f"({100 * self.level:g} %: {low:.0f} to {high:.0f})"
        )


def rank(
    wage: Number,
    *,
    occupation: str,
    state: str | None = None,
    year: int | None = None,
    unit: str = "USD/year",
    level: float = 0.9,
) -> Standing:
    """Where a wage stands among the wages of an occupation.

    The distribution is the curve through the published figures; that of a state borrows the shape of the nation's.

    Parameters
    ----------
    wage : float
        In `unit`.
    occupation : str
        Code or title, such as ``"29-2072"`` or ``"registered nurses"``.
    state : str, optional
        Two letters or name; the nation when None.
    year : int, optional
        Year of the release, in whose dollars the wage is; the newest that has the row when None.
    unit : {"USD/year", "USD/hour"}
        An hourly wage is compared with annual ones over 2,080; an annual one is not compared with those of an
        occupation that is published by the hour alone.
    level : float
        Probability of the interval, in (0, 1).

    Returns
    -------
    Standing
        As a text one sentence, with its `cell` and `notes`.

    Raises
    ------
    FactError
        The wage is not a positive number; there is no such occupation, state or row, naming what comes nearest; or the
        occupation is published by the hour and the wage is that of a year.

    Examples
    --------
    >>> print(wf.rank(48_000, occupation="29-2072", state="NJ"))
    $48,000 stands at the 47th percentile of Medical Records Specialists in New Jersey, May 2025 (90 %: 40 to 48)
    """
    paid = as_positive("wage", wage)
    cell = oews.cell(occupation, area="US" if state is None else state, year=year)
    pay = _in_unit(_fitted(cell), as_choice("unit", unit, UNITS), cell)
    percentile = float(pay.cdf(paid))
    low, high = pay.credible("cdf", paid, level=level)
    return Standing(paid, percentile, (float(low), float(high)), level, unit, cell, _notes(pay, paid, cell))


def _fitted(cell: oews.Cell) -> Distribution:
    has_parent = not cell.is_national and cell.year in oews.years(cell.occupation)
    return fit(cell, like=fit(oews.cell(cell.occupation, year=cell.year)) if has_parent else None)


def _in_unit(pay: Distribution, unit: str, cell: oews.Cell) -> Distribution:
    if unit == pay.unit:
        return pay
    if pay.unit == "USD/year":
        return pay.to_hourly()
    raise FactError(
        f"unit is {unit!r}; expected 'USD/hour': {cell.occupation_title} are published by the hour alone in "
        f"{cell.release}"
    )


def _notes(pay: Distribution, wage: float, cell: oews.Cell) -> tuple[str, ...]:
    notes = [cell.note] if cell.note else []
    published = sorted(cell.quantiles)
    p = float(pay.cdf(wage))
    if published and not published[0] <= p <= published[-1]:
        side, end = ("below", published[0]) if p < published[0] else ("above", published[-1])
        notes.append(
            f"{side} the published P{100 * end:g}: the percentile rests on the shape that wages usually have there"
        )
    tied = p - float(pay.cdf(np.nextafter(wage, 0.0)))
    if tied > TIED:
        notes.append(f"{100 * tied:.0f} % of the people are at this very wage, as published percentiles are tied")
    return tuple(notes)
