"""Percentiles hidden from the states' rows of May 2025, which print no mean: intervals hold them, and end at wages."""

from __future__ import annotations

from functools import cache

import numpy as np
from scipy.special import ndtri

import wagefit as wf
from wagefit.oews import all_occupations

ROWS = 300


@cache
def nation(occupation: str) -> wf.Distribution:
    return wf.fit(wf.oews.cell(occupation, year=2025))


def state_rows() -> list[wf.oews.Cell]:
    """Rows with five percentiles by the year, drawn at random."""
    numbers = np.random.default_rng(5).permutation(all_occupations.rows_where(year=2025, area_type="state"))
    rows = (all_occupations.cell(int(i)) for i in numbers[: 2 * ROWS])
    return [row for row in rows if len(row.quantiles) == 5 and not row.hourly_only][:ROWS]


def test_intervals_hold_a_hidden_p90() -> None:
    """Nominal 90 %; three standard errors of a share of 300 rows are 5 %.

    Log wages rise by at most 3 a normal score above P75, as in one published row in 20,000: 6.2 times from P75 to P90.
    """
    held, ends = [], []
    for row in state_rows():
        quantiles = dict(row.quantiles)
        hidden = quantiles.pop(0.9)
        pay = wf.fit(quantiles=quantiles, employment=row.employment, like=nation(row.occupation))
        low, high = pay.credible("ppf", 0.9, draws=60)
        held.append(low <= hidden <= high)
        ends.append(high / quantiles[0.75])
    assert len(held) > 250
    assert 0.85 <= np.mean(held) <= 0.95
    assert max(ends) <= np.exp(3 * (ndtri(0.9) - ndtri(0.75)))


def test_means_are_open_by_a_part_of_themselves() -> None:
    """The best-paid tenth takes a quarter of all pay or less; twice as much for them raises the mean by that part."""
    for row in state_rows()[:60]:
        pay = wf.fit(row, like=nation(row.occupation))
        low, high = pay.credible("mean", draws=60)
        share = pay.top_share(0.1)
        assert 1 - share < low / pay.mean() <= high / pay.mean() < 1 + share
