"""What a change is worth, and a move between places, against sums done by hand."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest

import wagefit as wf
from wagefit import Factor, Level, SalaryModel
from wagefit.factors import Profile


@pytest.fixture(scope="module")
def person() -> Profile:
    """A young technician, May 2018."""
    return SalaryModel.health_information().profile(experience=3, education="associate", credential="none", state="NJ")


def exact_person() -> Profile:
    """One factor whose ratio is known exactly, on a lognormal."""
    anchor = wf.fit(mean=44_010, quantiles={0.90: 63_820}, family="lognormal")
    levels = (Level("none", "No credential", 1.0, 0.0, 0.5), Level("RHIT", "RHIT", 1.1, 0.0, 0.5))
    return SalaryModel(anchor, [Factor("credential", levels, "none")]).profile(credential="none")


def test_a_known_rank_and_ratio_is_an_annuity() -> None:
    """No spread is left: the present value is the gain times the annuity factor, less the cost."""
    person = exact_person()
    wage = float(person.pay.ppf(0.6))
    value = wf.worth(person, credential="RHIT", cost=2_000, years=10, discount=0.04, growth=0.01, wage=wage, n=10)
    gain = person.replace(credential="RHIT").pay.ppf(0.6) - wage
    annuity = sum(1.01**t / 1.04 ** (t + 0.5) for t in range(10))
    # Pay is tabulated at scores 1/16 apart, log-linear in between: 1e-4 of pay, which is a thousandth of the gain.
    assert value.gains == pytest.approx(gain, rel=2e-3)
    assert value.npv == pytest.approx(gain * annuity - 2_000, rel=2e-3)
    assert value.probability_of_loss == 0.0
    first = gain / math.sqrt(1.04)
    assert value.payback == pytest.approx(2_000 / first if first > 2_000 else math.nan, rel=2e-3)
    assert value.break_even == pytest.approx(2_000 / (gain * annuity), rel=2e-3)


def test_a_change_that_costs_more_than_it_brings_is_a_loss() -> None:
    """Never paid back, and breaks even beyond the whole premium."""
    value = wf.worth(exact_person(), credential="RHIT", cost=200_000, years=10, n=100)
    assert value.probability_of_loss == 1.0
    assert np.isinf(value.payback).all()
    assert value.break_even > 1


def test_study_postpones_and_forgoes() -> None:
    """Eighteen months at half pay: the second year counts half, and three quarters of a year's pay are spent."""
    person = exact_person()
    wage = float(person.pay.ppf(0.5))
    value = wf.worth(person, credential="RHIT", months=18, forgone=0.5, years=3, discount=0.0, wage=wage, n=3)
    gain = value.gains[0]
    assert value.spent == pytest.approx(0.75 * wage, rel=2e-4)
    assert value.npv == pytest.approx(1.5 * gain - value.spent[0], rel=1e-12)


def test_leaving_cuts_the_gains() -> None:
    """The mean number of years at work is a geometric sum."""
    person = exact_person()
    wage = float(person.pay.ppf(0.5))
    value = wf.worth(person, credential="RHIT", years=12, discount=0.0, leaving=0.1, wage=wage, n=40_000, rng=3)
    years = value.npv / value.gains
    expected = (1 - 0.9**12) / 0.1
    assert years.mean() == pytest.approx(expected, abs=4 * years.std() / 200)


def test_the_ratios_error_spreads_the_gain(person: Profile) -> None:
    """At a fixed rank the only spread is that of the changed ratio, not of the others."""
    wage = float(person.pay.ppf(0.5))
    value = wf.worth(person, credential="RHIT", wage=wage, n=40_000, rng=1)
    (row,) = (row for row in person.replace(credential="RHIT").explain(person).rows if row.ratio != 1.0)
    assert row.ratio_error is not None
    later = person.replace(credential="RHIT").pay.ppf(0.5)
    # Standard deviation of 40,000 lognormal draws of 2 %: half a percent of sampling error, four of them.
    assert value.gains.std() == pytest.approx(later * row.ratio_error / row.ratio, rel=0.02)
    assert np.median(value.gains) == pytest.approx(later - wage, rel=0.02)


def test_half_the_premium_is_half_the_gain(person: Profile) -> None:
    """And the break-even part does not depend on it."""
    whole, half = (wf.worth(person, credential="RHIT", cost=3_000, causal=c, n=500) for c in (1.0, 0.5))
    np.testing.assert_allclose(half.gains, 0.5 * whole.gains, rtol=1e-12)
    assert half.break_even == pytest.approx(whole.break_even, rel=1e-12)
    assert any("50 % of the premium" in note for note in half.notes)


