"""Simulated careers against Markov chains, waiting times and sums; and the embedded career's sources."""

from __future__ import annotations

import dataclasses
import math
import pickle

import numpy as np
import pytest
from scipy import stats

import wagefit as wf
from wagefit import Career
from wagefit.careers import CareerMove, CareerRole

N = 100_000
CLERK = wf.fit(mean=45_000, quantiles={0.10: 30_000, 0.50: 42_000, 0.90: 64_000})
CHIEF = wf.fit(mean=100_000, quantiles={0.10: 60_000, 0.50: 92_000, 0.90: 150_000})


def career(**changes: object) -> Career:
    """Clerk, chief, gone."""
    fields = {
        "roles": (CareerRole("clerk", (CLERK, CLERK.scale(1.02))), CareerRole("chief", (CHIEF,)), CareerRole("gone")),
        "moves": (
            CareerMove("clerk", "chief", 0.05),
            CareerMove("clerk", "gone", 0.1),
            CareerMove("chief", "gone", 0.2),
        ),
        "start": "clerk",
    }
    return Career(**(fields | changes))  # type: ignore[arg-type]


def four_errors(share: float | np.ndarray) -> float | np.ndarray:
    """Four standard errors of a share of N people."""
    return 4 * np.sqrt(share * (1 - share) / N) + 1e-12


def test_roles_follow_the_powers_of_the_transition_matrix() -> None:
    """Whatever pay does."""
    outcome = career().simulate(12, N, rng=1)
    step = np.array([[0.85, 0.05, 0.1], [0, 0.8, 0.2], [0, 0, 1]])
    for year in range(12):
        expected = np.linalg.matrix_power(step, year)[0]
        assert (np.abs(outcome.role_shares[year] - expected) <= four_errors(expected)).all()


def test_time_to_a_role_is_geometric() -> None:
    """With competing moves: P(T = t) = 0.05 0.85^(t - 1), reached by a third."""
    when = career().simulate(60, N, rng=2).time_to("chief")
    assert abs(when.reached - 0.05 / 0.15 * (1 - 0.85**59)) < four_errors(1 / 3)
    expected = 0.05 * 0.85 ** np.arange(59)
    assert (np.abs(np.diff(when.by_year) - expected) <= four_errors(expected)).all()
    law = stats.geom(0.15)
    assert when.median == law.median()
    assert when.mean == pytest.approx(law.mean(), abs=4 * law.std() / math.sqrt(N / 3))


def test_pay_in_a_role_is_the_roles_distribution() -> None:
    """First year, second year (one year of experience), and half a century on."""
    stay = career(moves=(), growth=0.01)
    outcome = stay.simulate(50, N, rng=3)
    p = np.array([0.1, 0.25, 0.5, 0.75, 0.9])
    for year, scale in ((0, 1.0), (1, 1.02 * 1.01), (49, 1.02 * 1.01**49)):
        wages = CLERK.ppf(p) * scale
        # Four standard errors of sample quantiles, the bins (0.2 % wide) and the grid of scores (0.01 %).
        error = 4 * np.sqrt(p * (1 - p) / N) / (CLERK.pdf(CLERK.ppf(p)) / scale)
        assert (np.abs(outcome.percentiles(p)[year] - wages) < error + 2e-3 * wages).all()
        assert outcome.mean[year] == pytest.approx(45_000 * scale, abs=4 * CLERK.std() * scale / math.sqrt(N) + 5)


def test_a_known_rank_that_never_moves_is_arithmetic() -> None:
    """Lifetime pay is a geometric sum, discounted too."""
    still = career(moves=(), rank=0.7, persistence=1.0, growth=0.01)
    outcome = still.simulate(20, 5, discount=0.03)
    wage = CLERK.ppf(0.7)
    pay = wage * np.where(np.arange(20) > 0, 1.02, 1.0) * 1.01 ** np.arange(20)
    # Log pay is linear between scores that are 1/16 apart.
    np.testing.assert_allclose(outcome.lifetime, pay.sum(), rtol=1e-4)
    np.testing.assert_allclose(outcome.discounted, (pay / 1.03 ** np.arange(20)).sum(), rtol=1e-4)


