"""Ratios that differ along the distribution."""

from __future__ import annotations

import pytest

import wagefit as wf
from wagefit import oews


def test_percentile_ratios_carry_one_row_into_another() -> None:
    """The nation's curve times New Jersey's ratios has New Jersey's percentiles."""
    nation = oews.national("29-2072", 2025)
    (jersey,) = oews.cells(occupation="29-2072", year=2025, area="NJ")
    ratios = wf.factors.percentile_ratios(jersey, nation)
    assert ratios[0.9] > ratios[0.1]  # no factor of scale
    pay = wf.factors.scale_percentiles(wf.fit(**nation.facts()), ratios)
    for p, wage in jersey.quantiles.items():
        assert pay.ppf(p) == pytest.approx(wage, rel=1e-9)  # fits meet their facts to 1e-10
    hourly = wf.factors.scale_percentiles(wf.fit(**nation.facts()).to_hourly(), ratios)
    assert hourly.unit == "USD/hour"
    with pytest.raises(wf.FactError, match=r"ratios\[0\.9\] is -1"):
        wf.factors.scale_percentiles(pay, {0.1: 1.0, 0.9: -1.0})
    with pytest.raises(wf.FactError):
        wf.factors.scale_percentiles(pay, {0.1: 5.0, 0.9: 0.2})  # percentiles that fall
