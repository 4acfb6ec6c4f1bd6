"""Posterior draws and credible intervals: what the facts leave open, and nothing that they say."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtri

import wagefit as wf
from wagefit import _core

from ..cells import ANESTHESIOLOGISTS, CELLS, PERCENTILES, SPECIALISTS, TECHNICIANS, fitted
from ..densities import assert_density_integrates
from ..oracles import mean_interval
from ..strategies import TIE, USUAL, FactSet, fact_sets, powers, wage_like

EXACT = 1e-10  # what the project promises of every fact, relative
FEW = 8  # draws where a property must hold for each
GRID = np.concatenate([[0.0, 1e-9], np.linspace(0.001, 0.999, 200), [1 - 1e-9, 1.0]])


def assert_is_a_distribution(drawn: wf.Distribution) -> None:
    """Rising within the support, a finite density, and all probability accounted for."""
    wages = drawn.ppf(GRID)
    lower, upper = drawn.support()
    assert (wages[0], wages[-1]) == (lower, upper)
    assert np.all(np.diff(wages[np.isfinite(wages)]) >= 0)
    assert np.all(drawn.pdf(wages[1:-1]) >= 0)
    assert drawn.mean() > 0


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


# -- each draw is a distribution with the facts ----------------------------------------------------------------------


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
    assert pay.diagnostics.status == "no_mean"
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


# -- repeatability ---------------------------------------------------------------------------------------------------


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
    fit = _core.fit_curve(facts, prior)
    draws = [
        _core.posterior_draws(
            facts, fit, size=5_000.0, source=source, rounding=10.0, n=33, key=(1, 2), prior=prior, n_threads=n
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


# -- credible intervals ----------------------------------------------------------------------------------------------

NAMED: dict[str, tuple[Any, ...]] = {
    "ppf": (0.99,),
    "cdf": (60_000.0,),
    "mean_between": (0.0, 1 / 3),
    "std": (),
    "gini": (),
    "theil": (),
    "palma": (),
    "top_share": (0.1,),
    "quantile_ratio": (0.95, 0.05),
}


@pytest.mark.parametrize(("name", "arguments"), NAMED.items(), ids=NAMED)
def test_named_functionals_are_those_of_each_draw(name: str, arguments: tuple[Any, ...]) -> None:
    """The interval is the pair of quantiles of the functional over the draws, whether named or called."""
    pay = fitted("technicians")
    low, high = pay.credible(name, *arguments, level=0.8, draws=60, rng=9)
    values = [getattr(drawn, name)(*arguments) for drawn in pay.posterior_draws(60, rng=9)]
    assert (low, high) == tuple(np.quantile(values, [(1 - 0.8) / 2, (1 + 0.8) / 2]).tolist())
    assert pay.credible(lambda d: getattr(d, name)(*arguments), level=0.8, draws=60, rng=9) == (low, high)
    assert low < high


def test_functional_keeps_its_shape() -> None:
    pay = fitted("technicians")
    assert all(isinstance(end, float) for end in pay.credible("gini", draws=10))
    low, high = pay.credible("ppf", [[0.05, 0.5], [0.95, 0.99]], draws=10)
    assert low.shape == high.shape == (2, 2)
    assert np.all(low <= high)
    low, high = pay.credible(lambda d: [d.mean(), d.gini(), d.ppf(0.99)], draws=10)
    assert low.shape == (3,)


def test_facts_have_no_width() -> None:
    pay = fitted("technicians")
    assert pay.credible("mean") == pytest.approx((44_010, 44_010), rel=EXACT)
    low, high = pay.credible("ppf", PERCENTILES)
    assert low == pytest.approx(high, rel=EXACT)


def test_without_a_mean_the_tail_is_open() -> None:
    """The mean is what holds the tail: without it the mean itself is uncertain, and P99 more so."""
    known, unknown = fitted("technicians"), fitted("no mean")
    assert width(unknown, lambda d: d.mean()) > 100
    assert width(unknown, lambda d: d.ppf(0.99)) > 1.5 * width(known, lambda d: d.ppf(0.99))


@pytest.mark.parametrize("name", ["technicians", "no mean", "top code", "ties within", "lone quantile and mean"])
def test_levels_nest(name: str) -> None:
    pay = fitted(name)
    ends = [pay.credible("ppf", [0.03, 0.4, 0.97], level=level, draws=100) for level in (0.5, 0.8, 0.9, 0.99)]
    for (low, high), (wider_low, wider_high) in pairwise(ends):
        assert np.all(wider_low <= low)
        assert np.all(high <= wider_high)


def width(pay: wf.Distribution, functional: Callable[[wf.Distribution], Any], level: float = 0.9) -> Any:
    low, high = pay.credible(functional, level=level, draws=300)
    return high - low


BETWEEN = (0.05, 0.17, 0.4, 0.6, 0.82, 0.95)


def test_fewer_people_widen_the_interval() -> None:
    """The sampling part of the prior falls with one over employment; the shape part stays.

    With many people the cell's own irregularity can only be shape, which the scale of the draws takes into account: the
    width then rises again by a few percent.
    """
    many = [10, 100, 1_000, 1e6, 1e9]
    widths = [width(wf.fit(**TECHNICIANS, employment=people), lambda d: d.ppf(BETWEEN)) for people in many]
    assert np.all(widths[0] > 1.5 * widths[1])
    assert np.all(widths[1] > 1.3 * widths[2])
    assert widths[2] == pytest.approx(widths[3], rel=0.15)
    assert widths[3] == pytest.approx(widths[4], rel=1e-3)


def test_standard_error_widens_the_interval() -> None:
    """A published RSE makes the facts uncertain themselves: in proportion, and the more so the larger it is."""
    exact, good, poor = (
        width(wf.fit(**TECHNICIANS, mean_rse=rse), lambda d: np.append(d.ppf([*PERCENTILES, 0.6, 0.95]), d.mean()))
        for rse in (None, 0.5, 2.0)
    )
    assert np.all(exact < good)
    assert np.all(good < poor)
    # 1.645 standard errors either side of the mean; 300 draws know the ends of a normal to about 7 %.
    assert good[-1] == pytest.approx(2 * 1.645 * 0.005 * 44_010, rel=0.2)
    assert poor[-1] == pytest.approx(2 * 1.645 * 0.020 * 44_010, rel=0.2)
    assert poor[:5] / good[:5] == pytest.approx(4.0, rel=0.25)


def test_standard_error_of_the_median_is_that_of_a_sample() -> None:
    """sqrt(p (1 - p) / n) / pdf with n = (CV / RSE)^2 people, as of independent draws (Cox & Hinkley 1974)."""
    pay = wf.fit(**TECHNICIANS, mean_rse=1.0)
    n = (pay.std() / pay.mean() / 0.01) ** 2
    for p in (0.25, 0.5, 0.75):
        expected = np.sqrt(p * (1 - p) / n) / pay.pdf(pay.ppf(p))
        values = [drawn.ppf(p) for drawn in pay.posterior_draws(1_000)]
        # The standard deviation of 1,000 normal draws is known to 2.2 %; four of them.
        assert np.std(values) == pytest.approx(expected, rel=0.09)


def test_mean_and_median_of_a_sample_move_together() -> None:
    """Cov(M, Q) = (p E[X] - E[X; X < Q]) / (n pdf), a positive correlation near that of a lognormal sample."""
    draws = wf.fit(**TECHNICIANS, mean_rse=1.0).posterior_draws(1_000)
    values = np.array([(drawn.mean(), drawn.median()) for drawn in draws])
    pay = fitted("technicians")
    covariance = (0.5 - pay.lorenz(0.5)) * pay.mean() / pay.pdf(pay.median())
    expected = covariance / (pay.std() * 0.5 / pay.pdf(pay.median()))
    # A correlation of 0.7 from 1,000 draws has a standard error of 0.016; four of them.
    assert np.corrcoef(values.T)[0, 1] == pytest.approx(expected, abs=0.065)


def test_rounding_widens_the_interval_by_the_step() -> None:
    """A figure rounded to $1,000 is known to +-$500, a uniform error of 289 standard deviation."""
    pay = wf.fit(**TECHNICIANS, rounding=1_000)
    values = np.array([[drawn.mean(), *drawn.ppf(PERCENTILES)] for drawn in pay.posterior_draws(600)])
    # The standard deviation of 600 draws is known to 3 %; four of them.
    assert values.std(axis=0) == pytest.approx(np.full(6, 1_000 / np.sqrt(12)), rel=0.12)
    assert width(wf.fit(**TECHNICIANS, rounding=10), lambda d: d.median()) < 20


def test_point_curve_ignores_its_precision() -> None:
    vague = wf.fit(**TECHNICIANS, mean_rse=5.0, employment=50, rounding=100)
    np.testing.assert_array_equal(vague.ppf(GRID), fitted("technicians").ppf(GRID))


# -- propagation -----------------------------------------------------------------------------------------------------


def test_scale_multiplies_the_interval() -> None:
    pay = fitted("technicians")
    low, high = pay.credible("ppf", 0.99, draws=50)
    assert pay.scale(1.3).credible("ppf", 0.99, draws=50) == pytest.approx((1.3 * low, 1.3 * high), rel=1e-12)
    assert pay.scale(1.3).credible("gini", draws=50) == pytest.approx(pay.credible("gini", draws=50), rel=1e-12)


def test_hours_keep_the_interval_and_its_unit() -> None:
    pay, hourly = fitted("technicians"), fitted("technicians").to_hourly()
    assert {drawn.unit for drawn in hourly.posterior_draws(3)} == {"USD/hour"}
    annual = np.array(pay.credible("ppf", 0.99, draws=50))
    assert hourly.credible("ppf", 0.99, draws=50) == pytest.approx(tuple(annual / 2080), rel=1e-12)


def test_truncation_reaches_every_draw() -> None:
    pay = fitted("technicians").truncate(30_000, 90_000)
    for drawn in pay.posterior_draws(10):
        assert drawn.support() == (30_000, 90_000)
        assert_is_a_distribution(drawn)
    assert width(pay, lambda d: d.mean()) > 0  # what was known of all is open for a part


def test_mixture_keeps_what_its_parts_know() -> None:
    """The mean of the mixture is that of the means; its quantiles are open, and less so than those of a part."""
    parts = [fitted("technicians"), wf.fit(**SPECIALISTS)]
    mixed = wf.mixture(parts, weights=[3.0, 1.0])
    assert mixed.credible("mean", draws=40) == pytest.approx(((3 * 44_010 + 46_590) / 4,) * 2, rel=EXACT)
    low, high = mixed.credible("ppf", 0.99, draws=200)
    assert low < mixed.ppf(0.99) < high
    assert high - low < max(width(part, lambda d: d.ppf(0.99)) for part in parts)


def test_parts_of_a_mixture_are_drawn_independently() -> None:
    """n equal parts: the deviations of a share above a wage average out like one over the square root of n."""
    pay = fitted("technicians")
    alone = [drawn.sf(80_000.0) for drawn in pay.posterior_draws(300)]
    together = [drawn.sf(80_000.0) for drawn in wf.mixture([pay] * 9).posterior_draws(300)]
    # Two standard deviations of 300 draws each: their ratio is known to 6 %; heavy tails double that.
    assert np.std(together) / np.std(alone) == pytest.approx(1 / 3, rel=0.35)


def test_mixture_of_mixtures_and_scales_propagates() -> None:
    inner = wf.mixture([fitted("technicians"), fitted("specialists").scale(1.1)])
    outer = wf.mixture([inner.scale(0.9), fitted("top code")], weights=[0.9, 0.1]).to_hourly()
    low, high = outer.credible("gini", draws=30)
    assert 0 < low < high < 1
    assert outer.credible("mean", draws=30)[0] == pytest.approx(outer.mean(), rel=1e-9)


# -- errors ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", [0.0, 1.0, -0.1, 90.0, float("nan")])
def test_level_outside_is_refused(level: float) -> None:
    with pytest.raises(wf.FactError, match=r"level is .*; expected a number inside \(0, 1\)"):
        fitted("technicians").credible("gini", level=level, draws=2)


@pytest.mark.parametrize("n", [0, -3, 2.5, "10", None])
def test_number_of_draws_must_be_a_count(n: Any) -> None:
    with pytest.raises(wf.FactError, match=r"n is .*expected a whole number of at least 1"):
        fitted("technicians").posterior_draws(n)


@pytest.mark.parametrize("functional", ["median_wage", "_core", "unit", "__init__", ""])
def test_unknown_functional_is_refused(functional: str) -> None:
    with pytest.raises(wf.FactError, match=r"functional is .*; expected the name of a method, such as 'ppf', or"):
        fitted("technicians").credible(functional, draws=2)


def test_errors_of_the_functional_are_its_own() -> None:
    with pytest.raises(wf.FactError, match="expected p0 below p1"):
        fitted("technicians").credible("mean_between", 0.5, 0.2, draws=2)


def test_lognormal_says_that_it_has_no_posterior() -> None:
    pay = wf.fit(mean=44_010, quantiles={0.9: 63_820}, family="lognormal")
    for made in (pay, pay.scale(2.0), wf.mixture([pay, fitted("technicians")])):
        with pytest.raises(wf.FactError, match="nothing says how uncertain it is"):
            made.credible("gini")


@pytest.mark.parametrize("argument", ["mean_rse", "employment", "rounding"])
def test_negative_precision_is_refused(argument: str) -> None:
    with pytest.raises(wf.FactError, match=f"{argument} is -1"):
        wf.fit(**TECHNICIANS, **{argument: -1.0})


# -- coverage --------------------------------------------------------------------------------------------------------

POPULATIONS = 150
DRAWS = 100
LEVEL = 0.9


def lognormal_sample(rng: np.random.Generator, n: int) -> np.ndarray:
    return 45_000 * np.exp(rng.uniform(0.25, 0.7) * rng.normal(size=n))


def singh_maddala_sample(rng: np.random.Generator, n: int) -> np.ndarray:
    """Q(p) = b ((1 - p)^(-1 / q) - 1)^(1 / a) (Singh & Maddala 1976)."""
    a, q = rng.uniform(2.2, 4.5), rng.uniform(0.8, 2.5)
    return 50_000 * (rng.random(n) ** (-1 / q) - 1) ** (1 / a)


def mixture_sample(rng: np.random.Generator, n: int) -> np.ndarray:
    """Two lognormals, the second up to twice as well paid."""
    spread, ratio = rng.uniform(0.2, 0.45, 2), rng.uniform(1.2, 2.0)
    is_second = rng.random(n) < rng.uniform(0.3, 0.7)
    return 38_000 * np.where(is_second, ratio, 1.0) * np.exp(spread[is_second.astype(int)] * rng.normal(size=n))


SAMPLERS = (lognormal_sample, singh_maddala_sample, mixture_sample)


def sample_quantile(sample: np.ndarray, p: Any) -> np.ndarray:
    return np.quantile(sample, p, method="inverted_cdf")


def people_functionals(sample: np.ndarray) -> np.ndarray:
    """P5, P40, P60, P95, P99, Gini and mean of the lowest third of the people themselves."""
    ordered = np.sort(sample)
    n = len(ordered)
    gini = (2 * np.arange(1, n + 1) - n - 1) @ ordered / (n * ordered.sum())
    return np.array([*sample_quantile(sample, [0.05, 0.4, 0.6, 0.95, 0.99]), gini, ordered[: n // 3].mean()])


def curve_functionals(pay: wf.Distribution) -> np.ndarray:
    return np.array([*pay.ppf([0.05, 0.4, 0.6, 0.95, 0.99]), pay.gini(), pay.mean_between(0, 1 / 3)])


def published_figures(pay: wf.Distribution) -> np.ndarray:
    return np.array([*pay.ppf(PERCENTILES), pay.mean()])


def test_intervals_cover_the_people_behind_the_facts() -> None:
    """Groups of 200 to 10,000 people known by five percentiles and the mean.

    The prior is learned from real groups, which are rougher than these smooth populations, so that coverage may exceed
    the level; it must not fall short by more than four standard errors of a binomial proportion.
    """
    rng = np.random.default_rng(2018)
    covered, widths = [], []
    for k in range(POPULATIONS):
        people = SAMPLERS[k % 3](rng, int(10.0 ** rng.uniform(2.3, 4.0)))
        facts = {"mean": people.mean(), "quantiles": (PERCENTILES, sample_quantile(people, PERCENTILES))}
        pay = wf.fit(**facts, employment=len(people))
        low, high = pay.credible(curve_functionals, level=LEVEL, draws=DRAWS, rng=k)
        truth = people_functionals(people)
        covered.append((low <= truth) & (truth <= high))
        widths.append((high - low) / truth)
    assert np.all(np.median(widths, axis=0) < 0.35)  # and yet they say something
    share = np.mean(covered, axis=0)
    assert np.all(share >= LEVEL - 4 * np.sqrt(LEVEL * (1 - LEVEL) / POPULATIONS)), share


def test_intervals_cover_the_population_behind_a_sample() -> None:
    """With an RSE the facts are a sample's, and even published figures are uncertain.

    For these it is classical sampling theory: the true percentiles and mean of a lognormal are covered at the level,
    within four binomial standard errors.
    """
    rng = np.random.default_rng(2025)
    score = ndtri(PERCENTILES)
    covered = []
    for k in range(POPULATIONS):
        sigma, n = rng.uniform(0.25, 0.7), int(10.0 ** rng.uniform(2.6, 4.0))
        truth = 45_000 * np.array([*np.exp(sigma * score), np.exp(0.5 * sigma**2)])
        sample = 45_000 * np.exp(sigma * rng.normal(size=n))
        rse = 100 * sample.std() / sample.mean() / np.sqrt(n)
        pay = wf.fit(mean=sample.mean(), quantiles=(PERCENTILES, sample_quantile(sample, PERCENTILES)), mean_rse=rse)
        low, high = pay.credible(published_figures, level=LEVEL, draws=DRAWS, rng=k)
        covered.append((low <= truth) & (truth <= high))
    share = np.mean(covered, axis=0)
    assert np.all(np.abs(share - LEVEL) <= 4 * np.sqrt(LEVEL * (1 - LEVEL) / POPULATIONS)), share


def test_intervals_of_top_coded_cells_cover_what_is_hidden() -> None:
    """P90 replaced by a top code up to a tenth below it: the hidden figure lies inside its interval."""
    rng = np.random.default_rng(208_000)
    covered = []
    for k in range(POPULATIONS):
        people = 1.6 * SAMPLERS[k % 3](rng, 5_000)
        *shown, hidden = sample_quantile(people, PERCENTILES).tolist()
        top_code = max(0.9 * hidden, shown[-1])
        facts = {"mean": people.mean(), "quantiles": (PERCENTILES[:-1], shown), "at_least": {0.9: top_code}}
        low, high = wf.fit(**facts, employment=len(people)).credible("ppf", 0.9, level=LEVEL, draws=DRAWS, rng=k)
        covered.append(low <= hidden <= high)
    assert np.mean(covered) >= LEVEL - 4 * np.sqrt(LEVEL * (1 - LEVEL) / POPULATIONS)


def test_anesthesiologists_are_known_within_bounds() -> None:
    """One percentile, four top codes and the mean: wide intervals, none of which reaches below the top code."""
    pay = wf.fit(**ANESTHESIOLOGISTS)
    for p in (0.25, 0.5, 0.75, 0.9):
        low, high = pay.credible("ppf", p)
        assert 208_000 <= low <= high
    low, high = pay.credible("median")
    assert high - low > 5_000
