"""Counts in brackets: every share is met, gaps hold no one, and the mean is what it is said to be."""

from __future__ import annotations

import math
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import wagefit as wf
from wagefit import _core

from ..oracles import EXACT

INF = float("inf")
# Sums of at most a dozen shares, each rounded once.
SHARES = 1e-14
EDGES = [0, 25_000, 50_000, 75_000, 100_000, INF]


@st.composite
def tables(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """Edges and counts with gaps; at least three brackets with people, so that an open one has a scale."""
    n = draw(st.integers(3, 12))
    widths = draw(st.lists(st.floats(0.05, 20.0), min_size=n, max_size=n))
    start = draw(st.sampled_from([0.0, 7.0]))
    edges = start + np.concatenate([[0.0], np.cumsum(widths)])
    if draw(st.booleans()):
        edges[-1] = INF
    counts = np.array(draw(st.lists(st.one_of(st.just(0.0), st.floats(0.01, 100.0)), min_size=n, max_size=n)))
    for i in draw(st.permutations(range(n)))[:3]:
        counts[i] = max(counts[i], 1.0)
    return edges * draw(st.sampled_from([1.0, 1_000.0])), counts


def mean_ends(edges: np.ndarray, counts: np.ndarray) -> tuple[float, float]:
    """Least and greatest mean: everyone at the lower or the upper edge of her bracket."""
    held = counts > 0
    share = counts[held] / counts.sum()
    return float(share @ edges[:-1][held]), float(share @ edges[1:][held])


@given(tables())
def test_every_share_is_met(table: tuple[np.ndarray, np.ndarray]) -> None:
    edges, counts = table
    pay = wf.fit_brackets(edges, counts)
    np.testing.assert_allclose(pay.cdf(edges[1:]), np.cumsum(counts) / counts.sum(), atol=EXACT)
    low, high = mean_ends(edges, counts)
    assert low <= pay.mean() <= high
    p = np.linspace(0.001, 0.999, 333)
    assert np.all(np.diff(pay.ppf(p)) >= 0)


@given(tables(), st.floats(0.02, 0.98))
def test_every_feasible_mean_is_met(table: tuple[np.ndarray, np.ndarray], where: float) -> None:
    edges, counts = table
    low, high = mean_ends(edges, counts)
    mean = low + where * (high - low) if np.isfinite(high) else low + where * edges[-2]
    pay = wf.fit_brackets(edges, counts, mean)
    assert pay.mean() == pytest.approx(mean, rel=EXACT)
    np.testing.assert_allclose(pay.cdf(edges[1:]), np.cumsum(counts) / counts.sum(), atol=EXACT)


@given(tables())
def test_impossible_means_come_with_the_interval(table: tuple[np.ndarray, np.ndarray]) -> None:
    edges, counts = table
    low, high = mean_ends(edges, counts)
    beyond = [(0.99 * low, "mean_too_low"), *([(1.01 * high, "mean_too_high")] if np.isfinite(high) else [])]
    for mean, reason in beyond:
        if not mean > 0:
            continue
        with pytest.raises(wf.InfeasibleError) as caught:
            wf.fit_brackets(edges, counts, mean)
        assert caught.value.certificate.reason == reason
        assert caught.value.certificate.mean_interval == pytest.approx((low, high), rel=1e-12)


def test_a_gap_holds_no_one() -> None:
    pay = wf.fit_brackets(EDGES, [20, 45, 0, 30, 5])
    assert np.all(pay.pdf([50_001, 60_000, 74_999]) == 0)
    assert pay.cdf([50_000, 60_000, 74_999]) == pytest.approx([0.65] * 3, abs=SHARES)
    assert pay.ppf(0.65) == pytest.approx(50_000, rel=EXACT)  # the left limit
    assert pay.ppf(0.6501) > 75_000
    p = np.linspace(1e-9, 1 - 1e-9, 2_000_001)
    wages = pay.ppf(p)
    inside = np.diff(wages) * (np.diff(wages) < 20_000)  # all steps but the one across the gap, and into the last tail
    assert pay.pdf(wages)[:-1] @ inside == pytest.approx(1.0, abs=1e-4)  # the rule's own error


def test_gini_and_lorenz_of_a_gap_agree_with_brute_force() -> None:
    pay = wf.fit_brackets([0, 10, 20, 30, 40], [2, 3, 0, 5])
    p = (np.arange(400_000) + 0.5) / 400_000
    wages = pay.ppf(p)
    assert pay.mean() == pytest.approx(wages.mean(), rel=1e-8)
    assert pay.gini() == pytest.approx(((2 * p - 1) @ wages) / wages.sum(), rel=1e-6)
    assert pay.lorenz(0.5) == pytest.approx(wages[:200_000].sum() / wages.sum(), rel=1e-6)


def test_empty_ends_narrow_the_support() -> None:
    assert wf.fit_brackets(EDGES, [0, 3, 4, 5, 0]).support() == (25_000, 100_000)
    assert wf.fit_brackets(EDGES, [0, 0, 7, 0, 0]).support() == (50_000, 75_000)


def test_scale_and_unit_of_the_counts_do_not_matter() -> None:
    by_people, by_share = (
        wf.fit_brackets(EDGES, [20, 45, 10, 20, 5]),
        wf.fit_brackets(EDGES, [0.2, 0.45, 0.1, 0.2, 0.05]),
    )
    p = np.linspace(0.01, 0.99, 99)
    np.testing.assert_allclose(by_people.ppf(p), by_share.ppf(p), rtol=1e-12)


def test_a_gap_narrower_and_narrower_changes_less_and_less() -> None:
    whole = wf.fit_brackets([0, 20, 40, 60, 80], [2, 4, 3, 1]).mean()
    off = [abs(wf.fit_brackets([0, 20, 40, 40 + gap, 60, 80], [2, 4, 0, 3, 1]).mean() - whole) for gap in (8.0, 1e-6)]
    assert off[1] < off[0]


def test_a_hundred_brackets_find_the_truth() -> None:
    """With 120 narrow brackets only the open ends are left to the prior."""
    truth = wf.Distribution(_core.make_distribution(_core.Family.dagum, [45_000.0, 3.4, 0.9]))
    edges = np.concatenate([[0.0], np.geomspace(3_000, 400_000, 119), [INF]])
    shares = np.diff(np.append(truth.cdf(edges[:-1]), 1.0))
    pay = wf.fit_brackets(edges, shares, truth.mean())
    assert pay.gini() == pytest.approx(truth.gini(), rel=2e-4)
    p = np.linspace(0.01, 0.99, 99)
    np.testing.assert_allclose(pay.ppf(p), truth.ppf(p), rtol=2e-3)  # a bracket is 4 percent wide


def test_what_is_left_open_is_stated() -> None:
    pay = wf.fit_brackets(EDGES, [200, 450, 0, 300, 50])
    assert pay.diagnostics is not None
    assert (pay.diagnostics.status, pay.diagnostics.family) == ("exact_without_mean", "curve")
    assert max(map(abs, pay.diagnostics.residuals.values())) < EXACT
    low, high = pay.credible("ppf", 0.5, level=0.9)
    assert low < pay.ppf(0.5) < high
    assert [d.cdf(50_000) for d in pay.posterior_draws(5, rng=1)] == pytest.approx([0.65] * 5, abs=SHARES)


@pytest.mark.parametrize("counts", [[10, 0, 30, 20, 10, 5], [0, 10, 0, 20, 10, 5], [10, 20, 30, 20, 0, 5]])
@pytest.mark.parametrize("mean", [None, 52_000])
def test_gaps_below_an_open_top_leave_every_summary_finite(counts: list[float], mean: float | None) -> None:
    pay = wf.fit_brackets([0, 20_000, 30_000, 40_000, 60_000, 100_000, INF], counts, mean)
    p = np.linspace(0.0, 1.0, 20_001)
    # The trapezoid rule errs by h^2 / 12 times the curvature of Lorenz's curve, steep at its end.
    assert pay.gini() == pytest.approx(1 - 2 * np.trapezoid(pay.lorenz(p), p), abs=2e-6)
    assert pay.expect(lambda x: x) == pytest.approx(pay.mean(), rel=1e-9)  # fixed panels beside steep segments
    assert pay.std() ** 2 == pytest.approx(pay.expect(lambda x: (x - pay.mean()) ** 2), rel=1e-9)
    # Nobody earns below a dollar or above a trillion: the cut leaves all figures.
    cut = pay.truncate(1.0, 1e12)
    assert cut.gini() == pytest.approx(pay.gini(), rel=1e-9)
    assert cut.theil() == pytest.approx(pay.theil(), rel=1e-9)
    assert cut.expect(np.log) == pytest.approx(pay.expect(np.log), rel=1e-9)
    assert pay.truncate(1_000, INF).gini() == pytest.approx(pay.truncate(1_000, 1e12).gini(), rel=1e-9)
    low, high = pay.credible("gini", draws=40)
    assert 0.0 < low <= pay.gini() <= high < 1.0


@pytest.mark.parametrize("between", [200, 0], ids=["one stretch", "a gap"])
def test_brackets_that_set_their_own_tail_need_no_note(between: int) -> None:
    """Three times as many households lie in the bracket below the open last one as in it."""
    edges = [0.0, 20_000.0, 40_000.0, 60_000.0, 80_000.0, 100_000.0, 150_000.0, 200_000.0, INF]
    pay = wf.fit_brackets(edges, [100, 210, 250, between, 220, 150, 90, 30])
    assert pay.diagnostics is not None
    assert pay.diagnostics.notes == ()


@pytest.mark.parametrize(
    "counts",
    [
        [50, 40, 60, 70, 80, 80, 90, 80, 70, 90, 80, 60, 40, 20, 1, 400],
        [0] * 13 + [40, 1, 60],
        [0] * 13 + [1000, 1, 2000],
    ],
)
def test_one_household_below_an_open_top_does_not_make_its_tail(counts: list[float]) -> None:
    thousands = [0, 10, 15, 20, 25, 30, 35, 40, 45, 50, 60, 75, 100, 125, 150, 200]
    pay = wf.fit_brackets([*(1_000.0 * edge for edge in thousands), INF], counts)
    assert (
        pay.mean_between(1 - counts[-1] / sum(counts), 1.0) <= 600_000 * 1.001
    )  # what lies below moves a little with it
    assert pay.diagnostics is not None
    assert len(pay.diagnostics.notes) == 1
    np.testing.assert_allclose(pay.cdf(200_000.0), 1 - counts[-1] / sum(counts), atol=EXACT)


@pytest.mark.parametrize(
    ("edges", "counts"),
    [
        ([0, 10_000, 20_000, 50_000, math.inf], [1_000, 800, 1, 400]),
        ([0, 25_773.4, 36_773, 59_058.1, 75_523.3, math.inf], [30, 340, 245_300, 1, 850_400]),
    ],
)
def test_interval_of_a_bounded_outer_mean_covers_the_bound(edges: list[float], counts: list[float]) -> None:
    """Three times the edge of an open top: the mean of those above it is that, and its interval reaches it."""
    pay = wf.fit_brackets(edges, counts)
    share = 1 - counts[-1] / sum(counts)
    bound = 3 * edges[-2]
    assert pay.mean_between(share, 1) == pytest.approx(bound, rel=1e-5)  # refits stop at 1e-6 of the mean of all
    low, high = pay.credible("mean_between", share, 1, draws=40)
    assert low * (1 - 1e-5) <= bound <= high * (1 + 1e-5)


@pytest.mark.parametrize("counts", [[9_990, 5, 3, 2], [99_000, 500, 300, 200]])
def test_a_first_bracket_with_nearly_everyone_is_not_emptied(counts: list[float]) -> None:
    """Straight lines put the median at half the edge over the share."""
    pay = wf.fit_brackets([0, 10_000, 15_000, 20_000, INF], counts)
    low, high = pay.credible("ppf", 0.5)
    assert low < 5_000 * sum(counts) / counts[0] < high
    assert pay.median() == pytest.approx(5_000, rel=0.1)


@pytest.mark.parametrize("counts", [[98, 1, 1], [96, 2, 2], [95, 2.5, 2.5], [92, 4, 4], [97, 2, 1]])
def test_both_outer_brackets_are_as_the_note_says(counts: list[float]) -> None:
    """What one outer mean is raised by does not go to the other."""
    pay = wf.fit_brackets([0, 100_000, 200_000, INF], counts)
    first, last = counts[0] / sum(counts), counts[-1] / sum(counts)
    assert pay.diagnostics is not None
    assert len(pay.diagnostics.notes) == 1
    assert 50_000 <= pay.mean_between(0.0, first) <= 60_000
    assert 200_000 < pay.mean_between(1.0 - last, 1.0) <= 600_000 * (1 + 1e-5)  # refits stop at 1e-6 of the mean of all
    np.testing.assert_allclose(pay.cdf([100_000.0, 200_000.0]), [first, 1.0 - last], atol=EXACT)


@pytest.mark.parametrize(
    ("edges", "counts", "p", "truths"),
    [
        ([20_000, 50_000], [10], 0.5, [25_000, 45_000]),
        ([0, 50_000, 100_000], [10, 20], 0.5, [55_000, 75_000]),
        ([0, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000], [10, 0, 5, 0, 7, 3], 0.2, [2_000, 8_000]),
        ([0, 140_000, 200_000, INF], [996, 3, 1], 0.5, [25_000, 95_000]),
    ],
    ids=["one bracket", "two", "gaps", "nearly all in the first"],
)
def test_what_brackets_leave_open_has_an_interval(
    edges: list[float], counts: list[float], p: float, truths: list[float]
) -> None:
    """Nobody knows where in their bracket people are."""
    pay = wf.fit_brackets(edges, counts)
    low, high = pay.credible("ppf", p)
    assert low < min(truths) < max(truths) < high
    low, high = pay.credible("mean")
    assert low < 0.95 * pay.mean() < 1.05 * pay.mean() < high


@pytest.mark.parametrize(("edges", "counts"), [([20_000, 50_000], [10]), ([0, 100_000, 200_000, INF], [98, 1, 1])])
def test_what_brackets_leave_open_is_pickled_with_them(edges: list[float], counts: list[float]) -> None:
    pay = wf.fit_brackets(edges, counts)
    copied = pickle.loads(pickle.dumps(pay))
    assert copied.credible("median", draws=40) == pay.credible("median", draws=40)


@pytest.mark.parametrize("upper", [50_000, INF])
def test_one_bracket_of_known_mean_has_an_unknown_median(upper: float) -> None:
    """Half of its people earn less than a wage that the mean does not tell; all draws have the mean."""
    pay = wf.fit_brackets([20_000, upper], [10], mean=30_000)
    low, high = pay.credible("median")
    assert 20_000 < low < 27_000 < 30_000 < high < 40_000
    assert pay.credible("mean") == pytest.approx((30_000, 30_000), rel=EXACT)


@pytest.mark.parametrize("last", [(20.0, 30.0), (20_000.0, 22_000.0), (100_000.0, 102_000.0)])
def test_people_of_a_lone_bracket_are_not_on_its_edges(last: tuple[float, float]) -> None:
    low, high = last
    pay = wf.fit_brackets([0, low / 2, low, high], [300, 0, 300])
    edge = 0.01 * (high - low)
    # A uniform distribution has 2 % of the bracket's people there.
    assert 2 * (pay.cdf(low + edge) - 0.5 + pay.sf(high - edge)) < 0.04


def test_one_open_bracket_with_a_mean() -> None:
    pay = wf.fit_brackets([0, INF], [100], 40_000)
    assert pay.mean() == pytest.approx(40_000, rel=EXACT)
    assert 20_000 < pay.median() < 40_000


@pytest.mark.parametrize(
    ("edges", "counts", "message"),
    [
        ([10, 20, 15], [1, 2], "edges[2] is 15, not above edges[1], 20"),
        ([0, 1, 2], [1], "counts has shape (1,); expected (2,)"),
        ([0, 1, 2], [0, 0], "counts are all 0"),
        ([0, 1, 2, INF], [60, 40, 1e-16], "counts[2] is 1e-16, less than 1e-14 of all people"),
        ([0, 1, 2], [1, -1], "counts[1] is -1"),
        ([0, 1, 2], [1, np.nan], "counts[1] is nan"),
        ([0, 1, np.nan], [1, 1], "edges[2] is nan"),
        ([0, 1, INF, INF], [1, 1, 1], "edges[3] is inf, not above edges[2], inf"),
        ([-1, 1, 3], [1, 1], "edges[0] is -1"),
        ([5], [], "edges has shape (1,)"),
        (EDGES, [0, 0, 0, 0, 10], "nothing sets its scale"),
        (EDGES, [0, 0, 0, 3, 10], "nothing sets its scale"),
    ],
)
def test_wrong_tables_are_named(edges: list[float], counts: list[float], message: str) -> None:
    with pytest.raises(wf.FactError) as caught:
        wf.fit_brackets(edges, counts)
    assert message in str(caught.value)


# -- families by maximum likelihood ------------------------------------------------------------------------------------

PARAMETERS = {
    "lognormal": [40_000, 0.5],
    "weibull": [45_000, 2.1],
    "gamma": [15_000, 3.0],
    "loglogistic": [40_000, 3.0],
    "singh-maddala": [45_000, 2.8, 1.4],
    "dagum": [45_000, 3.2, 0.7],
    "gb2": [45_000, 2.8, 1.2, 1.1],
}
FINE = np.array([0, 10e3, 15e3, 20e3, 25e3, 30e3, 35e3, 40e3, 50e3, 60e3, 75e3, 100e3, 150e3, 200e3, INF])


@pytest.mark.parametrize("name", PARAMETERS)
def test_the_likelihood_recovers_the_family(name: str) -> None:
    family = next(f for f in _core.Family if _core.family_name(f) == name)
    truth = wf.Distribution(_core.make_distribution(family, PARAMETERS[name]))
    shares = np.diff(np.append(truth.cdf(FINE[:-1]), 1.0))
    pay = wf.fit_brackets(FINE, 1e6 * shares, family=name)
    assert pay.diagnostics is not None
    assert pay.diagnostics.estimate is not None
    estimate = pay.diagnostics.estimate
    assert list(estimate.parameters.values()) == pytest.approx(PARAMETERS[name], rel=1e-4)  # flat to rounding there
    assert estimate.chi2 == pytest.approx(0.0, abs=1e-6)
    assert estimate.degrees_of_freedom == len(FINE) - 2 - len(PARAMETERS[name])


def test_goodness_of_fit_is_chi_squared() -> None:
    """G^2 of 300 samples of 5,000 people has the mean and variance of chi-squared, within four Monte Carlo errors."""
    truth = wf.Distribution(_core.make_distribution(_core.Family.lognormal, [40_000.0, 0.5]))
    rng, shares = np.random.default_rng(3), np.diff(np.append(truth.cdf(FINE[:-1]), 1.0))
    fits = [wf.fit_brackets(FINE, rng.multinomial(5_000, shares), family="lognormal") for _ in range(300)]
    estimates = [pay.diagnostics.estimate for pay in fits if pay.diagnostics is not None]
    chi2 = np.array([e.chi2 for e in estimates if e is not None and e.chi2 is not None])
    freedom = len(FINE) - 2 - 2
    assert chi2.mean() == pytest.approx(freedom, abs=4 * np.sqrt(2 * freedom / 300))
    sigma = np.array([e.parameters["sigma"] for e in estimates if e is not None])
    error = np.median(
        [e.standard_errors["sigma"] for e in estimates if e is not None and e.standard_errors is not None]
    )
    assert sigma.std() == pytest.approx(error, rel=4 / np.sqrt(2 * 300))


def test_a_table_of_families_for_brackets() -> None:
    table = wf.compare_families(edges=FINE, counts=np.arange(1.0, 15.0), backend="pandas").set_index("family")
    assert table["aic"].drop("curve").notna().all()
    assert table.loc["gb2", "log_likelihood"] >= table.loc["dagum", "log_likelihood"] - 1e-3
