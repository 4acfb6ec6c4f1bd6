"""Pooling of several sources for one ratio, against closed forms, statsmodels and brute force."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from scipy import integrate, optimize, stats

import wagefit as wf

# AAPC's three comparisons; the errors are made up.
RATIOS, ERRORS = [1.145021, 1.122665, 1.168712], [0.020, 0.030, 0.015]


def restricted_likelihood(tau_squared: float, y: np.ndarray, v: np.ndarray) -> float:
    """Minus twice the restricted log likelihood, written from the normal density."""
    w = 1 / (v + tau_squared)
    mu = (w * y).sum() / w.sum()
    return float(np.log(v + tau_squared).sum() + math.log(w.sum()) + (w * (y - mu) ** 2).sum())


@pytest.mark.parametrize(
    ("ratios", "errors"),
    [
        ([1.145, 1.02, 1.30, 1.21], [0.02, 0.03, 0.05, 0.01]),
        ([1.145, 1.123, 1.169], [0.005, 0.004, 0.006]),
        ([0.8, 1.0, 1.3, 1.1, 0.95, 1.4], [0.1, 0.05, 0.2, 0.02, 0.08, 0.3]),
    ],
)
def test_tau_maximizes_the_restricted_likelihood(ratios: Sequence[float], errors: Sequence[float]) -> None:
    """Against scipy's minimizer; mean and Knapp-Hartung error recomputed from tau."""
    pooled = wf.factors.pool_ratios(ratios, errors)
    y, v = np.log(ratios), (np.array(errors) / ratios) ** 2
    best = optimize.minimize_scalar(
        restricted_likelihood, args=(y, v), bounds=(0, 1), method="bounded", options={"xatol": 1e-12}
    )
    # A minimum is found to the square root of rounding.
    assert pooled.tau**2 == pytest.approx(best.x, rel=1e-5)
    w = 1 / (v + pooled.tau**2)
    mu = (w * y).sum() / w.sum()
    error = math.sqrt(max(1.0, (w * (y - mu) ** 2).sum() / (len(y) - 1)) / w.sum())
    assert math.log(pooled.ratio) == pytest.approx(mu, abs=1e-14)
    assert pooled.log_error == pytest.approx(error, rel=1e-13)
    half = stats.t.ppf(0.95, len(y) - 1) * error
    np.testing.assert_allclose(np.log(pooled.interval(0.9)), [mu - half, mu + half], rtol=1e-11)


def test_heterogeneity_agrees_with_statsmodels() -> None:
    """Q and the fixed-effect weights; with equal errors every estimator of tau^2 is the same, its too."""
    combine_effects = pytest.importorskip("statsmodels.stats.meta_analysis").combine_effects
    y = np.log([1.145, 1.02, 1.30, 1.21])
    other = combine_effects(y, np.full(4, 0.03**2), method_re="iterated", use_t=True)
    pooled = wf.factors.pool_ratios(np.exp(y), 0.03 * np.exp(y))
    assert pooled.q == pytest.approx(other.q, rel=1e-12)
    assert pooled.tau**2 == pytest.approx(other.tau2, rel=1e-4)  # the iteration's tolerance
    assert pooled.log_error == pytest.approx(math.sqrt(other.var_hksj_re), rel=1e-4)
    assert pooled.i_squared == pytest.approx(other.i2, rel=1e-4)  # with equal errors both definitions agree
    assert pooled.q_p_value == pytest.approx(stats.chi2.sf(other.q, 3), rel=1e-10)


