"""Posterior draws: distributions that the facts allow."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.special import ndtri

import wagefit as wf
from wagefit import _core

from ..cells import CELLS, fitted
from ..densities import assert_density_integrates
from ..oracles import EXACT, mean_interval
from ..posterior_draws import GRID, assert_is_a_distribution
from ..strategies import TIE, USUAL, FactSet, fact_sets, powers, wage_like

FEW = 8  # draws where a property must hold for each


def assert_facts_hold(drawn: wf.Distribution, facts: dict[str, Any]) -> None:
    """Quantiles and the mean to 1e-10, bounds from the right side."""
    quantiles = facts["quantiles"]
    p, q = (list(quantiles), list(quantiles.values())) if isinstance(quantiles, dict) else quantiles
    assert drawn.ppf(p) == pytest.approx(q, rel=EXACT)
    bounds = dict(facts.get("at_least") or {})
    if facts.get("mean") is not None:
        assert drawn.mean() == pytest.approx(facts["mean"], rel=EXACT)
    if "mean" in bounds:
        assert drawn.mean() >= bounds.pop("mean") * (1 - EXACT)
    for at, bound in bounds.items():
        assert drawn.ppf(at) >= bound
    lower, upper = facts.get("lower") or 0.0, facts.get("upper") or np.inf
    assert drawn.support() == (lower, upper)


@pytest.mark.parametrize("name", CELLS)
def test_draws_are_distributions_that_meet_the_facts(name: str) -> None:
    for drawn in fitted(name).posterior_draws(25, rng=1):
        assert_is_a_distribution(drawn)
        assert_facts_hold(drawn, CELLS[name])
        assert_density_integrates(drawn)


@given(fact_sets(st.one_of(TIE, USUAL)), st.booleans(), st.one_of(st.none(), powers(0.5, 6)), st.integers(0, 2**32))
@settings(max_examples=60)
def test_draws_meet_any_facts(facts: FactSet, with_mean: bool, employment: float | None, seed: int) -> None:
    """2 to 12 quantiles with ties, means near the ends of their interval, bounded supports."""
    arguments = facts.arguments() if with_mean else {**facts.arguments(), "mean": None}
    for drawn in wf.fit(**arguments, employment=employment).posterior_draws(FEW, rng=seed):
        assert_is_a_distribution(drawn)
        assert_facts_hold(drawn, arguments)


@given(wage_like(), st.integers(1, 6))
@settings(max_examples=40)
def test_draws_respect_bounds(facts: FactSet, kept: int) -> None:
    """The highest quantiles are known as top codes only, below where they are."""
    kept = min(kept, len(facts.p) - 1)
    top_code = 0.97 * facts.q[kept]
    arguments = {
        "mean": facts.mean,
        "quantiles": (facts.p[:kept], facts.q[:kept]),
        "at_least": dict.fromkeys(facts.p[kept:], max(top_code, facts.q[kept - 1])),
    }
    for drawn in wf.fit(**arguments).posterior_draws(FEW):
        assert_is_a_distribution(drawn)
        assert_facts_hold(drawn, arguments)


@given(st.floats(0.02, 0.98), st.floats(0.05, 0.9), powers(-3, 9))
@example(p=0.875, part=0.875, q=1.0)  # only a bend of the curve without the mean meets it
@settings(max_examples=40)
def test_draws_meet_a_lone_quantile_and_the_mean(p: float, part: float, q: float) -> None:
    low, _ = mean_interval([p], [q])
    _, high = mean_interval([p], [q], 0.0, 3.0 * q)
    arguments = {"mean": low + part * (high - low), "quantiles": {p: q}}
    draws = wf.fit(**arguments).posterior_draws(FEW)
    for drawn in draws:
        assert_is_a_distribution(drawn)
        assert_facts_hold(drawn, arguments)
    assert len({drawn.ppf(0.5 * p) for drawn in draws}) > 1


def test_draws_of_a_mean_above_the_top_code() -> None:
    facts = {"quantiles": {0.1: 150_000}, "at_least": {0.25: 208_000, "mean": 208_000}}
    for drawn in wf.fit(**facts).posterior_draws(50):
        assert_facts_hold(drawn, facts)


@pytest.mark.parametrize("bound", [{0.9: 42_000}, {"mean": 40_500}], ids=["quantile", "mean"])
def test_a_lone_quantile_without_a_mean_leaves_the_scale_open(bound: dict[float | str, float]) -> None:
    """Beside a bound that does not bind: the spread of pay is that of any cell, as far as the bound allows."""
    facts = {"quantiles": {0.5: 40_000}, "at_least": bound}
    pay = wf.fit(**facts)
    assert pay.diagnostics.status == "exact_without_mean"
    draws = pay.posterior_draws(400)
    for drawn in draws[:25]:
        assert_is_a_distribution(drawn)
        assert_facts_hold(drawn, facts)
    low, high = pay.credible("ppf", 0.75)
    assert low < pay.ppf(0.75) < high
    # Medians of scale in 90 % of cells lie within a factor exp(1.645 x 0.28) of 0.45; the shape adds a little.
    typical = 0.45 * ndtri(0.75)
    assert np.log(low / 40_000) == pytest.approx(typical / np.exp(1.645 * 0.28), rel=0.3)
    assert np.log(high / 40_000) == pytest.approx(typical * np.exp(1.645 * 0.28), rel=0.3)


def test_draws_differ_only_where_nothing_is_published() -> None:
    draws = fitted("technicians").posterior_draws(200)
    wages = np.array([drawn.ppf([0.1, 0.25, 0.5, 0.75, 0.9, 0.05, 0.4, 0.6, 0.95, 0.99]) for drawn in draws])
    relative = wages.std(axis=0) / wages.mean(axis=0)
    assert np.all(relative[:5] <= EXACT)
    assert np.all(relative[5:] > 1e-3)
    assert relative[9] > relative[8] > relative[7]  # P99, P95, P60: the farther from a figure the less is known


def test_draws_surround_the_curve() -> None:
    """The curve's own figures lie well inside their 90 % intervals, for a cell like most."""
    pay = fitted("technicians")
    for p in (0.02, 0.05, 0.17, 0.4, 0.6, 0.82, 0.95, 0.99):
        low, high = pay.credible("ppf", p, level=0.9)
        assert low < pay.ppf(p) < high


