"""Parametric families: against scipy and mpmath, their fits against the equations they solve and against simulation."""

from __future__ import annotations

import pickle
from typing import Any

import mpmath
import numpy as np
import pytest
import scipy.stats

import wagefit as wf
from wagefit import _core

from ..cells import PERCENTILES

SCALE = 40_000.0
# scipy's own values in the far tails are good to a few 1e-11 (burr, fisk); the project promises 1e-10.
AGREED = 1e-10
# Inverses are polished to rounding error; the score amplifies it by p times |log p|, at most 30 here.
ROUND_TRIP = 32 * float(np.finfo(float).eps)

TWINS: dict[str, tuple[list[float], Any]] = {
    "lognormal": ([SCALE, 0.4], scipy.stats.lognorm(0.4, scale=SCALE)),
    "weibull": ([SCALE, 2.3], scipy.stats.weibull_min(2.3, scale=SCALE)),
    "gamma": ([SCALE, 3.7], scipy.stats.gamma(3.7, scale=SCALE)),
    "loglogistic": ([SCALE, 3.1], scipy.stats.fisk(3.1, scale=SCALE)),
    "singh-maddala": ([SCALE, 3.1, 1.7], scipy.stats.burr12(3.1, 1.7, scale=SCALE)),
    "dagum": ([SCALE, 3.1, 0.6], scipy.stats.burr(3.1, 0.6, scale=SCALE)),
}
# Parameters that make the general family each of its special cases.
SPECIAL = {"loglogistic": [SCALE, 3.1, 1, 1], "singh-maddala": [SCALE, 3.1, 1, 1.7], "dagum": [SCALE, 3.1, 0.6, 1]}
P = np.array([1e-9, 1e-6, 0.001, 0.1, 0.3, 0.5, 0.7, 0.9, 0.999, 1 - 1e-6])
TECHNICIANS = {0.10: 26_550, 0.25: 32_070, 0.50: 40_350, 0.75: 52_730, 0.90: 66_260}
FAMILIES = {_core.family_name(family): family for family in _core.Family}


def make(name: str, parameters: list[float]) -> wf.Distribution:
    return wf.Distribution(_core.make_distribution(FAMILIES[name], parameters))


@pytest.mark.parametrize("name", TWINS)
def test_families_agree_with_scipy(name: str) -> None:
    parameters, twin = TWINS[name]
    pay, wages = make(name, parameters), twin.ppf(P[2:])
    for method in ("pdf", "logpdf", "cdf", "sf"):
        np.testing.assert_allclose(getattr(pay, method)(wages), getattr(twin, method)(wages), rtol=AGREED)
    np.testing.assert_allclose(pay.ppf(P), twin.ppf(P), rtol=AGREED)
    np.testing.assert_allclose(pay.isf(P[1:]), twin.isf(P[1:]), rtol=AGREED)
    assert pay.mean() == pytest.approx(twin.mean(), rel=AGREED)
    assert pay.std() == pytest.approx(twin.std(), rel=1e-9)  # scipy subtracts squares


@pytest.mark.parametrize("name", SPECIAL)
def test_the_general_family_contains_its_special_cases(name: str) -> None:
    general, twin = make("gb2", SPECIAL[name]), TWINS[name][1]
    np.testing.assert_allclose(general.ppf(P), twin.ppf(P), rtol=AGREED)
    wages = twin.ppf(P[2:])
    np.testing.assert_allclose(general.cdf(wages), twin.cdf(wages), rtol=AGREED)
    np.testing.assert_allclose(general.pdf(wages), twin.pdf(wages), rtol=AGREED)


def test_gb2_agrees_with_fifty_digits() -> None:
    a, p, q = mpmath.mpf("2.5"), mpmath.mpf("1.3"), mpmath.mpf("1.9")
    pay = make("gb2", [SCALE, 2.5, 1.3, 1.9])
    with mpmath.workdps(50):
        for wage in (100.0, 5_000.0, 40_000.0, 90_000.0, 1e6):
            y = (mpmath.mpf(wage) / SCALE) ** a
            below = mpmath.betainc(p, q, 0, y / (1 + y), regularized=True)
            assert pay.cdf(wage) == pytest.approx(float(below), rel=1e-14)
            assert pay.sf(wage) == pytest.approx(float(1 - below), rel=1e-14)
        mean = SCALE * mpmath.beta(p + 1 / a, q - 1 / a) / mpmath.beta(p, q)
        assert pay.mean() == pytest.approx(float(mean), rel=1e-14)


