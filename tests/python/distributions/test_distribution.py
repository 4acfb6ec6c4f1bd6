"""What users ask of a distribution, against scipy, 50 digits, numerical integration and definitions."""

from __future__ import annotations

import copy
import math
import pickle
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import mpmath as mp
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.special import log_ndtr, ndtr, ndtri

import wagefit as wf

from .. import oracles
from ..cells import CELLS, NEWS_PAIR, PERCENTILES, SMOOTH, TECHNICIANS, TIED, fitted
from ..oracles import EPS, Curve50, expectation, integral, score_edges, value_at
from ..strategies import FactSet, fact_sets, powers, wage_like

# |cdf(ppf(p)) - p| in units of eps (p + x pdf(x)): what rounding p and x to doubles may cost.
ROUND_TRIP = 4.0
# Two ways of one or two dozen operations each, logs and exponentials among them, around the same double.
SAME = 1e-13
# The oracle is adaptive quadrature, which vouches for 1e-10 of its own.
QUADRATURE = 1e-10
# Composite Gauss-Legendre to rounding error: a few hundred terms of one sign.
SUMMED = 1e-13
# scipy's twins go through logs of the wage over the scale, as large as 40 in the far tails.
TWIN = 1e-12

P = np.array([1e-9, 1e-3, 0.05, 0.1, 0.25, 0.3, 0.5, 0.5 + 1e-9, 0.75, 0.9, 0.99, 0.999, 1 - 1e-9])
EVERY = [*CELLS, "lognormal"]


def get(name: str) -> wf.Distribution:
    """A cell's curve, or the lognormal of two quoted figures."""
    return wf.fit(**NEWS_PAIR, family="lognormal") if name == "lognormal" else fitted(name)


def atom_wages(pay: wf.Distribution) -> np.ndarray:
    return np.array([wage for wage, _ in pay.atoms()])


# -- the lognormal and scipy's ---------------------------------------------------------------------------------------

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


# -- curves in 50 digits ---------------------------------------------------------------------------------------------

DIGITS_CELLS = ("technicians", "bounded", "ties at the bottom", "mean near its least", "top code", "distant bound")


@pytest.mark.parametrize("name", DIGITS_CELLS)
def test_quantiles_and_density_agree_with_50_digits(name: str) -> None:
    """At 61 normal scores between the knots, -6 to 6."""
    pay, exact = fitted(name), Curve50(fitted(name).core)
    for z in np.linspace(-6.03, 6.03, 61):
        wage = float(exact.value(z))
        assert pay.core.value(z) == pytest.approx(wage, rel=SAME)
        if wage not in atom_wages(pay):
            assert pay.pdf(wage) == pytest.approx(float(exact.density(z)), rel=SAME * (1 + abs(z) / 0.1))


@pytest.mark.parametrize("name", ["technicians", "bounded", "ties at the bottom"])
def test_moments_and_inequality_agree_with_50_digits(name: str) -> None:
    pay, exact = fitted(name), Curve50(fitted(name).core)
    mean = exact.expectation(lambda x: x)
    assert pay.mean() == pytest.approx(float(mean), rel=SUMMED)
    assert pay.var() == pytest.approx(float(exact.expectation(lambda x: (x - mean) ** 2)), rel=SUMMED)
    assert pay.moment(-2) == pytest.approx(float(exact.expectation(lambda x: x**-2)), rel=SUMMED)
    assert pay.theil() == pytest.approx(
        float(exact.expectation(lambda x: x / mean * exact.mp.log(x / mean))), rel=1e-12
    )
    geometric = exact.mp.exp(exact.expectation(exact.mp.log))
    assert pay.atkinson(1.0) == pytest.approx(float(1 - geometric / mean), rel=1e-12)  # a difference of near equals


