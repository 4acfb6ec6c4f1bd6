"""Quantiles and probabilities undo each other, at atoms and far in the tails as well."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import log_ndtr, ndtri

import wagefit as wf

from ..cells import TIED, fitted
from ..every_distribution import EVERY, ROUND_TRIP, SAME, SUMMED, atom_wages, get
from ..oracles import EPS
from ..strategies import FactSet, fact_sets, wage_like


def round_trip_error(pay: wf.Distribution, p: Any) -> Any:
    """|cdf(ppf(p)) - p| in units of eps (p + x pdf(x)), off the atoms."""
    x = pay.ppf(p)
    error = np.abs(pay.cdf(x) - p) / (EPS * (p + x * pay.pdf(x)))
    return error[~np.isin(x, atom_wages(pay))]


@pytest.mark.parametrize("name", EVERY)
def test_cdf_undoes_ppf(name: str) -> None:
    p = np.sort(np.random.default_rng(1).uniform(0.001, 0.999, 20_000))
    errors = round_trip_error(get(name), p)
    assert len(errors) > 1_000
    assert errors.max() <= ROUND_TRIP


@pytest.mark.parametrize("name", EVERY)
def test_sf_undoes_isf(name: str) -> None:
    """Quantiles of small probabilities in the upper tail, to one in a million, in units of the small probability."""
    pay = get(name)
    q = np.sort(10.0 ** np.random.default_rng(2).uniform(-6, -0.5, 5_000))
    x = pay.isf(q)
    error = np.abs(pay.sf(x) - q) / (EPS * (q + x * pay.pdf(x)))
    error = error[~np.isin(x, atom_wages(pay))]
    # At z = 4.75 the rounding of z itself costs z^2 / 2 = 11 ulp of the probability.
    assert error.max() <= 3 * ROUND_TRIP


@given(wage_like(), st.lists(st.floats(0.001, 0.999), min_size=20, max_size=20))
def test_cdf_undoes_ppf_on_random_wages(facts: FactSet, p: list[float]) -> None:
    assert round_trip_error(wf.fit(**facts.arguments()), np.array(p)).max() <= ROUND_TRIP


@given(fact_sets(), st.lists(st.floats(0.001, 0.999), min_size=50, max_size=50))
def test_cdf_undoes_ppf_on_the_strangest_curves(facts: FactSet, p: list[float]) -> None:
    """Off its knot a log rounds by more, where the curve is steep z does; or no double nearby tells them apart."""
    pay, u = wf.fit(**facts.arguments()), np.array(p)
    u = u[pay.ppf(u) > 1e-290]  # smaller doubles have fewer digits
    x = pay.ppf(u)
    below, above = x * (1 - 2 * EPS), x * (1 + 2 * EPS)  # exp and a product round x itself
    density = np.max([pay.pdf(x), pay.pdf(below), pay.pdf(above)], axis=0)
    z = ndtri(u)
    knot_below = np.array(facts.q)[np.maximum(np.searchsorted(facts.q, x) - 1, 0)]
    logs = np.abs(np.log(x / knot_below))
    allowed = EPS * ((ROUND_TRIP + 2 * z * z) * u + (ROUND_TRIP + 2 * logs) * x * density)
    is_met = np.abs(pay.cdf(x) - u) <= allowed
    is_between = (pay.cdf(below) <= u + allowed) & (u <= pay.cdf(above) + allowed)
    assert np.all(is_met | is_between)


@pytest.mark.parametrize("name", EVERY)
def test_ppf_is_the_smallest_wage_with_that_probability(name: str) -> None:
    """inf{x: cdf(x) >= p}: cdf reaches p there, and not below."""
    pay = get(name)
    p = np.random.default_rng(3).uniform(0.001, 0.999, 2_000)
    x = pay.ppf(p)
    slack = ROUND_TRIP * EPS * (p + x * pay.pdf(x))
    assert np.all(pay.cdf(x) >= p - slack)
    assert np.all(pay.cdf(x * (1 - 1e-9)) <= p + slack)


@pytest.mark.parametrize("name", EVERY)
def test_ppf_ascends(name: str) -> None:
    """On two hundred thousand random probabilities; wages equal but for the rounding of exp may change places."""
    x = get(name).ppf(np.sort(np.random.default_rng(4).random(200_000)))
    assert np.all(x[1:] >= x[:-1] * (1 - 2 * EPS))


@pytest.mark.parametrize("name", EVERY)
def test_cdf_ascends_from_zero_to_one(name: str) -> None:
    pay = get(name)
    x = np.sort(
        np.concatenate(
            [pay.ppf(np.linspace(0, 0.9999, 5_000)), *(v * (1 + EPS * np.arange(-3, 4)) for v in atom_wages(pay))]
        )
    )
    cdf, sf = pay.cdf(x), pay.sf(x)
    assert np.all(np.diff(cdf) >= -2 * EPS)
    assert np.all(np.diff(sf) <= 2 * EPS)
    assert cdf + sf == pytest.approx(np.ones(len(x)), abs=2 * EPS)
    assert list(pay.cdf([-np.inf, -1.0, np.inf])) == [0, 0, 1]
    assert list(pay.sf([-np.inf, -1.0, np.inf])) == [1, 1, 0]


@pytest.mark.parametrize("name", EVERY)
def test_isf_mirrors_ppf(name: str) -> None:
    """The wage that a fraction q earns more than; exact halves, quarters and eighths have exact complements."""
    pay = get(name)
    q = np.arange(0, 17) / 16
    np.testing.assert_array_equal(pay.isf(q), pay.ppf(1 - q))


@pytest.mark.parametrize("name", TIED)
def test_cdf_is_right_continuous_at_atoms(name: str) -> None:
    pay = fitted(name)
    for wage, mass in pay.atoms():
        left, at, right = pay.cdf([np.nextafter(wage, 0), wage, np.nextafter(wage, np.inf)])
        steep = 1e-9  # one ulp beside the jump, times the density there
        assert at - left == pytest.approx(mass, abs=steep)
        assert right - at == pytest.approx(0.0, abs=steep)
        assert pay.sf(wage) == pytest.approx(1 - at, abs=2 * EPS)


def test_atoms_weigh_in_means() -> None:
    """A quarter of the people at 51,040: taking them out of the mean leaves the continuous part."""
    pay = fitted("ties within")
    ((wage, mass),) = pay.atoms()
    assert (wage, mass) == (51_040, pytest.approx(0.25, abs=8 * EPS))
    assert pay.expect(lambda x: x == wage) == pytest.approx(mass, abs=SUMMED)
    assert pay.mean_between(0.26, 0.49) == pytest.approx(wage, rel=SAME)


@pytest.mark.parametrize("name", ["technicians", "no mean", "lone quantile and mean", "one percent steps", "lognormal"])
def test_logs_of_far_tails_are_exact(name: str) -> None:
    """Where cdf and sf underflow: log Phi of the score, from the slope of the log-linear tail."""
    pay = get(name)
    z = np.array([-60.0, -45.0, -38.0, -20.0, -9.0, -3.0, 3.0, 9.0, 20.0, 38.0, 45.0, 60.0])
    x = pay.core.value(z)
    # A wage of log y rounds the score by eps y / slope, which costs the log z times as much.
    slack = 64 * EPS * (1 + np.abs(z) * (1 + np.abs(np.log(x / pay.median()))) / 0.1)
    assert np.all(np.abs(pay.logcdf(x) - log_ndtr(z)) <= slack * np.maximum(1e-3, np.abs(log_ndtr(z))) + slack)
    assert np.all(np.abs(pay.logsf(x) - log_ndtr(-z)) <= slack * np.maximum(1e-3, np.abs(log_ndtr(-z))) + slack)
    assert np.all(np.isfinite(pay.logcdf(x)) & np.isfinite(pay.logsf(x)) & np.isfinite(pay.logpdf(x)))


@pytest.mark.parametrize("name", EVERY)
def test_logs_are_logs(name: str) -> None:
    pay = get(name)
    x = pay.ppf(np.linspace(0.001, 0.999, 101))
    x = x[~np.isin(x, atom_wages(pay))]
    for method in ("pdf", "cdf", "sf"):
        expected = np.log(getattr(pay, method)(x))
        assert getattr(pay, "log" + method)(x) == pytest.approx(expected, rel=SAME, abs=SAME)


def test_isf_reaches_far_into_the_upper_tail() -> None:
    """One in 1e300: 1 - q is 1 in double precision, the score is not infinite."""
    pay = fitted("technicians")
    for q in (1e-10, 1e-20, 1e-100, 1e-300):
        assert pay.isf(q) == pytest.approx(float(pay.core.value(-ndtri(q))), rel=SAME)
        assert pay.sf(pay.isf(q)) == pytest.approx(q, rel=1e-10)  # z^2 = 1,400 ulp, over the slope
        assert pay.top_share(q) > q
