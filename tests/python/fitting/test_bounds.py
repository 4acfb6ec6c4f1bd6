"""Bounds: top codes, a lower bound of the mean, and ends of the support."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr, ndtri

import wagefit as wf
from wagefit import _core
from wagefit.facts.facts import read_facts

from ..cells import TECHNICIANS, fitted
from ..fits import assert_facts_are_met, assert_is_a_distribution
from ..oracles import EPS, EXACT
from ..strategies import FactSet, wage_like


def test_top_codes_are_bounds_and_not_figures() -> None:
    """Anesthesiologists: P25 to P90 are `#`, and the mean still identifies the tail."""
    pay = fitted("top code")
    assert pay.mean() == pytest.approx(267_020, rel=EXACT)
    assert pay.ppf(0.1) == pytest.approx(133_080, rel=EXACT)
    assert np.all(pay.ppf([0.25, 0.5, 0.75, 0.9]) >= 208_000)
    assert np.all(np.diff(pay.ppf([0.25, 0.5, 0.75, 0.9])) > 0)
    assert pay.atoms() == []
    assert {p for p, _ in pay.diagnostics.binding} <= {0.25}
    assert all(pay.ppf(p) == pytest.approx(q, rel=EXACT) for p, q in pay.diagnostics.binding)


@pytest.mark.parametrize("year", [2004, 2010, 2014, 2018, 2019])
def test_wages_above_a_top_code_have_one_hump(year: int) -> None:
    """Every row with `#`: beyond its highest figure the density does not fall and rise again.

    Steps of the prior between its knots leave dips of up to 3.3 % (oral surgeons of May 2019).
    """
    rows = [wf.oews.cell(code, year=year) for code in wf.oews.occupations(year)]
    depths = [dip_beyond_figures(row) for row in rows if row.top_coded and row.mean is not None]
    assert len(depths) > 30
    assert max(depths) < 0.04


def dip_beyond_figures(row: wf.oews.Cell) -> float:
    """The share by which the density falls below the lower of the highest ones on its two sides."""
    pay = wf.fit(**row.facts())
    met = [*row.facts()["quantiles"], *(p for p, _ in pay.diagnostics.binding)]
    scores = np.linspace(ndtri(max(met)), 3.2, 300)[2:]  # to one person in 1,500; at the figure itself it may step
    density = pay.pdf(pay.ppf(ndtr(scores)))
    left, right = np.maximum.accumulate(density), np.maximum.accumulate(density[::-1])[::-1]
    return float((1 - density / np.minimum(left, right)).max())


def test_bound_that_holds_anyway_changes_nothing() -> None:
    free = wf.fit(**TECHNICIANS)
    bounded = wf.fit(**TECHNICIANS, at_least={0.95: 66_300, 0.3: 30_000})
    np.testing.assert_array_equal(bounded.ppf(np.linspace(0, 1, 101)), free.ppf(np.linspace(0, 1, 101)))
    assert bounded.diagnostics.binding == ()


def test_bound_that_binds_is_met_with_equality_and_named() -> None:
    free = float(wf.fit(**TECHNICIANS).ppf(0.95))
    bound = free * 1.1
    pay = wf.fit(**TECHNICIANS, at_least={0.95: bound})
    assert pay.ppf(0.95) == pytest.approx(bound, rel=EXACT)
    assert pay.diagnostics.binding == ((0.95, bound),)
    assert "p = 0.95 binds" in pay.diagnostics.notes[0]
    assert_facts_are_met(pay, {})


def test_mean_above_the_top_code_is_a_bound() -> None:
    """An industry file's row whose mean is itself `#`."""
    pay = wf.fit(quantiles={0.1: 150_000}, at_least={0.25: 208_000, "mean": 208_000})
    assert pay.ppf(0.1) == pytest.approx(150_000, rel=EXACT)
    assert pay.ppf(0.25) >= 208_000 * (1 - EXACT)
    assert pay.mean() >= 208_000 * (1 - EXACT)
    assert pay.diagnostics.status == "exact_without_mean"


def test_bound_of_the_mean_binds_where_the_curve_would_fall_below() -> None:
    quantiles = {0.1: 26_550, 0.9: 66_260}
    free = wf.fit(quantiles=quantiles).mean()
    slack = wf.fit(quantiles=quantiles, at_least={"mean": 0.9 * free})
    assert slack.mean() == free
    assert slack.diagnostics.notes == ()
    bound = wf.fit(quantiles=quantiles, at_least={"mean": 1.1 * free})
    assert bound.mean() == pytest.approx(1.1 * free, rel=EXACT)
    assert "mean's lower bound binds" in bound.diagnostics.notes[0]
    assert bound.ppf([0.1, 0.9]) == pytest.approx([26_550, 66_260], rel=EXACT)


