"""Indices of inequality and moments of families against their closed forms in 50 digits, and where wages underflow."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtr

import wagefit as wf

from .. import oracles
from ..families import gini, mean_log, member, moment, mp, random_member

NAMES = ["lognormal", "weibull", "gamma", "loglogistic", "singh-maddala", "dagum", "gb2"]
AGREED = 1e-10  # what the project promises
EPSILONS = (0.5, 0.95, 1.05, 2.0)
TOPS = [0, 1e4, 15e3, 2e4, 25e3, 3e4, 35e3, 4e4, 45e3, 5e4, 6e4, 75e3, 1e5, 125e3, 15e4, 2e5, np.inf]


def agreed(spread: float) -> float:
    """Wages of a relative spread of 1e-5 are themselves known to 1e-11 of it, and its square to twice that."""
    return AGREED + 1e-15 / spread


@pytest.mark.parametrize("name", NAMES)
def test_measures_are_the_closed_forms(name: str) -> None:
    rng = np.random.default_rng(14)
    for _ in range(40):
        parameters = random_member(rng, name)
        pay = member(name, parameters)
        mean, second = moment(name, parameters, 1), moment(name, parameters, 2)
        std = mp.sqrt(second - mean**2)
        rtol = agreed(min(float(std / mean), 1.0))
        assert pay.mean() == pytest.approx(float(mean), rel=AGREED), parameters
        assert pay.std() == pytest.approx(float(std), rel=rtol), parameters
        theil = mean_log(name, parameters, 1) - mp.log(mean)
        assert pay.theil() == pytest.approx(float(theil), rel=rtol), parameters
        if name != "gb2":
            assert pay.gini() == pytest.approx(float(gini(name, parameters)), rel=rtol), parameters
        geometric = 1 - mp.exp(mean_log(name, parameters)) / mean
        assert float(pay.atkinson(1.0)) == pytest.approx(float(geometric), rel=rtol), parameters
        for epsilon in EPSILONS:
            k = 1 - mp.mpf(epsilon)
            power = moment(name, parameters, k)
            index = 1 if mp.isinf(power) else 1 - power ** (1 / k) / mean
            assert float(pay.atkinson(epsilon)) == pytest.approx(float(index), rel=rtol), (parameters, epsilon)


@pytest.mark.parametrize("power", [1.001, 1.02, 1.3, 3.0])
def test_a_tail_with_hardly_a_mean_has_its_gini(power: float) -> None:
    """A GB2 of small and equal p and q is a double Pareto distribution of index b = a p in both tails."""
    pay = member("gb2", [1.0, power * 1e6, 1e-6, 1e-6])
    b = mp.mpf(power)
    half = mp.mpf(1) / 2
    # F = x^b / 2 below 1 and S = x^-b / 2 above it; the Gini is the integral of F S over the mean.
    mean = half * b / (b + 1) + half * b / (b - 1)
    below = half / (b + 1) - half**2 / (2 * b + 1)
    above = half / (b - 1) - half**2 / (2 * b - 1)
    assert pay.mean() == pytest.approx(float(mean), rel=1e-5)  # the limit is reached to the order of p
    assert pay.gini() == pytest.approx(float((below + above) / mean), rel=1e-5)


def test_an_infinite_mean_means_all_inequality() -> None:
    pay = member("loglogistic", [40_000.0, 0.9])
    assert pay.mean() == pay.std() == pay.theil() == np.inf
    assert pay.gini() == 1.0
    assert float(pay.atkinson(0.5)) == float(pay.atkinson(1.0)) == 1.0
    assert float(pay.lorenz(0.99)) == 0.0
    assert float(pay.top_share(0.01)) == 1.0
    assert member("loglogistic", [40_000.0, 1.5]).std() == np.inf


@pytest.mark.parametrize("unit", [1e-250, 1e-160, 1.0, 1e160, 1e250])
def test_a_standard_deviation_has_the_scale_of_wages(unit: float) -> None:
    pay = member("gamma", [unit, 4.0])
    assert pay.std() / unit == pytest.approx(2.0, rel=1e-12)
    for epsilon in (0.5, 1.0, 2.0, 3.0):
        assert float(pay.atkinson(epsilon)) == pytest.approx(
            float(member("gamma", [1.0, 4.0]).atkinson(epsilon)), rel=1e-12
        )


def _spread_out() -> list[wf.Distribution]:
    """Curves with wages so small that their ratio to the mean underflows."""
    first = [187, 194, 522, 171, 148, 219, 159, 727, 435, 472, 173, 187, 289, 531, 147, 163]
    second = [480, 11, 5971, 0, 47530, 78, 8505, 94, 295800, 424, 6841, 9535, 1637000, 887, 16410, 0]
    return [
        wf.fit_brackets(TOPS, first, 59262.42226479632),
        wf.fit(mean=28_436.8, quantiles={0.1: 692.893, 0.25: 6684.08, 0.5: 40_000, 0.9: 86_102.3}),
        wf.fit_brackets(TOPS, second),
        wf.fit(quantiles={0.1: 1e-4, 0.2: 50, 0.3: 51}),
    ]


@pytest.mark.parametrize("case", range(4))
def test_theil_is_right_where_wages_underflow(case: int) -> None:
    pay = _spread_out()[case]
    mean = pay.mean()

    def part(wage: float) -> float:
        return wage / mean * float(np.log(wage / mean)) if wage / mean > 0.0 else 0.0

    assert pay.theil() == pytest.approx(oracles.expectation(pay, part), rel=1e-8)  # fixed panels beside steep segments


def test_theil_of_a_lognormal_tail_that_earns_all_pay_is_half_its_variance() -> None:
    pay = wf.fit(quantiles={0.5: 1e-290, 0.9: 1e-236})
    far = np.array([20.0, 25.0])  # below the normal score of 32, about which pay is earned
    (rate,) = np.diff(np.log(pay.isf(ndtr(-far)))) / np.diff(far)
    assert pay.theil() == pytest.approx(rate**2 / 2, rel=1e-8)  # fixed panels beside steep segments


@pytest.mark.parametrize("excess", [1e-9, 1e-6, 1e-4, 1e-3, 0.01])
def test_an_atkinson_index_is_between_none_and_all(excess: float) -> None:
    quantiles = {0.1: 26_550, 0.25: 32_070, 0.5: 40_350, 0.75: 52_730, 0.9: 66_260}
    least = 0.15 * 26_550 + 0.25 * 32_070 + 0.25 * 40_350 + 0.15 * 52_730 + 0.1 * 66_260
    pay = wf.fit(mean=least * (1 + excess), quantiles=quantiles)
    indices = [float(pay.atkinson(epsilon)) for epsilon in (0.0, 0.5, 0.9, 1.0, 1.1, 2.0)]
    # The lowest tenth earns next to nothing: no index loses them, each is at least the one before it.
    assert indices[0] == pytest.approx(0.0, abs=1e-12)
    assert np.all(np.diff(indices) > -1e-12)
    assert 0.0 <= indices[-1] <= 1.0
