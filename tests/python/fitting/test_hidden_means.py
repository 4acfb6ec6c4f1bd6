"""Means of industry cells that were hidden from the fit: what a parent's shape is worth."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from ..source_tree import ROOT
from .importer import Importer


@pytest.fixture(scope="module")
def data() -> Path:
    """The folder of real data; skips where it or a library of the benchmark is absent."""
    folder = Path(os.environ.get("WAGEFIT_DATA", ROOT.parent / "shared" / "data"))
    if not (folder / "oews" / "industry").is_dir():
        pytest.skip("the industry workbooks are not here; set WAGEFIT_DATA to their folder")
    for library in ("pandas", "scipy", "python_calamine"):
        pytest.importorskip(library)
    return folder


@pytest.mark.parametrize("name", ["industries_2018", "sectors_2022"])
def test_a_borrowed_shape_brings_hidden_means_a_fifth_nearer(name: str, data: Path, benchmark: Importer) -> None:
    """The bound is the project's own; half the occupations, which the rule was not learned on, give 0.75 and 0.80."""
    hidden_means = benchmark("hidden_means")
    cells = getattr(hidden_means, name)(data)
    truth = cells.rows["mean"].to_numpy(dtype=float)
    alone, borrowed = (
        float(np.median(abs(means(cells) / truth - 1))) for means in (hidden_means.alone, hidden_means.borrowing)
    )
    assert borrowed <= 0.8 * alone
