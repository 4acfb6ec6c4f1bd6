"""Where many wages stand in one published row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wagefit.decisions.market import TIED, known_range, top_code
from wagefit.distributions.distribution import Distribution
from wagefit.shared.arguments import FloatArray


class Places(NamedTuple):
    """Where the wages that are compared with one row stand, each an array of shape (n,), all in [0, 1].

    Attributes
    ----------
    percentile, below : ndarray
        Parts of the people who earn at most, and less than, each wage.
    low, high : ndarray
        Interval of `percentile`.
    is_top_coded : ndarray
        Whether the wage is above the row's top code; then the interval is what the published figures leave.
    """

    percentile: FloatArray
    below: FloatArray
    low: FloatArray
    high: FloatArray
    is_top_coded: NDArray[np.bool_]


def places_of(pay: Distribution, facts: Mapping[str, Any], wages: FloatArray, level: float, draws: int) -> Places:
    """Where wages stand in a distribution that was fitted to `facts`; see `Places`."""
    percentile, below = pay.cdf(wages), pay.cdf(np.nextafter(wages, 0.0))
    low, high = _interval(pay, wages, level, draws)
    low, high = np.fmin(low, percentile), np.fmax(high, percentile)
    is_tied = percentile - below > TIED
    low, high = np.where(is_tied, below, low), np.where(is_tied, percentile, high)
    is_top_coded = wages >= top_code(facts)
    at_least, at_most = known_range(facts, wages)
    return Places(
        percentile=np.where(is_top_coded, np.nan, percentile),
        below=below,
        low=np.where(is_top_coded, at_least, low),
        high=np.where(is_top_coded, at_most, high),
        is_top_coded=is_top_coded,
    )


def _interval(pay: Distribution, wages: FloatArray, level: float, draws: int) -> tuple[FloatArray, FloatArray]:
    """Ends of the interval of `pay.cdf` at wages, each of shape (n,); NaN without draws."""
    if not draws:
        return np.full(len(wages), np.nan), np.full(len(wages), np.nan)
    distinct, number = np.unique(wages, return_inverse=True)
    low, high = pay.credible("cdf", distinct, level=level, draws=draws)
    return low[number], high[number]
