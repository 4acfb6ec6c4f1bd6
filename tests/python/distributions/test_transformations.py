"""Scaled, truncated, and in another unit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import wagefit as wf

from ..cells import fitted
from ..every_distribution import EVERY, QUADRATURE, SAME, P, atom_wages, get
from ..oracles import expectation


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("k", [1 / 2080, 1.03, 1e6])
def test_scale_is_the_distribution_of_a_multiple(name: str, k: float) -> None:
    pay = get(name)
    scaled = pay.scale(k)
    assert scaled.ppf(P) == pytest.approx(k * pay.ppf(P), rel=SAME)
    x = pay.ppf(np.linspace(0.01, 0.99, 50))
    x = x[~np.isin(x, atom_wages(pay))]
    assert scaled.cdf(k * x) == pytest.approx(pay.cdf(x), rel=1e-12)
    assert scaled.pdf(k * x) == pytest.approx(pay.pdf(x) / k, rel=1e-11)  # one-sided slopes at knots: see below
    assert scaled.mean() == pytest.approx(k * pay.mean(), rel=SAME)
    assert scaled.std() == pytest.approx(k * pay.std(), rel=SAME)
    assert [mass for _, mass in scaled.atoms()] == [mass for _, mass in pay.atoms()]
    assert scaled.unit == pay.unit


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize(("p0", "p1"), [(0.05, 0.95), (0.3, 1.0), (0.0, 0.6), (0.8, 0.999)])
def test_truncation_is_the_conditional_distribution(name: str, p0: float, p1: float) -> None:
    pay = get(name)
    low, high = (float(pay.ppf(p)) for p in (p0, p1))
    if low == high:
        return
    cut = pay.truncate(low, high)
    below, mass = float(pay.cdf(np.nextafter(low, -1))), 0.0
    mass = float(pay.cdf(high)) - below
    x = np.linspace(low, min(high, 3 * pay.ppf(0.9)), 41)
    assert cut.support() == (low, high)
    assert cut.cdf(x) == pytest.approx(
        (pay.cdf(x) - below) / mass, abs=1e-9
    )  # an ulp of x at the jump or in a steep part
    assert cut.pdf(x) == pytest.approx(pay.pdf(x) / mass, rel=1e-8)
    assert cut.mean() == pytest.approx(expectation(cut, lambda v: v), rel=QUADRATURE)
    assert cut.ppf([0, 1]) == pytest.approx([low, high], rel=SAME)
    p = np.linspace(0.01, 0.99, 50)
    inner = cut.ppf(p)
    off = ~np.isin(inner, atom_wages(pay))
    assert cut.cdf(inner)[off] == pytest.approx(p[off], abs=1e-12)
    kept = [(wage, share / mass) for wage, share in pay.atoms() if low <= wage <= high]
    assert cut.atoms() == [(wage, pytest.approx(share, rel=1e-8)) for wage, share in kept]


def test_truncation_without_ends_changes_nothing() -> None:
    pay = fitted("technicians")
    assert pay.truncate().ppf(P) == pytest.approx(pay.ppf(P), rel=SAME)


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        ((60_000, 30_000), ("lower is 60,000", "upper is 30,000", "expected lower below upper")),
        ((30_000, 30_000), ("lower is 30,000", "expected lower below upper")),
        ((np.nan, None), ("lower is nan",)),
        ((-5, -2), ("no probability lies between",)),
        (("low", None), ("lower is 'low'", "expected one number")),
        ((None, True), ("upper is True", "expected one number")),
    ],
)
def test_impossible_truncations_are_refused(ends: tuple[Any, Any], words: tuple[str, ...]) -> None:
    with pytest.raises(wf.FactError) as caught:
        fitted("technicians").truncate(*ends)
    assert [word for word in words if word not in str(caught.value)] == []


def test_truncation_outside_a_bounded_support_is_refused() -> None:
    with pytest.raises(wf.FactError, match="no probability lies between"):
        fitted("bounded").truncate(300_000, 400_000)


@pytest.mark.parametrize("name", EVERY)
def test_hourly_and_back(name: str) -> None:
    pay = get(name)
    hourly = pay.to_hourly(hours=2080)
    assert (pay.unit, hourly.unit, hourly.to_annual().unit) == ("USD/year", "USD/hour", "USD/year")
    assert hourly.ppf(P) == pytest.approx(pay.ppf(P) / 2080, rel=SAME)
    assert hourly.to_annual(2080).ppf(P) == pytest.approx(pay.ppf(P), rel=SAME)
    assert pay.to_hourly(1820).mean() == pytest.approx(pay.mean() / 1820, rel=SAME)


@pytest.mark.parametrize("hours", [0, -2080, np.nan, np.inf, "2080", True])
def test_hours_must_be_positive(hours: Any) -> None:
    with pytest.raises(wf.FactError, match="hours is"):
        fitted("technicians").to_hourly(hours)
    with pytest.raises(wf.FactError, match="hours is"):
        fitted("technicians").to_hourly().to_annual(hours)


def test_units_do_not_mix() -> None:
    pay = fitted("technicians")
    with pytest.raises(wf.FactError, match=r"'USD/hour'.*expected one by the year"):
        pay.to_hourly().to_hourly()
    with pytest.raises(wf.FactError, match=r"'USD/year'.*expected one by the hour"):
        pay.to_annual()
    with pytest.raises(wf.FactError, match="USD/hour, USD/year"):
        wf.mixture([pay, pay.to_hourly()])


@pytest.mark.parametrize("k", [0, -1, np.nan, np.inf, "2", None, True, [1.0, 2.0]])
def test_scale_must_be_positive(k: Any) -> None:
    with pytest.raises(wf.FactError, match="k is"):
        fitted("technicians").scale(k)
