"""Random wages: their shape, their streams, and how they are distributed."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy import stats

import wagefit as wf

from ..cells import SMOOTH, TIED, fitted
from ..every_distribution import atom_wages, get


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
