"""Credible intervals cover what is hidden as often as they say."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import ndtri

import wagefit as wf

from ..cells import ANESTHESIOLOGISTS, PERCENTILES

POPULATIONS = 150
DRAWS = 100
LEVEL = 0.9


def lognormal_sample(rng: np.random.Generator, n: int) -> np.ndarray:
    return 45_000 * np.exp(rng.uniform(0.25, 0.7) * rng.normal(size=n))


def singh_maddala_sample(rng: np.random.Generator, n: int) -> np.ndarray:
    """Q(p) = b ((1 - p)^(-1 / q) - 1)^(1 / a) (Singh & Maddala 1976)."""
    a, q = rng.uniform(2.2, 4.5), rng.uniform(0.8, 2.5)
    return 50_000 * (rng.random(n) ** (-1 / q) - 1) ** (1 / a)


def mixture_sample(rng: np.random.Generator, n: int) -> np.ndarray:
    """Two lognormals, the second up to twice as well paid."""
    spread, ratio = rng.uniform(0.2, 0.45, 2), rng.uniform(1.2, 2.0)
    is_second = rng.random(n) < rng.uniform(0.3, 0.7)
    return 38_000 * np.where(is_second, ratio, 1.0) * np.exp(spread[is_second.astype(int)] * rng.normal(size=n))


SAMPLERS = (lognormal_sample, singh_maddala_sample, mixture_sample)


def sample_quantile(sample: np.ndarray, p: Any) -> np.ndarray:
    return np.quantile(sample, p, method="inverted_cdf")


def people_functionals(sample: np.ndarray) -> np.ndarray:
    """P5, P40, P60, P95, P99, Gini and mean of the lowest third of the people themselves."""
    ordered = np.sort(sample)
    n = len(ordered)
    gini = (2 * np.arange(1, n + 1) - n - 1) @ ordered / (n * ordered.sum())
    return np.array([*sample_quantile(sample, [0.05, 0.4, 0.6, 0.95, 0.99]), gini, ordered[: n // 3].mean()])


def curve_functionals(pay: wf.Distribution) -> np.ndarray:
    return np.array([*pay.ppf([0.05, 0.4, 0.6, 0.95, 0.99]), pay.gini(), pay.mean_between(0, 1 / 3)])


def published_figures(pay: wf.Distribution) -> np.ndarray:
    return np.array([*pay.ppf(PERCENTILES), pay.mean()])


def test_intervals_cover_the_people_behind_the_facts() -> None:
    """Groups of 200 to 10,000 people known by five percentiles and the mean.

    The prior is learned from real groups, which are rougher than these smooth populations, so that coverage may exceed
    the level; it must not fall short by more than four standard errors of a binomial proportion.
    """
    rng = np.random.default_rng(2018)
    covered, widths = [], []
    for k in range(POPULATIONS):
        people = SAMPLERS[k % 3](rng, int(10.0 ** rng.uniform(2.3, 4.0)))
        facts = {"mean": people.mean(), "quantiles": (PERCENTILES, sample_quantile(people, PERCENTILES))}
        pay = wf.fit(**facts, employment=len(people))
        low, high = pay.credible(curve_functionals, level=LEVEL, draws=DRAWS, rng=k)
        truth = people_functionals(people)
        covered.append((low <= truth) & (truth <= high))
        widths.append((high - low) / truth)
    assert np.all(np.median(widths, axis=0) < 0.35)  # and yet they say something
    share = np.mean(covered, axis=0)
    assert np.all(share >= LEVEL - 4 * np.sqrt(LEVEL * (1 - LEVEL) / POPULATIONS)), share


def test_intervals_cover_the_population_behind_a_sample() -> None:
    """With an RSE the facts are a sample's, and even published figures are uncertain.

    For these it is classical sampling theory: the true percentiles and mean of a lognormal are covered at the level,
    within four binomial standard errors.
    """
    rng = np.random.default_rng(2025)
    score = ndtri(PERCENTILES)
    covered = []
    for k in range(POPULATIONS):
        sigma, n = rng.uniform(0.25, 0.7), int(10.0 ** rng.uniform(2.6, 4.0))
        truth = 45_000 * np.array([*np.exp(sigma * score), np.exp(0.5 * sigma**2)])
        sample = 45_000 * np.exp(sigma * rng.normal(size=n))
        rse = 100 * sample.std() / sample.mean() / np.sqrt(n)
        pay = wf.fit(mean=sample.mean(), quantiles=(PERCENTILES, sample_quantile(sample, PERCENTILES)), mean_rse=rse)
        low, high = pay.credible(published_figures, level=LEVEL, draws=DRAWS, rng=k)
        covered.append((low <= truth) & (truth <= high))
    share = np.mean(covered, axis=0)
    assert np.all(np.abs(share - LEVEL) <= 4 * np.sqrt(LEVEL * (1 - LEVEL) / POPULATIONS)), share


def test_intervals_of_top_coded_cells_cover_what_is_hidden() -> None:
    """P90 replaced by a top code up to a tenth below it: the hidden figure lies inside its interval."""
    rng = np.random.default_rng(208_000)
    covered = []
    for k in range(POPULATIONS):
        people = 1.6 * SAMPLERS[k % 3](rng, 5_000)
        *shown, hidden = sample_quantile(people, PERCENTILES).tolist()
        top_code = max(0.9 * hidden, shown[-1])
        facts = {"mean": people.mean(), "quantiles": (PERCENTILES[:-1], shown), "at_least": {0.9: top_code}}
        low, high = wf.fit(**facts, employment=len(people)).credible("ppf", 0.9, level=LEVEL, draws=DRAWS, rng=k)
        covered.append(low <= hidden <= high)
    assert np.mean(covered) >= LEVEL - 4 * np.sqrt(LEVEL * (1 - LEVEL) / POPULATIONS)


def group_of_two_trades(rng: np.random.Generator) -> np.ndarray:
    """5,000 people, some paid up to 2.2 times as much as the others: P90 is often above what P75 suggests."""
    is_second = rng.random(5_000) < rng.uniform(0.1, 0.4)
    wages = 38_000 * np.where(is_second, rng.uniform(1.4, 2.2), 1.0)
    return wages * np.exp(rng.uniform(0.15, 0.4) * rng.normal(size=5_000))


def test_intervals_behind_bounds_that_bind_cover_what_is_hidden() -> None:
    """A top code anywhere above P75, in groups whose P90 lies above it; without a mean, which is hidden too.

    Where the bound binds such groups are unlike those of the prior, so that the level is not guaranteed; over all
    groups it is reached within four binomial standard errors, and over those within six.
    """
    rng = np.random.default_rng(5)
    covered: list[np.ndarray] = []
    binds: list[bool] = []
    while len(covered) < POPULATIONS:
        people = group_of_two_trades(rng)
        *shown, hidden = sample_quantile(people, PERCENTILES).tolist()
        top_code = shown[-1] * np.exp(rng.uniform(0.2, 0.8))
        if top_code > hidden:
            continue
        pay = wf.fit(quantiles=(PERCENTILES[:-1], shown), at_least={0.9: top_code}, employment=len(people))
        low, high = pay.credible(lambda d: [d.ppf(0.9), d.mean()], level=LEVEL, draws=DRAWS, rng=len(covered))
        covered.append((low <= [hidden, people.mean()]) & ([hidden, people.mean()] <= high))
        binds.append(bool(pay.diagnostics.binding))
    error = np.sqrt(LEVEL * (1 - LEVEL) / POPULATIONS)
    assert np.all(np.mean(covered, axis=0) >= LEVEL - 4 * error)
    n_binding = int(np.sum(binds))
    assert n_binding > 40
    assert np.all(np.mean(np.array(covered)[binds], axis=0) >= LEVEL - 6 * error * np.sqrt(POPULATIONS / n_binding))


def test_anesthesiologists_are_known_within_bounds() -> None:
    """One percentile, four top codes and the mean: wide intervals, none of which reaches below the top code."""
    pay = wf.fit(**ANESTHESIOLOGISTS)
    for p in (0.25, 0.5, 0.75, 0.9):
        low, high = pay.credible("ppf", p)
        assert 208_000 <= low <= high
    low, high = pay.credible("median")
    assert high - low > 5_000