LONE_QUANTILE: dict[str, dict[Any, float]] = {
    "later and lower": {0.75: 50.0},
    "earlier and lower": {0.25: 50.0},
    "later and higher": {0.75: 300.0},
    "later and equal": {0.75: 100.0},
    "mean below its least": {"mean": 20.0},
    "mean": {"mean": 150.0},
    "mean and quantile": {"mean": 60.0, 0.9: 101.0},
}


@pytest.mark.parametrize("at_least", LONE_QUANTILE.values(), ids=LONE_QUANTILE)
def test_lone_quantile_with_bounds_has_the_typical_spread(
    at_least: dict[Any, float], request: pytest.FixtureRequest
) -> None:
    """A bound is met where it says something; where it says nothing it must not shape the curve."""
    pay = wf.fit(quantiles={0.5: 100.0}, at_least=at_least)
    assert pay.ppf(0.5) == pytest.approx(100.0, rel=EXACT)
    assert_facts_are_met(pay, {})
    assert_is_a_distribution(pay, [0.25, 0.5, 0.75, 0.9])
    if "higher" not in request.node.callspec.id:
        assert 1.1 < pay.quantile_ratio(0.9, 0.5) < 4


@pytest.mark.parametrize(
    "ends", [{"lower": 15_080}, {"upper": 90_000}, {"lower": 26_549.99, "upper": 66_260.01}, {"lower": 26_550}]
)
def test_no_wage_lies_outside_the_support(ends: dict[str, float]) -> None:
    pay = wf.fit(**TECHNICIANS, **ends)
    lower, upper = ends.get("lower", 0.0), ends.get("upper", np.inf)
    assert pay.support() == (lower, upper)
    assert_facts_are_met(pay, ends)
    draws = pay.rvs(20_000, rng=1)
    assert lower <= draws.min() <= draws.max() <= upper
    assert pay.cdf(np.nextafter(lower, -1)) == 0
    assert pay.cdf(upper) == 1
    assert pay.sf(upper) == 0


@pytest.mark.parametrize("upper", [1e6, 1e9, 1e12, 1e15])
def test_distant_bound_costs_no_digits(upper: float) -> None:
    """Wages far below the upper end of the support are not measured from there."""
    pay, most_distant = wf.fit(**TECHNICIANS, upper=upper), wf.fit(**TECHNICIANS, upper=1e18)
    assert_facts_are_met(pay, {"upper": upper})
    p = np.linspace(0.9, 0.99, 10)
    assert abs(pay.cdf(pay.ppf(p)) - p).max() <= 8 * EPS
    # The tails U - (U - x) exp(-d) of two bounds differ by the fraction d = (wage - P90) / U of the rise above P90.
    assert pay.ppf(p) == pytest.approx(most_distant.ppf(p), rel=2e5 / upper + EXACT)


@given(wage_like(), st.floats(0.02, 0.98), st.floats(-0.2, 0.2))
def test_bounds_only_raise_wages_where_they_bind(facts: FactSet, p: float, shift: float) -> None:
    """A bound below the curve leaves it alone; one above is met with equality, and the facts stay met."""
    if any(abs(p - known) < 1e-3 for known in facts.p):
        return
    free = wf.fit(**facts.arguments())
    after = [q for known, q in zip(facts.p, facts.q, strict=True) if known > p]
    bound = min([float(free.ppf(p)) * math.exp(shift), *after])
    low, _ = _core.check_feasibility(read_facts(**facts.arguments(), at_least={p: bound}).core).mean_interval
    if not low * (1 + 1e-6) < facts.mean:
        return
    pay = wf.fit(**facts.arguments(), at_least={p: bound})
    assert pay.mean() == pytest.approx(facts.mean, rel=EXACT)
    assert pay.ppf(facts.p) == pytest.approx(facts.q, rel=EXACT)
    if bound <= free.ppf(p):
        np.testing.assert_array_equal(pay.ppf(facts.p), free.ppf(facts.p))
        assert pay.diagnostics.binding == ()
    else:
        assert pay.ppf(p) == pytest.approx(bound, rel=EXACT)
        assert pay.diagnostics.binding == ((p, bound),)