@pytest.mark.parametrize("name", [*TWINS, "gb2"])
def test_quantiles_and_probabilities_undo_each_other(name: str) -> None:
    pay = make(name, TWINS[name][0] if name in TWINS else [SCALE, 2.5, 1.3, 1.9])
    np.testing.assert_allclose(pay.cdf(pay.ppf(P)), P, rtol=ROUND_TRIP)
    np.testing.assert_allclose(pay.sf(pay.isf(P)), P, rtol=ROUND_TRIP)


def test_gini_is_the_closed_form() -> None:
    """Kleiber & Kotz (2003), table 4.1 and sections 5 and 6."""
    g = scipy.special.gamma
    a, p, q = 3.1, 0.6, 1.7
    closed = {
        "weibull": 1 - 2 ** (-1 / 2.3),
        "gamma": g(4.2) / (np.sqrt(np.pi) * g(4.7)),
        "loglogistic": 1 / a,
        "singh-maddala": 1 - g(q) * g(2 * q - 1 / a) / (g(q - 1 / a) * g(2 * q)),
        "dagum": g(p) * g(2 * p + 1 / a) / (g(2 * p) * g(p + 1 / a)) - 1,
    }
    for name, gini in closed.items():
        assert make(name, TWINS[name][0]).gini() == pytest.approx(gini, rel=1e-10), name


@pytest.mark.parametrize("name", [*TWINS, "gb2"])
def test_partial_means_agree_with_quadrature(name: str) -> None:
    pay = make(name, TWINS[name][0] if name in TWINS else [SCALE, 2.5, 1.3, 1.9])
    p = np.linspace(0.2, 0.7, 20_001)
    by_trapezoid = np.trapezoid(pay.ppf(p), p) / 0.5
    assert pay.mean_between(0.2, 0.7) == pytest.approx(by_trapezoid, rel=1e-8)  # the trapezoid's own error
    assert pay.lorenz(1.0) == pytest.approx(1.0, rel=1e-14)


def test_infinite_moments_are_infinite() -> None:
    pay = make("loglogistic", [SCALE, 1.5])
    assert pay.moment(2.0) == np.inf
    assert pay.moment(-1.5) == np.inf
    assert pay.mean() == pytest.approx(SCALE * (np.pi / 1.5) / np.sin(np.pi / 1.5), rel=1e-14)
    assert np.isfinite(pay.mean_between(0.0, 0.999))


@pytest.mark.parametrize("name", [*TWINS, "gb2"])
def test_families_scale_and_pickle(name: str) -> None:
    pay = make(name, TWINS[name][0] if name in TWINS else [SCALE, 2.5, 1.3, 1.9])
    np.testing.assert_allclose(pay.scale(2.0).ppf(P), 2.0 * pay.ppf(P), rtol=1e-15)
    np.testing.assert_array_equal(pickle.loads(pickle.dumps(pay)).ppf(P), pay.ppf(P))


def test_parameters_out_of_range_are_named() -> None:
    with pytest.raises(wf.FactError, match="shape is -1; expected a finite number above 0"):
        make("weibull", [SCALE, -1.0])
    with pytest.raises(wf.FactError, match="parameters has length 1; expected 3 with family 'dagum'"):
        make("dagum", [SCALE])


# -- generalized least squares -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["lognormal", "weibull", "gamma", "loglogistic"])
def test_two_facts_determine_two_parameters(name: str) -> None:
    pay = wf.fit(mean=44_010, quantiles={0.9: 63_820}, family=name)
    assert pay.ppf(0.9) == pytest.approx(63_820, rel=1e-9)
    assert pay.mean() == pytest.approx(44_010, rel=1e-9)
    assert pay.diagnostics is not None
    assert pay.diagnostics.status == "exact"


@pytest.mark.parametrize("name", [*TWINS, "gb2"])
def test_a_family_recovers_itself(name: str) -> None:
    truth = make(name, TWINS[name][0] if name in TWINS else [SCALE, 2.5, 1.3, 1.9])
    p = np.array([0.05, *PERCENTILES, 0.95])
    pay = wf.fit(mean=truth.mean(), quantiles=(p, truth.ppf(p)), family=name)
    np.testing.assert_allclose(pay.ppf(P[3:-2]), truth.ppf(P[3:-2]), rtol=1e-6)  # the objective is flat to rounding


