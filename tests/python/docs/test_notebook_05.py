"""What the notebook on why pay differs says is true of the names that it leaves."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from .notebook_run import names_left_by


@pytest.fixture(scope="module")
def left() -> dict:
    return names_left_by("05")


def test_every_level_has_a_source_and_the_states_no_error(left: dict) -> None:
    model = left["model"]
    assert model.factor("experience").is_continuous
    assert all(level.source for factor in model.factors for level in factor.levels)
    assert all(level.standard_error is None for level in model.factor("state").levels)


def test_three_readings_leave_the_premium_open(left: dict) -> None:
    low, high = left["spread_only"].interval()
    assert not left["spread_only"].spread_is_identified
    assert 1.09 < low < 1.12
    assert 1.17 < high < 1.20
    assert left["with_errors"].tau == 0.0


def test_the_population_is_the_published_distribution_and_levels_keep_their_means(left: dict) -> None:
    model, published = left["model"], left["published"]
    np.testing.assert_allclose(left["population"].ppf(list(published)), list(published.values()), rtol=1e-9)
    assert np.isclose(left["population"].mean(), 44_010, rtol=1e-9)
    state = model.factor("state")
    mean = model.profile(state="NJ").pay.mean()
    assert np.isclose(mean, 44_010 * state.level("NJ").ratio / state.mean_ratio, rtol=1e-9)


def test_the_explanation_adds_up_and_new_jersey_is_most_of_it(left: dict) -> None:
    explanation = left["explanation"]
    amounts = {row.factor: row.amount for row in explanation.rows}
    total = explanation.baseline + sum(amounts.values()) + explanation.transport
    assert np.isclose(total, explanation.total, rtol=1e-12)
    assert amounts["state"] > 0.6 * (explanation.total - explanation.baseline)


def test_an_amount_is_the_average_over_all_orders(left: dict) -> None:
    first, *others = [row.ratio for row in left["explanation"].rows]
    orders = itertools.permutations(range(len(others) + 1))
    ratios = [first, *others]
    added = [np.prod([ratios[i] for i in order[: order.index(0)]]) * (first - 1) for order in orders]
    expected = np.mean(added) * left["explanation"].baseline
    assert np.isclose(left["explanation"].rows[0].amount, expected, rtol=1e-9)


def test_an_unpublished_error_leaves_the_interval_unknown(left: dict) -> None:
    person, same, stands = left["person"], left["same"], left["stands"]
    assert np.isnan(person.pay.credible("mean")).all()
    low, high = same.pay.credible("mean", level=0.9)
    assert low < same.pay.mean() < high
    assert stands.person < stands.occupation
    assert any("state" in note for note in left["model"].rank(person, 60_000).notes)


def test_pay_falls_with_how_common_the_occupation_is_and_follows_prices(left: dict) -> None:
    assert -0.3 < left["slope"]["demand"] < 0
    assert abs(left["slope"]["price level"] - 1) < 0.2
    assert left["jersey"].is_proxy
    assert np.isclose(left["jersey"].ratio, 0.982, atol=5e-4)


def test_the_interaction_bends_the_premium_and_keeps_the_means(left: dict) -> None:
    premium = left["premium"]["with the interaction"]
    assert np.isclose(premium[-1] / premium[0], 1.122665 / 1.145021, rtol=1e-6)
    means = [model.profile(experience=8).pay.mean() for model in (left["both"], left["model"])]
    assert np.isclose(*means, rtol=1e-9)