def test_two_sources_rest_on_a_prior_and_say_so() -> None:
    """The posterior by brute-force integration over tau."""
    ratios, errors, scale = np.array([1.55, 1.58]), np.array([0.04, 0.03]), 0.1
    pooled = wf.factors.pool_ratios(ratios, errors)
    y, v = np.log(ratios), (errors / ratios) ** 2

    def density(tau: float) -> float:
        return math.exp(-0.5 * restricted_likelihood(tau**2, y, v) - 0.5 * (tau / scale) ** 2)

    def mean(tau: float) -> float:
        w = 1 / (v + tau**2)
        return float((w * y).sum() / w.sum())

    total = integrate.quad(density, 0, 1, epsabs=0, epsrel=1e-11)[0]
    expected = integrate.quad(lambda tau: density(tau) * mean(tau), 0, 1, epsabs=0, epsrel=1e-11)[0] / total
    assert math.log(pooled.ratio) == pytest.approx(expected, rel=1e-9)  # two quadratures to 1e-11 of their integrals
    low, _ = pooled.interval(0.9)
    below = integrate.quad(
        lambda tau: density(tau) * stats.norm.cdf((math.log(low) - mean(tau)) * math.sqrt((1 / (v + tau**2)).sum())),
        0, 1, epsabs=0, epsrel=1e-10,
    )[0] / total  # fmt: skip
    assert below == pytest.approx(0.05, rel=1e-8)
    assert not pooled.spread_is_identified
    assert any("not identified" in note for note in pooled.notes)
    assert any("rests on the prior" in note for note in pooled.notes)


def test_two_sources_by_knapp_hartung_are_almost_silent() -> None:
    """One degree of freedom: the 90 % interval is 6.3 errors either way."""
    pooled = wf.factors.pool_ratios([1.55, 1.58], [0.004, 0.003], method="reml")
    low, high = np.log(pooled.interval(0.9))
    assert (high - low) / 2 == pytest.approx(math.tan(0.45 * math.pi) * pooled.log_error, rel=1e-11)
    assert not pooled.spread_is_identified


def test_without_errors_the_spread_is_all_there_is() -> None:
    """Student's interval of the mean log ratio, as scipy's."""
    pooled = wf.factors.pool_ratios(RATIOS)
    y = np.log(RATIOS)
    expected = stats.t.interval(0.9, 2, y.mean(), stats.sem(y))
    np.testing.assert_allclose(np.log(pooled.interval(0.9)), expected, rtol=1e-10)
    assert math.isnan(pooled.i_squared)
    assert any("not identified" in note for note in pooled.notes)


def test_one_source_is_itself() -> None:
    """Its own error by the normal law, and nothing said on other sources."""
    pooled = wf.factors.pool_ratios([1.27], [0.05])
    assert (pooled.ratio, pooled.weights) == (pytest.approx(1.27), (1.0,))
    assert pooled.interval(0.9)[1] == pytest.approx(1.27 * math.exp(stats.norm.ppf(0.95) * 0.05 / 1.27))
    assert "not identified" in pooled.notes[0]


def test_the_text_shows_weights_and_heterogeneity() -> None:
    """A line a source."""
    text = repr(wf.factors.pool_ratios(RATIOS, ERRORS, sources=["entry", "senior", "all"]))
    assert "REML, Knapp-Hartung" in text
    assert "I^2" in text
    assert "senior" in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"ratios": [1.1, -1.2], "standard_errors": [0.1, 0.1]}, r"ratios\[1\] is -1\.2; expected a finite positive"),
        ({"ratios": []}, "expected at least one reading"),
        ({"ratios": [1.1]}, "standard_errors is None for a single ratio"),
        ({"ratios": [1.1, 1.2], "standard_errors": [0.1]}, "standard_errors has the shape"),
        ({"ratios": [1.1, 1.2], "standard_errors": [0.1, np.nan]}, r"standard_errors\[1\] is nan"),
        ({"ratios": [1.1, 1.2], "standard_errors": [0.1, 0.1], "method": "dl"}, "method is 'dl'"),
        ({"ratios": [1.1, 1.2], "standard_errors": [0.1, 0.1], "prior_scale": 0.0}, "prior_scale is 0"),
        ({"ratios": [1.1, 1.2], "sources": ["one"]}, "sources has 1 names for 2 ratios"),
    ],
)
def test_meaningless_readings_are_refused(arguments: dict[str, object], message: str) -> None:
    """Naming the argument, the value and what was expected."""
    with pytest.raises(wf.FactError, match=message):
        wf.factors.pool_ratios(**arguments)  # type: ignore[arg-type]
    with pytest.raises(wf.FactError, match="level is 1"):
        wf.factors.pool_ratios(RATIOS, ERRORS).interval(1.0)