def grids(draws: list[wf.Distribution]) -> np.ndarray:
    return np.array([drawn.ppf(GRID[1:-1]) for drawn in draws])


def test_same_seed_gives_the_same_draws() -> None:
    pay = fitted("technicians")
    np.testing.assert_array_equal(grids(pay.posterior_draws(5, rng=3)), grids(pay.posterior_draws(5, rng=3)))
    first, second = (grids(pay.posterior_draws(5, rng=np.random.default_rng(3))) for _ in range(2))
    np.testing.assert_array_equal(first, second)
    assert np.any(first != grids(pay.posterior_draws(5, rng=4)))


def test_more_draws_begin_with_the_same_ones() -> None:
    """Each draw has a stream of its own."""
    pay = fitted("technicians")
    np.testing.assert_array_equal(grids(pay.posterior_draws(12)[:5]), grids(pay.posterior_draws(5)))


def test_generator_moves_on() -> None:
    rng = np.random.default_rng(5)
    pay = fitted("technicians")
    assert np.any(grids(pay.posterior_draws(2, rng=rng)) != grids(pay.posterior_draws(2, rng=rng)))


@pytest.mark.parametrize("source", [_core.FactSource.own, _core.FactSource.sampled])
def test_draws_do_not_depend_on_the_number_of_threads(source: _core.FactSource) -> None:
    facts, prior = fitted("technicians").diagnostics.facts.core, _core.shape_prior()
    fit = _core.fit_curve(facts, prior, None)
    draws = [
        _core.posterior_draws(
            facts,
            fit,
            size=5_000.0,
            source=source,
            rounding=10.0,
            n=33,
            key=(1, 2),
            prior=prior,
            parent=None,
            n_threads=n,
        )
        for n in (1, 2, 5)
    ]
    expected = draws[0].ppf(np.linspace(0.01, 0.99, 50), 1)
    for other in draws[1:]:
        np.testing.assert_array_equal(other.ppf(np.linspace(0.01, 0.99, 50), 1), expected)


