"""What the notebook on top codes and ties says is true of the names that it leaves."""

from __future__ import annotations

import numpy as np
import pytest

import wagefit as wf

from .notebook_run import names_left_by


@pytest.fixture(scope="module")
def left() -> dict:
    return names_left_by("03")


def test_the_curve_meets_what_is_printed_and_stays_above_the_bounds(left: dict) -> None:
    pay = left["pay"]
    assert abs(pay.mean() / left["mean"] - 1) < 1e-10
    assert abs(pay.ppf(0.10) / left["p10"] - 1) < 1e-10
    assert np.all(pay.ppf(left["hidden"]) >= left["top_code"])
    assert pay.atoms() == []


def test_a_top_code_taken_for_a_figure_claims_an_atom_and_an_absurd_tail(left: dict) -> None:
    ((wage, mass),) = left["replaced"].atoms()
    assert (wage, round(mass, 12)) == (208_000, 0.65)
    assert left["replaced"].ppf(0.999) > 10 * left["pay"].ppf(0.999)
    assert left["dropped"].ppf(0.25) < left["top_code"]


def test_only_logic_limits_p90_to_a_million(left: dict) -> None:
    ceiling = left["ceiling"]
    assert left["pay"].credible("ppf", 0.90)[1] < 0.5 * ceiling
    known = {"mean": left["mean"], "quantiles": {0.10: left["p10"]}}
    bounds = dict.fromkeys((0.25, 0.50, 0.75), left["top_code"])
    assert wf.fit(**known, at_least=bounds | {0.90: 0.99 * ceiling}).ppf(0.90) >= 0.99 * ceiling
    with pytest.raises(wf.InfeasibleError):
        wf.fit(**known, at_least=bounds | {0.90: 1.01 * ceiling})


def test_a_hidden_figure_is_recovered(left: dict) -> None:
    low, high = left["recovered"].credible("ppf", 0.90)
    assert low < left["secret"] == 161_290 < high
    assert abs(left["recovered"].ppf(0.90) / left["secret"] - 1) < 0.02


def test_hidden_figures_of_all_rows_are_recovered(left: dict) -> None:
    assert len(left["rows"]) == 116
    assert left["off"] < 5.0 / 3.0  # a third of what the top code itself is off by
    assert left["share"] > 0.9


def test_a_mean_above_the_top_code_is_a_bound(left: dict) -> None:
    physicians = left["physicians"]
    assert physicians.diagnostics.status == "exact_without_mean"
    assert physicians.mean() >= left["code_2022"]
    assert np.ptp(physicians.credible("ppf", 0.99)) > np.ptp(physicians.credible("ppf", 0.50))


def test_a_row_of_nothing_but_bounds_is_refused(left: dict) -> None:
    with pytest.raises(wf.FactError):
        wf.fit(at_least=dict.fromkeys((0.10, 0.25, 0.50, 0.75, 0.90, "mean"), left["top_code"]))


def test_equal_percentiles_are_an_atom(left: dict) -> None:
    ((wage, mass),) = left["carriers"].atoms()
    assert wage == left["carriers_row"].p75 == left["carriers_row"].p90 == 81_040
    assert abs(mass - 0.15) < 1e-12
    assert abs(left["carriers"].sf(81_040) - 0.10) < 1e-12
    # Five standard errors of a share of 100,000 draws.
    assert abs(np.mean(left["draws"] == 81_040) - 0.15) < 5 * np.sqrt(0.15 * 0.85 / 100_000)
    assert left["same"] > 45


def test_half_of_the_aides_stand_at_the_minimum_wage(left: dict) -> None:
    assert left["aides_row"].p10 == 16.50 * 2_080
    ((wage, mass),) = left["aides"].atoms()
    assert wage == 34_320
    assert abs(mass - 0.50) < 1e-12


def test_ties_sit_where_a_rule_sets_the_pay(left: dict) -> None:
    n_tied = left["n_tied"]
    assert n_tied["electricians"] == n_tied["registered nurses"] == 0
    assert n_tied["mail carriers"] == max(n_tied.values())


def test_a_nudge_makes_a_spike_and_takes_the_tail_away(left: dict) -> None:
    carriers, nudged = left["carriers"], left["nudged"]
    assert abs(nudged.mean() / carriers.mean() - 1) < 5e-3
    assert nudged.pdf(81_045) > 1_000 * nudged.pdf(65_000)
    assert nudged.atoms() == []
    assert nudged.ppf(0.99) < carriers.ppf(0.99)
    assert nudged.gini() < carriers.gini()