@pytest.mark.parametrize("name", ["weibull", "gamma", "loglogistic", "singh-maddala", "dagum"])
def test_no_neighbor_fits_better(name: str) -> None:
    """The objective, written out anew with the curve's covariance, is least at the estimate."""
    curve = wf.fit(mean=44_010, quantiles=TECHNICIANS)
    pay = wf.fit(mean=44_010, quantiles=TECHNICIANS, family=name)
    assert pay.diagnostics is not None
    assert pay.diagnostics.estimate is not None
    best = np.array(list(pay.diagnostics.estimate.parameters.values()))
    p, q = np.array(list(TECHNICIANS)), np.array(list(TECHNICIANS.values()), dtype=float)
    sparsity = 1 / (q * curve.pdf(q))
    inner = np.minimum.outer(p, p) - np.outer(p, p)
    cross = sparsity * (p - curve.lorenz(p))
    covariance = np.block(
        [
            [inner * np.outer(sparsity, sparsity), cross[:, None]],
            [cross[None, :], np.array([[curve.var() / curve.mean() ** 2]])],
        ]
    )

    def objective(parameters: np.ndarray) -> float:
        d = make(name, parameters.tolist())
        off = np.log([*(d.ppf(p) / q), d.mean() / 44_010])
        return float(off @ np.linalg.solve(covariance, off))

    for i in range(len(best)):
        for step in (-0.02, 0.02):  # wider than the difference between slopes at a point and over 0.04 in z
            moved = best.copy()
            moved[i] *= np.exp(step)
            assert objective(moved) > objective(best)


def test_standard_errors_are_those_of_repeated_samples() -> None:
    """400 samples of 4,000 people from a Dagum distribution; a standard deviation over 400 errs by 3.5 percent."""
    truth, rng = make("dagum", [SCALE, 3.5, 0.8]), np.random.default_rng(5)
    estimates, errors = [], []
    for _ in range(400):
        sample = truth.rvs(4_000, rng=rng)
        quantiles = dict(zip(PERCENTILES, np.quantile(sample, PERCENTILES).tolist(), strict=True))
        pay = wf.fit(mean=float(sample.mean()), quantiles=quantiles, family="dagum", employment=4_000)
        assert pay.diagnostics is not None
        assert pay.diagnostics.estimate is not None
        estimate = pay.diagnostics.estimate
        assert estimate.standard_errors is not None
        estimates.append(np.log(list(estimate.parameters.values())))
        errors.append(np.array(list(estimate.standard_errors.values())) / list(estimate.parameters.values()))
    ratio = np.std(estimates, axis=0) / np.median(errors, axis=0)
    assert np.all((ratio > 0.8) & (ratio < 1.25)), ratio  # five Monte Carlo errors, and the weights' own noise


def test_too_few_facts_and_bounds_are_refused() -> None:
    with pytest.raises(wf.FactError, match="family 'gb2' has 4 parameters; expected at least as many facts, got 2"):
        wf.fit(mean=44_010, quantiles={0.5: 40_350}, family="gb2")
    with pytest.raises(wf.FactError, match="at_least is given; expected none with family 'dagum'"):
        wf.fit(mean=44_010, quantiles=TECHNICIANS, at_least={0.95: 70_000}, family="dagum")
    with pytest.raises(wf.FactError, match="lower or upper is given"):
        wf.fit(mean=44_010, quantiles=TECHNICIANS, lower=15_000, family="gamma")
    with pytest.raises(wf.InfeasibleError, match="no member of family 'weibull' meets the facts"):
        wf.fit(mean=44_010, quantiles={0.5: 44_010 * 1.3}, family="weibull")


# -- comparison --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_families_are_compared_in_the_callers_table(backend: str) -> None:
    table = wf.compare_families(mean=44_010, quantiles=TECHNICIANS, employment=208_650, backend=backend)
    assert type(table).__module__.split(".")[0] == backend
    family = table["family"].to_pylist() if backend == "pyarrow" else list(table["family"])
    assert family == ["curve", *FAMILIES]


def test_more_parameters_fit_no_worse() -> None:
    facts = {"mean": 44_010, "quantiles": TECHNICIANS, "employment": 208_650}
    table = wf.compare_families(**facts, backend="pandas").set_index("family")
    assert table.loc["curve", "largest_residual"] < 1e-10
    slack = 1.001  # shapes are held below 1,000
    nested = (
        ("loglogistic", "dagum"),
        ("loglogistic", "singh-maddala"),
        ("dagum", "gb2"),
        ("singh-maddala", "gb2"),
    )
    for special, general in nested:
        assert table.loc[general, "chi2"] <= slack * table.loc[special, "chi2"]
    assert (table["parameters"] + table["degrees_of_freedom"] == 6).all()