@pytest.mark.parametrize(("p0", "p1"), [(0.0, 1 / 3), (0.2, 0.7), (0.49, 0.51), (0.9, 1.0), (0.999, 1.0), (0.0, 1e-6)])
@pytest.mark.parametrize("name", ["technicians", "bounded"])
def test_means_between_agree_with_50_digits(name: str, p0: float, p1: float) -> None:
    """DESIGN asks for 1e-10; the ends are the doubles nearest to the normal scores of p0 and p1."""
    pay, exact = fitted(name), Curve50(fitted(name).core)
    ends = [max(min(float(ndtri(p)), 12.0), -12.0) for p in (p0, p1)]
    expected = float(exact.expectation(lambda x: x, *ends) / (mp.mpf(p1) - mp.mpf(p0)))
    assert pay.mean_between(p0, p1) == pytest.approx(expected, rel=1e-12)


# -- every cell against numerical integration ------------------------------------------------------------------------


@pytest.mark.parametrize("name", EVERY)
def test_mean_is_the_integral_of_the_quantile_function(name: str) -> None:
    pay = get(name)
    assert pay.mean() == pytest.approx(expectation(pay, lambda x: x), rel=QUADRATURE)


@pytest.mark.parametrize("name", EVERY)
def test_density_integrates_to_one_minus_the_atoms(name: str) -> None:
    """Interval by interval it is the difference of the cdf without the jump at the right end."""
    pay = get(name)
    edges = np.unique(value_at(pay, score_edges(pay, -7, 7)))
    jumps = dict(pay.atoms())
    for a, b in pairwise(edges):
        mass = integral(lambda y: float(pay.pdf(math.exp(y))) * math.exp(y), [math.log(a), math.log(b)])
        assert mass == pytest.approx(float(pay.cdf(b) - pay.cdf(a)) - jumps.get(float(b), 0.0), abs=1e-11)


@pytest.mark.parametrize("name", EVERY)
def test_mean_is_the_integral_of_wage_times_density_and_atoms(name: str) -> None:
    pay = get(name)
    edges = np.unique(np.log(value_at(pay, score_edges(pay, -9, 9))))
    continuous = integral(lambda y: float(pay.pdf(math.exp(y))) * math.exp(2 * y), edges)
    atoms = sum(wage * mass for wage, mass in pay.atoms())
    # Outside nine standard scores lies less than 1e-18 of the people, and of their pay unless the tail is very heavy.
    assert continuous + atoms == pytest.approx(pay.mean(), rel=1e-8)


@pytest.mark.parametrize("name", EVERY)
def test_variance_and_moments_are_integrals(name: str) -> None:
    pay = get(name)
    mean = pay.mean()
    assert pay.var() == pytest.approx(expectation(pay, lambda x: (x - mean) ** 2), rel=QUADRATURE)
    assert pay.std() == pytest.approx(math.sqrt(pay.var()), rel=4 * EPS)
    orders = [-1.0, 0.5, 1.0, 2.0, 2.5]
    expected = [expectation(pay, lambda x, k=k: x**k) for k in orders]
    assert pay.moment(orders) == pytest.approx(expected, rel=QUADRATURE)
    assert pay.moment(0) == 1


@pytest.mark.parametrize("name", EVERY)
def test_gini_is_an_integral(name: str) -> None:
    """Of (2 P - 1) X over P, and of F (1 - F) over wages: half the mean difference of two people."""
    pay = get(name)
    assert pay.gini() == pytest.approx(oracles.gini(pay), rel=QUADRATURE)
    edges = np.unique(value_at(pay, score_edges(pay, -9, 9)))
    spread = integral(lambda x: float(pay.cdf(x)) * float(pay.sf(x)), np.concatenate([[pay.support()[0]], edges]))
    assert pay.gini() == pytest.approx(spread / pay.mean(), rel=1e-8)  # beyond nine standard scores: see above


