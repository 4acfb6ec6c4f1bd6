"""What the notebook from two numbers to a distribution says is true of the names that it leaves."""

from __future__ import annotations

import numpy as np
import pytest

import wagefit as wf

from .notebook_run import names_left_by


@pytest.fixture(scope="module")
def left() -> dict:
    return names_left_by("01")


def test_two_lognormals_meet_the_two_figures_and_the_narrower_is_taken(left: dict) -> None:
    pay = left["pay"]
    assert abs(pay.mean() / left["mean"] - 1) < 1e-12
    assert abs(pay.ppf(0.90) / 63_820 - 1) < 1e-12
    assert abs(pay.median() / left["median"].max() - 1) < 1e-9  # np.roots is good to about 1e-12
    assert len(left["sigma"]) == 2


def test_a_lognormal_cannot_spread_further(left: dict) -> None:
    with pytest.raises(wf.InfeasibleError):
        wf.fit(mean=left["mean"], quantiles={0.90: 2.3 * left["mean"]}, family="lognormal")


def test_the_mean_is_found_and_the_percentile_is_not(left: dict) -> None:
    found = left["found"]
    assert (found[0].release, found[0].occupation) == ("May 2018", "29-2071")
    assert "p90" in found.unmatched
    assert left["cell"].p90 == 66_260


def test_the_curve_meets_all_six_published_figures(left: dict) -> None:
    bls, cell = left["bls"], left["cell"]
    for p, wage in cell.quantiles.items():
        assert abs(bls.ppf(p) / wage - 1) < 1e-10
    assert abs(bls.mean() / cell.mean - 1) < 1e-10


def test_more_than_a_tenth_earn_more_than_the_article_says(left: dict) -> None:
    assert abs(left["pay"].sf(63_820) - 0.10) < 1e-12
    assert left["bls"].sf(63_820) > 0.11


def test_means_of_thirds_average_to_the_mean(left: dict) -> None:
    thirds = [left["bls"].mean_between(k / 3, (k + 1) / 3) for k in range(3)]
    assert abs(np.mean(thirds) / left["cell"].mean - 1) < 1e-9


def test_the_mean_holds_the_tail(left: dict) -> None:
    low, high = left["bls"].credible("ppf", 0.99)
    assert low < left["bls"].ppf(0.99) < high
    assert left["without_mean"].diagnostics.status == "exact_without_mean"
    assert np.ptp(left["without_mean"].credible("ppf", 0.99)) > 4 * (high - low)


def test_all_people_of_the_model_are_the_published_distribution(left: dict) -> None:
    population, cell = left["population"], left["cell"]
    assert abs(population.mean() / cell.mean - 1) < 1e-9
    for p, wage in cell.quantiles.items():
        assert abs(population.ppf(p) / wage - 1) < 1e-9


def test_the_lines_of_the_explanation_add_up(left: dict) -> None:
    explanation = left["explanation"]
    total = explanation.baseline + sum(row.amount for row in explanation.rows) + explanation.transport
    assert abs(total / left["person"].pay.mean() - 1) < 1e-12


def test_experience_counts_against_a_beginner_and_people_alike_differ_less(left: dict) -> None:
    assert left["comparison"].ratio > 1.2
    assert left["relative_spread"] < left["usual_spread"]


def test_more_beginners_lift_this_person_and_more_veterans_lower_it(left: dict) -> None:
    assert left["changes"][0].high_change > 0 > left["changes"][-1].high_change


def test_the_roles_are_ordered_and_overlap(left: dict) -> None:
    pays = left["pays"]
    medians = [distribution.median() for distribution in pays.values()]
    assert medians == sorted(medians)
    assert pays["coder"].ppf(0.90) > pays["manager"].ppf(0.10)