def test_experience_goes_on(person: Profile) -> None:
    """The gain of a later year is that of more experience."""
    wage = float(person.pay.ppf(0.5))
    value = wf.worth(person, credential="RHIT", years=30, discount=0.0, wage=wage, n=2_000, rng=2)
    gains = [
        person.replace(experience=3 + t, credential="RHIT").pay.ppf(0.5) - person.replace(experience=3 + t).pay.ppf(0.5)
        for t in range(30)
    ]
    # Table of scores, and the mean of 2,000 lognormal errors of 2 % of pay against a gain of 14 %.
    assert value.npv.mean() == pytest.approx(sum(gains), rel=0.02)


def test_tables_texts_and_pictures(person: Profile) -> None:
    """What a reader needs, and what is missing."""
    value = wf.worth(person, state="CA", cost=5_000, n=500)
    assert "No standard error is published for state" in repr(value)
    assert "Association, not cause" in repr(value)
    assert list(value.to_frame("pandas")["percentile"]) == [10, 25, 50, 75, 90]
    assert value.plot().get_xlabel() == "net present value, dollars"
    assert (wf.worth(person, state="CA", n=50, rng=4).npv == wf.worth(person, state="CA", n=50, rng=4).npv).all()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({}, "levels change nothing"),
        ({"credential": "none"}, "levels change nothing"),
        ({"setting": "school"}, "setting is unknown in person"),
        ({"credential": None}, "credential is None; expected a new level"),
        ({"credential": "MD"}, "credential is 'MD'"),
        ({"credential": "RHIT", "cost": -1.0}, "cost is -1"),
        ({"credential": "RHIT", "forgone": 1.5}, r"forgone is 1\.5; expected a number of at least 0 and at most 1"),
        ({"credential": "RHIT", "discount": -1.0}, "discount is -1"),
        ({"credential": "RHIT", "years": 0}, "years is 0"),
        ({"credential": "RHIT", "wage": 0.0}, "wage is 0"),
        ({"credential": "RHIT", "cost": math.nan}, "cost is nan"),
    ],
)
def test_meaningless_changes_are_refused(person: Profile, arguments: dict[str, object], message: str) -> None:
    """Naming the argument and the value."""
    with pytest.raises(wf.FactError, match=message):
        wf.worth(person, **arguments)  # type: ignore[arg-type]


# places --------------------------------------------------------------------------------------------------------------


def test_a_move_in_both_kinds_of_dollars(person: Profile) -> None:
    """The ratio of parities, by hand."""
    comparison = wf.decisions.move(person, "TX", cost=4_000)
    factor = wf.prices.parity("TX") / wf.prices.parity("NJ")
    there = person.replace(state="TX").pay
    assert comparison.place_factor == factor
    assert comparison.nominal_gain == pytest.approx(there.mean() - person.pay.mean())
    assert comparison.real_gain == pytest.approx(there.mean() / factor - person.pay.mean())
    assert comparison.same_living(50_000) == 50_000 * factor
    assert comparison.payback == math.inf
    frame = comparison.to_frame("pandas")
    assert frame["at_origin_prices"][3] == pytest.approx(there.median() / factor)
    assert any("Association" in note for note in comparison.notes)


def test_two_cities() -> None:
    """Fitted to their own rows; moved to other dollars by the CPI-U."""
    here, there = wf.decisions.place_pay("35620"), wf.decisions.place_pay("19100")
    then = wf.decisions.compare_places("35620", "19100", here, there)
    now = wf.decisions.compare_places("35620", "19100", here, there, year=2025, to=(2026, 5))
    assert now.nominal_gain / then.nominal_gain == pytest.approx(wf.prices.time_factor(2025, (2026, 5)))
    back = wf.decisions.compare_places("19100", "35620", there, here, cost=6_000)
    assert back.payback == pytest.approx(6_000 / back.real_gain)
    assert dataclasses.replace(back, cost=0.0).payback == 0.0
    assert "35620 -> 19100" in repr(then)


def test_places_that_do_not_compare_are_refused(person: Profile) -> None:
    """Unknown places, other units, half a date."""
    pay = person.pay
    with pytest.raises(wf.FactError, match="area is 'ZZ'"):
        wf.decisions.compare_places("NJ", "ZZ", pay, pay)
    with pytest.raises(wf.FactError, match="expected one unit"):
        wf.decisions.compare_places("NJ", "TX", pay, pay.to_hourly())
    with pytest.raises(wf.FactError, match="expected both or neither"):
        wf.decisions.compare_places("NJ", "TX", pay, pay, year=2025)
    with pytest.raises(wf.FactError, match="person has no known state"):
        wf.decisions.move(person.replace(state=None), "TX")
    with pytest.raises(wf.FactError, match="area is '00000'"):
        wf.decisions.place_pay("00000")