@pytest.mark.parametrize("name", EVERY)
def test_theil_and_atkinson_are_integrals(name: str) -> None:
    pay = get(name)
    mean = pay.mean()
    assert pay.theil() == pytest.approx(expectation(pay, lambda x: x / mean * math.log(x / mean)), rel=QUADRATURE)
    for epsilon in (0.5, 2.0):
        power = 1 - epsilon
        equivalent = expectation(pay, lambda x, power=power: (x / mean) ** power) ** (1 / power)
        assert pay.atkinson(epsilon) == pytest.approx(1 - equivalent, rel=QUADRATURE)
    equivalent = math.exp(expectation(pay, lambda x: math.log(x / mean)))
    assert pay.atkinson(1.0) == pytest.approx(1 - equivalent, rel=QUADRATURE)


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize(("p0", "p1"), [(0.0, 1 / 3), (0.05, 0.3), (0.5, 0.9), (0.95, 1.0)])
def test_mean_between_is_an_integral(name: str, p0: float, p1: float) -> None:
    """Atoms are shared out: the people between two probabilities, not between two wages."""
    pay = get(name)
    ends = [max(min(float(ndtri(p)), oracles.LAST_SCORE), -oracles.LAST_SCORE) for p in (p0, p1)]
    assert pay.mean_between(p0, p1) == pytest.approx(expectation(pay, lambda x: x, *ends) / (p1 - p0), rel=QUADRATURE)


@pytest.mark.parametrize("name", EVERY)
def test_expect_is_an_integral(name: str) -> None:
    pay = get(name)
    assert pay.expect() == pay.mean()
    assert pay.expect(lambda x: x) == pytest.approx(pay.mean(), rel=1e-12)
    assert pay.expect(lambda x: 1.0) == pytest.approx(1.0, rel=SUMMED)  # noqa: ARG005 -- a constant is a function too
    assert pay.expect(np.log) == pytest.approx(expectation(pay, math.log), rel=QUADRATURE)
    assert pay.expect(np.sqrt) == pytest.approx(expectation(pay, math.sqrt), rel=QUADRATURE)


# -- ppf and cdf -----------------------------------------------------------------------------------------------------


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
    """The same in the upper tail, to one in a million, in units of the small probability."""
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


# -- logs and far tails ----------------------------------------------------------------------------------------------


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


# -- inequality ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EVERY)
def test_lorenz_curve_is_convex_and_below_the_diagonal(name: str) -> None:
    pay = get(name)
    p = np.linspace(0, 1, 401)
    lorenz = pay.lorenz(p)
    assert (lorenz[0], lorenz[-1]) == (0, pytest.approx(1, abs=SUMMED))
    assert np.all(lorenz <= p + 4 * EPS)
    assert np.all(np.diff(lorenz) >= -4 * EPS)
    assert np.all(np.diff(lorenz, 2) >= -1e-13)  # second differences of sums of a few hundred terms
    assert pay.top_share(1 - p) == pytest.approx(1 - lorenz, abs=SUMMED)


def test_top_share_of_very_few_has_all_its_digits() -> None:
    """1 - lorenz(1 - f) has none left at f = 1e-15."""
    pay = fitted("technicians")
    for fraction in (1e-6, 1e-10, 1e-15, 1e-30):
        last = pay.core.z[-1], pay.core.wage[-1], pay.core.slope_right[-1]
        z = -ndtri(fraction)
        tail = last[1] * math.exp(last[2] * (0.5 * last[2] - last[0])) * ndtr(last[2] - z)
        assert pay.top_share(fraction) == pytest.approx(tail / pay.mean(), rel=1e-12)


@pytest.mark.parametrize("name", EVERY)
def test_inequality_knows_no_unit(name: str) -> None:
    pay = get(name)
    for k in (1 / 2080, 1e-3, 7.0, 1e6):
        scaled = pay.scale(k)
        assert scaled.gini() == pytest.approx(pay.gini(), rel=SUMMED)
        assert scaled.theil() == pytest.approx(pay.theil(), rel=1e-12)
        assert scaled.atkinson([0.5, 1, 2]) == pytest.approx(pay.atkinson([0.5, 1, 2]), rel=1e-12)
        assert scaled.lorenz(P) == pytest.approx(pay.lorenz(P), rel=SUMMED)


