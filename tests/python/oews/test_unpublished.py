"""Cells that a release leaves out: estimates of states that were left out of the embedded rows, and planted worlds."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

import wagefit as wf
from wagefit.oews import all_occupations
from wagefit.oews.area_regression import LogEstimates
from wagefit.oews.level_estimates import ascending, given_figures

NAMES = ["p10", "p25", "p50", "p75", "p90"]
AREAS, OCCUPATIONS = 40, 60


@cache
def states() -> pd.DataFrame:
    """The embedded rows of the states in May 2025 that have five percentiles."""
    rows = all_occupations.rows_where(year=2025, area_type="state")
    texts = ("area", "area_title", "area_type", "occupation", "occupation_title", "occupation_group")
    columns: dict[str, Any] = {
        name: np.array(all_occupations.texts(name), dtype=object)[all_occupations.numbers(name)[rows]] for name in texts
    }
    columns |= {name: all_occupations.figures(name)[rows] for name in ("employment", "mean", *NAMES)}
    return pd.DataFrame(columns | {"year": 2025}).dropna(subset=NAMES).reset_index(drop=True)


def without(table: pd.DataFrame, is_out: Any) -> pd.DataFrame:
    """The table without the wages of some rows."""
    left = table.copy()
    left.loc[is_out, NAMES] = np.nan
    return left


@cache
def left_out() -> tuple[pd.DataFrame, pd.DataFrame, wf.oews.UnpublishedCells]:
    """A tenth of the states' rows, the same rows' estimates as a frame, and all estimates."""
    table = states()
    is_out = np.random.default_rng(5).random(len(table)) < 0.1
    result = wf.oews.estimate_unpublished(without(table, is_out))
    frame = result.to_frame(backend="pandas").set_index(["area", "occupation"])
    truth = table[is_out].set_index(["area", "occupation"])
    return truth, frame.loc[truth.index], result


def planted(rng: np.random.Generator, noise: float) -> pd.DataFrame:
    """A table of areas of no known state in which log wages are an occupation's and an area's effects and noise."""
    occupation, area = np.repeat(np.arange(OCCUPATIONS), AREAS), np.tile(np.arange(AREAS), OCCUPATIONS)
    level = 10.5 + 0.4 * rng.normal(size=OCCUPATIONS)[occupation] + 0.1 * rng.normal(size=AREAS)[area]
    logs = level[:, None] + np.array([-0.5, -0.25, 0.0, 0.25, 0.5]) + noise * rng.normal(size=(len(level), 1))
    table = pd.DataFrame(np.exp(logs), columns=NAMES)
    table["area"] = [f"{50000 + code}" for code in area]
    table["occupation"] = [f"{11 + code // 10}-{1000 + code}" for code in occupation]
    return table.assign(area_title="Somewhere", employment=200.0)


def test_left_out_rows_of_states_are_nearer_than_the_nation_and_than_the_nation_times_the_state() -> None:
    truth, found, _ = left_out()
    errors = np.abs(found[NAMES] / truth[NAMES] - 1.0).median()
    nation = {code: wf.oews.cell(code, year=2025) for code in truth.index.get_level_values("occupation").unique()}
    table = states()
    national = pd.DataFrame([[getattr(nation[code], name) for name in NAMES] for code in nation], nation, NAMES)
    relative = table.set_index(["area", "occupation"])[NAMES].drop(truth.index)
    codes = relative.index.get_level_values("occupation")
    relative = relative[codes.isin(national.index)]
    ratio = relative / national.loc[relative.index.get_level_values("occupation")].to_numpy()
    effect = ratio.groupby("area").median()
    of_nation = national.loc[truth.index.get_level_values("occupation")].to_numpy()
    rivals = (of_nation, of_nation * effect.loc[truth.index.get_level_values("area")].to_numpy())
    for rival in rivals:
        assert (errors.to_numpy() < np.median(np.abs(rival / truth[NAMES] - 1.0), axis=0)).all()


def test_intervals_hold_nine_tenths_of_left_out_figures_in_small_and_large_cells() -> None:
    """Some 1,100 cells a third, whose errors go together within a state: 0.87 to 0.93 is three standard errors."""
    truth, found, _ = left_out()
    low, high = (found[[f"{name}_{end}" for name in NAMES]].to_numpy() for end in ("low", "high"))
    inside = (truth[NAMES].to_numpy() >= low) & (truth[NAMES].to_numpy() <= high)
    third = pd.qcut(truth["employment"].fillna(0.0), 3, labels=False).to_numpy()
    coverage = np.array([inside[third == k].mean() for k in range(3)])
    assert ((coverage > 0.87) & (coverage < 0.93)).all()


def test_exact_effects_of_occupations_and_areas_are_found_exactly() -> None:
    """Without noise each missing cell is its occupation's and its area's effect; the loss's ridge costs up to 1 %."""
    table = planted(np.random.default_rng(1), 0.0)
    is_out = np.random.default_rng(2).random(len(table)) < 0.1
    result = wf.oews.estimate_unpublished(without(table, is_out))
    frame = result.to_frame(backend="pandas").set_index(["area", "occupation"])
    truth = table[is_out].set_index(["area", "occupation"])
    np.testing.assert_allclose(frame.loc[truth.index, NAMES], truth[NAMES], rtol=0.01)


