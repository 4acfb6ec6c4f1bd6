"""Cells that borrow the shape of a parent."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import wagefit as wf

P = (0.1, 0.25, 0.5, 0.75, 0.9)
NATION = {0.1: 26_550.0, 0.25: 32_070.0, 0.5: 40_350.0, 0.75: 52_730.0, 0.9: 66_260.0}
CELLS = np.array(
    [
        [25_100.0, 30_500.0, 38_200.0, 49_900.0, 62_000.0],
        [31_200.0, 36_400.0, 45_100.0, 58_800.0, 72_300.0],
        [22_270.0, 25_670.0, 30_100.0, 41_570.0, 50_560.0],
    ]
)
MEANS = np.array([41_900.0, np.nan, 34_410.0])
GRID = np.linspace(0.005, 0.995, 67)


def nation(mean: float | None = 44_010.0) -> wf.Distribution:
    return wf.fit(mean=mean, quantiles=NATION)


def cells(like: Any, mean: Any = MEANS, quantiles: np.ndarray = CELLS) -> wf.ensemble.Ensemble:
    return wf.fit_many(mean=mean, quantiles=dict(zip(P, quantiles.T, strict=True)), like=like)


def parents() -> wf.ensemble.Ensemble:
    rows = np.tile(list(NATION.values()), (3, 1)) * [[1.0], [1.1], [0.9]]
    return wf.fit_many(mean=[44_010.0, 49_000.0, 39_000.0], quantiles=dict(zip(P, rows.T, strict=True)))


def test_every_fact_is_met() -> None:
    made = cells(nation())
    np.testing.assert_allclose(made.ppf(P), CELLS, rtol=1e-10)
    np.testing.assert_allclose(made.mean()[[0, 2]], MEANS[[0, 2]], rtol=1e-10)


def test_one_cell_is_what_it_is_among_others() -> None:
    made, each = cells(parents()), parents()
    for i, row in enumerate(CELLS):
        mean = None if np.isnan(MEANS[i]) else MEANS[i]
        one = wf.fit(mean=mean, quantiles=dict(zip(P, row, strict=True)), like=each[i])
        np.testing.assert_array_equal(made[i].ppf(GRID), one.ppf(GRID))


def test_one_parent_is_the_parent_of_each() -> None:
    same = wf.ensemble.RowEnsemble([nation()] * 3)
    assert cells(nation()) == cells(same)


def test_the_tail_follows_the_parents() -> None:
    """The same five percentiles under a parent with more pay at its top."""
    low, high = (cells(nation(mean), np.full(3, np.nan)) for mean in (43_500.0, 45_500.0))
    assert (high.mean() > low.mean()).all()
    assert (high.ppf(0.98) > low.ppf(0.98)).all()


def test_currency_does_not_matter() -> None:
    """A parent and a cell in cents, or in thousands, differ by the factor alone."""
    base = cells(nation())
    for k in (100.0, 1e-3):
        scaled = cells(nation().scale(k), k * MEANS, k * CELLS)
        np.testing.assert_allclose(scaled.ppf(GRID), k * base.ppf(GRID), rtol=1e-9)  # the mean is met to 1e-13 in each


def test_a_cell_without_a_parent_is_fitted_alone() -> None:
    mixed = cells(wf.ensemble.RowEnsemble([nation(), None, nation()]))
    alone, borrowed = cells(None), cells(nation())
    np.testing.assert_array_equal(mixed.ppf(GRID)[1], alone.ppf(GRID)[1])
    np.testing.assert_array_equal(mixed.ppf(GRID)[[0, 2]], borrowed.ppf(GRID)[[0, 2]])


@pytest.mark.parametrize("kind", ["lognormal", "mixture", "truncated", "mixtures"])
def test_any_distribution_can_be_a_parent(kind: str) -> None:
    like: Any = {
        "lognormal": wf.fit(mean=44_010.0, quantiles={0.5: 40_350.0}, family="lognormal"),
        "mixture": parents().mixture(),
        "truncated": nation().truncate(lower=15_080.0),
        "mixtures": parents().mixture(by=["a", "b", "c"]),
    }[kind]
    np.testing.assert_allclose(cells(like).ppf(P), CELLS, rtol=1e-10)


@pytest.mark.parametrize("suffix", [".npz", ".parquet"])
@pytest.mark.parametrize("like", [nation(), parents()])
def test_files_keep_the_parents(tmp_path: Path, suffix: str, like: Any) -> None:
    if suffix == ".parquet":
        pytest.importorskip("pyarrow")
    made = cells(like)
    made.save(tmp_path / f"cells{suffix}")
    assert wf.ensemble.Ensemble.load(tmp_path / f"cells{suffix}") == made
    made[1:].save(tmp_path / f"some{suffix}")
    assert wf.ensemble.Ensemble.load(tmp_path / f"some{suffix}") == made[1:]


def test_pickles_and_selections_keep_the_parents() -> None:
    made = cells(parents())
    copy = pickle.loads(pickle.dumps(made))
    assert copy == made
    assert copy[[2, 0]][0].credible("mean_between", 0.9, 1.0) == made[2].credible("mean_between", 0.9, 1.0)


def test_draws_meet_the_facts_and_surround_the_curve() -> None:
    pay = cells(nation())[0]
    for drawn in pay.posterior_draws(20):
        np.testing.assert_allclose(drawn.ppf(P), CELLS[0], rtol=1e-10)
        assert drawn.mean() == pytest.approx(MEANS[0], rel=1e-10)
    low, high = pay.credible("ppf", 0.97)
    assert low < pay.ppf(0.97) < high


def test_bounds_are_respected() -> None:
    bounded = wf.fit(mean=52_000, quantiles={0.1: 26_550, 0.5: 40_350}, at_least={0.9: 90_000}, like=nation())
    assert bounded.ppf(0.9) >= 90_000
    assert bounded.mean() == pytest.approx(52_000, rel=1e-10)


@pytest.mark.parametrize(
    ("like", "message"),
    [
        (3.0, "like is float; expected a Distribution, or an Ensemble with one a cell"),
        (nation().to_hourly(), "like has the unit USD/hour; expected USD/year, that of the facts"),
        (parents()[:2], "like has 2 distributions; expected one, or 3, one a cell"),
    ],
)
def test_what_cannot_be_a_parent(like: Any, message: str) -> None:
    with pytest.raises(wf.FactError, match=message):
        cells(like)


def test_families_borrow_no_shape() -> None:
    with pytest.raises(wf.FactError, match='family is "gamma"; expected "curve"'):
        wf.fit(mean=44_010, quantiles={0.5: 40_350}, family="gamma", like=nation())


def test_a_table_borrows_row_by_row() -> None:
    pandas = pytest.importorskip("pandas")
    table = pandas.DataFrame(CELLS, columns=["A_PCT10", "A_PCT25", "A_MEDIAN", "A_PCT75", "A_PCT90"])
    made = wf.fit_table(table.assign(A_MEAN=MEANS), release=2018, like=parents())
    np.testing.assert_array_equal(made.ppf(GRID), cells(parents()).ppf(GRID))