@pytest.mark.parametrize("name", EVERY)
def test_atkinson_grows_with_aversion(name: str) -> None:
    pay = get(name)
    epsilon = np.array([0.0, 1e-3, 0.25, 0.5, 0.9, 0.999, 1.0, 1.001, 1.5, 2.0, 3.0])
    index = pay.atkinson(epsilon)
    assert index[0] == pytest.approx(0, abs=4 * EPS)
    assert np.all(np.diff(index) > 0)
    assert np.all(index < 1)
    assert abs(index[6] - 0.5 * (index[5] + index[7])) < 1e-5  # no step at 1, where the formula changes


# -- scaling, truncation, units --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("k", [1 / 2080, 1.03, 1e6])
def test_scale_is_the_distribution_of_a_multiple(name: str, k: float) -> None:
    pay = get(name)
    scaled = pay.scale(k)
    assert scaled.ppf(P) == pytest.approx(k * pay.ppf(P), rel=SAME)
    x = pay.ppf(np.linspace(0.01, 0.99, 50))
    x = x[~np.isin(x, atom_wages(pay))]
    assert scaled.cdf(k * x) == pytest.approx(pay.cdf(x), rel=1e-12)
    assert scaled.pdf(k * x) == pytest.approx(pay.pdf(x) / k, rel=1e-11)  # one-sided slopes at knots: see below
    assert scaled.mean() == pytest.approx(k * pay.mean(), rel=SAME)
    assert scaled.std() == pytest.approx(k * pay.std(), rel=SAME)
    assert [mass for _, mass in scaled.atoms()] == [mass for _, mass in pay.atoms()]
    assert scaled.unit == pay.unit


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize(("p0", "p1"), [(0.05, 0.95), (0.3, 1.0), (0.0, 0.6), (0.8, 0.999)])
def test_truncation_is_the_conditional_distribution(name: str, p0: float, p1: float) -> None:
    pay = get(name)
    low, high = (float(pay.ppf(p)) for p in (p0, p1))
    if low == high:
        return
    cut = pay.truncate(low, high)
    below, mass = float(pay.cdf(np.nextafter(low, -1))), 0.0
    mass = float(pay.cdf(high)) - below
    x = np.linspace(low, min(high, 3 * pay.ppf(0.9)), 41)
    assert cut.support() == (low, high)
    assert cut.cdf(x) == pytest.approx(
        (pay.cdf(x) - below) / mass, abs=1e-9
    )  # an ulp of x at the jump or in a steep part
    assert cut.pdf(x) == pytest.approx(pay.pdf(x) / mass, rel=1e-8)
    assert cut.mean() == pytest.approx(expectation(cut, lambda v: v), rel=QUADRATURE)
    assert cut.ppf([0, 1]) == pytest.approx([low, high], rel=SAME)
    p = np.linspace(0.01, 0.99, 50)
    inner = cut.ppf(p)
    off = ~np.isin(inner, atom_wages(pay))
    assert cut.cdf(inner)[off] == pytest.approx(p[off], abs=1e-12)
    kept = [(wage, share / mass) for wage, share in pay.atoms() if low <= wage <= high]
    assert cut.atoms() == [(wage, pytest.approx(share, rel=1e-8)) for wage, share in kept]


def test_truncation_without_ends_changes_nothing() -> None:
    pay = fitted("technicians")
    assert pay.truncate().ppf(P) == pytest.approx(pay.ppf(P), rel=SAME)


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        ((60_000, 30_000), ("lower is 60,000", "upper is 30,000", "expected lower below upper")),
        ((30_000, 30_000), ("lower is 30,000", "expected lower below upper")),
        ((np.nan, None), ("lower is nan",)),
        ((-5, -2), ("no probability lies between",)),
        (("low", None), ("lower is 'low'", "expected one number")),
        ((None, True), ("upper is True", "expected one number")),
    ],
)
def test_impossible_truncations_are_refused(ends: tuple[Any, Any], words: tuple[str, ...]) -> None:
    with pytest.raises(wf.FactError) as caught:
        fitted("technicians").truncate(*ends)
    assert [word for word in words if word not in str(caught.value)] == []


