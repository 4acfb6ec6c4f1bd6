"""Where wages stand, which profiles are near a target, and intervals that carry the ratios' errors."""

from __future__ import annotations

import math

import numpy as np
import pytest

import wagefit as wf
from wagefit import Factor, Level, SalaryModel
from wagefit.factors import Profile


@pytest.fixture(scope="module")
def person(model: SalaryModel) -> Profile:
    """A young technician."""
    return model.profile(experience=3, education="associate", credential="none", state="NJ")


def test_a_wage_stands_at_its_cdf(model: SalaryModel, person: Profile) -> None:
    """Among people alike, and in the occupation."""
    rank = model.rank(person, 45_000)
    assert rank.person == person.pay.cdf(45_000)
    assert rank.occupation == model.anchor.cdf(45_000)
    assert np.isnan(rank.person_interval).all()
    assert "percentile of people like this (interval unknown)" in str(rank)
    assert rank.notes == ("No standard error is published for state (New Jersey), so that the interval is unknown.",)


def test_a_rank_has_an_interval_where_the_errors_are_known(model: SalaryModel, person: Profile) -> None:
    """Of all levels, or assumed to be."""
    for known in (person.replace(state=None), model.with_assumed_errors(0.02).profile(**person.levels)):
        rank = known.model.rank(known, 45_000)
        low, high = rank.person_interval
        assert low < rank.person < high
        assert f"(90 %: {100 * low:.0f} to {100 * high:.0f})" in str(rank)
        assert rank.notes == ()


def test_intervals_carry_the_ratios_errors() -> None:
    """With an anchor known exactly, log pay's interval is the ratio's normal one."""
    anchor = wf.fit(mean=44_010, quantiles={0.90: 63_820}, family="lognormal")
    factor = Factor("credential", (Level("none", "", 1.0, 0.0, 0.5), Level("RHIT", "", 1.2, 0.06, 0.5)), "none")
    person = SalaryModel(anchor, [factor]).profile(credential="RHIT")
    assert anchor.posterior is None
    # Relative to the workforce, whose mean moves with the ratio: half of the payroll is theirs times 1.2 / 2.2.
    sd = 0.06 / 1.2 * (1 - 1.2 / 2.2)
    assert person.log_error == pytest.approx(sd, rel=1e-12)
    low, high = person.pay.credible("mean", level=0.9, draws=4_000)
    # A quantile of 4,000 draws errs by 2.8 % of a standard deviation; four of them each side.
    assert math.log(high / low) == pytest.approx(2 * 1.6449 * sd, rel=0.1)
    assert low < person.pay.mean() < high


def test_intervals_carry_the_anchors_uncertainty(model: SalaryModel) -> None:
    """Nobody's levels known: the person is the anchor, and so is the interval."""
    everyone = model.profile()
    assert everyone.log_error == 0.0
    theirs, whole = (np.array(pay.credible("ppf", 0.99, draws=400)) for pay in (everyone.pay, model.anchor))
    np.testing.assert_allclose(theirs, whole, rtol=1e-6)  # the same draws, by way of ranks
    # 2,000 draws: the profile's own error widens an interval of 1.3 % by 2 %.
    ends = (each.pay.credible("mean", draws=2_000) for each in (everyone, model.profile(experience=8)))
    narrow, wide = (np.diff(np.log(interval)) for interval in ends)
    assert narrow < wide


def test_the_nearest_profiles_are_the_nearest(model: SalaryModel, person: Profile) -> None:
    """Against every single change computed exactly."""
    found = model.nearest(person, 50_000, 3, changes=1)
    every = {}
    for factor in model.factors:
        for level in factor.levels:
            if level.at is None or level.at > 3:
                changed = person.replace(**{factor.name: level.name if level.at is None else level.at})
                every[factor.name, level.name] = abs(float(changed.pay.median()) - 50_000)
    assert abs(found[0].difference) == pytest.approx(min(every.values()), abs=1e-6)  # dollars; computed twice
    assert [abs(each.difference) for each in found] == sorted(abs(each.difference) for each in found)
    assert all(len(each.changes) <= 1 for each in found)


def test_two_changes_come_nearer_than_one(model: SalaryModel, person: Profile) -> None:
    """And only where they may."""
    single = model.nearest(person, 58_000, 1, factors=("credential", "education"), changes=1)[0]
    double = model.nearest(person, 58_000, 1, factors=("credential", "education"))[0]
    assert abs(double.difference) <= abs(single.difference)
    assert set(double.changes) <= {"credential", "education"}
    assert double.profile.levels["state"] == "NJ"
    assert "median" in str(double)


def test_the_own_median_needs_no_change(model: SalaryModel, person: Profile) -> None:
    """The nearest profile is the person."""
    near = model.nearest(person, float(person.pay.median()), 1)[0]
    assert near.changes == {}
    assert str(near).startswith("no change")


def test_meaningless_wages_are_refused(model: SalaryModel, person: Profile) -> None:
    """Naming the argument."""
    with pytest.raises(wf.FactError, match="wage is -3"):
        model.rank(person, -3)
    with pytest.raises(wf.FactError, match="level is 1"):
        model.rank(person, 40_000, level=1.0)
    with pytest.raises(wf.FactError, match="wage is inf"):
        model.nearest(person, math.inf)
    with pytest.raises(wf.FactError, match="factor is 'height'"):
        model.nearest(person, 40_000, factors=("height",))
