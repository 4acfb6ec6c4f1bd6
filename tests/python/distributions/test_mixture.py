"""Mixtures: exact probabilities, quantiles by search, atoms and gaps."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.optimize import brentq

import wagefit as wf

from ..cells import CELLS, NEWS_PAIR, TIED, fitted
from ..oracles import EPS, expectation, gini, integral, score_edges, value_at
from ..strategies import FactSet, fact_sets, wage_like

# |cdf(ppf(p)) - p| in units of eps (p + x pdf(x)): the root is closed to 2 eps, probabilities are sums of two or three.
ROUND_TRIP = 8.0
# Sums of a few products of doubles.
SUM = 1e-13
# The oracle's own quadrature.
QUADRATURE = 1e-10

P = np.array([1e-6, 1e-3, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 1 - 1e-6])


def lognormal() -> wf.Distribution:
    return wf.fit(**NEWS_PAIR, family="lognormal")


def between(lower: float, upper: float) -> wf.Distribution:
    """A distribution whose support is an interval."""
    middle = 0.5 * (lower + upper)
    return wf.fit(mean=middle, quantiles={0.5: middle}, lower=lower, upper=upper)


MIXTURES: dict[str, tuple[list[str], list[float] | None]] = {
    "two curves": (["technicians", "specialists"], None),
    "three curves": (["technicians", "specialists", "top code"], [208_650, 180_000, 29_000]),
    "far apart": (["technicians", "mean far above"], [9, 1]),
    "curve and lognormal": (["technicians", "lognormal"], [1, 3]),
    "curve and ties": (["technicians", "ties within"], [2, 1]),
    "ties and ties": (["ties within", "ties at the top", "ties at the bottom"], [1, 2, 3]),
    "bounded": (["bounded", "floor at P10"], [1, 1]),
    "one": (["technicians"], [7]),
    "a weight of zero": (["technicians", "top code", "specialists"], [1, 0, 1]),
}


def parts(name: str) -> tuple[list[wf.Distribution], np.ndarray]:
    names, weights = MIXTURES[name]
    components = [lognormal() if one == "lognormal" else fitted(one) for one in names]
    share = np.ones(len(components)) if weights is None else np.array(weights, dtype=float)
    return components, share / share.sum()


def mixed(name: str) -> wf.Distribution:
    return wf.mixture(parts(name)[0], MIXTURES[name][1])


def some_wages(components: list[wf.Distribution]) -> np.ndarray:
    """Wages from all over the components, their atoms and their neighbors included."""
    atoms = [wage for component in components for wage, _ in component.atoms()]
    edges = [edge for atom in atoms for edge in (np.nextafter(atom, 0), atom, np.nextafter(atom, np.inf))]
    return np.sort(
        np.concatenate([edges, *(component.ppf(np.linspace(0.001, 0.999, 101)) for component in components)])
    )


# -- probabilities are sums ------------------------------------------------------------------------------------------


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


# -- quantiles -------------------------------------------------------------------------------------------------------


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
    # The lower component's last 1e-16 of probability, which no double beside 0.5 can tell, lie above 19,999.9.
    assert 19_999 < pay.ppf(0.5) <= 20_000
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


# -- identical components --------------------------------------------------------------------------------------------


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


# -- numerical integration -------------------------------------------------------------------------------------------


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


# -- transformations, nesting, sampling ------------------------------------------------------------------------------


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


# -- random mixtures -------------------------------------------------------------------------------------------------


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


# -- wrong input -----------------------------------------------------------------------------------------------------


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
        (["a", "b"], "weights is .*expected numbers"),
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
