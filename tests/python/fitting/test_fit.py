"""The curve meets every fact, and says how."""

from __future__ import annotations

import numpy as np
import pytest

import wagefit as wf
from wagefit import _core
from wagefit.facts.facts import read_facts

from ..cells import ANESTHESIOLOGISTS, CELLS, PERCENTILES, SMOOTH, TECHNICIANS, TIED, fitted
from ..fits import assert_facts_are_met, assert_is_a_distribution
from ..oracles import EPS, EXACT


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
    [
        ("technicians", "exact"),
        ("no mean", "exact_without_mean"),
        ("two quantiles", "exact_without_mean"),
        ("top code", "exact"),
    ],
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


def test_unit_travels_from_facts_to_distribution() -> None:
    pay = wf.fit(mean=21.16, quantiles={0.9: 31.86}, unit="USD/hour")
    assert (pay.unit, pay.diagnostics.facts.unit) == ("USD/hour", "USD/hour")
    assert pay.to_annual().unit == "USD/year"


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


@pytest.mark.parametrize(
    ("mean", "quantiles", "note"),
    [
        (
            90_000,
            {0.1: 26_550, 0.25: 32_070, 0.5: 40_350, 0.75: 52_730, 0.9: 66_260},
            "is above the quantile at p = 0.9",
        ),
        (44_010, {0.1: 53, 0.25: 32_070, 0.5: 40_350, 0.75: 52_730, 0.9: 66_260}, "unlike those of wages"),
        (42_000, {0.1: 26_550, 0.25: 32_070, 0.5: 40_350, 0.75: 40_360, 0.9: 66_260}, "unlike those of wages"),
    ],
    ids=["mean far above", "P10 of $53", "two percentiles almost equal"],
)
def test_facts_that_no_wages_look_like_get_a_note(mean: float, quantiles: dict[float, float], note: str) -> None:
    diagnostics = wf.fit(mean=mean, quantiles=quantiles).diagnostics
    assert diagnostics is not None
    assert diagnostics.status == "exact"
    assert any(note in each for each in diagnostics.notes)


def test_ordinary_facts_get_no_note() -> None:
    quantiles = {0.1: 26_550, 0.25: 32_070, 0.5: 40_350, 0.75: 52_730, 0.9: 66_260}
    diagnostics = wf.fit(mean=44_010, quantiles=quantiles).diagnostics
    assert diagnostics is not None
    assert diagnostics.notes == ()