def test_draws_survive_pickling() -> None:
    pay = fitted("technicians")
    again = pickle.loads(pickle.dumps(pay))
    np.testing.assert_array_equal(grids(again.posterior_draws(3)), grids(pay.posterior_draws(3)))


FOUR = {0.10: 26_550, 0.25: 32_070, 0.50: 40_350, 0.75: 52_730}


@pytest.mark.parametrize("mean", [None, 44_010], ids=["without a mean", "with a mean"])
@pytest.mark.parametrize("excess", [0.2, 0.5, 1.0])
def test_draws_behind_a_bound_are_those_of_the_other_facts_that_meet_it(mean: float | None, excess: float) -> None:
    """P90 bounded so many standard deviations above where the other facts put it, against plain rejection."""
    free = wf.fit(mean=mean, quantiles=FOUR)
    wages = np.array([drawn.ppf(0.9) for drawn in free.posterior_draws(4_000)])
    bound = float(free.ppf(0.9)) * np.exp(excess * np.log(wages).std())
    kept = np.log(wages[wages >= bound] / bound)
    pay = wf.fit(mean=mean, quantiles=FOUR, at_least={0.9: bound})
    assert pay.diagnostics.binding == ((0.9, bound),)
    drawn = np.log([each.ppf(0.9) / bound for each in pay.posterior_draws(1_000)])
    assert drawn.min() > 0
    # Shares below the kept draws' quartiles: four binomial errors of both samples, and 0.03 for the linear law.
    for p in (0.25, 0.5, 0.75, 0.9):
        share = np.mean(drawn < np.quantile(kept, p))
        assert abs(share - p) < 4 * np.sqrt(p * (1 - p) * (1 / len(kept) + 1 / 1_000)) + 0.03


def test_a_bound_that_binds_opens_the_interval_upwards() -> None:
    """Of the quantile, of what depends on it, and of a mean's bound: from the bound itself to above it."""
    bound = 1.1 * float(wf.fit(quantiles=FOUR).ppf(0.9))
    pay = wf.fit(quantiles=FOUR, at_least={0.9: bound})
    low, high = pay.credible("ppf", 0.9)
    assert low == pytest.approx(bound, rel=EXACT)
    assert high > 1.05 * bound
    quantiles = {0.1: 26_550, 0.9: 66_260}
    least = 1.1 * wf.fit(quantiles=quantiles).mean()
    low, high = wf.fit(quantiles=quantiles, at_least={"mean": least}).credible("mean")
    assert low == pytest.approx(least, rel=EXACT)
    assert high > 1.02 * least


def test_several_bounds_that_bind_are_open_together() -> None:
    pay = wf.fit(mean=44_010, quantiles={0.5: 40_350, 0.9: 66_260}, at_least={0.1: 31_000, 0.25: 36_000})
    assert len(pay.diagnostics.binding) == 2
    low, high = pay.credible("ppf", [0.1, 0.25])
    assert low == pytest.approx([31_000, 36_000], rel=EXACT)
    assert np.all(high > 1.03 * low)
    for drawn in pay.posterior_draws(50):
        assert_is_a_distribution(drawn)
        assert_facts_hold(drawn, {"mean": 44_010, "quantiles": {0.5: 40_350, 0.9: 66_260}})


def test_no_interval_ends_beyond_what_wages_are() -> None:
    """Without a mean, tails are no steeper than one published row in 20,000.

    Where log wages rise by 3 a normal score from P90 on, the mean beyond is exp(9 / 2 - 3 z) sf(z - 3) / 0.1 = 18.43
    times P90; the mean of everyone is below that.
    """
    pay = wf.fit(quantiles={0.5: 40_350}, at_least={0.9: 140_000, 0.75: 100_000, 0.25: 39_000})
    low, high = pay.credible("mean")
    assert low <= pay.mean() < high < 18.43 * pay.ppf(0.9)
