"""The lognormal through two figures, and through more in least squares."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import least_squares
from scipy.special import ndtri

import wagefit as wf
from wagefit import _core
from wagefit.facts.facts import read_facts

from ..cells import NEWS_PAIR, PERCENTILES, TECHNICIANS
from ..oracles import EXACT
from ..strategies import powers

# Of a lognormal through two facts: its formulas take a handful of operations in logs below 20.
CLOSED_FORM = 1e-12
Z90 = float(ndtri(0.9))
GREATEST_RATIO = math.exp(0.5 * Z90 * Z90)  # of P90 to the mean of a lognormal


def sigma_and_median(pay: wf.Distribution) -> tuple[float, float]:
    assert isinstance(pay.core, _core.Lognormal)
    return pay.core.sigma, pay.core.median


def test_quoted_pair_is_the_known_lognormal() -> None:
    """Mean 44,010 and P90 63,820, the two figures of a news article."""
    pay = wf.fit(**NEWS_PAIR, family="lognormal")
    sigma, median = sigma_and_median(pay)
    assert round(sigma, 5) == 0.33336
    assert round(median) == 41_631
    assert sigma == pytest.approx(Z90 - math.sqrt(Z90**2 - 2 * math.log(63_820 / 44_010)), rel=CLOSED_FORM)
    assert pay.mean() == pytest.approx(44_010, rel=CLOSED_FORM)
    assert pay.ppf(0.9) == pytest.approx(63_820, rel=CLOSED_FORM)
    assert (pay.name, pay.diagnostics.status) == ("lognormal", "exact")


def test_other_root_of_the_quoted_pair_is_named() -> None:
    """The second lognormal meets both figures too, and the smaller sigma is said to be taken."""
    median, sigma = _core.fit_lognormal(read_facts(**NEWS_PAIR).core).other_root
    assert (round(sigma, 5), round(median)) == (2.22975, 3_664)
    assert median * math.exp(0.5 * sigma**2) == pytest.approx(44_010, rel=CLOSED_FORM)
    assert median * math.exp(Z90 * sigma) == pytest.approx(63_820, rel=CLOSED_FORM)
    (note,) = wf.fit(**NEWS_PAIR, family="lognormal").diagnostics.notes
    assert [words for words in ("2.22975", "3,664", "smaller sigma") if words not in note] == []


@pytest.mark.parametrize("ratio", [GREATEST_RATIO * (1 + 1e-9), 2.5, 5.0, 9.9, 20.0])
def test_ratio_above_the_greatest_is_refused(ratio: float) -> None:
    """P90 / mean can be at most exp(z^2 / 2) = 2.2732 in a lognormal; the curve accepts up to 10."""
    with pytest.raises(wf.InfeasibleError) as caught:
        wf.fit(mean=1_000, quantiles={0.9: 1_000 * ratio}, family="lognormal")
    for words in ("quantiles[0.9] / mean", f"{ratio:g}", "above exp(z^2 / 2) = 2.2732", "expected a mean of at least"):
        assert words in str(caught.value)
    if ratio < 10:
        assert caught.value.certificate.reason == "outside_family"
        assert wf.fit(mean=1_000, quantiles={0.9: 1_000 * ratio}).mean() == pytest.approx(1_000, rel=EXACT)
    else:
        assert caught.value.certificate.reason == "mean_too_low"


def test_ratio_just_below_the_greatest_is_met() -> None:
    """Where the two roots almost meet, near sigma = z."""
    pay = wf.fit(mean=1_000, quantiles={0.9: 1_000 * GREATEST_RATIO * (1 - 1e-12)}, family="lognormal")
    assert pay.mean() == pytest.approx(1_000, rel=CLOSED_FORM)
    assert sigma_and_median(pay)[0] == pytest.approx(Z90, abs=1e-5)  # the root of 2e-12


@pytest.mark.parametrize(("p", "ratio"), [(0.9, 1.0), (0.9, 0.7), (0.5, 0.9), (0.1, 0.5), (0.1, 0.99)])
def test_there_is_one_root_where_the_quantile_is_not_above_the_mean(p: float, ratio: float) -> None:
    pay = wf.fit(mean=50_000, quantiles={p: 50_000 * ratio}, family="lognormal")
    z = float(ndtri(p))
    assert pay.diagnostics.notes == ()
    assert sigma_and_median(pay)[0] == pytest.approx(z + math.sqrt(z * z - 2 * math.log(ratio)), rel=CLOSED_FORM)
    assert pay.mean() == pytest.approx(50_000, rel=CLOSED_FORM)
    assert pay.ppf(p) == pytest.approx(50_000 * ratio, rel=CLOSED_FORM)


@pytest.mark.parametrize(("p", "ratio"), [(0.5, 1.0), (0.1, 1.0), (0.1, 1.05), (0.25, 1.3)])
def test_quantile_up_to_the_median_lies_below_a_lognormals_mean(p: float, ratio: float) -> None:
    """The limit to name there is 1, not exp(z^2 / 2); the curve has a distribution for it."""
    with pytest.raises(wf.InfeasibleError, match=r"not below 1, .* expected a mean above"):
        wf.fit(mean=100, quantiles={p: 100 * ratio}, family="lognormal")
    assert wf.fit(mean=100, quantiles={p: 100 * ratio}).ppf(p) == pytest.approx(100 * ratio, rel=EXACT)


@given(st.floats(0.51, 0.999), st.floats(0.01, 0.99), powers(-3, 9))
def test_lognormal_through_any_quantile_and_mean(p: float, part: float, mean: float) -> None:
    """Facts met, and no smaller sigma meets them: sigma^2 / 2 - z sigma + log ratio is positive from 0 up to it."""
    z = float(ndtri(p))
    log_ratio = part * 0.5 * z * z
    quantile = mean * math.exp(log_ratio)
    pay = wf.fit(mean=mean, quantiles={p: quantile}, family="lognormal")
    sigma, _ = sigma_and_median(pay)
    assert pay.mean() == pytest.approx(mean, rel=CLOSED_FORM)
    assert pay.ppf(p) == pytest.approx(quantile, rel=CLOSED_FORM)
    assert 0 < sigma < z


def test_two_quantiles_determine_a_lognormal() -> None:
    pay = wf.fit(quantiles={0.1: 26_550, 0.9: 66_260}, family="lognormal")
    assert sigma_and_median(pay)[0] == pytest.approx(math.log(66_260 / 26_550) / (2 * Z90), rel=CLOSED_FORM)
    assert pay.ppf([0.1, 0.9]) == pytest.approx([26_550, 66_260], rel=CLOSED_FORM)
    assert pay.diagnostics.status == "exact"


def squares(parameters: Any, p: Any, q: Any, mean: float | None) -> Any:
    """Residuals in logs of a lognormal with the log median and sigma `parameters`."""
    log_median, sigma = parameters
    residuals = np.log(q) - log_median - sigma * ndtri(p)
    if mean is None:
        return residuals
    return np.append(residuals, np.log(mean) - log_median - 0.5 * sigma**2)


@pytest.mark.parametrize("mean", [None, 44_010, 70_000])
def test_more_facts_are_met_in_least_squares(mean: float | None) -> None:
    """No other lognormal has a smaller sum of squares, by scipy's general solver."""
    p, q = np.array(PERCENTILES), np.array(list(TECHNICIANS["quantiles"].values()))
    pay = wf.fit(mean=mean, quantiles=(p, q), family="lognormal")
    sigma, median = sigma_and_median(pay)
    best = least_squares(squares, [np.log(40_000), 0.4], args=(p, q, mean), xtol=1e-15, ftol=1e-15, gtol=1e-15)
    # A sum of squares is flat at its least: parameters agree to the root of double precision's eps at worst.
    assert [np.log(median), sigma] == pytest.approx(best.x, rel=1e-7)
    assert np.sum(squares([np.log(median), sigma], p, q, mean) ** 2) <= 2 * best.cost * (1 + 1e-12)
    assert (pay.diagnostics.status, "least squares" in pay.diagnostics.reason) == ("least_squares", True)
    largest = max(abs(value) for value in pay.diagnostics.residuals.values())
    assert 0 < largest < 0.5


@pytest.mark.parametrize("more", [{"at_least": {0.95: 50_000}}, {"lower": 15_080}, {"upper": 500_000}])
def test_lognormal_has_no_bounds(more: dict[str, Any]) -> None:
    with pytest.raises(wf.FactError, match="family 'lognormal'"):
        wf.fit(**NEWS_PAIR, **more, family="lognormal")


def test_lognormal_needs_different_quantiles() -> None:
    with pytest.raises(wf.InfeasibleError, match="all equal"):
        wf.fit(quantiles={0.1: 30_000, 0.9: 30_000}, family="lognormal")
