"""The lognormal, whole and truncated, against scipy's."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy import stats
from scipy.special import ndtr, ndtri

import wagefit as wf

from ..every_distribution import P

# scipy's twins go through logs of the wage over the scale, as large as 40 in the far tails.
TWIN = 1e-12
TWINS = [(0.05, 30_000.0), (0.33336, 41_631.0), (2.22975, 3_664.0)]


def twins(sigma: float, median: float) -> tuple[wf.Distribution, Any]:
    quantiles = {0.1: median * math.exp(sigma * ndtri(0.1)), 0.9: median * math.exp(sigma * ndtri(0.9))}
    ours = wf.fit(quantiles=quantiles, family="lognormal")
    return ours, stats.lognorm(s=ours.core.sigma, scale=ours.core.median)


WAGE_METHODS = ("pdf", "logpdf", "cdf", "sf", "logcdf", "logsf")


@pytest.mark.parametrize("method", WAGE_METHODS)
@pytest.mark.parametrize(("sigma", "median"), TWINS)
def test_lognormal_at_wages_is_scipys(sigma: float, median: float, method: str) -> None:
    """To 30 sigma on either side, at and below 0, and at infinity; NaN stays NaN."""
    ours, theirs = twins(sigma, median)
    x = np.concatenate([[-1.0, 0.0, np.inf, np.nan], median * np.exp(sigma * np.linspace(-30, 30, 241))])
    with np.errstate(divide="ignore"):
        expected = getattr(theirs, method)(x)
    found = getattr(ours, method)(x)
    ordinary = np.isfinite(expected)
    np.testing.assert_array_equal(found[~ordinary], expected[~ordinary])
    size = np.abs(expected[ordinary])
    size = np.maximum(size, 1.0) if method.startswith("log") else np.maximum(size, 1e-300)
    # A wage in the tail at z carries an error of eps / sigma in z, worth z / sigma of the probability; scipy's as well.
    assert np.all(np.abs(found[ordinary] - expected[ordinary]) <= TWIN * (1 + 30 / sigma) * size)


@pytest.mark.parametrize("method", ["ppf", "isf"])
@pytest.mark.parametrize(("sigma", "median"), TWINS)
def test_lognormal_at_probabilities_is_scipys(sigma: float, median: float, method: str) -> None:
    ours, theirs = twins(sigma, median)
    p = np.concatenate([[0.0, 1.0, -0.1, 1.1, np.nan], P, [1e-300, 1e-100]])
    assert getattr(ours, method)(p) == pytest.approx(getattr(theirs, method)(p), rel=TWIN, nan_ok=True)


@pytest.mark.parametrize(("sigma", "median"), TWINS)
def test_lognormal_summaries_are_scipys(sigma: float, median: float) -> None:
    ours, theirs = twins(sigma, median)
    for method in ("mean", "median", "std", "var", "support"):
        assert getattr(ours, method)() == pytest.approx(getattr(theirs, method)(), rel=TWIN), method
    assert ours.interval(0.9) == pytest.approx(theirs.interval(0.9), rel=TWIN)
    assert ours.moment([1, 2, 3]) == pytest.approx([theirs.moment(k) for k in (1, 2, 3)], rel=TWIN)
    assert ours.expect(np.log) == pytest.approx(math.log(ours.core.median), rel=TWIN)


@pytest.mark.parametrize(("sigma", "median"), TWINS)
def test_lognormal_inequality_has_closed_forms(sigma: float, median: float) -> None:
    """Gini erf(sigma / 2), Lorenz Phi(z - sigma), Theil sigma^2 / 2, Atkinson 1 - exp(-epsilon sigma^2 / 2)."""
    ours, _ = twins(sigma, median)
    sigma = ours.core.sigma
    assert ours.gini() == pytest.approx(math.erf(sigma / 2), rel=TWIN)
    assert ours.lorenz(P) == pytest.approx(ndtr(ndtri(P) - sigma), rel=TWIN)
    assert ours.top_share(P) == pytest.approx(ndtr(sigma + ndtri(P)), rel=TWIN)
    assert ours.theil() == pytest.approx(0.5 * sigma**2, rel=TWIN)
    epsilon = np.array([0.25, 0.5, 1.0, 2.0, 3.0])
    assert ours.atkinson(epsilon) == pytest.approx(-np.expm1(-0.5 * epsilon * sigma**2), rel=TWIN)
    between = ours.mean() * (ndtr(ndtri(0.9) - sigma) - ndtr(ndtri(0.5) - sigma)) / 0.4
    assert ours.mean_between(0.5, 0.9) == pytest.approx(between, rel=TWIN)
    assert ours.quantile_ratio(0.9, 0.1) == pytest.approx(math.exp(2 * sigma * ndtri(0.9)), rel=TWIN)


@pytest.mark.parametrize(
    ("lower", "upper"), [(30_000, 60_000), (None, 45_000), (50_000, None), (1_000, 1e9), (80_000, 81_000)]
)
def test_truncated_lognormal_is_scipys_conditional_one(lower: float | None, upper: float | None) -> None:
    base, theirs = twins(0.33336, 41_631.0)
    pay = base.truncate(lower, upper)
    low, high = lower or 0.0, upper or np.inf
    mass = theirs.cdf(high) - theirs.cdf(low) if high < 50_000 else theirs.sf(low) - theirs.sf(high)
    x = np.linspace(max(low, 10_000), min(high, 200_000), 41)
    assert pay.support() == (low, high)
    assert pay.cdf(x) == pytest.approx((theirs.cdf(x) - theirs.cdf(low)) / mass, rel=1e-9, abs=1e-12)
    assert pay.pdf(x) == pytest.approx(theirs.pdf(x) / mass, rel=1e-9)  # mass of 1e-3 loses three digits in either way
    scores = np.log(np.array([max(low, 1e-300), high]) / base.core.median) / base.core.sigma
    part = np.diff(ndtr(scores - base.core.sigma))[0] / np.diff(ndtr(scores))[0]
    assert pay.mean() == pytest.approx(base.mean() * part, rel=1e-9)
    assert pay.pdf([low - 1, high + 1]) == pytest.approx([0, 0])
    assert list(pay.cdf([low - 1, high])) == [0, 1]
