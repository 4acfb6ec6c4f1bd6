"""Shares of knots that have names of their own."""

from __future__ import annotations

import pytest

import wagefit as wf
from wagefit import Factor, Level, SalaryModel

KNOTS = {"entry": (0.0, 1.0, 0.3), "settled": (5.0, 1.2, 0.4), "veteran": (12_500.0, 1.4, 0.3)}


def tenure(shares: dict[str, float]) -> Factor:
    levels = [Level(name, f"{at:g} days", ratio, 0.0, shares[name], at) for name, (at, ratio, _) in KNOTS.items()]
    return Factor("tenure", tuple(levels), "entry", "days")


def model(shares: dict[str, float]) -> SalaryModel:
    return SalaryModel(wf.fit(mean=44_010, quantiles={0.1: 26_550, 0.5: 40_350, 0.9: 66_260}), [tenure(shares)])


@pytest.mark.parametrize("name", KNOTS)
def test_the_share_of_a_knot_is_that_of_a_rebuilt_model(name: str) -> None:
    """The knot is called by its name, its label or its amount; other knots keep their proportions."""
    shares = {knot: share for knot, (_, _, share) in KNOTS.items()}
    base = model(shares)
    person = base.profile(tenure="veteran")
    at = KNOTS[name][0]
    (row,) = base.sensitivity(person, "tenure", name.upper())
    for called in (f"{at:g} days", at, int(at)):
        assert base.sensitivity(person, "tenure", called) == (row,)
    for share, change in ((row.low_share, row.low_change), (row.high_share, row.high_change)):
        rest = (1 - share) / (1 - shares[name])
        moved = model({knot: share if knot == name else rest * old for knot, old in shares.items()})
        expected = moved.profile(tenure=12_500).pay.mean() - person.pay.mean()
        # Both calibrations meet the means to 1e-12 on logs, of 50,000 dollars.
        assert change == pytest.approx(expected, abs=1e-5)
    assert [each.level for each in base.sensitivity(person, "tenure")] == list(KNOTS)


def test_unknown_knots_are_answered_with_the_known_ones() -> None:
    base = model({knot: share for knot, (_, _, share) in KNOTS.items()})
    person = base.profile(tenure=5)
    for wrong in ("senior", 3, "5"):
        with pytest.raises(wf.FactError, match=f"tenure is {wrong!r}; expected one of 'entry', 'settled', 'veteran'"):
            base.sensitivity(person, "tenure", wrong)
    with pytest.raises(wf.FactError, match="tenure is 'senior'; expected a number of days, or one of 'entry'"):
        base.profile(tenure="senior")


def test_knots_are_chosen_by_name() -> None:
    base = model({knot: share for knot, (_, _, share) in KNOTS.items()})
    assert dict(base.profile(tenure="Settled").levels) == {"tenure": 5.0}
    assert base.profile(tenure="settled").pay == base.profile(tenure=5).pay
