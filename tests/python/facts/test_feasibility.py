"""Contradictions carry a certificate, and exactly what no distribution satisfies is refused."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

import wagefit as wf
from wagefit import _core
from wagefit.facts.facts import read_facts

from ..cells import PERCENTILES, TECHNICIANS
from ..oracles import mean_interval, programmed_mean_interval
from ..strategies import powers, probabilities

# The interior-point and simplex solvers of HiGHS accept constraints violated by 1e-7 in units of the median wage.
PROGRAM = 1e-5
# The sums of at most 13 products that make up the ends of a feasible interval.
SUM = 13 * np.finfo(float).eps

CLASHES: dict[
    str, tuple[dict[str, Any], str, tuple[float, float] | None, tuple[float, float] | None, tuple[str, ...]]
] = {
    "decreasing quantiles": (
        {
            "mean": 58_950,
            "quantiles": dict(zip(PERCENTILES, (20_883.2, 29_099.2, 46_176.0, 96_491.2, 20_779.2), strict=True)),
        },
        "decreasing_quantiles",
        (0.75, 0.9),
        None,
        ("quantiles[0.75] = 96,491.20", "quantiles[0.9] = 20,779.20", "ascend"),
    ),
    "mean below what the percentiles allow": (  # 1998, code 41000: the median printed as the mean
        {"mean": 18_500, "quantiles": dict(zip(PERCENTILES, (12_180, 13_540, 18_500, 30_850, 49_800), strict=True))},
        "mean_too_low",
        None,
        mean_interval(PERCENTILES, (12_180, 13_540, 18_500, 30_850, 49_800)),
        ("mean is 18,500", "lower than the percentiles allow", "above 19,444.50"),
    ),
    "mean equal to its least": (
        {"mean": 90.0, "quantiles": {0.1: 100.0}},
        "mean_too_low",
        None,
        (90.0, np.inf),
        ("mean is 90", "above 90"),
    ),
    "mean above what the support allows": (
        {"mean": 75.0, "quantiles": {0.5: 50.0}, "upper": 100.0},
        "mean_too_high",
        None,
        (25.0, 75.0),
        ("mean is 75", "higher than the facts allow", "inside (25, 75)"),
    ),
    "mean bounded above what the support allows": (
        {"quantiles": {0.5: 50.0}, "at_least": {"mean": 80.0}, "upper": 100.0},
        "bounded_mean_too_high",
        None,
        (25.0, 75.0),
        ("at_least['mean'] is 80", "inside (25, 75)"),
    ),
    "mean below what a bound allows": (
        {"mean": 60.0, "quantiles": {0.1: 50.0}, "at_least": {0.2: 100.0}},
        "mean_too_low",
        None,
        (85.0, np.inf),
        ("mean is 60", "above 85"),
    ),
    "quantile below an earlier bound": (
        {"mean": 60.0, "quantiles": {0.1: 10.0, 0.9: 70.0}, "at_least": {0.5: 80.0}},
        "quantile_below_bound",
        (0.5, 0.9),
        None,
        ("quantiles[0.9] = 70", "at_least[0.5] = 80"),
    ),
    "quantile below the support": (
        {**TECHNICIANS, "lower": 30_000},
        "outside_support",
        (0.1, 0.1),
        None,
        ("quantiles[0.1] = 26,550", "outside the support", "[30,000, inf]"),
    ),
    "quantile above the support": (
        {**TECHNICIANS, "upper": 60_000},
        "outside_support",
        (0.9, 0.9),
        None,
        ("quantiles[0.9] = 66,260", "outside the support", "[0, 60,000]"),
    ),
    "bound above the support": (
        {"mean": 20.0, "quantiles": {0.1: 10.0}, "at_least": {0.5: 80.0}, "upper": 60.0},
        "outside_support",
        (0.5, 0.5),
        None,
        ("at_least[0.5] = 80", "[0, 60]"),
    ),
}


@pytest.mark.parametrize(("arguments", "reason", "probabilities", "interval", "words"), CLASHES.values(), ids=CLASHES)
def test_contradictions_carry_a_certificate(
    arguments: dict[str, Any],
    reason: str,
    probabilities: tuple[float, float] | None,
    interval: tuple[float, float] | None,
    words: tuple[str, ...],
) -> None:
    """InfeasibleError names the facts that clash, or the interval the mean would have to be in."""
    with pytest.raises(wf.InfeasibleError) as caught:
        wf.fit(**arguments)
    assert [word for word in words if word not in str(caught.value)] == []
    certificate = caught.value.certificate
    assert (certificate.reason, certificate.probabilities) == (reason, probabilities)
    assert (certificate.mean_interval is None) == (interval is None)
    if interval is not None:
        assert certificate.mean_interval == pytest.approx(interval, rel=SUM)


def test_certificate_survives_pickling() -> None:
    """Errors cross process boundaries."""
    with pytest.raises(wf.InfeasibleError) as caught:
        wf.fit(mean=18_500, quantiles=dict(zip(PERCENTILES, (12_180, 13_540, 18_500, 30_850, 49_800), strict=True)))
    again = pickle.loads(pickle.dumps(caught.value))
    assert type(again) is wf.InfeasibleError
    assert (str(again), again.certificate) == (str(caught.value), caught.value.certificate)


def core_facts(
    quantiles: dict[float, float], at_least: dict[float, float], mean: float | None, lower: float, upper: float
) -> _core.Facts:
    """The core's facts, as fit makes them."""
    return read_facts(quantiles=quantiles, at_least=at_least, mean=mean, lower=lower, upper=upper).core


