"""Wages of an hour that are given as those of a year."""

from __future__ import annotations

from collections.abc import Sequence

from wagefit.distributions.distribution import Distribution
from wagefit.errors import FactError
from wagefit.shared.text import dollars
from wagefit.shared.units import period_of

HOURS = 2080  # of paid work a year
HIGHEST_HOURLY = 1000.0  # below it a wage of a year is no wage: 1,000 dollars a year are 48 cents an hour
LOWEST = 0.001  # the part of the people who may earn less than any wage that is meant


def check_figures(wages: Sequence[float]) -> None:
    """FactError where all wages of a year are as low as those of an hour are."""
    if wages and 0 < max(wages) < HIGHEST_HOURLY:
        example = f"{wages[0]:,g} an hour are {wages[0] * HOURS:,.0f} a year of {HOURS:,} hours"
        raise FactError(
            f"the figures are at most {max(wages):,g} a year; expected --unit USD/hour if they are of an hour, or "
            f"wages of a year ({example})"
        )


def check_wage(option: str, wage: float, pay: Distribution) -> None:
    """FactError where a wage of a year is one that people of `pay` earn in an hour."""
    is_yearly = period_of(pay.unit) == "year"
    if is_yearly and wage < HIGHEST_HOURLY and wage < pay.ppf(LOWEST) and wage * HOURS > pay.ppf(LOWEST):
        raise FactError(
            f"{option} is {dollars(wage, pay.unit)} a year, less than anyone earns; expected a wage of a year: "
            f"{wage:,g} an hour are {wage * HOURS:,.0f} a year of {HOURS:,} hours"
        )
