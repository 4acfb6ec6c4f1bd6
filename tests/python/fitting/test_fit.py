"""From facts to distributions: every fact met, and the path taken named."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.optimize import least_squares
from scipy.special import ndtri

import wagefit as wf
from wagefit import _core
from wagefit.facts.facts import read_facts

from ..cells import ANESTHESIOLOGISTS, CELLS, NEWS_PAIR, PERCENTILES, SMOOTH, TECHNICIANS, TIED, fitted
from ..strategies import FactSet, fact_sets, powers, wage_like

EPS = float(np.finfo(float).eps)

# What the project promises of every fact, relative.
EXACT = 1e-10
# Of a lognormal through two facts: its formulas take a handful of operations in logs below 20.
CLOSED_FORM = 1e-12
# Wages are logs turned back by exp: two that are equal but for rounding may come out in the wrong order by this much.
ROUNDING = 4 * EPS
# Scaling the wages changes the last digits of every intermediate result. The mean is then met to 1e-12 by another curve
# of the family; a mean in the middle of its interval moves no percentile by more than a hundred times that.
RESCALED = 1e-10

Z90 = float(ndtri(0.9))
GREATEST_RATIO = math.exp(0.5 * Z90 * Z90)  # of P90 to the mean of a lognormal


def sigma_and_median(pay: wf.Distribution) -> tuple[float, float]:
    assert isinstance(pay.core, _core.Lognormal)
    return pay.core.sigma, pay.core.median


# -- lognormal -------------------------------------------------------------------------------------------------------


def test_quoted_pair_is_the_known_lognormal() -> None:
    """Mean 44,010 and P90 63,820, the two figures of a news article."""
    pay = wf.fit(**NEWS_PAIR, family="lognormal")
    sigma, median = sigma_and_median(pay)
    assert round(sigma, 5) == 0.33336
    assert round(median) == 41_631
    assert sigma == pytest.approx(Z90 - math.sqrt(Z90**2 - 2 * math.log(63_820 / 44_010)), rel=CLOSED_FORM)
    assert pay.mean() == pytest.approx(44_010, rel=CLOSED_FORM)
    assert pay.ppf(0.9) == pytest.approx(63_820, rel=CLOSED_FORM)
    assert (pay.name, pay.diagnostics.status) == ("lognormal", "exact")


def test_other_root_of_the_quoted_pair_is_named() -> None:
    """The second lognormal meets both figures too, and the smaller sigma is said to be taken."""
    median, sigma = _core.fit_lognormal(read_facts(**NEWS_PAIR).core).other_root
    assert (round(sigma, 5), round(median)) == (2.22975, 3_664)
    assert median * math.exp(0.5 * sigma**2) == pytest.approx(44_010, rel=CLOSED_FORM)
    assert median * math.exp(Z90 * sigma) == pytest.approx(63_820, rel=CLOSED_FORM)
    (note,) = wf.fit(**NEWS_PAIR, family="lognormal").diagnostics.notes
    assert [words for words in ("2.22975", "3,664", "smaller sigma") if words not in note] == []


@pytest.mark.parametrize("ratio", [GREATEST_RATIO * (1 + 1e-9), 2.5, 5.0, 9.9, 20.0])
def test_ratio_above_the_greatest_is_refused(ratio: float) -> None:
    """P90 / mean can be at most exp(z^2 / 2) = 2.2732 in a lognormal; the curve accepts up to 10."""
    with pytest.raises(wf.InfeasibleError) as caught:
        wf.fit(mean=1_000, quantiles={0.9: 1_000 * ratio}, family="lognormal")
    for words in ("quantiles[0.9] / mean", f"{ratio:g}", "above exp(z^2 / 2) = 2.2732", "expected a mean of at least"):
        assert words in str(caught.value)
    if ratio < 10:
        assert caught.value.certificate.reason == "outside_family"
        assert wf.fit(mean=1_000, quantiles={0.9: 1_000 * ratio}).mean() == pytest.approx(1_000, rel=EXACT)
    else:
        assert caught.value.certificate.reason == "mean_too_low"


def test_ratio_just_below_the_greatest_is_met() -> None:
    """Where the two roots almost meet, near sigma = z."""
    pay = wf.fit(mean=1_000, quantiles={0.9: 1_000 * GREATEST_RATIO * (1 - 1e-12)}, family="lognormal")
    assert pay.mean() == pytest.approx(1_000, rel=CLOSED_FORM)
    assert sigma_and_median(pay)[0] == pytest.approx(Z90, abs=1e-5)  # the root of 2e-12


@pytest.mark.parametrize(("p", "ratio"), [(0.9, 1.0), (0.9, 0.7), (0.5, 0.9), (0.1, 0.5), (0.1, 0.99)])
def test_there_is_one_root_where_the_quantile_is_not_above_the_mean(p: float, ratio: float) -> None:
    pay = wf.fit(mean=50_000, quantiles={p: 50_000 * ratio}, family="lognormal")
    z = float(ndtri(p))
    assert pay.diagnostics.notes == ()
    assert sigma_and_median(pay)[0] == pytest.approx(z + math.sqrt(z * z - 2 * math.log(ratio)), rel=CLOSED_FORM)
    assert pay.mean() == pytest.approx(50_000, rel=CLOSED_FORM)
    assert pay.ppf(p) == pytest.approx(50_000 * ratio, rel=CLOSED_FORM)


@pytest.mark.parametrize(("p", "ratio"), [(0.5, 1.0), (0.1, 1.0), (0.1, 1.05), (0.25, 1.3)])
def test_quantile_up_to_the_median_lies_below_a_lognormals_mean(p: float, ratio: float) -> None:
    """The limit to name there is 1, not exp(z^2 / 2); the curve has a distribution for it."""
    with pytest.raises(wf.InfeasibleError, match=r"not below 1, .* expected a mean above"):
        wf.fit(mean=100, quantiles={p: 100 * ratio}, family="lognormal")
    assert wf.fit(mean=100, quantiles={p: 100 * ratio}).ppf(p) == pytest.approx(100 * ratio, rel=EXACT)


@given(st.floats(0.51, 0.999), st.floats(0.01, 0.99), powers(-3, 9))
def test_lognormal_through_any_quantile_and_mean(p: float, part: float, mean: float) -> None:
    """Facts met, and no smaller sigma meets them: sigma^2 / 2 - z sigma + log ratio is positive from 0 up to it."""
    z = float(ndtri(p))
    log_ratio = part * 0.5 * z * z
    quantile = mean * math.exp(log_ratio)
    pay = wf.fit(mean=mean, quantiles={p: quantile}, family="lognormal")
    sigma, _ = sigma_and_median(pay)
    assert pay.mean() == pytest.approx(mean, rel=CLOSED_FORM)
    assert pay.ppf(p) == pytest.approx(quantile, rel=CLOSED_FORM)
    assert 0 < sigma < z


def test_two_quantiles_determine_a_lognormal() -> None:
    pay = wf.fit(quantiles={0.1: 26_550, 0.9: 66_260}, family="lognormal")
    assert sigma_and_median(pay)[0] == pytest.approx(math.log(66_260 / 26_550) / (2 * Z90), rel=CLOSED_FORM)
    assert pay.ppf([0.1, 0.9]) == pytest.approx([26_550, 66_260], rel=CLOSED_FORM)
    assert pay.diagnostics.status == "exact"


def squares(parameters: Any, p: Any, q: Any, mean: float | None) -> Any:
    """Residuals in logs of a lognormal with the log median and sigma `parameters`."""
    log_median, sigma = parameters
    residuals = np.log(q) - log_median - sigma * ndtri(p)
    if mean is None:
        return residuals
    return np.append(residuals, np.log(mean) - log_median - 0.5 * sigma**2)


@pytest.mark.parametrize("mean", [None, 44_010, 70_000])
def test_more_facts_are_met_in_least_squares(mean: float | None) -> None:
    """No other lognormal has a smaller sum of squares, by scipy's general solver."""
    p, q = np.array(PERCENTILES), np.array(list(TECHNICIANS["quantiles"].values()))
    pay = wf.fit(mean=mean, quantiles=(p, q), family="lognormal")
    sigma, median = sigma_and_median(pay)
    best = least_squares(squares, [np.log(40_000), 0.4], args=(p, q, mean), xtol=1e-15, ftol=1e-15, gtol=1e-15)
    # A sum of squares is flat at its least: parameters agree to the root of double precision's eps at worst.
    assert [np.log(median), sigma] == pytest.approx(best.x, rel=1e-7)
    assert np.sum(squares([np.log(median), sigma], p, q, mean) ** 2) <= 2 * best.cost * (1 + 1e-12)
    assert (pay.diagnostics.status, "least squares" in pay.diagnostics.reason) == ("least_squares", True)
    largest = max(abs(value) for value in pay.diagnostics.residuals.values())
    assert 0 < largest < 0.5