def test_the_same_seed_gives_the_same_people() -> None:
    """With any number of threads, years and people after them; other seeds give others."""
    one = career().simulate(15, 4_000, rng=9, n_threads=1)
    many = career().simulate(15, 4_000, rng=9, n_threads=7)
    np.testing.assert_array_equal(one.lifetime, many.lifetime)
    np.testing.assert_array_equal(one.percentiles(), many.percentiles())
    np.testing.assert_array_equal(one.mean, many.mean)
    np.testing.assert_array_equal(career().simulate(15, 50, rng=9).lifetime, one.lifetime[:50])
    assert (career().simulate(15, 50, rng=10).lifetime != one.lifetime[:50]).any()
    roles, pay = one.paths(30)
    np.testing.assert_allclose(pay.sum(axis=1), one.lifetime[:30], rtol=1e-13)  # a sum of fifteen
    assert set(roles[:, 0]) == {"clerk"}
    assert ((pay == 0) == (roles == "gone")).all()


def test_everything_assumed_is_named() -> None:
    """A source takes a line off the list."""
    assumed = "\n".join(career().assumptions)
    assert "clerk to chief: 5 % a year (assumption)" in assumed
    assert "correlation 0.9" in assumed
    assert "real pay grows by +0.0 %" in assumed
    sourced = career(
        moves=(CareerMove("clerk", "chief", 0.05, 3, source="a survey"),), growth_source="x", persistence_source="y"
    )
    assert sourced.assumptions == ()
    assert "clerk to chief: 5 % a year after 3 years (a survey)" in repr(sourced)
    assert "Assumed:" in repr(career().simulate(5, 100))


def test_sensitivity_is_a_simulation_of_the_changed_career() -> None:
    """The rows are those of careers simulated by hand with another chance, for the same people."""
    rows = career().sensitivity(10, 2_000, rng=4, discount=0.0)
    row = next(each for each in rows if each.what.startswith("clerk to chief"))
    assert (row.low, row.high, row.is_assumption) == (0.025, pytest.approx(0.075), True)
    base = career().simulate(10, 2_000, rng=4, discount=0.0)
    high = career().with_chance("clerk", "chief", 0.05 * 1.5).simulate(10, 2_000, rng=4, discount=0.0)
    change = high.lifetime - base.lifetime
    assert row.high_change == pytest.approx(change.mean(), rel=1e-12)
    assert row.high_error == pytest.approx(change.std() / math.sqrt(2_000), rel=1e-12)
    assert row.low_change < 0 < row.high_change
    assert row.high_reached == pytest.approx(high.time_to("chief").reached - base.time_to("chief").reached)
    assert len(rows) == 3 + 2


def test_tables_and_pictures() -> None:
    """One row a year; two axes."""
    outcome = career().simulate(8, 1_000)
    frame = outcome.to_frame("pandas")
    assert list(frame.columns) == [
        "year",
        "p10",
        "p25",
        "p50",
        "p75",
        "p90",
        "mean",
        "at_work",
        "clerk",
        "chief",
        "gone",
    ]
    np.testing.assert_allclose(frame["at_work"], frame["clerk"] + frame["chief"])
    pay_axes, role_axes = outcome.plot()
    assert [text.get_text() for text in role_axes.texts] == ["clerk", "chief", "gone"]
    assert len(pay_axes.get_lines()) == 2
    assert outcome.lifetime_percentiles([0.5])[0] == np.quantile(outcome.discounted, 0.5)


def test_nobody_at_work_is_no_number() -> None:
    """Pay of nobody is NaN, lifetime pay of nothing is 0."""
    outcome = career(start="gone").simulate(3, 10)
    assert np.isnan(outcome.percentiles()).all()
    assert np.isnan(outcome.mean).all()
    assert (outcome.lifetime == 0).all()
    assert math.isnan(outcome.time_to("chief").median)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"start": "queen"}, "start is 'queen'; expected one of 'clerk'"),
        ({"moves": (CareerMove("clerk", "queen", 0.1),)}, "destination is 'queen'"),
        ({"moves": (CareerMove("clerk", "chief", 1.1),)}, r"the chance of clerk to chief is 1\.1"),
        ({"moves": (CareerMove("clerk", "chief", 0.7), CareerMove("clerk", "gone", 0.4))}, "leaving clerk sum to 1.1"),
        ({"moves": (CareerMove("clerk", "chief", 0.1, -1),)}, "after is -1"),
        ({"rank": 1.0}, "rank is 1; expected a number inside"),
        ({"persistence": 1.5}, r"persistence is 1\.5"),
        ({"growth": -1.0}, "growth is -1"),
        ({"experience": -3}, "experience is -3"),
        ({"roles": (CareerRole("clerk", (CLERK,)), CareerRole("clerk"))}, "expected distinct names"),
    ],
)
def test_meaningless_careers_are_refused(changes: dict[str, object], message: str) -> None:
    """When they are made."""
    with pytest.raises(wf.FactError, match=message):
        career(**changes)


