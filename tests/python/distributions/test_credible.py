"""Credible intervals: which facts widen them, and how they travel through changes of a distribution."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

import wagefit as wf
from wagefit.distributions.posterior import interval_error

from ..cells import PERCENTILES, SPECIALISTS, TECHNICIANS, fitted
from ..oracles import EXACT
from ..posterior_draws import GRID, assert_is_a_distribution

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


@pytest.mark.parametrize(
    ("edges", "counts", "mean"),
    [
        ([0, 25_773.4, 36_773, 59_058.1, 75_523.3, float("inf")], [30, 340, 245_300, 1, 850_400], 73_092.69),
        ([0, 1, 2, 3, 4], [9_523, 14_680, 8_876, 8_548], 2.3945218802562858),
    ],
    ids=["mean near its least", "mean near its greatest"],
)
def test_an_interval_holds_its_estimate(edges: list[float], counts: list[float], mean: float) -> None:
    """Also where so little room is left that draws and estimate part."""
    pay = wf.fit_brackets(edges, counts, mean)
    for name, arguments in (("gini", ()), ("ppf", (0.5,))):
        low, high = pay.credible(name, *arguments, draws=50)
        assert low <= getattr(pay, name)(*arguments) <= high


def test_the_error_of_the_ends_is_that_of_other_seeds() -> None:
    """Ends of 400 normal draws, 1,000 times: their standard deviation is what one sample tells of it."""
    samples = np.random.default_rng(8).standard_normal((1_000, 400))
    ends = np.quantile(samples, [0.05, 0.95], axis=1)
    errors = [interval_error(sample, 0.9) for sample in samples]
    # The larger of two estimates, each uncertain by about a fifth, is somewhat above either.
    assert 1.0 < np.mean(errors) / ends.std(axis=1).mean() < 1.3


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


def width(pay: wf.Distribution, functional: Callable[[wf.Distribution], Any], draws: int = 300) -> Any:
    low, high = pay.credible(functional, draws=draws)
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
    """A published RSE makes the facts uncertain themselves: in proportion, and the more so the larger it is.

    P95 is uncertain by 14 % of itself anyway, so that 0.5 % more show only over many draws.
    """

    def everything(d: wf.Distribution) -> Any:
        return np.append(d.ppf([*PERCENTILES, 0.6, 0.95]), d.mean())

    exact, good, poor = (
        width(wf.fit(**TECHNICIANS, mean_rse=rse), everything, draws=2_000) for rse in (None, 0.5, 2.0)
    )
    assert np.all(exact < good)
    assert np.all(good < poor)
    # 1.645 standard errors either side of the mean; 2,000 draws know the ends of a normal to about 3 %.
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


@pytest.mark.parametrize(
    ("functional", "arguments", "given"),
    [("to_frame", (), "DataFrame"), ("scale", (2.0,), "Distribution"), (lambda pay: pay.unit, (), "str")],
)
def test_functional_that_gives_no_numbers_is_refused(functional: Any, arguments: tuple[Any, ...], given: str) -> None:
    message = f"functional gives {given}; expected a number or an array of them"
    with pytest.raises(wf.FactError, match=message):
        fitted("technicians").credible(functional, *arguments, draws=2)
    with pytest.raises(wf.FactError, match=message):
        wf.fit_many(mean=[44_010], quantiles={0.5: [40_350]}).credible(functional, *arguments, draws=2)


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