@pytest.mark.parametrize("more", [{"at_least": {0.95: 50_000}}, {"lower": 15_080}, {"upper": 500_000}])
def test_lognormal_has_no_bounds(more: dict[str, Any]) -> None:
    with pytest.raises(wf.FactError, match="family 'lognormal'"):
        wf.fit(**NEWS_PAIR, **more, family="lognormal")


def test_lognormal_needs_different_quantiles() -> None:
    with pytest.raises(wf.InfeasibleError, match="all equal"):
        wf.fit(quantiles={0.1: 30_000, 0.9: 30_000}, family="lognormal")


# -- the curve on known cells ----------------------------------------------------------------------------------------


def assert_facts_are_met(pay: wf.Distribution, arguments: dict[str, Any]) -> None:
    """Quantiles and mean to 1e-10, bounds respected, the same figures in the diagnostics."""
    facts = pay.diagnostics.facts
    for p, q in facts.quantiles:
        assert pay.ppf(p) == pytest.approx(q, rel=EXACT)
        assert pay.diagnostics.residuals[p] == pay.ppf(p) / q - 1
    for p, q in facts.at_least:
        assert pay.ppf(p) >= q * (1 - EXACT)
    if facts.mean is not None:
        assert pay.mean() == pytest.approx(facts.mean, rel=EXACT)
        assert pay.diagnostics.reproduced["mean"] == pay.mean()
    if facts.mean_at_least is not None:
        assert pay.mean() >= facts.mean_at_least * (1 - EXACT)
    assert pay.support() == (arguments.get("lower", 0.0), arguments.get("upper", np.inf))