def test_intervals_cover_in_simulated_worlds() -> None:
    """Ten worlds of 240 left-out cells with noise of 5 %: 2,400 cells have a standard error of 0.6 points at 90 %."""
    inside = []
    for seed in range(10):
        table = planted(np.random.default_rng(seed), 0.05)
        is_out = np.random.default_rng(100 + seed).random(len(table)) < 0.1
        result = wf.oews.estimate_unpublished(without(table, is_out))
        frame = result.to_frame(backend="pandas").set_index(["area", "occupation"])
        truth = table[is_out].set_index(["area", "occupation"])
        rows = frame.loc[truth.index]
        inside.append((truth["p50"] >= rows["p50_low"]) & (truth["p50"] <= rows["p50_high"]))
        # Noise of 0.05 and the errors of two effects from some 54 and 36 cells.
        assert np.median(rows["p50_error"] / rows["p50"]) == pytest.approx(0.05, rel=0.15)
    assert np.mean(np.concatenate(inside)) == pytest.approx(0.90, abs=0.025)


def test_a_whole_state_is_estimated_from_the_nation() -> None:
    table = states()
    is_out = (table["area"] == "NJ").to_numpy()
    found = wf.oews.estimate_unpublished(without(table, is_out), areas="NJ")
    assert set(found.status) <= {"estimated_from_wider_area"}
    truth = table[is_out].set_index("occupation")
    medians = found.to_frame(backend="pandas").set_index("occupation").loc[truth.index]
    inside = (truth["p50"] >= medians["p50_low"]) & (truth["p50"] <= medians["p50_high"])
    assert inside.mean() > 0.8  # one state's errors go together


def test_published_figures_of_a_row_stay_and_tell_of_the_others() -> None:
    table = states()[lambda rows: rows["occupation"].str.startswith("29-")].reset_index(drop=True)
    row = table.index[(table["area"] == "OH") & (table["occupation"] == "29-2061")][0]
    partly, absent = table.copy(), table.copy()
    partly.loc[row, ["p75", "p90"]] = np.nan
    absent.loc[row, NAMES] = np.nan
    given = wf.oews.estimate_unpublished(partly)["29-2061", "OH"]
    free = wf.oews.estimate_unpublished(absent)["29-2061", "OH"]
    assert given.status == "partly_published"
    assert {name: given.wages[name] for name in NAMES[:3]} == {name: table.loc[row, name] for name in NAMES[:3]}
    assert [given.errors[name] for name in NAMES[:3]] == [0.0, 0.0, 0.0]
    assert 0.0 < given.errors["p75"] < free.errors["p75"]
    assert given.interval("p90")[0] > given.wages["p75"]


def test_a_top_coded_figure_stays_a_bound() -> None:
    table = states()[lambda rows: rows["occupation"].str.startswith("29-")].reset_index(drop=True)
    table = table.assign(top_coded="", top_code=239_200.0)
    row = table.index[(table["area"] == "OH") & (table["occupation"] == "29-1216")][0]
    table.loc[row, ["p25", "p90"]] = np.nan
    table.loc[row, "top_coded"] = "p90"
    cell = wf.oews.estimate_unpublished(table)["29-1216", "OH"]
    assert "p90" not in cell.wages
    assert cell.facts()["at_least"] == {0.9: 239_200.0}
    assert cell.errors["p25"] > 0.0


def test_cells_without_information_have_a_reason_and_no_figure() -> None:
    result = wf.oews.estimate_unpublished(states(), occupations=["29-1141", "99-9999"], areas=["NJ", "XX"])
    assert result.status.tolist() == ["published", "no_occupation", "no_area", "no_area"]
    cell = result["99-9999", "NJ"]
    assert cell.wages == {}
    assert "no row of the occupation" in repr(cell)
    with pytest.raises(wf.FactError, match="no row of the occupation is published"):
        wf.fit(cell)


