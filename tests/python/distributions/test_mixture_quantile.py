"""Quantiles of mixtures, on atoms and in gaps as well."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import brentq

import wagefit as wf

from ..mixtures import MIXTURES, ROUND_TRIP, P, between, mixed, parts
from ..oracles import EPS


@pytest.mark.parametrize("name", MIXTURES)
def test_cdf_undoes_ppf(name: str) -> None:
    pay = mixed(name)
    p = np.sort(np.random.default_rng(1).uniform(0.001, 0.999, 1_500))
    x = pay.ppf(p)
    assert np.all(np.diff(x) >= 0)
    off = ~np.isin(x, [wage for wage, _ in pay.atoms()])
    error = np.abs(pay.cdf(x) - p) / (EPS * (p + x * pay.pdf(x)))
    assert error[off].max() <= ROUND_TRIP
    q = np.sort(10.0 ** np.random.default_rng(2).uniform(-9, -1, 500))
    x = pay.isf(q)
    assert np.all(np.diff(x) <= 0)
    off = ~np.isin(x, [wage for wage, _ in pay.atoms()])
    error = np.abs(pay.sf(x) - q) / (EPS * (q + x * pay.pdf(x)))
    assert error[off].max() <= 3 * ROUND_TRIP  # the rounding of z costs z^2 / 2 = 18 ulp at z = 6


@pytest.mark.parametrize("name", MIXTURES)
def test_ppf_agrees_with_a_root_finder(name: str) -> None:
    """scipy's Brent on the weighted sum of the components' cdfs."""
    pay, (components, share) = mixed(name), parts(name)
    for p in P[2:-2]:
        x = float(pay.ppf(p))
        if x in [wage for wage, _ in pay.atoms()]:
            continue
        ends = [f(float(c.ppf(p)) for w, c in zip(share, components, strict=True) if w > 0) for f in (min, max)]
        if ends[0] == ends[1]:
            assert x == ends[0]
            continue
        root = brentq(
            lambda v, p=p: sum(w * c.cdf(v) for w, c in zip(share, components, strict=True)) - p, *ends, xtol=1e-9
        )
        assert x == pytest.approx(root, abs=1e-7)  # xtol, and eps over the density


@pytest.mark.parametrize("name", [name for name in MIXTURES if "ties" in name])
def test_quantiles_stand_still_on_atoms(name: str) -> None:
    """ppf(p) is the atom for every p in its jump, and no other."""
    pay = mixed(name)
    for wage, mass in pay.atoms():
        right = float(pay.cdf(wage))
        left = right - mass
        np.testing.assert_array_equal(pay.ppf(left + mass * np.array([1e-6, 0.01, 0.5, 0.99, 1 - 1e-6])), wage)
        assert pay.ppf(left - 1e-6) < wage < pay.ppf(right + 1e-6)
        assert float(pay.cdf(np.nextafter(wage, 0))) == pytest.approx(left, abs=1e-9)


def test_quantile_of_a_gap_is_its_lower_end() -> None:
    """inf{x: cdf(x) >= p} where nobody earns between 20,000 and 30,000 and half of all earn less."""
    pay = wf.mixture([between(10_000, 20_000), between(30_000, 40_000)])
    x = np.linspace(20_000, 30_000, 101)
    np.testing.assert_array_equal(pay.cdf(x), 0.5)
    np.testing.assert_array_equal(pay.sf(x), 0.5)
    assert np.all(pay.pdf(x[1:-1]) == 0)
    assert np.all(pay.logpdf(x[1:-1]) == -np.inf)
    # No double beside 0.5 can tell the lower component's last 1e-16 of probability.
    assert between(10_000, 20_000).isf(4e-16) <= pay.ppf(0.5) <= 20_000
    assert pay.cdf(pay.ppf(0.5)) == 0.5
    assert pay.ppf(0.5 - 1e-3) < 20_000
    assert pay.ppf(0.5 + 1e-3) > 30_000
    assert pay.mean() == pytest.approx(25_000, rel=1e-10)
    assert pay.mean_between(0, 0.5) == pytest.approx(15_000, rel=1e-10)
    assert pay.mean_between(0.5, 1) == pytest.approx(35_000, rel=1e-10)


def test_gap_between_atoms() -> None:
    """Everyone at one of two wages, but for tails of a tenth of a thousandth."""
    low, high = (wf.fit(mean=x, quantiles={1e-4: x, 1 - 1e-4: x}) for x in (20_000.0, 50_000.0))
    pay = wf.mixture([low, high], [1, 3])
    assert [wage for wage, _ in pay.atoms()] == [20_000, 50_000]
    np.testing.assert_array_equal(pay.ppf([0.01, 0.2, 0.2499]), 20_000)
    np.testing.assert_array_equal(pay.ppf([0.2502, 0.5, 0.99]), 50_000)