def assert_is_a_distribution(pay: wf.Distribution, probabilities: Any) -> None:
    """Wages ascend with probability, stay in the support, and have a density wherever they rise."""
    p = np.unique(np.concatenate([[0.0, 1e-6, 1 - 1e-6, 1.0], np.linspace(0.001, 0.999, 333), probabilities]))
    x = pay.ppf(p)
    assert not np.isnan(x).any()
    lower, upper = pay.support()
    assert (x[0], x[-1]) == (lower, upper)
    assert np.all((x >= lower) & (x <= upper))
    below, above = x[:-1][np.isfinite(x[1:])], x[1:][np.isfinite(x[1:])]
    assert np.all(above >= below * (1 - ROUNDING))


@pytest.mark.parametrize("name", CELLS)
def test_curve_meets_every_fact(name: str) -> None:
    assert_facts_are_met(fitted(name), CELLS[name])
    assert_is_a_distribution(fitted(name), PERCENTILES)
    assert fitted(name).name == "curve"


@pytest.mark.parametrize("name", [name for name in CELLS if name not in TIED])
def test_density_is_finite_and_positive(name: str) -> None:
    pay = fitted(name)
    density = pay.pdf(pay.ppf(np.linspace(0.001, 0.999, 999)))
    assert np.all(np.isfinite(density) & (density > 0))


@pytest.mark.parametrize(
    ("name", "status"),
    [("technicians", "exact"), ("no mean", "no_mean"), ("two quantiles", "no_mean"), ("top code", "exact")],
)
def test_status_names_the_path(name: str, status: str) -> None:
    diagnostics = fitted(name).diagnostics
    assert (diagnostics.status, diagnostics.family) == (status, "curve")
    assert diagnostics.reason == _core.status_meaning(_core.Status[status])


