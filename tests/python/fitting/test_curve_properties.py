"""What any curve must satisfy, on every embedded row and on random ones: one distribution, seen from all sides."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

import wagefit as wf

from ..cells import CELLS, PERCENTILES, SMOOTH, fitted
from ..densities import assert_density_integrates
from ..oracles import EPS, Curve50, mean_interval
from ..strategies import FactSet, powers, probabilities, wage_like

Floats = NDArray[np.float64]

# The stated bound: |cdf(ppf(p)) - p| <= 8 eps (p + x pdf(x)).
ROUND_TRIP = 8.0
# The score z between p and x is a double: half an ulp of z is 10 eps p at p = 1e-6, where the bound is
# 8 eps p (1 + 4.9 / slope). Random cells take part up to this slope, log points a score; all published ones do.
STEEPEST = 3.0
NAMES = tuple(CELLS)


@dataclass(frozen=True)
class Cells:
    """Many curves with their percentiles, shape (n, 5)."""

    ensemble: wf.Ensemble
    percentiles: Floats

    def smooth(self) -> Cells:
        """Those that were fitted on the smooth path, with tails up to the steepest slope."""
        cores = [self.ensemble[i].core for i in range(len(self.ensemble))]
        slopes = np.array([max(core.slope_left[0], core.slope_right[-1]) for core in cores])
        chosen = np.flatnonzero((slopes <= STEEPEST) & (self.ensemble.status != "guaranteed"))
        return Cells(self.ensemble[chosen], self.percentiles[chosen])


@cache
def published() -> Cells:
    """Every embedded row with five percentiles: 1,700 cells, some with ties, most without a mean."""
    rows = [cell for cell in wf.oews.cells() if len(cell.quantiles) == len(PERCENTILES)]
    percentiles = np.array([list(cell.quantiles.values()) for cell in rows])
    means = np.array([np.nan if cell.mean is None else cell.mean for cell in rows])
    return fit_cells(percentiles, means)


@cache
def invented() -> Cells:
    """Almost 2,000 random cells: scales 1e-3 to 1e9, percentiles tied, nearly equal, up to a factor of three apart."""
    rng = np.random.default_rng(1997)
    n, gaps = 2_000, len(PERCENTILES) - 1
    kind = rng.integers(4, size=(n, gaps))
    wide, narrow = 10.0 ** rng.uniform(-3, 0.3, (n, gaps)), 10.0 ** rng.uniform(-5, -3, (n, gaps))
    steps = np.select([kind == 0, kind == 1], [np.zeros((n, gaps)), narrow], wide)
    percentiles = 10.0 ** rng.uniform(-3, 9, (n, 1)) * np.cumprod(np.c_[np.ones(n), 1.0 + steps], axis=1)
    unpublished = np.full(n, np.nan)
    means = fit_cells(percentiles, unpublished).ensemble.mean() * np.exp(rng.normal(0.0, 0.03, n))
    least = np.array([mean_interval(PERCENTILES, row)[0] for row in percentiles])
    is_published = (rng.random(n) < 0.5) & (means > 1.01 * least)
    cells = fit_cells(percentiles, np.where(is_published, means, np.nan)).smooth()
    assert len(cells.ensemble) > 0.95 * n
    return cells


def fit_cells(percentiles: Floats, means: Floats) -> Cells:
    quantiles = dict(zip(PERCENTILES, percentiles.T, strict=True))
    return Cells(wf.fit_many(mean=means, quantiles=quantiles, n_threads=1), percentiles)


def tail_heavy_probabilities(rng: np.random.Generator, n: int) -> Floats:
    """`n` probabilities from 1e-6 to 1 - 1e-6, evenly on the log scale of either tail."""
    low = 10.0 ** rng.uniform(-6, np.log10(0.5), n // 2)
    return np.concatenate([low, 1.0 - 10.0 ** rng.uniform(-6, np.log10(0.5), n - n // 2)])


# -- cdf and ppf -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", [published, invented])
@pytest.mark.parametrize(("inverse", "forward"), [("ppf", "cdf"), ("isf", "sf")])
def test_probability_survives_the_round_trip(source, inverse: str, forward: str) -> None:
    """Off atoms, for p from 1e-6 to 1 - 1e-6."""
    ensemble, percentiles = source().ensemble, source().percentiles
    p = tail_heavy_probabilities(np.random.default_rng(2026), 300)
    wages = getattr(ensemble, inverse)(p)
    tied = np.where(np.diff(percentiles) == 0, percentiles[:, 1:], np.nan)
    is_atom = (wages[:, :, None] == tied[:, None, :]).any(axis=2)
    error = np.abs(getattr(ensemble, forward)(wages) - p)
    allowed = ROUND_TRIP * EPS * (p + wages * ensemble.pdf(wages))
    assert np.all((error <= allowed) | is_atom)
    assert is_atom.mean() < 0.5


@pytest.mark.parametrize("name", NAMES)
def test_wages_rise_with_probability(name: str) -> None:
    """A million random probabilities, the smallest and largest doubles among them."""
    rng = np.random.default_rng(7)
    p = np.sort(np.concatenate([rng.random(600_000), tail_heavy_probabilities(rng, 399_996), [0, 5e-324, 1 - EPS, 1]]))
    wages = fitted(name).ppf(p)
    assert np.all(wages[1:] >= wages[:-1])
    lower, upper = fitted(name).support()
    assert (wages[0], wages[-1]) == (lower, upper)


@pytest.mark.parametrize("source", [published, invented])
def test_wages_of_many_cells_rise_with_probability(source) -> None:
    p = np.sort(tail_heavy_probabilities(np.random.default_rng(8), 500))
    assert np.all(np.diff(source().ensemble.ppf(p), axis=1) >= 0)
    assert np.all(np.diff(source().ensemble.isf(p), axis=1) <= 0)


# -- density ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_density_integrates_to_one_minus_the_atoms(name: str) -> None:
    assert_density_integrates(fitted(name))


@pytest.mark.parametrize("source", [published, invented])
def test_density_of_many_cells_integrates_to_one_minus_the_atoms(source) -> None:
    """Every eighth cell, and all of those with ties among the published."""
    cells = source()
    tied = np.flatnonzero((np.diff(cells.percentiles) == 0).any(axis=1))[:: 1 if source is published else 20]
    for i in np.union1d(tied, np.arange(0, len(cells.ensemble), 8)):
        assert_density_integrates(cells.ensemble[int(i)])


# -- means -----------------------------------------------------------------------------------------------------------

INTERVALS = ((0.0, 1 / 3), (0.2, 0.21), (0.25, 0.5), (0.9, 0.99), (0.999, 1 - 1e-6), (1e-6, 1e-3))


@pytest.mark.parametrize("name", NAMES)
def test_means_between_probabilities_agree_with_50_digits(name: str) -> None:
    pay, exact = fitted(name), Curve50(fitted(name).core)
    for low, high in INTERVALS:
        ends = [-12.0 if p == 0 else float(ndtri(p)) for p in (low, high)]
        expected = exact.expectation(lambda x: x, *ends) / (exact.mp.mpf(high) - exact.mp.mpf(low))
        assert pay.mean_between(low, high) == pytest.approx(float(expected), rel=1e-10)


@given(wage_like(), st.lists(st.floats(0.0, 1.0), min_size=1, max_size=6, unique=True))
def test_means_between_probabilities_add_up(facts: FactSet, inner: list[float]) -> None:
    """Weighted by their shares they are the mean, wherever the cuts are."""
    pay = wf.fit(**facts.arguments())
    cuts = np.unique([0.0, *np.round(inner, 6), 1.0])
    total = sum((b - a) * pay.mean_between(a, b) for a, b in pairwise(cuts))
    assert total == pytest.approx(pay.mean(), rel=1e-12)


# -- smoothness ------------------------------------------------------------------------------------------------------


def one_sided_slopes(pay: wf.Distribution, z: float, step: float) -> tuple[float, float]:
    """d log(wage) / dz left and right of `z` by differences of second order."""
    y = np.log(pay.ppf(ndtr(z + step * np.arange(-2, 3))))
    return (3 * y[2] - 4 * y[1] + y[0]) / (2 * step), (-3 * y[2] + 4 * y[3] - y[4]) / (2 * step)


@pytest.mark.parametrize("name", SMOOTH)
def test_smooth_path_is_continuously_differentiable(name: str) -> None:
    """At every knot the slope from the left is the slope from the right, without an atom and without a bend."""
    pay = fitted(name)
    assert pay.diagnostics.status in {"exact", "exact_without_mean"}
    core = pay.core
    assert_allclose(core.slope_left, core.slope_right, rtol=4 * EPS)
    for z in core.z:
        left, right = one_sided_slopes(pay, z, step=1e-4)
        # Differences err by step^2 y''' / 3, with y''' up to a few hundred between close knots, and by eps / step.
        assert left == pytest.approx(right, abs=1e-5)


def test_smooth_cells_have_one_slope_at_each_knot() -> None:
    """Every embedded row without ties."""
    cells = published()
    untied = np.flatnonzero((np.diff(cells.percentiles) > 0).all(axis=1) & (cells.ensemble.status != "guaranteed"))
    assert len(untied) > 1_500
    for i in untied:
        core = cells.ensemble[int(i)].core
        assert_allclose(core.slope_left, core.slope_right, rtol=4 * EPS)
        assert core.slope_left.min() > 0


@pytest.mark.parametrize("name", [name for name in NAMES if "lower" not in CELLS[name] and "upper" not in CELLS[name]])
def test_tails_are_log_linear_in_the_normal_score(name: str) -> None:
    """Three points of each tail lie on one line, which starts at the outermost knot."""
    pay, core = fitted(name), fitted(name).core
    steps = np.array([0.5, 1.0, 2.5])
    below = np.log(pay.ppf(ndtr(core.z[0] - steps)) / core.wage[0]) / -steps
    above = np.log(pay.isf(ndtr(-core.z[-1] - steps)) / core.wage[-1]) / steps
    # scipy's ndtr errs by some ulp, and so does a logarithm near 0 of a ratio near 1.
    assert_allclose(below, core.slope_left[0], rtol=1e-13, atol=8 * EPS)
    assert_allclose(above, core.slope_right[-1], rtol=1e-13, atol=8 * EPS)


# -- inequality ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_lorenz_curve_is_convex_and_below_the_diagonal(name: str) -> None:
    pay = fitted(name)
    p = np.linspace(0.0, 1.0, 201)
    shares = pay.lorenz(p)
    assert (shares[0], shares[-1]) == (0.0, pytest.approx(1.0, rel=4 * EPS))
    assert np.all(shares <= p + 4 * EPS)
    assert np.all(np.diff(shares, n=2) >= -8 * EPS)  # second differences of numbers up to 1
    middle = (shares[1:] - shares[:-1]) * pay.mean() / np.diff(p)  # mean wages between neighbors
    assert np.all(middle >= pay.ppf(p[:-1]) * (1 - 1e-12))
    assert np.all(middle <= pay.ppf(p[1:]) * (1 + 1e-12))


@given(wage_like(), powers(-3, 9), st.floats(0.0, 3.0))
def test_inequality_does_not_depend_on_the_unit(facts: FactSet, scale: float, aversion: float) -> None:
    pay = wf.fit(**facts.arguments())
    scaled = pay.scale(scale)
    for measure in (lambda d: d.gini(), lambda d: d.theil(), lambda d: d.palma(), lambda d: d.quantile_ratio(0.9, 0.1)):
        assert measure(scaled) == pytest.approx(measure(pay), rel=1e-12)
    assert scaled.atkinson(aversion) == pytest.approx(pay.atkinson(aversion), rel=1e-9, abs=1e-13)
    assert scaled.mean() == pytest.approx(scale * pay.mean(), rel=1e-12)


@given(st.floats(0.05, 2.0))
def test_palma_ratio_of_a_lognormal(sigma: float) -> None:
    """Phi(sigma - z_90) / Phi(z_40 - sigma), the shares of the top tenth and of the bottom four tenths."""
    pay = wf.fit(mean=np.exp(0.5 * sigma**2), quantiles={0.5: 1.0}, family="lognormal")
    expected = ndtr(sigma - ndtri(0.9)) / ndtr(ndtri(0.4) - sigma)
    assert pay.palma() == pytest.approx(expected, rel=1e-10)  # sigma is solved for to about 1e-12


def test_palma_ratio_of_many_cells() -> None:
    cells = published().ensemble[:50]
    assert_allclose(cells.palma(), [cells[i].palma() for i in range(50)], rtol=1e-13)
    infeasible = wf.fit_many(mean=[1.0], quantiles={0.5: [3.0], 0.9: [4.0]})
    assert np.isnan(infeasible.palma()).tolist() == [True]


# -- mixtures --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_mixture_of_identical_cells_is_the_cell(name: str) -> None:
    pay = fitted(name)
    mixed = wf.mixture([pay, pay, pay], weights=[1.0, 2.5, 0.5])
    p = np.concatenate([[1e-9, 1e-6], np.linspace(0.001, 0.999, 333), [1 - 1e-6]])
    wages = pay.ppf(p)
    assert_allclose(mixed.ppf(p), wages, rtol=1e-13)
    assert_allclose(mixed.cdf(wages), pay.cdf(wages), rtol=8 * EPS)
    assert_allclose(mixed.sf(wages), pay.sf(wages), rtol=8 * EPS)
    between = 0.5 * (wages[1:] + wages[:-1])
    assert_allclose(mixed.pdf(between), pay.pdf(between), rtol=1e-13)
    assert [wage for wage, _ in mixed.atoms()] == [wage for wage, _ in pay.atoms()]
    assert_allclose([mass for _, mass in mixed.atoms()], [mass for _, mass in pay.atoms()], rtol=1e-14)
    assert mixed.mean() == pytest.approx(pay.mean(), rel=1e-13)
    assert mixed.std() == pytest.approx(pay.std(), rel=1e-12)
    assert mixed.theil() == pytest.approx(pay.theil(), rel=1e-12)
    assert mixed.gini() == pytest.approx(pay.gini(), rel=1e-9)  # quadrature over log wages instead of normal scores
    assert_allclose(mixed.lorenz(p), pay.lorenz(p), rtol=1e-10)


# -- support ---------------------------------------------------------------------------------------------------------


@given(wage_like(), st.floats(0.0, 1.0), st.one_of(st.just(np.inf), powers(-2, 3)))
def test_ends_of_the_support_are_respected(facts: FactSet, part: float, room: float) -> None:
    """With a lower end up to the lowest quantile and an upper end from just above the highest."""
    lower, upper = part * facts.q[0], facts.q[-1] * (1.0 + room)
    least, greatest = mean_interval(facts.p, facts.q, lower, upper)
    mean = min(max(facts.mean, least * 1.01), 0.5 * (least + greatest))
    pay = wf.fit(mean=mean, quantiles=(facts.p, facts.q), lower=lower, upper=upper)
    wages = pay.ppf(np.concatenate([[0.0, 1e-300], np.linspace(0.001, 0.999, 99), [1 - EPS, 1.0]]))
    assert np.all((lower <= wages) & (wages <= upper))
    assert (wages[0], wages[-1]) == pay.support() == (lower, upper)
    assert pay.cdf(np.nextafter(lower, -1.0)) == 0.0
    assert pay.sf(upper) == 0.0
    assert pay.pdf(np.array([0.5 * lower if lower > 0 else -1.0, 1.5 * upper])).tolist() == [0.0, 0.0]
    assert pay.ppf(facts.p) == pytest.approx(facts.q, rel=1e-10)
    assert pay.mean() == pytest.approx(mean, rel=1e-10)


# -- the smallest gaps -----------------------------------------------------------------------------------------------


@given(probabilities(most=7), powers(-3, 9), st.data())
def test_quantiles_an_ulp_apart_are_met(p: tuple[float, ...], first: float, data: st.DataObject) -> None:
    """Gaps from one to a few units in the last place, where no double lies between, with and without a mean."""
    q = [first]
    for _ in p[1:]:
        wage = q[-1]
        for _ in range(data.draw(st.integers(1, 4))):
            wage = float(np.nextafter(wage, np.inf))
        q.append(wage)
    mean = mean_interval(p, q)[0] * (1.0 + data.draw(powers(-4, 0)))
    for facts in ({"quantiles": (p, q)}, {"quantiles": (p, q), "mean": mean}):
        pay = wf.fit(**facts)
        assert pay.ppf(p).tolist() == q
        assert np.all(np.diff(pay.ppf(np.linspace(0.001, 0.999, 200))) >= 0)
        assert_allclose(pay.cdf(q), p, rtol=1e-12)
    assert pay.mean() == pytest.approx(mean, rel=1e-10)
