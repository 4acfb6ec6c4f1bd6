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
# Ten iterations add rounding of some 1e-12; a millionth of a log slope is far below what any group could tell (sampling
# error of the estimated mean at P99: 0.02).
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


def test_core_holds_the_table() -> None:
    prior = _core.shape_prior()
    held = [prior.z, prior.mean, prior.mean_alone, prior.mean_by_scale, prior.interval_factor, prior.shape.ravel()]
    np.testing.assert_array_equal(np.concatenate(held), numbers(TABLE))


def test_means_differ_only_in_the_upper_tail() -> None:
    prior = _core.shape_prior()
    differs = prior.mean != prior.mean_alone
    assert differs.any()
    assert prior.z[differs].min() > 1.2816  # P90, the highest percentile that is published


def test_mean_tail_gets_lighter_without_a_second_mode() -> None:
    """With v = log g', the log density has the slope -z - g' - v': it falls while v falls less steeply than z + g'."""
    prior = _core.shape_prior()
    beyond = prior.z >= 2.6
    for mean in (prior.mean, prior.mean_alone):
        fall = -np.diff(mean[beyond]) / np.diff(prior.z[beyond])
        assert fall[-1] > 0
        assert (fall < prior.z[beyond][:-1]).all()


def test_script_learns_the_committed_table(tmp_path: Path) -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("scipy")
    pytest.importorskip("python_calamine")
    learned = tmp_path / "table.cpp"
    command = [sys.executable, str(SCRIPT), str(shared_folder("microdata").parent), str(learned)]
    subprocess.run(command, check=True, env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"})
    np.testing.assert_allclose(numbers(learned), numbers(TABLE), rtol=0, atol=TRAINING)
