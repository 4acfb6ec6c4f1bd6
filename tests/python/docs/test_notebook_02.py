"""What the notebook on the worth of each fact says is true of the names that it leaves."""

from __future__ import annotations

import numpy as np
import pytest

from .notebook_run import names_left_by

P40_P60, FROM_P95, P99 = slice(1, 3), slice(3, 6), 4
TAIL = [3, 4, 5, 6]  # P95, P99, standard deviation, Gini


@pytest.fixture(scope="module")
def left() -> dict:
    return names_left_by("02")


def test_the_workforce_is_sorted_so_that_ranks_are_places(left: dict) -> None:
    assert np.all(np.diff(left["people"]) > 0)


def test_two_figures_leave_both_ends_wrong_and_percentiles_buy_the_middle(left: dict) -> None:
    errors = {step: abs(error) for step, error in left["errors"].items()}
    assert errors["lognormal"].max() > 10
    assert errors["five percentiles"][P40_P60].max() < 1
    assert errors["five percentiles"][FROM_P95].max() > 5


def test_the_mean_buys_the_tail(left: dict) -> None:
    errors = {step: abs(error) for step, error in left["errors"].items()}
    assert abs(left["turned"].mean() / left["mean"] - 1) < 1e-9
    assert errors["percentiles and mean"][P99] < 0.5 * errors["five percentiles"][P99]


def test_the_curve_meets_all_six_figures(left: dict) -> None:
    curve, bare = left["curve"], left["bare"]
    np.testing.assert_allclose(curve.ppf(left["P"]), left["percentiles"], rtol=1e-10)
    assert abs(curve.mean() / left["mean"] - 1) < 1e-10
    assert (bare.diagnostics.status, curve.diagnostics.status) == ("exact_without_mean", "exact")


def test_ninety_workforces_agree_with_the_one(left: dict) -> None:
    lognormal, without_mean, with_mean, prior_only, everything = left["rms"]
    assert len(left["workforces"]) == 90
    assert np.all(left["rms"][1:, P40_P60] < 0.5 * lognormal[P40_P60])
    assert np.all(with_mean[TAIL] < without_mean[TAIL])
    assert np.all(everything[TAIL] < prior_only[TAIL])
    assert np.all(everything[1:4] < with_mean[1:4])  # the prior is nearer at P40, P60 and P95,
    assert everything[P99] > with_mean[P99]  # and further at P99 of workforces that follow a formula


def test_each_fact_narrows_what_lies_near_it(left: dict) -> None:
    asked = list(left["questions"])
    width = {name: dict(zip(asked, high - low, strict=True)) for name, (low, high) in left["open_range"].items()}
    assert width["P10, P50, P90"]["P40"] < 0.4 * width["P10, P90"]["P40"]
    assert width["P10, P50, P90"]["P99"] > 0.5 * width["P10, P90"]["P99"]
    assert width["five percentiles, mean"]["P99"] < 0.6 * width["five percentiles"]["P99"]
    assert width["five percentiles, mean"]["P5"] > 0.9 * width["five percentiles"]["P5"]


def test_hidden_figures_are_predicted_better_than_by_a_lognormal_and_held(left: dict) -> None:
    assert len(left["rows"]) == 107
    for results in left["hidden_figures"].values():
        off, off_lognormal, _ = np.median(results, axis=0)
        assert off < min(off_lognormal, 1.1)
        assert results[:, 2].mean() > 0.90
    off, off_lognormal, _ = np.median(left["hidden_figures"][0.50], axis=0)
    assert off < off_lognormal / 3


def test_intervals_of_sampled_groups_hold_what_was_hidden(left: dict) -> None:
    # Four binomial standard errors of 90 trials below 90 %.
    assert np.all(np.mean(left["hits"], axis=0) > 0.90 - 4 * np.sqrt(0.9 * 0.1 / 90))


def test_a_survey_error_opens_the_published_figures_and_leaves_the_curve(left: dict) -> None:
    exact, survey, cell = left["exact"], left["survey"], left["cell"]
    assert (cell.occupation_title, cell.mean, cell.mean_rse, cell.employment) == ("Electricians", 59_190, 0.5, 655_840)
    assert np.ptp(exact.credible("mean", draws=50)) < 1e-6 < np.ptp(survey.credible("mean", draws=50))
    np.testing.assert_array_equal(exact.ppf(left["P"]), survey.ppf(left["P"]))
    stated = 2 * 1.645 * 0.005 * 59_190
    # The ends are quantiles of a few hundred draws, whose own errors are several percent.
    assert np.isclose(np.ptp(survey.credible("mean")), stated, rtol=0.2)
