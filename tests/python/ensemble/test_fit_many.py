"""Many cells fitted at once are what each gives alone, whatever the form of the figures."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import wagefit as wf

from ..cells import PERCENTILES, read_only
from ..many_cells import (
    BOUNDS,
    FIGURES,
    FITTED,
    MEANS,
    METHODS,
    NAMES,
    NAN,
    POINTS,
    QUANTILES,
    STATUSES,
    fit_all,
    fit_row,
)
from ..oracles import EXACT
from ..strategies import FactSet, fact_sets

# A difference of two Lorenz shares divided by the share of people between them, here a twentieth at least.
BETWEEN = 1e-12


def test_every_row_has_its_status(cells: wf.Ensemble) -> None:
    assert dict(zip(NAMES, cells.status.tolist(), strict=True)) == dict(zip(NAMES, STATUSES, strict=True))
    assert cells.counts() == {status: STATUSES.count(status) for status in sorted(set(STATUSES))}
    assert sum(cells.counts().values()) == len(cells) == len(FIGURES)


@pytest.mark.parametrize("i", np.flatnonzero(FITTED), ids=lambda i: NAMES[i])
@pytest.mark.parametrize("method", METHODS)
def test_rows_are_what_fit_gives_bit_for_bit(cells: wf.Ensemble, method: str, i: int) -> None:
    alone, points = fit_row(i), POINTS[method]
    np.testing.assert_array_equal(getattr(cells, method)(points)[i], getattr(alone, method)(points))
    assert cells[int(i)].diagnostics.status == alone.diagnostics.status


@pytest.mark.parametrize("i", np.flatnonzero(FITTED), ids=lambda i: NAMES[i])
def test_summaries_are_what_fit_gives_bit_for_bit(cells: wf.Ensemble, i: int) -> None:
    alone = fit_row(i)
    for method in ("mean", "std", "gini", "var", "theil", "median", "palma"):
        assert getattr(cells, method)()[i] == getattr(alone, method)(), method
    assert tuple(end[i] for end in cells.interval(0.8)) == alone.interval(0.8)
    assert cells.quantile_ratio(0.9, 0.1)[i] == alone.quantile_ratio(0.9, 0.1)
    assert tuple(both[i] for both in cells.mean_and_gini()) == (alone.mean(), alone.gini())
    for p0, p1 in ((0.0, 1 / 3), (0.05, 0.1), (0.5, 1.0)):
        assert cells.mean_between(p0, p1)[i] == pytest.approx(alone.mean_between(p0, p1), rel=BETWEEN)


@pytest.mark.parametrize("i", np.flatnonzero(~FITTED), ids=lambda i: NAMES[i])
def test_refused_rows_are_nan_and_refused_by_fit(cells: wf.Ensemble, i: int) -> None:
    for method in METHODS:
        assert np.all(np.isnan(getattr(cells, method)(POINTS[method])[i])), method
    for method in ("mean", "std", "gini"):
        assert np.isnan(getattr(cells, method)()[i]), method
    assert np.isnan(cells.mean_between(0.1, 0.9)[i])
    expected = wf.InfeasibleError if STATUSES[i] == "infeasible" else wf.FactError
    with pytest.raises(wf.FactError) as caught:
        fit_row(int(i))
    assert type(caught.value) is expected


def test_draws_are_of_their_cells_and_of_their_seed(cells: wf.Ensemble) -> None:
    draws = cells.rvs(4_000, rng=3)
    assert draws.shape == (len(cells), 4_000)
    assert np.isnan(draws[~FITTED]).all()
    np.testing.assert_array_equal(draws, fit_all(n_threads=3).rvs(4_000, rng=3))
    assert not np.array_equal(draws[FITTED][0], cells.rvs(4_000, rng=4)[FITTED][0])
    # Uniform ranks of a continuous cell: the largest distance of 4,000 exceeds 1.95 / sqrt(4000) once in a thousand.
    first = int(np.flatnonzero(FITTED)[0])
    ranks = np.sort(cells.cdf(draws[first])[first])
    assert np.abs(ranks - (np.arange(4_000) + 0.5) / 4_000).max() < 1.95 / np.sqrt(4_000)
    assert np.unique(draws[first]).size == 4_000
    with pytest.raises(wf.FactError, match="size is -1"):
        cells.rvs(-1)
    with pytest.raises(wf.FactError, match="level is 2"):
        cells.interval(2)


@pytest.mark.parametrize("n_threads", [0, 1, 2, 3, 7, 64])
def test_threads_change_nothing(cells: wf.Ensemble, n_threads: int) -> None:
    again = fit_all(n_threads=n_threads)
    np.testing.assert_array_equal(again.status, cells.status)
    for method in METHODS:
        np.testing.assert_array_equal(getattr(again, method)(POINTS[method]), getattr(cells, method)(POINTS[method]))
    np.testing.assert_array_equal(again.gini(), cells.gini())


def test_neighbors_change_nothing(cells: wf.Ensemble) -> None:
    """Rows in another order, and without the bad ones, have the fits that they had."""
    order = np.random.default_rng(1).permutation(len(FIGURES))
    np.testing.assert_array_equal(fit_all(order).ppf(PERCENTILES), cells.ppf(PERCENTILES)[order])
    np.testing.assert_array_equal(fit_all(FITTED).ppf(PERCENTILES), cells.ppf(PERCENTILES)[FITTED])


def test_facts_are_met(cells: wf.Ensemble) -> None:
    published = FITTED[:, None] & ~np.isnan(QUANTILES)
    assert cells.ppf(PERCENTILES)[published] == pytest.approx(QUANTILES[published], rel=EXACT)
    bounded = FITTED[:, None] & ~np.isnan(BOUNDS)
    assert np.all(cells.ppf(PERCENTILES)[bounded] >= BOUNDS[bounded] * (1 - EXACT))
    with_mean = FITTED & ~np.isnan(MEANS)
    assert cells.mean()[with_mean] == pytest.approx(MEANS[with_mean], rel=EXACT)


@given(st.lists(fact_sets(), min_size=1, max_size=6), st.integers(1, 3))
def test_random_cells_are_what_fit_gives(facts: list[FactSet], n_threads: int) -> None:
    """Cells that publish different probabilities: NaN everywhere else."""
    facts = [one for one in facts if (one.lower, one.upper) == (facts[0].lower, facts[0].upper)] or facts[:1]
    probabilities = sorted({p for one in facts for p in one.p})
    figures = [dict(zip(one.p, one.q, strict=True)) for one in facts]
    columns = {p: np.array([row.get(p, NAN) for row in figures]) for p in probabilities}
    ends = {"lower": facts[0].lower, "upper": facts[0].upper}
    cells = wf.fit_many(mean=[one.mean for one in facts], quantiles=columns, n_threads=n_threads, **ends)
    p = np.linspace(0.01, 0.99, 20)
    for row, one in zip(cells.ppf(p), facts, strict=True):
        np.testing.assert_array_equal(row, wf.fit(**one.arguments()).ppf(p))


def test_support_holds_for_every_cell() -> None:
    rows = [NAMES.index(name) for name in ("complete", "tied", "complete again")]
    cells = fit_all(rows, lower=15_080, upper=300_000)
    np.testing.assert_array_equal(cells.ppf([0, 1]), [[15_080, 300_000]] * 3)
    assert cells.status.tolist() == ["exact"] * 3
    above = fit_all(rows, lower=27_000)
    assert above.status.tolist() == ["infeasible", "exact", "exact"]


def test_mean_may_be_a_bound_in_some_rows() -> None:
    cells = wf.fit_many(
        mean=[44_010, NAN, NAN],
        quantiles={0.1: [26_550, 150_000, 150_000], 0.9: [66_260, NAN, 400_000]},
        at_least={0.25: [NAN, 208_000, NAN], "mean": [NAN, 208_000, NAN]},
    )
    assert cells.status.tolist() == ["exact", "exact_without_mean", "exact_without_mean"]
    alone = wf.fit(quantiles={0.1: 150_000}, at_least={0.25: 208_000, "mean": 208_000})
    np.testing.assert_array_equal(cells[1].ppf(PERCENTILES), alone.ppf(PERCENTILES))
    assert cells.mean()[1] >= 208_000 * (1 - EXACT)
    assert cells[1].diagnostics.facts.mean_at_least == 208_000
    assert cells[0].diagnostics.facts.mean_at_least is None


def two_rows(kind: Any) -> wf.Ensemble:
    return wf.fit_many(
        mean=kind([44_010, 46_590]),
        quantiles={0.1: kind([26_550, 27_820]), 0.5: kind([40_350, 42_630]), 0.9: kind([66_260, 71_150])},
    )


@pytest.mark.parametrize(
    "kind",
    [tuple, np.array, lambda v: np.array(v, dtype=np.int32), lambda v: np.array(v, dtype=np.float32), read_only,
     lambda v: np.repeat(v, 2)[::2], lambda v: np.array(v[::-1])[::-1], lambda v: np.array(v, dtype=object),
     lambda v: np.array(v, dtype=">i8"), lambda v: pd.Series(v, index=[7, 3]), lambda v: pd.Series(v, dtype="Int64")],
    ids=["tuple", "array", "int32", "float32", "read-only", "strided", "reversed", "object", "big-endian", "series",
         "nullable"],
)  # fmt: skip
def test_figures_come_in_any_form(kind: Any) -> None:
    grid = np.linspace(0, 1, 51)
    np.testing.assert_array_equal(two_rows(kind).ppf(grid), two_rows(list).ppf(grid))


def test_figures_are_not_changed_and_may_change_later() -> None:
    mean, q10, q90 = np.array([44_010.0, 46_590.0]), np.array([26_550.0, 27_820.0]), np.array([66_260.0, 71_150.0])
    cells = wf.fit_many(mean=mean, quantiles={0.1: q10, 0.9: q90})
    np.testing.assert_array_equal(q10, [26_550.0, 27_820.0])
    before, facts = cells.ppf(0.5), cells[0].diagnostics.facts
    mean[:], q10[:], q90[:] = 1.0, 2.0, 3.0
    np.testing.assert_array_equal(cells.ppf(0.5), before)
    assert cells[0].diagnostics.facts == facts


@pytest.mark.parametrize("precision", ["mean_rse", "employment"])
@pytest.mark.parametrize("means", [{"mean": [44_010.0] * 4}, {}], ids=["with means", "without"])
def test_impossible_precision_is_invalid_as_fit_refuses_it(
    precision: str, means: dict[str, Any], tmp_path: Path
) -> None:
    quantiles = {0.1: [26_550.0] * 4, 0.9: [66_260.0] * 4}
    cells = wf.fit_many(**means, quantiles=quantiles, **{precision: [-1.0, np.inf, 2.0, NAN]})
    fitted = "exact" if means else "exact_without_mean"
    assert cells.status.tolist() == ["invalid", "invalid", fitted, fitted]
    assert np.isnan(cells.credible("gini", draws=10)[0]).tolist() == np.isnan(cells.gini()).tolist()
    assert cells[2:] == wf.fit_many(**means, quantiles=quantiles)[2:]
    with pytest.raises(wf.FactError, match="cell 0 has no distribution, its status is 'invalid'"):
        cells[0]
    with pytest.raises(wf.FactError, match=f"{precision} is -1; expected a finite number of at least 0"):
        wf.fit(mean=44_010, quantiles={0.1: 26_550}, **{precision: -1.0})
    cells.save(tmp_path / "cells.npz")
    assert wf.Ensemble.load(tmp_path / "cells.npz") == cells


def test_no_precision_and_no_people_are_unpublished() -> None:
    facts = {"mean": [44_010.0], "quantiles": {0.1: [26_550.0], 0.9: [66_260.0]}}
    unknown = wf.fit_many(**facts).credible("gini", draws=10)
    assert wf.fit_many(**facts, mean_rse=[0.0], employment=[0.0]).credible("gini", draws=10) == unknown


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({}, "no quantiles and no mean; expected arrays"),
        ({"mean": [1.0, 2.0], "quantiles": {0.5: [1.0]}}, r"differ in length: quantiles\[0.5\] has 1, mean has 2"),
        ({"mean": [[1.0, 2.0]]}, r"mean has shape \(1, 2\); expected \(n_cells,\)"),
        ({"mean": 44_010}, r"mean has shape \(\); expected \(n_cells,\)"),
        ({"mean": ["#"]}, r"mean\[0\] is '#'; expected numbers: .* belongs in at_least"),
        ({"mean": [1.0, "44.010,50"]}, r"mean\[1\] is '44.010,50'; expected numbers"),
        ({"mean": [True]}, r"mean is \[True\]; expected numbers"),
        ({"mean": np.ma.array([True, False], mask=[True, False])}, r"mean\[1\] is False; expected numbers"),
        ({"mean": [1.0], "quantiles": {0.5: ["#"]}}, r"quantiles\[0.5\]\[0\] is '#'; expected numbers: .* at_least"),
        ({"mean": [1.0], "quantiles": {0.5: None}}, r"quantiles\[0.5\] is None; expected an array"),
        ({"mean": [1.0], "quantiles": {1.5: [1.0]}}, "quantiles has the probability 1.5; expected a number inside"),
        ({"mean": [1.0], "quantiles": {0: [1.0]}}, "quantiles has the probability 0; expected a number inside"),
        ({"mean": [1.0], "quantiles": {NAN: [1.0]}}, "quantiles has the probability nan; expected a number inside"),
        ({"quantiles": {0.1: [1.0], Decimal("0.1"): [2.0]}}, "quantiles has the probability 0.1 twice; expected each"),
        ({"at_least": {0.1: [1.0], Decimal("0.1"): [1.0]}}, "at_least has the probability 0.1 twice"),
        ({"mean": [1.0], "quantiles": {"0.5": [1.0]}}, "a probability of quantiles is '0.5'; expected one number"),
        ({"mean": [1.0], "quantiles": ([0.5], [[1.0]])}, "quantiles is tuple; expected a mapping"),
        ({"mean": [1.0], "at_least": {2: [1.0]}}, "at_least has the probability 2; expected a number inside"),
        ({"mean": [1.0], "at_least": {"mean": ["#"]}}, r"at_least\['mean'\]\[0\] is '#'; expected numbers"),
        ({"mean": [1.0], "lower": -1}, "lower is -1; expected a finite wage"),
        ({"mean": [1.0], "lower": NAN}, "lower is nan; expected a finite wage"),
        ({"mean": [1.0], "lower": [1.0]}, r"lower is \[1.0\]; expected one number"),
        ({"mean": [1.0], "lower": 5, "upper": 2}, "upper is 2; expected a wage above lower, 5"),
        ({"mean": [1.0], "unit": None}, "unit is None; expected a currency"),
        ({"mean": [1.0], "n_threads": -1}, "n_threads is -1; expected a whole number"),
        ({"mean": [1.0], "n_threads": 1.5}, "n_threads is 1.5; expected a whole number"),
        ({"mean": [1.0], "n_threads": True}, "n_threads is True; expected a whole number"),
    ],
)  # fmt: skip
def test_wrong_tables_are_refused(arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(wf.FactError, match=words):
        wf.fit_many(**arguments)