@pytest.mark.parametrize("part", [1e-6, 1e-4, 1e-2])
def test_guaranteed_path_reaches_means_near_the_least(part: float) -> None:
    """The prior's curves do not come that near to a set of point masses, the bent ones do, and say so."""
    low, _ = _core.check_feasibility(read_facts(**TECHNICIANS).core).mean_interval
    pay = wf.fit(**{**TECHNICIANS, "mean": low * (1 + part)})
    assert_facts_are_met(pay, {})
    assert_is_a_distribution(pay, PERCENTILES)
    if part < 1e-2:
        assert pay.diagnostics.status == "guaranteed"


def test_curve_does_not_depend_on_how_exactly_it_is_known() -> None:
    """RSE, employment and rounding widen intervals; the point curve stays exact."""
    grid = np.linspace(0, 1, 101)
    known = wf.fit(**TECHNICIANS, mean_rse=0.4, employment=208_650, rounding=10)
    np.testing.assert_array_equal(known.ppf(grid), fitted("technicians").ppf(grid))


@pytest.mark.parametrize("ratio", [1.5, 2.2732, 5.0, 9.0, 9.99, 9.999_99])
def test_curve_accepts_any_ratio_below_ten(ratio: float) -> None:
    """A P90 and a mean: feasible while a tenth of the people at P90 earn less than everyone's mean pay."""
    pay = wf.fit(mean=10_000, quantiles={0.9: 10_000 * ratio})
    assert pay.mean() == pytest.approx(10_000, rel=EXACT)
    assert pay.ppf(0.9) == pytest.approx(10_000 * ratio, rel=EXACT)


@pytest.mark.parametrize("ratio", [10.000_001, 10.01, 100.0])
def test_curve_refuses_a_ratio_above_ten(ratio: float) -> None:
    with pytest.raises(wf.InfeasibleError) as caught:
        wf.fit(mean=10_000, quantiles={0.9: 10_000 * ratio})
    assert caught.value.certificate.mean_interval == pytest.approx((1_000 * ratio, np.inf), rel=4 * EPS)


# -- ties ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TIED)
def test_ties_are_atoms(name: str) -> None:
    """One jump from the lowest to the highest probability published at the wage, and nowhere else."""
    pay = fitted(name)
    facts = pay.diagnostics.facts
    known = [(0.0, facts.lower), *facts.quantiles, (1.0, facts.upper)]
    wages = {wage for _, wage in known if sum(other == wage for _, other in known) > 1}
    expected = [(x, *sorted(p for p, wage in known if wage == x)) for x in sorted(wages)]
    assert [wage for wage, _ in pay.atoms()] == [wage for wage, *_ in expected]
    for (_, mass), (wage, *probabilities) in zip(pay.atoms(), expected, strict=True):
        low, high = probabilities[0], probabilities[-1]
        assert mass == pytest.approx(high - low, abs=8 * EPS)
        assert pay.cdf(wage) == pytest.approx(high, abs=8 * EPS)
        assert pay.cdf(np.nextafter(wage, 0)) == pytest.approx(low, abs=1e-10)  # one ulp left, times the density there
        inside = low + (high - low) * np.array([1e-9, 0.3, 0.7, 1.0 if high < 1 else 0.999])
        np.testing.assert_array_equal(pay.ppf(inside), wage)


def test_all_facts_equal_is_an_atom_with_tails() -> None:
    pay = fitted("all equal")
    assert pay.atoms() == [(30_000, pytest.approx(0.8, abs=8 * EPS))]
    assert pay.ppf(0.05) < 30_000 < pay.ppf(0.95)
    assert pay.mean() == pytest.approx(31_000, rel=EXACT)


# -- one-sided facts -------------------------------------------------------------------------------------------------


