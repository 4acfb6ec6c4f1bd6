"""Wage equations: the core from prepared columns beside careful NumPy, statsmodels and pyfixest in the same run."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import wagefit as wf
from wagefit import _core

ROWS, LEVELS = 1_000_000, (50, 10, 8, 5, 3)
REPEATS = 7


def least(task: Callable[[], object], repeats: int = REPEATS) -> float:
    """Milliseconds of the fastest run after a first one that is not counted."""
    task()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        task()
        times.append(time.perf_counter() - start)
    return 1e3 * min(times)


def show(name: str, ours: float, peers: dict[str, float]) -> None:
    """One row of the table, in milliseconds, with each peer's time and ours over it."""
    beside = "  ".join(f"{peer} {value:,.2f} ({ours / value:.3f})" for peer, value in peers.items())
    print(f"{name:44}{ours:12,.2f}  {beside}", flush=True)


def core_fit(outcome: np.ndarray, numeric: np.ndarray, factors: list[Any], weights: np.ndarray) -> Any:
    """The core's least squares with HC1 errors."""
    return _core.least_squares(
        outcome=outcome, weights=weights, numeric=numeric, factors=factors, intercept=_core.Intercept.included,
        covariance=_core.Covariance.hc1, clusters=None, dependence=_core.Dependence.refused, absorbed=0, names=[],
    )  # fmt: skip


def numpy_fit(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients and HC1 covariance; `x` holds a column a row, contiguous, which NumPy multiplies fastest."""
    gram = x @ x.T
    coefficients = np.linalg.solve(gram, x @ y)
    scores = x * (y - coefficients @ x)
    bread = np.linalg.inv(gram)
    return coefficients, len(y) / (len(y) - len(x)) * (bread @ (scores @ scores.T) @ bread)


def cps_1988(folder: Path) -> None:
    """28,155 men, five coefficients."""
    frame = pd.read_csv(folder / "microdata" / "CPS1988_AER.csv.gz")
    y = np.log(frame.wage.to_numpy())
    columns = [frame.experience, frame.experience**2, frame.education, frame.ethnicity == "afam"]
    numeric = np.asfortranarray(np.column_stack(columns).astype(float))
    ones = np.ones(len(y))
    rows = np.ascontiguousarray(np.column_stack([ones, numeric]).T)
    from statsmodels.api import OLS

    peers = {
        "NumPy": least(lambda: numpy_fit(rows, y), 50),
        "statsmodels": least(lambda: OLS(y, rows.T).fit(cov_type="HC1").bse),
    }
    show("CPS 1988, 28,155 rows, HC1", least(lambda: core_fit(y, numeric, [], ones), 50), peers)


def made_up_rows() -> tuple[np.ndarray, list[np.ndarray], np.ndarray]:
    """Outcome, level numbers and weights of a million rows."""
    rng = np.random.default_rng(0)
    codes = [rng.integers(0, levels, ROWS).astype(np.int32) for levels in LEVELS]
    effects = sum(rng.normal(0.0, 0.1, levels)[code] for levels, code in zip(LEVELS, codes, strict=True))
    return effects + rng.normal(0.0, 0.4, ROWS), codes, rng.uniform(0.5, 2.0, ROWS)


def numpy_factors(y: np.ndarray, codes: list[np.ndarray], weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients and HC1 covariance from sums over joint cells."""
    cell = codes[0]
    for levels, code in zip(LEVELS[1:], codes[1:], strict=True):
        cell = cell * np.int32(levels) + code
    n_cells = int(np.prod(LEVELS))
    mass, pay = np.bincount(cell, weights, n_cells), np.bincount(cell, weights * y, n_cells)
    levels_of_cell = np.unravel_index(np.arange(n_cells), LEVELS)
    columns = [np.ones(n_cells)]
    for levels, level in zip(LEVELS, levels_of_cell, strict=True):
        columns += list((level == np.arange(1, levels)[:, None]).astype(float))
    x = np.array(columns)
    gram = (x * mass) @ x.T
    coefficients = np.linalg.solve(gram, x @ pay)
    residuals = weights * (y - (coefficients @ x)[cell])
    meat = (x * np.bincount(cell, residuals * residuals, n_cells)) @ x.T
    bread = np.linalg.inv(gram)
    return coefficients, ROWS / (ROWS - len(x)) * (bread @ meat @ bread)


def a_million_rows() -> None:
    """Five factors, weights, HC1."""
    import pyfixest

    y, codes, weights = made_up_rows()
    factors = list(zip(codes, LEVELS, strict=True))
    numeric = np.empty((ROWS, 0), order="F")
    names = [f"f{i}" for i in range(len(LEVELS))]
    frame = pd.DataFrame(dict(zip(names, codes, strict=True)) | {"y": y, "w": weights})
    formula = "y ~ " + " + ".join(f"C({name})" for name in names)
    theirs = least(lambda: pyfixest.feols(formula, frame, weights="w", vcov="hetero"), 1)
    peers = {"NumPy": least(lambda: numpy_factors(y, codes, weights), 3), "pyfixest": theirs}
    show("a million rows, 50/10/8/5/3 levels, HC1", least(lambda: core_fit(y, numeric, factors, weights)), peers)


def occupations_and_areas(folder: Path) -> None:
    """Medians of May 2025 on 770 occupations and 530 areas, from the table to both sets of effects."""
    import pyfixest

    frame = pd.read_csv(folder / "oews" / "may2025" / "oews_m2025_metros.csv.gz", dtype=str)
    figures = ["A_PCT10", "A_PCT25", "A_MEDIAN", "A_PCT75", "A_PCT90"]
    for name in ["TOT_EMP", *figures]:
        frame[name] = pd.to_numeric(frame[name], errors="coerce")
    frame = frame.dropna(subset=["TOT_EMP", "A_MEDIAN"]).reset_index(drop=True)
    frame["log_median"] = np.log(frame.A_MEDIAN)
    factors = ["OCC_CODE", "AREA"]

    def theirs() -> Any:
        fit = pyfixest.feols("log_median ~ 1 | OCC_CODE + AREA", frame, weights="TOT_EMP")
        return fit.fixef(atol=1e-12, btol=1e-12)

    peers = {"pyfixest": least(theirs, 2)}
    ours = least(lambda: wf.estimation.estimate_factor_curves(frame, "A_MEDIAN", factors, weights="TOT_EMP"), 3)
    show("770 occupations x 530 areas, median", ours, peers)
    five = least(lambda: wf.estimation.estimate_factor_curves(frame, figures, factors, weights="TOT_EMP"), 3)
    show("the same, five percentiles in one call", five, {})


def main(folder: Path) -> None:
    print(f"\n{'milliseconds':44}{'wagefit':>12}  peer (wagefit / peer)")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the peers' own deprecations
        cps_1988(folder)
        a_million_rows()
        occupations_and_areas(folder)
