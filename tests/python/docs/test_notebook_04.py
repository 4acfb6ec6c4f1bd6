"""What the notebook on the whole country says is true of the names that it leaves."""

from __future__ import annotations

import numpy as np
import pytest

from .notebook_run import names_left_by


@pytest.fixture(scope="module")
def left() -> dict:
    return names_left_by("04")


def test_every_state_is_fitted_and_meets_its_five_figures(left: dict) -> None:
    assert len(left["states"]) == 51  # with the District of Columbia
    assert left["cells"].counts() == {"exact_without_mean": 51}
    for p in left["P"]:
        np.testing.assert_allclose(left["cells"].ppf(p), left["quantiles"][p], rtol=1e-10)


def test_prices_narrow_the_ranking_and_move_one_place_far(left: dict) -> None:
    nominal, real = left["nominal"], left["real"]
    assert round(nominal.max() / nominal.min(), 2) == 1.82
    assert round(real.max() / real.min(), 2) == 1.56
    assert left["states"][nominal.argmax()] == left["states"][real.argmax()] == "CA"
    assert left["states"][left["furthest"]] == "DC"
    assert left["moved"].max() == left["rank_real"][left["furthest"]] - left["rank_paid"][left["furthest"]] > 10


def test_new_jersey_is_compressed_and_not_scaled(left: dict) -> None:
    ratio = left["ratio"]
    assert ratio[0] > 1.2
    assert round(ratio[2], 2) == 1.09
    assert round(ratio[4], 2) == 0.98


def test_the_states_together_come_near_the_nations_own_row(left: dict) -> None:
    assert np.all(abs(left["error"]) < 2.5)
    assert abs(left["whole"].mean() / left["nation_row"].mean - 1) < 0.0025


def test_inequality_splits_exactly_and_lies_mostly_within_states(left: dict) -> None:
    between, within = left["between"], left["within"]
    # The mixture's own index is an integral of the mixture; the parts are sums over the states.
    assert np.isclose(between + within, left["whole"].theil(), rtol=1e-6)
    assert 0.35 < between / (between + within) < 0.40