def test_top_codes_are_bounds_and_not_figures() -> None:
    """Anesthesiologists: P25 to P90 are `#`, and the mean still identifies the tail."""
    pay = fitted("top code")
    assert pay.mean() == pytest.approx(267_020, rel=EXACT)
    assert pay.ppf(0.1) == pytest.approx(133_080, rel=EXACT)
    assert np.all(pay.ppf([0.25, 0.5, 0.75, 0.9]) >= 208_000)
    assert np.all(np.diff(pay.ppf([0.25, 0.5, 0.75, 0.9])) > 0)
    assert pay.atoms() == []
    assert {p for p, _ in pay.diagnostics.binding} <= {0.25}
    assert all(pay.ppf(p) == pytest.approx(q, rel=EXACT) for p, q in pay.diagnostics.binding)


def test_bound_that_holds_anyway_changes_nothing() -> None:
    free = wf.fit(**TECHNICIANS)
    bounded = wf.fit(**TECHNICIANS, at_least={0.95: 66_300, 0.3: 30_000})
    np.testing.assert_array_equal(bounded.ppf(np.linspace(0, 1, 101)), free.ppf(np.linspace(0, 1, 101)))
    assert bounded.diagnostics.binding == ()


def test_bound_that_binds_is_met_with_equality_and_named() -> None:
    free = float(wf.fit(**TECHNICIANS).ppf(0.95))
    bound = free * 1.1
    pay = wf.fit(**TECHNICIANS, at_least={0.95: bound})
    assert pay.ppf(0.95) == pytest.approx(bound, rel=EXACT)
    assert pay.diagnostics.binding == ((0.95, bound),)
    assert "p = 0.95 binds" in pay.diagnostics.notes[0]
    assert_facts_are_met(pay, {})


def test_mean_above_the_top_code_is_a_bound() -> None:
    """An industry file's row whose mean is itself `#`."""
    pay = wf.fit(quantiles={0.1: 150_000}, at_least={0.25: 208_000, "mean": 208_000})
    assert pay.ppf(0.1) == pytest.approx(150_000, rel=EXACT)
    assert pay.ppf(0.25) >= 208_000 * (1 - EXACT)
    assert pay.mean() >= 208_000 * (1 - EXACT)
    assert pay.diagnostics.status == "no_mean"


def test_bound_of_the_mean_binds_where_the_curve_would_fall_below() -> None:
    quantiles = {0.1: 26_550, 0.9: 66_260}
    free = wf.fit(quantiles=quantiles).mean()
    slack = wf.fit(quantiles=quantiles, at_least={"mean": 0.9 * free})
    assert slack.mean() == free
    assert slack.diagnostics.notes == ()
    bound = wf.fit(quantiles=quantiles, at_least={"mean": 1.1 * free})
    assert bound.mean() == pytest.approx(1.1 * free, rel=EXACT)
    assert "mean's lower bound binds" in bound.diagnostics.notes[0]
    assert bound.ppf([0.1, 0.9]) == pytest.approx([26_550, 66_260], rel=EXACT)


LONE_QUANTILE: dict[str, dict[Any, float]] = {
    "later and lower": {0.75: 50.0},
    "earlier and lower": {0.25: 50.0},
    "later and higher": {0.75: 300.0},
    "later and equal": {0.75: 100.0},
    "mean below its least": {"mean": 20.0},
    "mean": {"mean": 150.0},
    "mean and quantile": {"mean": 60.0, 0.9: 101.0},
}


@pytest.mark.parametrize("at_least", LONE_QUANTILE.values(), ids=LONE_QUANTILE)
def test_lone_quantile_with_bounds_has_the_typical_spread(
    at_least: dict[Any, float], request: pytest.FixtureRequest
) -> None:
    """A bound is met where it says something; where it says nothing it must not shape the curve."""
    pay = wf.fit(quantiles={0.5: 100.0}, at_least=at_least)
    assert pay.ppf(0.5) == pytest.approx(100.0, rel=EXACT)
    assert_facts_are_met(pay, {})
    assert_is_a_distribution(pay, [0.25, 0.5, 0.75, 0.9])
    if "higher" not in request.node.callspec.id:
        assert 1.1 < pay.quantile_ratio(0.9, 0.5) < 4