@st.composite
def any_facts(draw: st.DrawFn) -> tuple[dict[float, float], dict[float, float], float, float]:
    """Quantiles and bounds, each meaningful by itself, in harmony or not, and a support."""
    p = draw(probabilities(most=6))
    unit = draw(powers(-3, 9))
    wages = draw(st.lists(st.integers(1, 20), min_size=len(p), max_size=len(p)))
    if draw(st.booleans()):
        wages = sorted(wages)
    is_bound = draw(
        st.lists(st.booleans(), min_size=len(p), max_size=len(p)).filter(lambda flags: flags.count(False) >= 2)
    )
    quantiles = {one: unit * wage for one, wage, bound in zip(p, wages, is_bound, strict=True) if not bound}
    at_least = {one: unit * wage for one, wage, bound in zip(p, wages, is_bound, strict=True) if bound}
    lower = draw(st.one_of(st.just(0.0), st.integers(1, 6).map(lambda k: unit * k)))
    upper = draw(st.one_of(st.just(np.inf), st.integers(12, 40).map(lambda k: unit * k)))
    return quantiles, at_least, lower, upper


@given(any_facts())
def test_feasible_means_are_those_of_a_linear_program(
    facts: tuple[dict[float, float], dict[float, float], float, float],
) -> None:
    """Both ends of the interval, and the clash where there is none."""
    quantiles, at_least, lower, upper = facts
    verdict = _core.check_feasibility(core_facts(quantiles, at_least, None, lower, upper))
    programmed = programmed_mean_interval(tuple(quantiles.items()), tuple(at_least.items()), lower, upper)
    assert verdict.feasible == (programmed is not None), verdict.reason
    if programmed is not None:
        assert verdict.mean_interval == pytest.approx(programmed, rel=PROGRAM)


@given(any_facts(), st.floats(-1.0, 2.0))
@example(({0.1: 1.0, 0.9: 9.0}, {0.5: 4.0}, 0.0, np.inf), 0.5)
@example(({0.1: 1.0, 0.9: 1.0}, {}, 1.0, np.inf), -0.5)
def test_fit_refuses_exactly_what_no_distribution_satisfies(
    facts: tuple[dict[float, float], dict[float, float], float, float], position: float
) -> None:
    """With a mean inside, below or above the feasible interval, not nearer to an end than the program can tell."""
    quantiles, at_least, lower, upper = facts
    interval = programmed_mean_interval(tuple(quantiles.items()), tuple(at_least.items()), lower, upper)
    low, high = interval if interval is not None else (min(quantiles.values()), max(quantiles.values()))
    mean = low + position * (min(high, 3.0 * low) - low)
    margin = 10 * PROGRAM * max(quantiles.values())
    assume(mean > 0.0 and abs(mean - low) > margin and abs(mean - high) > margin and high - low > 3 * margin)
    is_possible = interval is not None and low < mean < high
    arguments = {"mean": mean, "quantiles": quantiles, "at_least": at_least, "lower": lower, "upper": upper}
    if not is_possible:
        with pytest.raises(wf.InfeasibleError) as caught:
            wf.fit(**arguments)
        assert caught.value.certificate.reason in {reason.name for reason in _core.Infeasibility}
        return
    fitted = wf.fit(**arguments)
    assert fitted.mean() == pytest.approx(mean, rel=1e-10)
    assert all(fitted.ppf(p) == pytest.approx(q, rel=1e-10) for p, q in quantiles.items())
    assert all(fitted.ppf(p) >= q * (1 - 1e-10) for p, q in at_least.items())


@given(st.floats(0.0, 0.5), st.floats(0.0, 0.5))
def test_a_bound_raises_only_the_least_mean(first: float, second: float) -> None:
    """DESIGN: at_least raises the lower end of the feasible interval and leaves the upper one."""
    quantiles = {0.1: 1.0, 0.95: 3.0}
    free = _core.check_feasibility(core_facts(quantiles, {}, None, 0.0, 10.0)).mean_interval
    bounded = _core.check_feasibility(
        core_facts(quantiles, {0.3: 1.0 + first, 0.6: 1.0 + first + second}, None, 0.0, 10.0)
    )
    extra = 0.3 * first + 0.35 * (first + second)
    assert bounded.mean_interval == pytest.approx((free[0] + extra, free[1]), rel=SUM)
