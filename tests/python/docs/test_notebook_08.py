"""What the notebook on one premium in two surveys says is true of the names that it leaves."""

from __future__ import annotations

import numpy as np
import pytest

from .notebook_run import names_left_by


@pytest.fixture(scope="module")
def left() -> dict:
    return names_left_by("08")


def test_fourteen_of_the_answers_are_left_out(left: dict) -> None:
    assert len(left["people"]) == 4_121
    assert len(left["people"]) - len(left["us"]) == 14
    assert not left["us"].isna().any().any()


def test_a_valid_certificate_goes_with_less_than_an_expired_one(left: dict) -> None:
    valid, expired, raw = left["premium"]["valid"], left["premium"]["expired"], left["raw"]
    assert 1.04 < valid[0] < 1.07
    assert valid[2] - valid[1] < 0.05
    assert expired[0] > valid[0]
    assert raw[0] > valid[0]


def test_the_premium_is_less_than_half_of_that_of_coders(left: dict) -> None:
    valid, pooled = left["premium"]["valid"], left["pooled"]
    assert valid[2] < pooled.interval()[0]  # the intervals do not meet
    assert np.log(valid[0]) < 0.5 * np.log(pooled.ratio)


def test_the_parts_of_the_gap_add_up_to_it(left: dict) -> None:
    gap = left["gap"]
    assert np.isclose(gap.gap, np.log(left["raw"][0]), rtol=1e-9)  # two group means
    assert np.isclose(sum(gap.components.values()), gap.gap, rtol=1e-9)
    assert gap.components["unexplained"] > 2 * gap.components["explained"]


def test_every_percentile_leaves_room_for_the_premium_of_the_mean(left: dict) -> None:
    premium, readings = left["premium"]["valid"][0], left["readings"]
    assert (readings[:, 1] < premium).all()
    assert (readings[:, 2] > premium).all()


def test_the_model_is_the_answers_and_its_ratio_the_premium(left: dict) -> None:
    model, published = left["model"], left["published"]
    np.testing.assert_allclose(model.population().ppf(published.index), published, rtol=1e-9)
    means = {name: model.profile(certification=name).pay.mean() for name in ("valid", "never")}
    assert np.isclose(means["valid"] / means["never"], left["premium"]["valid"][0], rtol=1e-9)
    low, high = left["person"].pay.credible("mean")
    assert low < left["person"].pay.mean() < high
