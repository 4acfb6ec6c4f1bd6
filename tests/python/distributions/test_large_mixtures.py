"""Mixtures of hundreds of distributions: their Gini coefficient, their moments and their draws."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats
from scipy.special import ndtr

import wagefit as wf
from wagefit import _core

from ..cells import TIED, fitted
from ..mixtures import between

# What the sums over panels leave out of a Gini coefficient, relative.
PANELS = 1e-10
# A cell alone is integrated by its own panels, which leave out as much again beside steep segments.
CELL = 1e-9
# The same sums over the same nodes in another order: rounding of some ten thousand terms.
ORDER = 1e-11


def lognormals(n: int, spread: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Log medians, sigmas and weights of `n` lognormals; `spread` is that of the logs of their sigmas."""
    rng = np.random.default_rng(n)
    return rng.normal(10.8, 0.4, n), 0.4 * np.exp(rng.normal(0.0, spread, n)), rng.dirichlet(np.ones(n))


def lognormal_gini(mu: np.ndarray, sigma: np.ndarray, weight: np.ndarray) -> float:
    """E|X - Y| / (2 mean) over all pairs: E[X; X > Y] = E[X] Phi((mu_x - mu_y + sigma_x^2) / sqrt(both sigma^2))."""
    mean = np.exp(mu + 0.5 * sigma**2)
    both = np.sqrt(sigma[:, None] ** 2 + sigma**2)
    first = mean[:, None] * (2 * ndtr((mu[:, None] - mu + sigma[:, None] ** 2) / both) - 1)
    return float(weight @ (first + first.T) @ weight / (2 * weight @ mean))


def mixed(mu: np.ndarray, sigma: np.ndarray, weight: np.ndarray) -> wf.Distribution:
    parts = [
        wf.Distribution(_core.Lognormal(median=math.exp(m), sigma=float(s))) for m, s in zip(mu, sigma, strict=True)
    ]
    return wf.mixture(parts, weight)


def tied(n: int) -> wf.Distribution:
    """Cells with ties, bounds and gaps around another median each."""
    rng = np.random.default_rng(7)
    names = [*TIED, "bounded", "technicians"]
    parts = [fitted(names[i % len(names)]).scale(float(k)) for i, k in enumerate(np.exp(rng.normal(0, 0.3, n)))]
    return wf.mixture(parts, rng.dirichlet(np.ones(n)))


@pytest.mark.parametrize(("n", "spread"), [(2, 0.1), (3, 2.0), (40, 0.5), (514, 0.3), (514, 1.0)])
def test_gini_of_lognormals_is_the_sum_over_pairs(n: int, spread: float) -> None:
    """From sigmas that are much the same to some a hundred times as large as others."""
    figures = lognormals(n, spread)
    assert mixed(*figures).gini() == pytest.approx(lognormal_gini(*figures), rel=PANELS)


@pytest.mark.parametrize("sigma", [1e-6, 1e-3, 2.5])
def test_gini_of_narrow_and_of_wide_lognormals(sigma: float) -> None:
    mu, weight = np.array([10.0, 10.0, 12.0]), np.array([0.7, 0.2, 0.1])
    sigmas = np.array([sigma, 0.3, sigma])
    assert mixed(mu, sigmas, weight).gini() == pytest.approx(lognormal_gini(mu, sigmas, weight), rel=PANELS)


@pytest.mark.parametrize("name", [*TIED, "bounded", "floor at P10", "technicians"])
def test_gini_of_a_cell_in_hundreds_of_pieces_is_the_cell_s(name: str) -> None:
    """Atoms and kinks that no piece is heavy enough to point out."""
    one = fitted(name)
    pieces = wf.mixture([one] * 200, np.random.default_rng(3).dirichlet(np.ones(200)))
    assert pieces.gini() == pytest.approx(one.gini(), rel=CELL)


def test_gini_across_gaps() -> None:
    """Ranges that do not overlap: within each its own, between them the difference of means."""
    parts = [between(10_000.0 * k, 10_000.0 * k + 5_000) for k in range(1, 81)]
    weight = np.random.default_rng(5).dirichlet(np.ones(80))
    means, own = (np.array([f(d) for d in parts]) for f in (wf.Distribution.mean, wf.Distribution.gini))
    pairs = np.abs(means[:, None] - means)
    np.fill_diagonal(pairs, 2 * own * means)
    assert wf.mixture(parts, weight).gini() == pytest.approx(weight @ pairs @ weight / (2 * weight @ means), rel=PANELS)


def test_mixtures_of_mixtures_are_mixtures() -> None:
    figures = lognormals(60, 0.5)
    flat = mixed(*figures)
    halves = [mixed(*(part[rows] for part in figures)) for rows in (slice(0, 25), slice(25, 60))]
    nested = wf.mixture(halves, [figures[2][:25].sum(), figures[2][25:].sum()])
    for method in ("mean", "std", "theil", "gini"):
        assert getattr(nested, method)() == pytest.approx(getattr(flat, method)(), rel=ORDER), method


