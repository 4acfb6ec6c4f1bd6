"""Mixtures: probabilities are sums, and so are means, atoms and draws."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import wagefit as wf

from ..cells import CELLS, TIED, fitted
from ..mixtures import MIXTURES, ROUND_TRIP, SUM, P, mixed, parts, some_wages
from ..oracles import EPS, expectation, gini, integral, score_edges, value_at
from ..strategies import FactSet, fact_sets, wage_like

# The oracle's own quadrature.
QUADRATURE = 1e-10


@pytest.mark.parametrize("method", ["cdf", "sf", "pdf"])
@pytest.mark.parametrize("name", MIXTURES)
def test_probabilities_and_density_are_weighted_sums(name: str, method: str) -> None:
    components, share = parts(name)
    x = np.concatenate([[-1.0, 0.0, 1e12, np.inf], some_wages(components)])
    expected = sum(w * getattr(c, method)(x) for w, c in zip(share, components, strict=True))
    assert getattr(mixed(name), method)(x) == pytest.approx(expected, rel=SUM, abs=1e-300)


@pytest.mark.parametrize("name", MIXTURES)
def test_summaries_are_weighted_sums(name: str) -> None:
    components, share = parts(name)
    pay = mixed(name)
    for k in (-1.0, 0.5, 1.0, 2.0):
        expected = sum(w * c.moment(k) for w, c in zip(share, components, strict=True))
        assert pay.moment(k) == pytest.approx(expected, rel=SUM)
    mean = pay.mean()
    variance = sum(w * (c.var() + (c.mean() - mean) ** 2) for w, c in zip(share, components, strict=True))
    assert pay.var() == pytest.approx(variance, rel=1e-12)
    assert pay.expect(np.log) == pytest.approx(
        sum(w * c.expect(np.log) for w, c in zip(share, components, strict=True)), rel=SUM
    )
    within = sum(
        w * c.mean() / mean * (c.theil() + math.log(c.mean() / mean)) for w, c in zip(share, components, strict=True)
    )
    assert pay.theil() == pytest.approx(within, rel=1e-11)  # Theil's index decomposes over groups
    used = [c for w, c in zip(share, components, strict=True) if w > 0]
    assert pay.support() == (min(c.support()[0] for c in used), max(c.support()[1] for c in used))


@pytest.mark.parametrize("name", MIXTURES)
def test_atoms_keep_their_share(name: str) -> None:
    components, share = parts(name)
    masses: dict[float, float] = {}
    for w, component in zip(share, components, strict=True):
        for wage, mass in component.atoms():
            masses[wage] = masses.get(wage, 0.0) + w * mass
    assert mixed(name).atoms() == [
        (wage, pytest.approx(masses[wage], rel=SUM)) for wage in sorted(masses) if masses[wage]
    ]


@pytest.mark.parametrize("name", MIXTURES)
def test_logs_of_far_tails_do_not_underflow(name: str) -> None:
    """log sf and log pdf where the probability is below 1e-300 in the lighter components."""
    pay, (components, share) = mixed(name), parts(name)
    if np.isfinite(pay.support()[1]):
        return
    x = max(float(c.isf(1e-290)) for c in components) * np.array([1.0, 1.01, 1.5])
    expected = np.logaddexp.reduce(
        [np.log(w) + c.logpdf(x) for w, c in zip(share, components, strict=True) if w > 0], axis=0
    )
    assert pay.logpdf(x) == pytest.approx(expected, rel=1e-12)
    assert np.all(np.isfinite(pay.logsf(x)) | (pay.sf(x) == 0))


@pytest.mark.parametrize("name", [*CELLS])
def test_mixture_of_identical_components_is_the_component(name: str) -> None:
    one = fitted(name)
    pay = wf.mixture([one, one, one], [1, 2, 4])
    assert pay.ppf(P) == pytest.approx(one.ppf(P), rel=SUM)
    x = some_wages([one])
    assert pay.cdf(x) == pytest.approx(one.cdf(x), rel=SUM)
    assert pay.pdf(x) == pytest.approx(one.pdf(x), rel=SUM)
    for method in ("mean", "std", "theil"):
        assert getattr(pay, method)() == pytest.approx(getattr(one, method)(), rel=1e-12), method
    # By quadrature over wages instead of over normal scores.
    assert pay.gini() == pytest.approx(one.gini(), rel=1e-10)
    assert pay.lorenz(P) == pytest.approx(one.lorenz(P), rel=1e-11)
    assert pay.atkinson([0.5, 1, 2]) == pytest.approx(one.atkinson([0.5, 1, 2]), rel=1e-12)
    assert [wage for wage, _ in pay.atoms()] == [wage for wage, _ in one.atoms()]


@pytest.mark.parametrize("name", MIXTURES)
def test_gini_and_lorenz_are_integrals(name: str) -> None:
    pay = mixed(name)
    edges = np.unique(np.concatenate([value_at(c, score_edges(c, -9, 9)) for c in parts(name)[0]]))
    spread = integral(lambda x: float(pay.cdf(x)) * float(pay.sf(x)), np.concatenate([[0.0], edges]))
    assert pay.gini() == pytest.approx(
        spread / pay.mean(), rel=1e-8
    )  # beyond nine standard scores: below 1e-18 of people
    assert pay.gini() == pytest.approx(
        gini(pay), rel=1e-9
    )  # ppf is a root, not a formula: quad stops at 1e-10 of each piece
    for p in (0.1, 1 / 3, 0.5, 0.9):
        share = expectation(pay, lambda x: x, high=float(stats.norm.ppf(p))) / pay.mean()
        assert pay.lorenz(p) == pytest.approx(share, rel=QUADRATURE)
        assert pay.top_share(1 - p) == pytest.approx(1 - share, rel=1e-9)


@pytest.mark.parametrize("name", MIXTURES)
def test_means_between_share_out_atoms(name: str) -> None:
    pay = mixed(name)
    p = np.array([0.0, 0.05, 0.2, 0.37, 0.5, 0.52, 0.8, 1.0])
    means = [pay.mean_between(a, b) for a, b in pairwise(p)]
    assert np.sum(np.diff(p) * means) == pytest.approx(pay.mean(), rel=SUM)
    for a, b, mean in zip(p[:-1], p[1:], means, strict=True):
        assert pay.ppf(a) <= mean <= pay.ppf(b)
        ends = [max(min(float(stats.norm.ppf(one)), 37.0), -37.0) for one in (a, b)]
        assert mean == pytest.approx(expectation(pay, lambda x: x, *ends) / (b - a), rel=1e-9)


@pytest.mark.parametrize("name", MIXTURES)
def test_scaling_truncating_and_nesting(name: str) -> None:
    pay = mixed(name)
    scaled = pay.scale(1 / 2080)
    assert scaled.ppf(P) == pytest.approx(pay.ppf(P) / 2080, rel=1e-12)
    assert scaled.gini() == pytest.approx(pay.gini(), rel=1e-10)
    assert pay.to_hourly().unit == "USD/hour"
    nested = wf.mixture([pay, pay], [1, 3])
    assert nested.ppf(P) == pytest.approx(pay.ppf(P), rel=1e-12)
    low, high = 0.5 * (pay.ppf(0.3) + pay.ppf(0.31)), 0.5 * (pay.ppf(0.9) + pay.ppf(0.91))
    cut = pay.truncate(low, high)
    mass = float(pay.cdf(high) - pay.cdf(low))
    x = np.linspace(low, high, 21)[1:]
    assert cut.cdf(x) == pytest.approx((pay.cdf(x) - pay.cdf(low)) / mass, abs=1e-9)
    assert cut.mean() == pytest.approx(expectation(cut, lambda v: v), rel=1e-9)


def test_weights_are_relative() -> None:
    components = parts("three curves")[0]
    once, scaled = wf.mixture(components, [1, 2, 5]), wf.mixture(components, np.array([1, 2, 5]) * 1e-6)
    assert once.ppf(P) == pytest.approx(scaled.ppf(P), rel=SUM)
    equal = wf.mixture(components)
    assert equal.mean() == pytest.approx(np.mean([c.mean() for c in components]), rel=SUM)


@pytest.mark.parametrize("name", ["two curves", "far apart", "curve and lognormal", "bounded"])
def test_draws_are_distributed_as_the_cdf(name: str) -> None:
    """At a fixed seed; one seed in a thousand would fail."""
    pay = mixed(name)
    draws = pay.rvs(20_000, rng=21)
    atoms = [wage for wage, _ in pay.atoms()]
    continuous = draws[~np.isin(draws, atoms)]
    mass = sum(share for _, share in pay.atoms())

    def cdf(x: Any) -> Any:
        jumps = sum(share * (x >= wage) for wage, share in pay.atoms())
        return (pay.cdf(x) - jumps) / (1 - mass)

    assert stats.kstest(continuous, cdf).pvalue > 1e-3
    assert abs(len(continuous) / len(draws) - (1 - mass)) <= 4 * math.sqrt(mass * (1 - mass) / len(draws)) + EPS


def test_threads_do_not_change_draws() -> None:
    pay = mixed("three curves")
    np.testing.assert_array_equal(pay.rvs(500, rng=3, n_threads=1), pay.rvs(500, rng=3, n_threads=4))


@given(wage_like(), wage_like(), st.floats(0.01, 0.99))
def test_random_mixtures_lie_between_their_components(first: FactSet, second: FactSet, weight: float) -> None:
    a, b = wf.fit(**first.arguments()), wf.fit(**second.arguments())
    pay = wf.mixture([a, b], [weight, 1 - weight])
    p = np.linspace(0.01, 0.99, 25)
    x, low, high = pay.ppf(p), np.minimum(a.ppf(p), b.ppf(p)), np.maximum(a.ppf(p), b.ppf(p))
    assert np.all((x >= low) & (x <= high))
    assert np.all(np.diff(x) >= 0)
    # Where the components are far apart the density between them is next to nothing, and so is what p says of x.
    assert np.all(np.abs(pay.cdf(x) - p) <= ROUND_TRIP * EPS * (p + x * pay.pdf(x)) + 4 * EPS)
    assert pay.gini() >= 0


@given(fact_sets(), fact_sets(), st.floats(0.01, 0.99))
def test_mixtures_of_the_strangest_curves_are_distributions(first: FactSet, second: FactSet, weight: float) -> None:
    """Atoms, near atoms, gaps of six orders of magnitude: quantiles ascend and have their probability."""
    a, b = wf.fit(**first.arguments()), wf.fit(**second.arguments())
    pay = wf.mixture([a, b], [weight, 1 - weight])
    p = np.linspace(0.01, 0.99, 25)
    x = pay.ppf(p)
    assert not np.isnan(x).any()
    assert np.all(x[1:] >= x[:-1] * (1 - 4 * EPS))
    p, x = p[x > 1e-290], x[x > 1e-290]  # smaller doubles have fewer digits
    assert np.all(pay.cdf(x * (1 + 8 * EPS)) >= p - 16 * EPS)
    assert np.all(pay.cdf(x * (1 - 8 * EPS)) <= p + 16 * EPS)
    expected = weight * a.mean() + (1 - weight) * b.mean()
    assert pay.mean() == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("components", "weights", "words"),
    [
        ([], None, "components is empty; expected at least one"),
        (["technicians"], None, r"components\[0\] is 'technicians'; expected a Distribution"),
        ([1, 2], None, r"components\[0\] is 1; expected a Distribution"),
        ("technicians", None, r"components\[0\] is 't'"),
        (None, None, "components is None; expected a list"),
    ],
)
def test_components_must_be_distributions(components: Any, weights: Any, words: str) -> None:
    with pytest.raises(wf.FactError, match=words):
        wf.mixture(components, weights)


def test_lone_distribution_is_no_list() -> None:
    with pytest.raises(wf.FactError, match="expected a list of distributions"):
        wf.mixture(fitted("technicians"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ([1], r"weights has shape \(1,\); expected \(2,\)"),
        ([[1, 2]], r"weights has shape \(1, 2\); expected \(2,\)"),
        (1.0, r"weights has shape \(\); expected \(2,\)"),
        ([1, -1], "weights has the entry -1; expected finite numbers of at least 0"),
        ([1, np.nan], "weights has the entry nan"),
        ([1, np.inf], "weights has the entry inf"),
        ([0, 0], "weights sum to 0; expected a positive sum"),
        (["a", "b"], r"weights\[0\] is 'a'; expected numbers"),
        ([True, False], "weights is .*expected numbers"),
        ({0: 1, 1: 2}, "weights is .*expected numbers"),
    ],
)
def test_weights_must_be_shares(weights: Any, words: str) -> None:
    with pytest.raises(wf.FactError, match=words):
        wf.mixture([fitted("technicians"), fitted("specialists")], weights)


def test_tied_cells_are_among_the_mixtures() -> None:
    """The cases above would be pointless without atoms."""
    assert {one for names, _ in MIXTURES.values() for one in names} & set(TIED)
