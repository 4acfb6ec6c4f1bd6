"""Wages by the year and by the hour on one footing: that of the published row they are compared with.

The survey makes annual wages from hourly ones, over 2,080 hours. It publishes occupations whose year has other paid
hours by the year alone (teachers, pilots) or by the hour alone (actors).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wagefit.oews.layouts import HOURS
from wagefit.shared.arguments import FloatArray

Flags = NDArray[np.bool_]


def comparable_wages(
    wages: FloatArray, is_hourly: Flags, hours: FloatArray, market_is_hourly: Flags, market_is_annual_only: Flags
) -> FloatArray:
    """Wages in the unit of the rows that they are compared with.

    Parameters
    ----------
    wages : ndarray, shape (n,)
    is_hourly : ndarray, shape (n,)
        Whether each wage is that of an hour; of a year otherwise.
    hours : ndarray, shape (n,)
        Paid hours of each person's year; NaN where they are not known.
    market_is_hourly, market_is_annual_only : ndarray, shape (n,)
        Whether the row is published by the hour alone, or by the year alone.

    Returns
    -------
    ndarray, shape (n,)
        NaN where the comparison needs paid hours that are not known. Wages of rows that are published by the hour and
        the year are compared as those of a full-time year: an hourly one times 2,080, an annual one times 2,080 over
        the person's hours.

    Examples
    --------
    >>> from wagefit.decisions.paid_hours import comparable_wages
    >>> no, yes = np.array([False]), np.array([True])
    >>> comparable_wages(np.array([26_000.0]), no, np.array([1_040.0]), no, no)
    array([52000.])
    """
    full_year = np.where(np.isnan(hours), HOURS, hours)
    by_year = np.where(is_hourly, HOURS, HOURS / full_year)
    by_year_alone = np.where(is_hourly, hours, 1.0)
    by_hour_alone = np.where(is_hourly, 1.0, 1.0 / hours)
    factors = np.where(market_is_hourly, by_hour_alone, np.where(market_is_annual_only, by_year_alone, by_year))
    compared: FloatArray = wages * factors
    return compared


def missing_hours(market_is_hourly: bool) -> str:
    """Why a wage cannot be compared with a row without the paid hours of its year."""
    if market_is_hourly:
        return "published by the hour alone; expected a wage of an hour, or the paid hours of the year"
    return (
        "published by the year alone, because its year has other paid hours than 2,080; expected a wage of a year, or "
        "the paid hours of the year"
    )
