"""The measures of the accuracy benchmark, against values known by hand."""

from __future__ import annotations

import numpy as np
import pytest

from .importer import Importer

pytest.importorskip("scipy")
pytest.importorskip("pandas")

EXACT = 1e-12  # sums of a few terms, but for rounding
SOLVED = 1e-9  # bisection halves its interval to the last bit; sums over a thousand nodes round


def test_a_dip_is_measured_from_the_lower_of_its_sides(benchmark: Importer) -> None:
    shapes = benchmark("shapes")

    log_density = np.log([[1.0, 4.0, 2.0, 3.0, 1.0], [1.0, 2.0, 3.0, 2.0, 1.0]])
    seen = np.ones(log_density.shape, dtype=bool)
    assert shapes.deepest_dip(log_density, seen) == pytest.approx([1 / 3, 0.0], abs=EXACT)
    assert shapes.highest_rise(log_density, seen) == pytest.approx([3.0, 2.0], rel=EXACT)


def test_uniform_brackets_have_the_uniform_distributions_gini(benchmark: Importer) -> None:
    mcib = benchmark("mcib")

    fitted = mcib.mean_constrained_integration(np.array([0.0, 1.0, 2.0, 3.0, np.inf]), np.array([2.0, 2, 2, 0]), None)
    assert fitted.gini() == pytest.approx(1 / 3, rel=EXACT)
    assert fitted.median() == pytest.approx(1.5, rel=EXACT)
    assert fitted.mean() == pytest.approx(1.5, rel=EXACT)


def test_an_open_bracket_takes_what_the_mean_asks_for(benchmark: Importer) -> None:
    mcib = benchmark("mcib")

    edges, counts = np.array([0.0, 10.0, 20.0, 30.0, np.inf]), np.array([1.0, 4, 3, 1])
    assert mcib.mean_constrained_integration(edges, counts, 21.0).mean() == pytest.approx(21.0, rel=EXACT)


def test_smoothed_lines_meet_quantiles_and_mean(benchmark: Importer) -> None:
    """The mean to the accuracy of the quadrature that solves for it."""
    smooth_lines = benchmark("smooth_lines")

    p, quantiles = np.array([0.1, 0.25, 0.5, 0.75, 0.9]), np.array([[27.0, 32.0, 40.0, 53.0, 66.0]])
    fitted = smooth_lines.smoothed_piecewise(p, quantiles, np.array([44.0]))
    assert fitted.ppf(p) == pytest.approx(quantiles, rel=SOLVED)
    assert np.exp(fitted.g(fitted.Z)) @ fitted.MASS == pytest.approx([44.0], rel=SOLVED)


def test_densities_of_a_table_are_those_of_the_lognormal(benchmark: Importer) -> None:
    """To 1e-6: differences over 0.0025 of a straight line are exact but for rounding."""
    lognorm = pytest.importorskip("scipy.stats").lognorm

    wages = np.array([[10.0, 50.0, 300.0]])
    fitted = benchmark("measures").LogQuantiles(lambda z: np.log(50.0) + 0.5 * z[None, :])
    assert fitted.logpdf(wages) == pytest.approx(lognorm.logpdf(wages, 0.5, scale=50.0), abs=1e-6)