# -- support ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ends", [{"lower": 15_080}, {"upper": 90_000}, {"lower": 26_549.99, "upper": 66_260.01}, {"lower": 26_550}]
)
def test_no_wage_lies_outside_the_support(ends: dict[str, float]) -> None:
    pay = wf.fit(**TECHNICIANS, **ends)
    lower, upper = ends.get("lower", 0.0), ends.get("upper", np.inf)
    assert pay.support() == (lower, upper)
    assert_facts_are_met(pay, ends)
    draws = pay.rvs(20_000, rng=1)
    assert lower <= draws.min() <= draws.max() <= upper
    assert pay.cdf(np.nextafter(lower, -1)) == 0
    assert pay.cdf(upper) == 1
    assert pay.sf(upper) == 0


@pytest.mark.parametrize("upper", [1e6, 1e9, 1e12, 1e15])
def test_distant_bound_costs_no_digits(upper: float) -> None:
    """Wages far below the upper end of the support are not measured from there."""
    pay, most_distant = wf.fit(**TECHNICIANS, upper=upper), wf.fit(**TECHNICIANS, upper=1e18)
    assert_facts_are_met(pay, {"upper": upper})
    p = np.linspace(0.9, 0.99, 10)
    assert abs(pay.cdf(pay.ppf(p)) - p).max() <= 8 * EPS
    # The tails U - (U - x) exp(-d) of two bounds differ by the fraction d = (wage - P90) / U of the rise above P90.
    assert pay.ppf(p) == pytest.approx(most_distant.ppf(p), rel=2e5 / upper + EXACT)


# -- units -----------------------------------------------------------------------------------------------------------


def test_unit_travels_from_facts_to_distribution() -> None:
    pay = wf.fit(mean=21.16, quantiles={0.9: 31.86}, unit="USD/hour")
    assert (pay.unit, pay.diagnostics.facts.unit) == ("USD/hour", "USD/hour")
    assert pay.to_annual().unit == "USD/year"


# -- random facts ----------------------------------------------------------------------------------------------------


@given(fact_sets())
@example(  # wages equal but for 1e-14: their logs differ by less than logs are known
    FactSet((0.1, 0.25, 0.5), (908_798.4, 908_798.4 * (1 + 1e-14), 1_322_724.2), 1.1e6, 0.0, 1.4e6, (0.0, 0.0))
)
@example(FactSet((0.14, 0.19, 0.34, 0.86), (13.9, 414_230.9, 414_230.9, 414_231.0), 336_000.0, 0.0, np.inf, (0.0, 0.0)))
@example(FactSet((0.57,), (85_112_555.0,), 36_598_968.0, 0.0, 85_499_724.0, (36_598_398.65, 0.0)))
def test_every_feasible_set_of_facts_is_fitted(facts: FactSet) -> None:
    """2 to 12 quantiles from 1e-3 to 1e15, ties, gaps from 1e-12 to 1e6, means to a millionth of either end."""
    pay = wf.fit(**facts.arguments())
    assert pay.ppf(facts.p) == pytest.approx(facts.q, rel=EXACT)
    assert pay.mean() == pytest.approx(facts.mean, rel=EXACT)
    assert_is_a_distribution(pay, facts.p)


@given(fact_sets())
def test_density_is_finite_and_positive_between_distinct_quantiles(facts: FactSet) -> None:
    """At five points of each rising interval that double precision can tell from its ends."""
    pay = wf.fit(**facts.arguments())
    for i in range(1, len(facts.p)):
        low, high = facts.q[i - 1], facts.q[i]
        x = low + (high - low) * np.array([0.1, 0.3, 0.5, 0.7, 0.9])
        x = x[(x > low) & (x < high)]
        log_density = pay.logpdf(x)
        assert np.all(np.isfinite(log_density)), (facts.p[i - 1], facts.p[i], log_density)
        assert np.all(np.isfinite(pay.pdf(x)))


def fit_or_error(arguments: dict[str, Any]) -> wf.Distribution | Exception:
    """The fit, or the error that says why there is none."""
    try:
        return wf.fit(**arguments)
    except (wf.InfeasibleError, wf.ConvergenceError) as error:
        return error