def test_truncation_outside_a_bounded_support_is_refused() -> None:
    with pytest.raises(wf.FactError, match="no probability lies between"):
        fitted("bounded").truncate(300_000, 400_000)


@pytest.mark.parametrize("name", EVERY)
def test_hourly_and_back(name: str) -> None:
    pay = get(name)
    hourly = pay.to_hourly(hours=2080)
    assert (pay.unit, hourly.unit, hourly.to_annual().unit) == ("USD/year", "USD/hour", "USD/year")
    assert hourly.ppf(P) == pytest.approx(pay.ppf(P) / 2080, rel=SAME)
    assert hourly.to_annual(2080).ppf(P) == pytest.approx(pay.ppf(P), rel=SAME)
    assert pay.to_hourly(1820).mean() == pytest.approx(pay.mean() / 1820, rel=SAME)


@pytest.mark.parametrize("hours", [0, -2080, np.nan, np.inf, "2080", True])
def test_hours_must_be_positive(hours: Any) -> None:
    with pytest.raises(wf.FactError, match="hours is"):
        fitted("technicians").to_hourly(hours)
    with pytest.raises(wf.FactError, match="hours is"):
        fitted("technicians").to_hourly().to_annual(hours)


def test_units_do_not_mix() -> None:
    pay = fitted("technicians")
    with pytest.raises(wf.FactError, match=r"'USD/hour'.*expected 'USD/year'"):
        pay.to_hourly().to_hourly()
    with pytest.raises(wf.FactError, match=r"'USD/year'.*expected 'USD/hour'"):
        pay.to_annual()
    with pytest.raises(wf.FactError, match="USD/hour, USD/year"):
        wf.mixture([pay, pay.to_hourly()])


@pytest.mark.parametrize("k", [0, -1, np.nan, np.inf, "2", None, True, [1.0, 2.0]])
def test_scale_must_be_positive(k: Any) -> None:
    with pytest.raises(wf.FactError, match="k is"):
        fitted("technicians").scale(k)


# -- sampling --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [None, 1, 7, (), (0,), (3, 2), [2, 2], np.int64(4), (np.int32(2), 3)])
def test_draws_have_the_shape_asked_for(size: Any) -> None:
    expected = np.random.default_rng(0).random(size)
    draws = fitted("technicians").rvs(size, rng=5)
    assert np.shape(draws) == np.shape(expected)
    assert np.all(np.asarray(draws) > 0)


def test_same_seed_gives_the_same_draws() -> None:
    pay = fitted("technicians")
    draws = pay.rvs(1_000, rng=5)
    for again in (
        pay.rvs(1_000, rng=np.random.default_rng(5)),
        pay.rvs(1_000, random_state=5),
        pay.rvs((10, 100), rng=5).ravel(),
        pay.rvs(1_000, rng=5, n_threads=1),
        pay.rvs(1_000, rng=5, n_threads=3),
        pay.rvs(2_000, rng=5)[:1_000],
    ):
        np.testing.assert_array_equal(again, draws)
    assert not np.any(pay.rvs(1_000, rng=6) == draws)
    assert np.any(pay.rvs(10) != pay.rvs(10))


def test_generator_moves_on_between_draws() -> None:
    generator = np.random.default_rng(5)
    pay = fitted("technicians")
    assert not np.any(pay.rvs(100, rng=generator) == pay.rvs(100, rng=generator))


@pytest.mark.parametrize("name", [*SMOOTH, "mean near its least", "top code", "lognormal"])
def test_draws_are_distributed_as_the_cdf(name: str) -> None:
    """Kolmogorov-Smirnov at a fixed seed; one seed in a thousand would fail."""
    pay = get(name)
    assert stats.kstest(pay.rvs(50_000, rng=11), pay.cdf).pvalue > 1e-3