def test_meaningless_simulations_are_refused() -> None:
    """Naming the argument."""
    with pytest.raises(wf.FactError, match="n is 0"):
        career().simulate(5, 0)
    with pytest.raises(wf.FactError, match="years is 121; expected 1 to 120"):
        career().simulate(121, 5)
    with pytest.raises(wf.FactError, match="discount is -1"):
        career().simulate(5, 5, discount=-1)
    with pytest.raises(wf.FactError, match="role is 'queen'"):
        career().simulate(5, 5).time_to("queen")
    with pytest.raises(wf.FactError, match="p is 2"):
        career().simulate(5, 5).percentiles(2)
    with pytest.raises(wf.FactError, match="change is 0"):
        career().sensitivity(5, 5, change=0)
    with pytest.raises(wf.FactError, match="the move clerk to queen is unknown"):
        career().with_chance("clerk", "queen", 0.1)


# health information ---------------------------------------------------------------------------------------------------


def test_the_embedded_career_says_what_it_rests_on() -> None:
    """Every chance is an assumption and named; the director's pay is the upper part of 11-9111."""
    health = Career.health_information(state="NJ")
    assert all(not move.source for move in health.moves)
    text = "\n".join(health.assumptions)
    assert text.count("(assumption)") == len(health.moves) + 1
    assert "part of 11-9111 above its 75th percentile" in text
    assert "NJ: the mean of each role's own row of May 2025" in text
    assert "29-2071" in health.growth_source
    # Mean of 29-2071: May 2018 $44,010, 1999 in the embedded table; twelve tenths of a percent a year.
    first = wf.oews.national("29-2071", 1999).mean
    assert first is not None
    assert (1 + health.growth) ** 19 == pytest.approx(44_010 / wf.prices.adjust(first, 1999, 2018), rel=1e-12)


def test_the_embedded_careers_pay_is_that_of_the_models() -> None:
    """A coder of eight years, and a director at the median of the managers' upper quarter."""
    health = Career.health_information(start="coder", credential="CPC", rank=0.5)
    model = wf.SalaryModel.health_information(2025)
    coder = next(role for role in health.roles if role.name == "coder")
    assert coder.pay[8].median() == model.profile(experience=8, credential="CPC").pay.median()
    assert health.simulate(1, 1).lifetime[0] == pytest.approx(coder.pay[0].median(), rel=1e-9)
    director = next(role for role in health.roles if role.name == "director")
    managers = wf.fit(**wf.oews.national("11-9111", 2025).facts())
    assert director.pay[0].median() == pytest.approx(managers.ppf(0.875), rel=1e-9)


def test_every_role_has_the_place_of_its_own_published_row() -> None:
    """New Jersey, May 2025: specialists below the nation, managers above it; Alabama has no row of registrars."""
    roles = {role.name: role for role in Career.health_information(state="NJ").roles}
    for name, occupation in {"cancer registrar": "29-9021", "health information manager": "11-9111"}.items():
        model = wf.SalaryModel.health_information(2025, occupation)
        used = [factor for factor in model.factors if factor.name in ("experience", "state")]
        there = wf.SalaryModel(model.anchor, used).profile(state="NJ", experience=8)
        assert roles[name].pay[8].mean() == pytest.approx(there.pay.mean(), rel=1e-12)
    borrowed = {role.name: role for role in Career.health_information(state="Alabama").roles}
    assert "no row of Alabama is published, hence specialists' ratio" in borrowed["cancer registrar"].note
    assert "no row" not in borrowed["health information manager"].note


def test_a_year_without_rows_of_states_says_so() -> None:
    """The package has no state's wages of May 2022."""
    assert Career.health_information(year=2022).roles[0].pay
    with pytest.raises(wf.FactError, match="no wages of Medical Records Specialists by state of May 2022"):
        Career.health_information(year=2022, state="NJ")


def test_careers_travel() -> None:
    """To another process, and with other numbers."""
    again = pickle.loads(pickle.dumps(career()))
    np.testing.assert_array_equal(again.simulate(5, 50).lifetime, career().simulate(5, 50).lifetime)
    assert dataclasses.replace(again, growth=0.02).growth == 0.02