def test_a_family_that_fails_says_why() -> None:
    table = wf.compare_families(mean=44_010, quantiles={0.5: 40_350}, backend="pandas").set_index("family")
    assert table.loc["gb2", "status"] == "failed"
    assert "4 parameters" in table.loc["gb2", "reason"]
    assert table.loc["weibull", "status"] == "exact"


def test_comparing_needs_one_kind_of_figures() -> None:
    with pytest.raises(wf.FactError, match="expected either quantiles or edges and counts"):
        wf.compare_families(mean=44_010)
    with pytest.raises(wf.FactError, match="edges and counts belong together"):
        wf.compare_families(edges=[0, 1, 2])
    with pytest.raises(wf.FactError, match="families is 'normal'"):
        wf.compare_families(mean=44_010, quantiles=TECHNICIANS, families=["normal"])


# -- a Pareto tail -----------------------------------------------------------------------------------------------------


def test_a_pareto_tail_is_scipys_and_keeps_the_mean() -> None:
    pay = wf.fit(mean=44_010, quantiles=TECHNICIANS)
    tailed = pay.with_pareto_tail(0.9, shape=0.3)
    excess = pay.mean_between(0.9, 1.0) - 66_260
    twin = scipy.stats.genpareto(0.3, loc=66_260, scale=0.7 * excess)
    wages = np.array([66_261.0, 80_000.0, 150_000.0, 1e6])
    np.testing.assert_allclose(tailed.sf(wages), 0.1 * twin.sf(wages), rtol=1e-9)  # the threshold is met to 1e-12
    np.testing.assert_allclose(tailed.pdf(wages), 0.1 * twin.pdf(wages), rtol=1e-9)
    np.testing.assert_allclose(tailed.ppf([0.95, 0.999]), twin.ppf([0.5, 0.99]), rtol=1e-9)
    assert tailed.mean() == pytest.approx(44_010, rel=1e-12)
    between = twin.expect(lb=twin.ppf(0.5), ub=twin.ppf(0.9), conditional=True)
    assert tailed.mean_between(0.95, 0.99) == pytest.approx(between, rel=1e-8)  # scipy's quadrature


def test_a_pareto_tail_without_a_shape_continues_the_density() -> None:
    pay = wf.fit(mean=44_010, quantiles=TECHNICIANS)
    tailed = pay.with_pareto_tail(0.9)
    just_above = np.nextafter(66_260.0, np.inf)
    assert tailed.pdf(just_above) == pytest.approx(pay.pdf(66_260.0), rel=1e-9)
    assert tailed.mean() == pytest.approx(44_010, rel=1e-12)
    np.testing.assert_array_equal(tailed.ppf([0.1, 0.5, 0.9]), pay.ppf([0.1, 0.5, 0.9]))
    p = np.linspace(0.001, 0.999, 999)
    np.testing.assert_allclose(tailed.cdf(tailed.ppf(p)), p, rtol=1e-13)
    assert tailed.credible("ppf", 0.99)[0] < tailed.ppf(0.99) < tailed.credible("ppf", 0.99)[1]


def test_a_pareto_tail_may_end() -> None:
    tailed = wf.fit(mean=44_010, quantiles=TECHNICIANS).with_pareto_tail(0.9, shape=-0.5)
    end = tailed.support()[1]
    assert 66_260 < end < np.inf
    assert tailed.cdf(end) == 1.0
    assert tailed.pdf(1.01 * end) == 0.0


@pytest.mark.parametrize("shape", [1.0, 0.0, 2.0])
def test_shapes_of_a_tail_without_a_mean_are_refused(shape: float) -> None:
    with pytest.raises(wf.FactError, match=r"shape is .*; expected a number below 1 other than 0"):
        wf.fit(mean=44_010, quantiles=TECHNICIANS).with_pareto_tail(0.9, shape=shape)


def test_a_tail_that_no_density_leads_to_is_refused_by_its_place() -> None:
    """In a gap between brackets the density is 0, and nothing was said of a shape."""
    gap = wf.fit_brackets([0, 1e4, 2e4, 3e4, 4e4, 5e4, 6e4], [10, 0, 5, 0, 7, 3])
    with pytest.raises(wf.FactError, match=r"p is 0.4, and the density there asks for a tail that there is not: "):
        gap.with_pareto_tail(0.4)
    with pytest.raises(wf.FactError, match=r"^shape is 1; expected"):
        gap.with_pareto_tail(0.4, 1.0)