def test_figures_of_a_truncated_mixture_are_those_of_what_is_left() -> None:
    """A truncated mixture is a mixture of truncated parts, weighted by what is left of each."""
    mu, sigma, weight = lognormals(50, 0.5)
    cut = mixed(mu, sigma, weight).truncate(30_000, 80_000)
    parts = [mixed(*(np.array([one]) for one in row)) for row in zip(mu, sigma, weight, strict=True)]
    left = weight * [float(part.cdf(80_000) - part.cdf(30_000)) for part in parts]
    whole = wf.mixture([part.truncate(30_000, 80_000) for part in parts], left)
    for method in ("mean", "std", "theil", "gini"):
        assert getattr(cut, method)() == pytest.approx(getattr(whole, method)(), rel=PANELS), method
    nodes = np.linspace(30_000, 80_000, 20_001)
    spread = np.trapezoid(cut.cdf(nodes) * cut.sf(nodes), nodes)
    assert cut.gini() * cut.mean() == pytest.approx(spread, rel=1e-6)  # the trapezoids' own error


# -- draws -----------------------------------------------------------------------------------------------------------


def test_draws_of_hundreds_follow_the_cdf() -> None:
    """Kolmogorov-Smirnov at a fixed seed; one seed in a thousand would fail."""
    pay = mixed(*lognormals(514, 0.3))
    assert stats.kstest(pay.rvs(50_000, rng=17), pay.cdf).pvalue > 1e-3
    cut = pay.truncate(30_000, 80_000)
    draws = cut.rvs(50_000, rng=18)
    assert draws.min() >= 30_000
    assert draws.max() <= 80_000
    assert stats.kstest(draws, cut.cdf).pvalue > 1e-3


def test_draws_of_hundreds_fall_on_atoms_as_often_as_they_should() -> None:
    """Together within four standard deviations, the heaviest each within five."""
    pay, n = tied(300), 50_000
    draws, atoms = pay.rvs(n, rng=19), pay.atoms()
    total = sum(mass for _, mass in atoms)
    assert abs(np.isin(draws, [wage for wage, _ in atoms]).mean() - total) <= 4 * math.sqrt(total * (1 - total) / n)
    for wage, mass in sorted(atoms, key=lambda atom: -atom[1])[:20]:
        assert abs(np.mean(draws == wage) - mass) <= 5 * math.sqrt(mass * (1 - mass) / n)


def test_components_are_drawn_by_their_weights() -> None:
    """A chi-squared statistic of 40 ranges that do not overlap; one seed in a thousand would fail."""
    parts = [between(10_000.0 * k, 10_000.0 * k + 5_000) for k in range(1, 41)]
    weight = np.random.default_rng(6).dirichlet(np.full(40, 5.0))
    draws = wf.mixture(parts, weight).rvs(100_000, rng=23)
    found = np.bincount((draws // 10_000).astype(int) - 1, minlength=40)
    assert stats.chisquare(found, weight * len(draws)).pvalue > 1e-3


def test_draws_of_a_component_are_independent_of_which_one_it_is() -> None:
    """Two equal components with a mean of 1 and of 1000: probabilities within each are uniform."""
    one = mixed(*(np.array([value]) for value in (10.0, 0.1, 1.0)))
    draws = wf.mixture([one, one.scale(1_000)], [1, 3]).rvs(50_000, rng=29)
    is_high = draws > 1e6
    assert abs(is_high.mean() - 0.75) <= 4 * math.sqrt(0.75 * 0.25 / len(draws))
    for part in (draws[~is_high], draws[is_high] / 1_000):
        assert stats.kstest(part, one.cdf).pvalue > 1e-3


def test_draws_of_hundreds_depend_on_the_seed_alone() -> None:
    pay = tied(100)
    draws = pay.rvs(10_000, rng=31)
    for again in (
        pay.rvs(10_000, rng=31, n_threads=1),
        pay.rvs(10_000, rng=31, n_threads=3),
        pay.rvs(20_000, rng=31)[:10_000],
    ):
        np.testing.assert_array_equal(again, draws)
    assert np.mean(pay.rvs(10_000, rng=32) == draws) < 0.05  # atoms apart
    np.testing.assert_allclose(pay.scale(2).rvs(10_000, rng=31), 2 * draws, rtol=1e-12)  # logs of scaled wages round


def test_a_lone_component_draws_as_it_does_alone() -> None:
    one = fitted("technicians")
    np.testing.assert_array_equal(wf.mixture([one]).rvs(5_000, rng=37), one.rvs(5_000, rng=37))