def test_a_fit_meets_the_estimates() -> None:
    truth, found, result = left_out()
    area, occupation = truth.index[0]
    assert wf.fit(result[occupation, area]).median() == pytest.approx(found["p50"].iloc[0], rel=1e-9)
    fits = wf.fit_table(found.reset_index().head(200))
    np.testing.assert_allclose(fits.ppf([0.1, 0.9]), found[["p10", "p90"]].head(200), rtol=1e-9)


def test_an_area_with_one_cell_is_not_judged_by_it() -> None:
    """A tenth of its pay everywhere else: the other estimates stay within their intervals of the nation's rows."""
    table = states()[lambda rows: rows["occupation"].str.startswith("29-")].reset_index(drop=True)
    is_lone = ((table["area"] == "RI") & (table["occupation"] == "29-2061")).to_numpy()
    table = table[(table["area"] != "RI").to_numpy() | is_lone].reset_index(drop=True)
    table.loc[table["area"] == "RI", NAMES] *= 0.1
    cell = wf.oews.estimate_unpublished(table, occupations="29-1141", areas="RI")["29-1141", "RI"]
    assert cell.status == "estimated_from_wider_area"
    nation = wf.oews.cell("29-1141", year=2025)
    assert cell.wages["p50"] == pytest.approx(nation.p50, rel=0.15)  # states' medians have a spread of 13 %


def test_draws_are_as_the_intervals_say_and_rise() -> None:
    truth, _, result = left_out()
    area, occupation = truth.index[0]
    drawn = result[occupation, area].draws(4000, rng=1)
    low, high = result[occupation, area].interval("p50")
    # 4,000 draws: a standard error of half a percentage point of probability.
    assert np.mean((drawn["p50"] >= low) & (drawn["p50"] <= high)) == pytest.approx(0.9, abs=0.02)
    assert (np.diff(np.stack([drawn[name] for name in NAMES]), axis=0) >= 0.0).all()


def test_figures_given_others_are_their_regression() -> None:
    """Errors of two figures that are always equal: what one misses, the other misses."""
    misses = np.repeat(np.random.default_rng(1).normal(size=(500, 1)), 2, axis=1)
    found = LogEstimates(np.zeros((1, 2)), np.array([[0.1, 0.2]]), misses)
    given = given_figures(found, np.array([[0.05, np.nan]]), np.array([True, False]))
    np.testing.assert_allclose(given.logs, [[0.05, 0.1]])
    np.testing.assert_allclose(given.misses[:, 1], 0.0, atol=1e-12)


def test_percentiles_rise_without_moving_the_published_ones() -> None:
    logs, is_published = np.array([[3.0, 2.0, 2.5, 9.0, 4.0]]), np.array([[False, True, False, False, True]])
    assert ascending(logs, is_published).tolist() == [[2.0, 2.0, 2.5, 4.0, 4.0]]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"year": [2024, *[2025] * 9]}, "rows of the years 2024 to 2025"),
        ({"occupation": ["29-1141"] * 10, "area": ["NJ"] * 10}, "two rows of 'NJ 29-1141'"),
        ({}, "10 whole cells of states; expected at least 200"),
    ],
)
def test_tables_that_say_too_little_are_refused(change: dict[str, Any], message: str) -> None:
    table = without(states().iloc[:11], [10]).iloc[[*range(9), 10]].assign(**change)
    if not change:
        table = without(states().iloc[:11], [10])
    with pytest.raises(wf.FactError, match=message):
        wf.oews.estimate_unpublished(table)


def test_other_libraries_and_cells_give_the_same() -> None:
    polars = pytest.importorskip("polars")
    table = states()[lambda rows: rows["occupation"].str.startswith("29-")].reset_index(drop=True)
    own = wf.oews.estimate_unpublished(table, occupations="29-1141")
    other = wf.oews.estimate_unpublished(polars.from_pandas(table), occupations="29-1141")
    np.testing.assert_array_equal(own.wages, other.wages)


def test_a_fit_to_estimates_is_as_uncertain_as_they_are() -> None:
    """Intervals of the fit at a percentile are those of the estimate; 400 draws tell an end to a fifth of the half."""
    truth, _, result = left_out()
    area, occupation = truth.index[0]
    cell = result[occupation, area]
    pay = wf.fit(cell)
    for name, p in (("p10", 0.1), ("p50", 0.5), ("p90", 0.9)):
        ends, expected = pay.credible(lambda drawn, p=p: drawn.ppf(p)), cell.interval(name)
        assert ends == pytest.approx(expected, abs=0.2 * (expected[1] - expected[0]) / 2)
    low, high = wf.fit(**cell.facts()).credible(lambda drawn: drawn.median())
    assert (low, high) == pytest.approx((cell.wages["p50"],) * 2)