@given(fact_sets(), powers(-16, -6))
def test_mean_too_near_its_end_is_met_or_reported(facts: FactSet, part: float) -> None:
    """Never silently missed: within a millionth of an end the fit either meets the mean or raises ConvergenceError."""
    mean = facts.interval[0] * (1 + part)
    is_between = facts.interval[0] * (1 + 16 * EPS) < mean < facts.interval[1] * (1 - 16 * EPS)
    outcome = fit_or_error({**facts.arguments(), "mean": mean})
    if isinstance(outcome, wf.Distribution):
        assert outcome.mean() == pytest.approx(mean, rel=EXACT)
        assert outcome.ppf(facts.p) == pytest.approx(facts.q, rel=EXACT)
    elif is_between:
        assert isinstance(outcome, wf.ConvergenceError)
        assert "too near the end of its feasible interval" in str(outcome)


@given(wage_like(), powers(-3, 3))
def test_scaling_the_facts_scales_the_curve(facts: FactSet, scale: float) -> None:
    pay, scaled = wf.fit(**facts.arguments()), wf.fit(**facts.arguments(scale))
    p = np.linspace(0.01, 0.99, 50)
    assert scaled.ppf(p) == pytest.approx(scale * pay.ppf(p), rel=RESCALED)
    assert scaled.diagnostics.status == pay.diagnostics.status


@given(wage_like())
def test_scaling_by_a_power_of_two_changes_no_digit(facts: FactSet) -> None:
    """Only exponents change, in every step of the fit."""
    p = np.linspace(0.001, 0.999, 50)
    pay, scaled = wf.fit(**facts.arguments()), wf.fit(**facts.arguments(2.0**20))
    assert scaled.ppf(p) == pytest.approx(2.0**20 * pay.ppf(p), rel=4 * EPS)


@given(wage_like(), st.floats(0.02, 0.98), st.floats(-0.2, 0.2))
def test_bounds_only_raise_wages_where_they_bind(facts: FactSet, p: float, shift: float) -> None:
    """A bound below the curve leaves it alone; one above is met with equality, and the facts stay met."""
    if any(abs(p - known) < 1e-3 for known in facts.p):
        return
    free = wf.fit(**facts.arguments())
    after = [q for known, q in zip(facts.p, facts.q, strict=True) if known > p]
    bound = min([float(free.ppf(p)) * math.exp(shift), *after])
    low, _ = _core.check_feasibility(read_facts(**facts.arguments(), at_least={p: bound}).core).mean_interval
    if not low * (1 + 1e-6) < facts.mean:
        return
    pay = wf.fit(**facts.arguments(), at_least={p: bound})
    assert pay.mean() == pytest.approx(facts.mean, rel=EXACT)
    assert pay.ppf(facts.p) == pytest.approx(facts.q, rel=EXACT)
    if bound <= free.ppf(p):
        np.testing.assert_array_equal(pay.ppf(facts.p), free.ppf(facts.p))
        assert pay.diagnostics.binding == ()
    else:
        assert pay.ppf(p) == pytest.approx(bound, rel=EXACT)
        assert pay.diagnostics.binding == ((p, bound),)


# -- what a fit says of itself ---------------------------------------------------------------------------------------


def test_diagnostics_hold_facts_and_residuals() -> None:
    diagnostics = fitted("technicians").diagnostics
    assert set(diagnostics.residuals) == {*PERCENTILES, "mean"}
    assert max(abs(value) for value in diagnostics.residuals.values()) <= EXACT
    assert diagnostics.reproduced["mean"] == pytest.approx(44_010, rel=EXACT)
    assert diagnostics.facts.mean == 44_010


def test_diagnostics_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        fitted("technicians").diagnostics.status = "guessed"  # type: ignore[misc]


def test_bounds_are_facts_in_the_diagnostics() -> None:
    facts = wf.fit(**ANESTHESIOLOGISTS).diagnostics.facts
    assert facts.at_least == tuple((p, 208_000) for p in (0.25, 0.5, 0.75, 0.9))
    assert facts.mean_at_least is None


def test_smooth_cells_have_no_atoms() -> None:
    assert {name: fitted(name).atoms() for name in SMOOTH} == {name: [] for name in SMOOTH}