@pytest.mark.parametrize("name", TIED)
def test_draws_fall_on_atoms_as_often_as_they_should(name: str) -> None:
    """Binomial frequencies within four standard deviations; the rest is continuous."""
    pay, n = fitted(name), 50_000
    draws = pay.rvs(n, rng=12)
    for wage, mass in pay.atoms():
        assert abs(np.mean(draws == wage) - mass) <= 4 * math.sqrt(mass * (1 - mass) / n)
    rest = draws[~np.isin(draws, atom_wages(pay))]
    assert len(np.unique(rest)) == len(rest)


def test_draws_of_one_stream_are_not_correlated() -> None:
    """Lags 1 to 10 of the probabilities of 50,000 draws: four standard deviations of 1 / sqrt(n)."""
    pay = fitted("technicians")
    u = pay.cdf(pay.rvs(50_000, rng=13)) - 0.5
    for lag in range(1, 11):
        assert abs(np.mean(u[lag:] * u[:-lag]) * 12) <= 4 / math.sqrt(len(u))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"size": -1}, "size is -1"),
        ({"size": 2.5}, "size is 2.5"),
        ({"size": "3"}, "size is '3'"),
        ({"size": True}, "size is True"),
        ({"size": (2, -1)}, r"size\[1\] is -1"),
        ({"n_threads": -1}, "n_threads is -1"),
        ({"n_threads": 1.5}, "n_threads is 1.5"),
    ],
)
def test_sizes_and_threads_are_whole_numbers(arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(wf.FactError, match=words + r".*expected a whole number of at least 0"):
        fitted("technicians").rvs(**arguments, rng=1)


# -- pickling and copying --------------------------------------------------------------------------------------------

KINDS: dict[str, Callable[[], wf.Distribution]] = {
    "curve": lambda: fitted("technicians"),
    "tied": lambda: fitted("ties within"),
    "bounded": lambda: fitted("bounded"),
    "lognormal": lambda: get("lognormal"),
    "scaled": lambda: fitted("technicians").scale(1.03),
    "hourly": lambda: fitted("technicians").to_hourly(),
    "truncated": lambda: fitted("technicians").truncate(20_000, 90_000),
    "mixture": lambda: wf.mixture([fitted("technicians"), get("lognormal"), fitted("ties within")], [1, 2, 3]),
    "mixture of truncated": lambda: wf.mixture([fitted("technicians").truncate(20_000), fitted("bounded")]),
}


@pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize(
    "send", [lambda d: pickle.loads(pickle.dumps(d)), copy.copy, copy.deepcopy], ids=["pickle", "copy", "deepcopy"]
)
def test_copies_are_the_same_distribution(make: Callable[[], wf.Distribution], send: Callable[[Any], Any]) -> None:
    pay = make()
    again = send(pay)
    p = np.linspace(0, 1, 101)
    np.testing.assert_array_equal(again.ppf(p), pay.ppf(p))
    np.testing.assert_array_equal(again.rvs(10, rng=1), pay.rvs(10, rng=1))
    assert (again.mean(), again.unit, again.name, again.support()) == (pay.mean(), pay.unit, pay.name, pay.support())
    assert again.diagnostics == pay.diagnostics
    assert repr(again) == repr(pay)


# -- shapes and kinds of arguments -----------------------------------------------------------------------------------

AT_WAGES = ("pdf", "logpdf", "cdf", "sf", "logcdf", "logsf")
AT_PROBABILITIES = ("ppf", "isf", "lorenz", "top_share")
AT_NUMBERS = ("moment", "atkinson")
ARGUMENT = {
    **dict.fromkeys(AT_WAGES, np.array([20_000.0, 40_350.0, 70_000.0, 41_000.0, 90_000.0, 30_000.0])),
    **dict.fromkeys(AT_PROBABILITIES, np.array([0.1, 0.5, 0.9, 0.2, 0.99, 0.01])),
    **dict.fromkeys(AT_NUMBERS, np.array([0.5, 1.0, 2.0, 3.0, 0.25, 1.5])),
}
SHAPES: dict[str, Callable[[np.ndarray], Any]] = {
    "list": lambda a: a.tolist(),
    "nested list": lambda a: a.reshape(2, 3).tolist(),
    "tuple": lambda a: tuple(a),
    "matrix": lambda a: a.reshape(3, 2),
    "three axes": lambda a: a.reshape(1, 3, 2),
    "transposed": lambda a: a.reshape(3, 2).T,
    "strided": lambda a: np.repeat(a, 3)[::3],
    "reversed": lambda a: a[::-1],
    "read-only": lambda a: _locked(a),
    "big-endian": lambda a: a.astype(">f8"),
    "object": lambda a: a.astype(object),
    "series": lambda a: pd.Series(a, index=list("abcdef")),
    "index": lambda a: pd.Index(a),
    "0-d": lambda a: np.array(a[0]),
    "numpy scalar": lambda a: a[0],
    "scalar": lambda a: float(a[0]),
    "empty": lambda a: a[:0],
    "empty list": lambda _: [],
    "empty matrix": lambda a: a[:0].reshape(0, 3),
}


def _locked(a: np.ndarray) -> np.ndarray:
    locked = a.copy()
    locked.setflags(write=False)
    return locked


@pytest.mark.parametrize("form", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("method", ARGUMENT)
def test_shape_in_is_shape_out(method: str, form: Callable[[np.ndarray], Any]) -> None:
    """And every element is what the scalar call gives."""
    call = getattr(fitted("technicians"), method)
    argument = form(ARGUMENT[method])
    result = call(argument)
    expected = [call(float(value)) for value in np.asarray(argument, dtype=float).ravel()]
    assert np.shape(result) == np.shape(argument)
    assert np.asarray(result).dtype == np.float64
    assert np.isscalar(result) == (np.ndim(argument) == 0)
    np.testing.assert_array_equal(np.ravel(result), expected)


@pytest.mark.parametrize("kind", [np.int16, np.int64, np.uint32])
def test_whole_wages_may_be_integers(kind: Any) -> None:
    pay, x = fitted("technicians"), np.array([20_000, 30_000])
    np.testing.assert_array_equal(pay.cdf(x.astype(kind)), pay.cdf(x.astype(float)))
    np.testing.assert_array_equal(pay.ppf(np.array([0, 1], dtype=kind)), [0, np.inf])


def test_float32_is_taken_at_its_value() -> None:
    pay, p = fitted("technicians"), np.array([0.1, 0.9], dtype=np.float32)
    np.testing.assert_array_equal(pay.ppf(p), pay.ppf(p.astype(float)))
    assert pay.ppf(p).dtype == np.float64


@pytest.mark.parametrize(
    "argument",
    ["0.5", b"0.5", None, True, [True, False], np.array([True]), 0.5j, [0.5, "a"], [None], [[0.1], [0.1, 0.2]], {},
     np.array([True, 0.5], dtype=object), np.array(["a"], dtype=object), np.datetime64("2018-05-01")],
    ids=repr,
)  # fmt: skip
@pytest.mark.parametrize("method", ARGUMENT)
def test_arguments_that_are_not_numbers_are_refused(method: str, argument: Any) -> None:
    with pytest.raises(wf.FactError, match=r"is .*expected numbers"):
        getattr(fitted("technicians"), method)(argument)


@pytest.mark.parametrize("name", ["technicians", "ties within", "bounded", "lognormal"])
def test_nan_in_is_nan_out(name: str) -> None:
    pay = get(name)
    for method in ARGUMENT:
        assert np.isnan(getattr(pay, method)(np.nan)), method
        assert list(np.isnan(getattr(pay, method)([ARGUMENT[method][0], np.nan]))) == [False, True], method


@pytest.mark.parametrize("name", ["technicians", "ties within", "bounded", "lognormal"])
def test_arguments_outside_their_range_give_nan(name: str) -> None:
    pay = get(name)
    for method in AT_PROBABILITIES:
        assert np.all(np.isnan(getattr(pay, method)([-0.1, 1.1, -np.inf, np.inf, -1e-300]))), method
    assert np.isnan(pay.atkinson(-0.5))
    assert np.all(np.isnan(pay.moment([np.inf, -np.inf])))


@pytest.mark.parametrize("name", EVERY)
def test_ends_of_the_scale_have_values(name: str) -> None:
    pay = get(name)
    lower, upper = pay.support()
    assert list(pay.ppf([0, 1])) == [lower, upper]
    assert list(pay.isf([0, 1])) == [upper, lower]
    assert list(pay.pdf([-1, -np.inf, np.inf])) == [0, 0, 0]
    assert list(pay.logpdf([-1, -np.inf, np.inf])) == [-np.inf] * 3
    assert pay.interval(1) == (lower, upper)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda d: d.mean_between(0.5, 0.2), "p0 is 0.5 and p1 is 0.2; expected p0 below p1"),
        (lambda d: d.mean_between(0.5, 0.5), "p0 is 0.5 and p1 is 0.5; expected p0 below p1"),
        (lambda d: d.mean_between(-0.1, 0.5), "p0 is -0.1; expected a probability"),
        (lambda d: d.mean_between(0.1, 1.5), "p1 is 1.5; expected a probability"),
        (lambda d: d.mean_between(0.1, np.nan), "p1 is nan; expected a probability"),
        (lambda d: d.mean_between([0.1], 0.5), r"p0 is \[0.1\]; expected one number"),
        (lambda d: d.mean_between("a", 0.5), "p0 is 'a'; expected one number"),
        (lambda d: d.interval(1.1), "level is 1.1; expected a probability"),
        (lambda d: d.interval(np.nan), "level is nan; expected a probability"),
        (lambda d: d.interval("90%"), "level is '90%'; expected one number"),
    ],
)  # fmt: skip
def test_single_probabilities_are_checked(call: Callable[[wf.Distribution], Any], words: str) -> None:
    with pytest.raises(wf.FactError, match=words):
        call(fitted("technicians"))


