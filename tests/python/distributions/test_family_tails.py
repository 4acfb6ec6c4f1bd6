"""Families over many orders of magnitude of their parameters, to the end of their tails, against 50 digits."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ..families import member, mp, random_member, tails
from ..oracles import EPS

# Rounding of the wage moves a probability by its log density: errors are counted in these units, of which logs and
# powers of numbers far from 1 cost a few hundred.
UNITS = 400 * EPS
NAMES = ["weibull", "gamma", "loglogistic", "singh-maddala", "dagum", "gb2"]


def representable(pay: Any, z: float) -> float | None:
    wage = float(pay.core.value(z))
    return wage if 1e-300 < wage < 1e300 else None


def scores(rng: np.random.Generator) -> list[float]:
    """The middle, the tails, and beyond where probabilities underflow."""
    return [float(rng.normal()), float(8.0 * rng.normal()), float(rng.uniform(-45.0, 45.0))]


@pytest.mark.parametrize("name", NAMES)
def test_probabilities_are_those_of_fifty_digits(name: str) -> None:
    rng, n_checked = np.random.default_rng(16), 0
    for _ in range(60):
        parameters = random_member(rng, name)
        if name == "gamma":
            parameters[1] = min(parameters[1], 1e4)  # the oracle's series is long for more
        pay = member(name, parameters)
        for z in scores(rng):
            wage = representable(pay, z)
            if wage is None:
                continue
            n_checked += 1
            below, above, density = tails(name, parameters, wage)
            for given, right in ((pay.cdf(wage), below), (pay.sf(wage), above)):
                if right > 1e-300:
                    assert abs(float(given) / right - 1) < UNITS * (1 + density / right), (parameters, z)
            nearer, log_p = (below, mp.log(mp.ncdf(z))) if z < 0 else (above, mp.log(mp.ncdf(-z)))
            allowed = UNITS * (1 - log_p + density / nearer)
            assert abs(mp.log(nearer) - log_p) < allowed, (parameters, z)
            assert abs(float(pay.core.score(wage)) - z) < UNITS * (1 + abs(z) + density / mp.npdf(z)), (parameters, z)
            log_density = mp.log(density) - mp.log(wage)
            assert abs(float(pay.logpdf(wage)) - log_density) < allowed + UNITS * (
                abs(log_density) + sum(parameters[1:])
            )
    assert n_checked > 90  # half of the scores have a wage that is a normal number


@pytest.mark.parametrize("shape", [2e6, 1e9, 1e12])
def test_large_gamma_shapes_are_nearly_normal(shape: float) -> None:
    """The saddlepoint approximation r + log(v / r) / r of the score errs by less than 1 / shape: Barndorff-Nielsen
    (1990), Journal of the Royal Statistical Society B 52(3), 485-496."""
    pay = member("gamma", [3.0, shape])
    for z in (-40.0, -9.0, -2.0, -0.3, 0.4, 3.0, 12.0, 40.0):
        wage = float(pay.core.value(z))
        ratio = mp.mpf(wage) / 3 / mp.mpf(shape)
        root = mp.sign(ratio - 1) * mp.sqrt(2 * shape * (ratio - 1 - mp.log(ratio)))
        score = root + mp.log(mp.sqrt(shape) * (ratio - 1) / root) / root
        assert float(score) == pytest.approx(z, abs=1.0 / shape + 8 * EPS * np.sqrt(shape) + 8 * EPS * z * z)


@pytest.mark.parametrize("name", NAMES)
def test_quantiles_rise(name: str) -> None:
    rng = np.random.default_rng(17)
    z = np.linspace(-60.0, 60.0, 1201)
    for _ in range(10):
        wages = member(name, random_member(rng, name)).core.value(z)
        assert np.all(wages[1:] >= wages[:-1])


def test_small_shapes_do_not_pile_people_on_one_wage() -> None:
    """p and q of 0.004 and an a of 680: the argument of the incomplete beta function underflows at P1 and P99."""
    pay = member("gb2", [45_000.0, 680.0, 0.004, 0.004])
    for p in (1e-6, 0.01, 0.05, 0.3, 0.7, 0.95, 0.99):
        assert float(pay.cdf(pay.ppf(p))) == pytest.approx(p, rel=1e-12)
        assert float(pay.sf(pay.isf(p))) == pytest.approx(p, rel=1e-12)
    # Beyond the middle both tails are power laws of index a p = a q.
    assert float(pay.sf(400_000.0) / pay.sf(200_000.0)) == pytest.approx(2.0 ** (-680.0 * 0.004), rel=1e-12)
    assert float(pay.cdf(1_000.0) / pay.cdf(2_000.0)) == pytest.approx(2.0 ** (-680.0 * 0.004), rel=1e-12)


def test_logs_of_probabilities_reach_where_probabilities_underflow() -> None:
    pay = member("weibull", [1.0, 2.0])
    assert float(pay.logsf(100.0)) == pytest.approx(-1e4, rel=1e-12)
    pay = member("gb2", [1.0, 300.0, 1.3, 1.9])
    above = tails("gb2", [1.0, 300.0, 1.3, 1.9], 20.0)[1]
    assert float(pay.logsf(20.0)) == pytest.approx(float(mp.log(above)), rel=1e-12)
