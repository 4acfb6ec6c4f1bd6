"""What the notebook on careers says is true of the names that it leaves."""

from __future__ import annotations

import numpy as np
import pytest

from .notebook_run import names_left_by


@pytest.fixture(scope="module")
def left() -> dict:
    return names_left_by("07")


def test_every_chance_of_moving_is_an_assumption(left: dict) -> None:
    career = left["career"]
    assert all("assumption" in str(move) for move in career.moves)
    assert sum("11-9111" in role.note for role in career.roles) == 2  # manager and director


def test_the_same_seed_gives_the_same_people_whatever_the_threads(left: dict) -> None:
    again = left["career"].simulate(years=30, n=100_000, rng=7, n_threads=1)
    np.testing.assert_array_equal(left["outcome"].lifetime, again.lifetime)


def test_shares_of_roles_are_those_of_the_markov_chain(left: dict) -> None:
    found, expected = left["found"], left["expected"]
    # Four binomial standard errors of 100,000 people.
    assert np.all(abs(found - expected) < 4 * np.sqrt(expected * (1 - expected) / 100_000) + 1e-9)
    assert np.all(abs(found - expected) < 0.0025)


def test_pay_spreads_and_most_leave(left: dict) -> None:
    share, outcome = left["share"], left["outcome"]
    assert share[0, 1] / share[0, 0] < 2
    assert share[29, 1] / share[29, 0] > 4
    gone = outcome.role_shares[:, left["names"].index("left the field")]
    assert gone[15] > 0.5
    assert 0.02 < outcome.time_to("director").reached < 0.05


def test_managers_wait_and_lifetimes_differ_more_than_wages(left: dict) -> None:
    manager = left["outcome"].time_to("health information manager")
    assert 13 <= manager.median <= 15
    assert 1 / 7.5 < manager.reached < 1 / 6.5
    low, high = left["outcome"].lifetime_percentiles([0.1, 0.9])
    assert high / low > 20


def test_leaving_matters_most_and_has_no_source(left: dict) -> None:
    rows = left["rows"]
    assert rows[-1].what.startswith("technician to left the field")
    assert all(row.is_assumption for row in rows if "left the field" in row.what)
    promotion = next(row for row in rows if row.what.startswith("coder to health information manager"))
    assert promotion.low_change < 0 < promotion.high_change


def test_the_certified_beginning_stays_ahead(left: dict) -> None:
    gap, coder, outcome = left["gap"], left["coder"], left["outcome"]
    assert gap[0] > 0.10
    assert 0.060 < gap.min() < 0.070
    assert round(gap[4], 3) == 0.065
    assert 0.065 < gap[6:].min() < gap[6:].max() < 0.095
    assert gap.max() < 0.105
    assert round(coder.discounted.mean() / outcome.discounted.mean() - 1, 2) == 0.17
    manager = "health information manager"
    assert coder.time_to(manager).reached > outcome.time_to(manager).reached
