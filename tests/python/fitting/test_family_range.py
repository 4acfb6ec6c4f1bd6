"""Family fits to narrow, wide, oddly scaled and odd figures: the right member, and no figure that is not a number."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import wagefit as wf

from ..families import FAMILIES, member

TWO_PARAMETERS = ["lognormal", "weibull", "gamma", "loglogistic"]
# As many facts as parameters are met to 1e-9 in logs.
MET = 2e-9


def figures(pay: wf.Distribution) -> dict[str, float]:
    return {
        "mean": pay.mean(),
        "std": pay.std(),
        "gini": pay.gini(),
        "theil": pay.theil(),
        "p1": float(pay.ppf(0.01)),
        "p99": float(pay.ppf(0.99)),
        "density": float(pay.pdf(pay.ppf(0.5))),
        "lorenz": float(pay.lorenz(0.5)),
        "top": float(pay.top_share(0.01)),
        "atkinson": float(pay.atkinson(1.0)),
        "between": pay.mean_between(0.2, 0.7),
    }


def check(pay: wf.Distribution, facts: Any) -> None:
    found = figures(pay)
    assert not np.isnan(list(found.values())).any(), (facts, found)
    assert 0.0 <= found["gini"] <= 1.0, (facts, found)
    assert 0.0 <= found["atkinson"] <= 1.0, (facts, found)
    assert found["theil"] >= 0.0, (facts, found)
    assert found["p1"] <= found["between"] <= found["p99"], (facts, found)
    for p in (0.01, 0.5, 0.99):
        wage = float(pay.ppf(p))
        if wage > 0.0:  # the rounding of wages as narrow as a part in a million is 1e-10 of their spread
            assert float(pay.cdf(wage)) == pytest.approx(p, rel=1e-8), facts


@pytest.mark.parametrize("shape", [1e-2, 1.0, 2000.0, 1e5, 1e7, 1e9])
def test_gamma_shapes_are_recovered(shape: float) -> None:
    true = member("gamma", [50_000.0 / shape, shape])
    quantiles = {p: float(true.ppf(p)) for p in (0.25, 0.9)}
    pay = wf.fit(quantiles=quantiles, family="gamma")
    assert pay.mean() == pytest.approx(true.mean(), rel=1e-6 if shape < 1 else MET)  # P25 tells little of the mean
    assert pay.std() == pytest.approx(true.std(), rel=1e-8 * np.sqrt(shape) + 1e-6)


@pytest.mark.parametrize("name", TWO_PARAMETERS[1:])
@pytest.mark.parametrize("spread", [1e-6, 1e-3, 0.3, 1.0])
@pytest.mark.parametrize("unit", [1e-280, 1e-100, 1e5, 1e200])
def test_two_quantiles_are_met_at_any_spread_and_scale(name: str, spread: float, unit: float) -> None:
    quantiles = {0.2: unit, 0.8: unit * float(np.exp(spread))}
    pay = wf.fit(quantiles=quantiles, family=name)
    for p, wage in quantiles.items():
        assert float(pay.ppf(p)) == pytest.approx(wage, rel=MET)
    check(pay, quantiles)


def test_a_median_near_the_mean_leaves_a_wide_weibull() -> None:
    """The two agree near a shape of 3.44 and in the limit of large shapes, where the median is above the mean."""
    pay = wf.fit(mean=5.406598664184302, quantiles={0.5: 5.406598326538891}, family="weibull")
    assert pay.diagnostics is not None
    assert pay.diagnostics.estimate is not None
    assert pay.diagnostics.estimate.parameters["shape"] == pytest.approx(3.4395, abs=1e-3)


def test_gb2_of_a_double_pareto_distribution_has_its_tails() -> None:
    """Counts that drive the fit to small p and q, where each tail is a power law."""
    edges = [0, 20e3, 30e3, 40e3, 60e3, 100e3, np.inf]
    pay = wf.fit_brackets(edges, [10, 20, 30, 20, 10, 5], family="gb2")
    assert pay.diagnostics is not None
    assert pay.diagnostics.estimate is not None
    shapes = pay.diagnostics.estimate.parameters
    power = shapes["a"] * shapes["q"]
    assert float(pay.sf(pay.ppf(0.99))) == pytest.approx(0.01, rel=1e-10)
    assert float(pay.ppf(0.95)) < 0.8 * float(pay.ppf(0.99))
    assert float(pay.ppf(0.999) / pay.ppf(0.99)) == pytest.approx(10.0 ** (1.0 / power), rel=1e-10)
    assert float(pay.sf(200e3)) == pytest.approx(0.011, rel=0.01)
    assert pay.gini() == pytest.approx(0.3405, abs=1e-3)  # of the double Pareto limit


def test_a_light_tail_reaches_a_bracket_far_away() -> None:
    """The highest bracket starts 60,000 medians up, where a gamma of that median has a probability of exp(-15,000)."""
    edges = np.array([0.0, 0.8177, 0.8178, 0.9134, 57.4, 67.9, 53_165.0, np.inf])
    counts = [6537, 4648, 6993, 9941, 2548, 5228, 5503]
    check(wf.fit_brackets(edges, counts, family="gamma"), edges)


def test_a_start_without_a_mean_is_no_obstacle() -> None:
    """Log wages as wide as a loglogistic with an a of 0.6, whose mean would be infinite."""
    quantiles = {0.1: 9.75e-6, 0.25: 4.52e-5, 0.5: 2.77e-4, 0.75: 1.59e-3, 0.9: 1.34e-2}
    pay = wf.fit(mean=0.0189, quantiles=quantiles, family="loglogistic")
    assert np.isfinite(pay.mean())
    check(pay, quantiles)


@pytest.mark.parametrize("name", list(FAMILIES))
def test_random_brackets_give_numbers(name: str) -> None:
    rng = np.random.default_rng(15)
    for _ in range(12):
        n, unit = int(rng.integers(5, 14)), float(10.0 ** rng.uniform(-200, 200))
        inner = np.cumsum(rng.exponential(1.0, n) ** rng.uniform(0.5, 3.0))
        edges = unit * np.concatenate([[0.0], inner, [np.inf]])
        counts = rng.integers(1, 10 ** int(rng.integers(1, 6)), n + 1)
        check(wf.fit_brackets(edges, counts, family=name), (edges, counts))


@pytest.mark.parametrize("name", list(FAMILIES))
def test_random_facts_give_numbers(name: str) -> None:
    rng = np.random.default_rng(16)
    p = np.array([0.1, 0.25, 0.5, 0.75, 0.9])
    for _ in range(12):
        spread, unit = float(10.0 ** rng.uniform(-5.0, 0.3)), float(10.0 ** rng.uniform(-250, 250))
        z = np.array([-1.28, -0.67, 0.0, 0.67, 1.28])
        wages = unit * np.exp(spread * np.sort(z + rng.uniform(0.0, 0.2) * z**2 + rng.normal(0.0, 0.03, 5)))
        mean = unit * float(np.exp(spread**2 * rng.uniform(0.5, 0.7)))
        if name == "lognormal":
            facts = {"quantiles": {0.1: wages[0], 0.9: wages[4]}}
        else:
            facts = {"mean": mean, "quantiles": dict(zip(p, wages, strict=True))}
        check(wf.fit(**facts, family=name), facts)
