"""Wages of an hour that are given as those of a year."""

from __future__ import annotations

from collections.abc import Sequence

from wagefit.decisions.standing import UNLIKELY
from wagefit.errors import FactError
from wagefit.oews.layouts import HOURS
from wagefit.shared.text import dollars
from wagefit.shared.units import period_of

HIGHEST_HOURLY = 1000.0  # below it a wage of a year is no wage: 1,000 dollars a year are 48 cents an hour


def check_figures(wages: Sequence[float]) -> None:
    """FactError where all wages of a year are as low as those of an hour are."""
    if wages and 0 < max(wages) < HIGHEST_HOURLY:
        example = f"{wages[0]:,g} an hour are {wages[0] * HOURS:,.0f} a year of {HOURS:,} hours"
        raise FactError(
            f"the figures are at most {max(wages):,g} a year; expected --unit USD/hour if they are of an hour, or "
            f"wages of a year ({example})"
        )


def check_wage(option: str, wage: float, median: float | None, unit: str) -> None:
    """FactError where a wage of a year is one that people with this median, in `unit`, earn in an hour."""
    if median is None or period_of(unit) != "year" or wage >= HIGHEST_HOURLY:
        return
    if median / UNLIKELY <= wage * HOURS <= median * UNLIKELY:
        raise FactError(
            f"{option} is {dollars(wage, unit)} a year, less than anyone earns; expected a wage of a year: {wage:,g} "
            f"an hour are {wage * HOURS:,.0f} a year of {HOURS:,} hours"
        )