# -- small things ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EVERY)
def test_median_interval_and_ratio_are_quantiles(name: str) -> None:
    pay = get(name)
    assert pay.median() == pay.ppf(0.5)
    assert pay.interval(0.9) == pytest.approx((pay.ppf(0.05), pay.ppf(0.95)), rel=1e-12)
    assert pay.quantile_ratio(0.9, 0.1) == pytest.approx(pay.ppf(0.9) / pay.ppf(0.1), rel=2 * EPS)
    assert pay.mean_between(0, 1) == pytest.approx(pay.mean(), rel=SAME)


def test_fitted_percentiles_are_not_moved_by_a_bit() -> None:
    """The wages are knots of the curve: published figures come back as published."""
    pay = fitted("technicians")
    assert dict(zip(PERCENTILES, pay.ppf(PERCENTILES), strict=True)) == TECHNICIANS["quantiles"]


def test_distributions_show_themselves() -> None:
    pay = fitted("technicians")
    assert repr(pay) == "<curve: mean $44,010, P10 $26,550, median $40,350, P90 $66,260, USD/year>"
    assert "$12.76" in repr(pay.to_hourly())
    assert "<td style='text-align:right'>$44,010</td>" in pay._repr_html_()


@given(wage_like(), powers(-3, 3))
def test_summaries_of_random_wages_hang_together(facts: FactSet, k: float) -> None:
    """Bounds that hold for every distribution: mean of thirds, Gini against Theil and the coefficient of variation."""
    pay = wf.fit(**facts.arguments(k))
    thirds = [pay.mean_between(a / 3, (a + 1) / 3) for a in range(3)]
    assert thirds == sorted(thirds)
    assert sum(thirds) / 3 == pytest.approx(pay.mean(), rel=1e-12)
    variation = pay.std() / pay.mean()
    assert 0 < pay.gini() < 1
    assert pay.gini() <= variation / math.sqrt(3) + 1e-12  # equality for a uniform distribution
    assert 0 < pay.theil() <= math.log(1 + variation**2) + 1e-12  # Jensen
    assert pay.moment(2) == pytest.approx(pay.var() + pay.mean() ** 2, rel=1e-12)
