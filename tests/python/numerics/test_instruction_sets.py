"""Kernels compiled for several instruction sets give the same bits on each, whatever the threads and the neighbors."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import wagefit as wf

P = (0.1, 0.25, 0.5, 0.75, 0.9)
PROBABILITIES = np.linspace(0.001, 0.999, 37)
SETS = ("baseline", "avx2", "avx512")


def published(n: int) -> dict[str, object]:
    """Made-up rows: skewed either way, tied, infeasible and half published ones among plain ones."""
    rng = np.random.default_rng(5)
    median, scale = rng.uniform(25_000, 150_000, n), rng.uniform(0.05, 0.6, n)
    skew = rng.uniform(-0.3, 0.3, n)
    z = np.array([-1.2816, -0.6745, 0.0, 0.6745, 1.2816])
    q = np.round(median[:, None] * np.exp(scale[:, None] * (z + skew[:, None] * (z**2 - 0.6))), -1)
    mean = np.round(median * np.exp(0.5 * scale**2 + skew * scale * 0.4) * rng.uniform(0.98, 1.04, n), -1)
    q[::17, 1] = q[::17, 2]
    q[::23, 4] = np.nan
    mean[::29] = np.nan
    mean[::31] = 1_000.0
    return {"quantiles": dict(zip(P, q.T, strict=True)), "mean": mean}


def digest(cells: wf.Ensemble) -> str:
    """Of every figure the kernels compute."""
    x = np.linspace(10_000, 300_000, 41)
    figures = [cells.ppf(PROBABILITIES), cells.cdf(x), cells.sf(x), cells.pdf(x), cells.lorenz(PROBABILITIES)]
    figures += [cells.top_share([0.01, 0.1]), cells.mean(), cells.gini(), cells.rvs(300, rng=1)]
    figures += [cells[int(i)].rvs(10_000, rng=2) for i in np.flatnonzero(np.isfinite(cells.mean()))[:1]]
    return hashlib.sha256(b"".join(np.ascontiguousarray(figure).tobytes() for figure in figures)).hexdigest()


PROGRAM = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
import wagefit as wf
from test_instruction_sets import digest, published
print(digest(wf.fit_many(**published(300), n_threads=2)))
"""


def test_every_instruction_set_gives_the_same_bits() -> None:
    """A machine that lacks a set falls back to the best one it has, and the test to what that shows."""
    digests = set()
    for name in SETS:
        environment = {**os.environ, "WAGEFIT_INSTRUCTION_SET": name}
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True
        )
        digests.add(done.stdout)
    assert len(digests) == 1


@pytest.mark.parametrize("n_threads", [2, 8])
def test_threads_do_not_reach_the_figures(n_threads: int) -> None:
    assert digest(wf.fit_many(**published(301), n_threads=n_threads)) == digest(
        wf.fit_many(**published(301), n_threads=1)
    )


@pytest.mark.parametrize("i", [0, 1, 7, 17, 23, 29, 31, 299])
def test_a_row_is_the_same_alone_as_among_many(i: int) -> None:
    table = published(300)
    many = wf.fit_many(**table)
    alone = wf.fit_many(
        quantiles={p: q[i : i + 1] for p, q in table["quantiles"].items()}, mean=table["mean"][i : i + 1]
    )
    assert many.status[i] == alone.status[0]
    assert digest(many[i : i + 1]) == digest(alone)


@pytest.mark.parametrize("k", [1, 2, 7, 8, 9, 16, 17])
def test_points_do_not_depend_on_their_neighbors(k: int) -> None:
    """Lanes are filled up beyond the last point."""
    cells = wf.fit_many(**published(40))
    np.testing.assert_array_equal(cells.ppf(PROBABILITIES[:k]), cells.ppf(PROBABILITIES)[:, :k])
    np.testing.assert_array_equal(cells.lorenz(PROBABILITIES[:k]), cells.lorenz(PROBABILITIES)[:, :k])
    x = np.linspace(200_000, 10_000, k)
    np.testing.assert_array_equal(cells.cdf(x), np.column_stack([cells.cdf(each) for each in x]))
