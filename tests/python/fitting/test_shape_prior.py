"""The learned prior: a proper table, and the one that its script learns."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from wagefit import _core

from ..shared_data import shared_folder
from ..source_tree import ROOT

SCRIPT = ROOT / "python" / "embed" / "shape_prior"
TABLE = ROOT / "cpp" / "src" / "fitting" / "shape_prior_table.cpp"
# The table has eight significant digits of numbers below 1.
ROUNDING = 0.5e-8
# The calibration stops where fitted curves meet their means to 1e-12; a thousandth of a thousandth of the scale is far
# below what any group could tell (sampling error of the estimated mean at P99: 0.01).
TRAINING = 1e-6


def numbers(path: Path) -> np.ndarray:
    """Every number of a table between double braces, in order."""
    bodies = [part.split("}}")[0] for part in path.read_text(encoding="utf-8").split("{{")[1:]]
    return np.array([float(text) for body in bodies for text in body.replace("\n", " ").split(",") if text.strip()])


def test_knots_ascend_and_enclose_the_published_percentiles() -> None:
    z = _core.shape_prior().z
    assert (np.diff(z) > 0).all()
    assert z[0] < -2 < 2 < z[-1]


def test_shape_is_a_covariance() -> None:
    shape = _core.shape_prior().shape
    np.testing.assert_array_equal(shape, shape.T)
    # Rounding each entry by ROUNDING moves an eigenvalue by at most that times the order of the matrix.
    assert np.linalg.eigvalsh(shape).min() > -ROUNDING * len(shape)


def test_shape_is_free_of_level_and_slope() -> None:
    """A straight line in z is level and scale, not shape: least squares through the percentiles leave none of it."""
    prior = _core.shape_prior()
    facts = np.array([0.1, 0.25, 0.5, 0.75, 0.9])
    at = [int(np.argmin(abs(prior.z - _core.normal_quantile(facts)[i]))) for i in range(len(facts))]
    design = np.column_stack([np.ones(len(at)), prior.z[at]])
    of_line = np.linalg.pinv(design) @ prior.shape[np.ix_(at, at)]
    # Residuals are observed with a noise variance of 2e-4, which is the most that could be left of a line.
    assert abs(of_line).max() < 2e-4


def test_core_holds_the_table() -> None:
    prior = _core.shape_prior()
    means = [prior.mean, prior.mean_alone, prior.mean_by_scale]
    held = np.concatenate([_core.normal_cdf(prior.z), *means, prior.shape.ravel()])
    np.testing.assert_allclose(held, numbers(TABLE), rtol=1e-13, atol=0)  # round trip through the normal score


def test_means_differ_only_where_they_are_calibrated() -> None:
    prior = _core.shape_prior()
    differs = prior.mean != prior.mean_alone
    np.testing.assert_allclose(_core.normal_cdf(prior.z[differs]), [0.95, 0.99], rtol=1e-13)


def test_script_learns_the_committed_table(tmp_path: Path) -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("scipy")
    pytest.importorskip("python_calamine")
    learned = tmp_path / "table.cpp"
    command = [sys.executable, str(SCRIPT), str(shared_folder("microdata").parent), str(learned)]
    subprocess.run(command, check=True, env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"})
    np.testing.assert_allclose(numbers(learned), numbers(TABLE), rtol=0, atol=TRAINING)
