"""What the notebook on the worth of a credential says is true of the names that it leaves."""

from __future__ import annotations

import numpy as np
import pytest

import wagefit as wf

from .notebook_run import names_left_by


@pytest.fixture(scope="module")
def left() -> dict:
    return names_left_by("06")


def test_the_gain_is_a_distribution_that_knowing_the_rank_narrows(left: dict) -> None:
    low, middle, high = left["value"].percentiles((0.1, 0.5, 0.9))["gain"]
    assert 4_000 < middle < 11_000
    assert np.ptp(np.quantile(left["known"].gains, [0.1, 0.9])) < 0.5 * (high - low)


def test_the_examination_pays_back_soon_and_seldom_loses(left: dict) -> None:
    value = left["value"]
    assert value.probability_of_loss < 0.05
    assert 0.5 < value.percentiles((0.5,))["payback"][0] < 2.0
    assert np.isclose(value.npv.mean(), np.mean(value.npv + value.spent) - 3_000)


def test_the_mean_rises_with_the_part_that_is_cause(left: dict) -> None:
    mean, loss = left["mean"], left["loss"]
    assert left["value"].break_even < 0.05
    assert np.isclose(mean[0], -3_000)
    assert loss[0] == 1.0
    assert np.all(np.diff(mean) > 0)
    assert np.all(np.diff(loss) <= 0)


def test_a_degree_at_half_time_loses_even_over_thirty_years(left: dict) -> None:
    rows = left["rows"]
    assert rows["half time", 30].npv.mean() < 0 < rows["beside the job", 10].npv.mean()
    forgone = rows["beside the job", 10].npv.mean() - rows["half time", 10].npv.mean()
    assert forgone > 2 * 20_000
    assert rows["half time", 10].probability_of_loss > rows["half time", 30].probability_of_loss
    assert any("No standard error is published for education" in note for note in rows["half time", 30].notes)


def test_less_pay_buys_more_where_prices_are_lower(left: dict) -> None:
    moves = left["moves"]
    assert all(moves[state].nominal_gain > 0 for state in ("CA", "NY", "MA", "WA"))
    assert all(moves[state].nominal_gain < 0 < moves[state].real_gain for state in ("TX", "PA", "AR"))
    assert moves["CA"].real_gain < moves["CA"].nominal_gain  # prices there are higher still


def test_dallas_pays_less_and_buys_more_only_at_the_bottom(left: dict) -> None:
    cities = left["cities"]
    assert cities.nominal_gain < cities.real_gain < 0
    assert np.isclose(cities.place_factor, wf.prices.parity("19100") / wf.prices.parity("35620"))
    real = cities.to_frame("pandas").set_index("figure")["real_percent"]
    assert (real[["p10", "p25"]] > 0).all()
    assert (real[["p50", "p75", "p90"]] < 0).all()
