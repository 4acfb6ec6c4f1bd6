"""Percentiles of employment-weighted mixtures of published cells, by the default curve and by chords."""

from __future__ import annotations

from collections.abc import Callable

import methods
import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.special import ndtri

import wagefit as wf

P = np.array([0.10, 0.25, 0.50, 0.75, 0.90])
NAMES = ["p10", "p25", "p50", "p75", "p90"]
LEAST_COVERAGE = 0.98  # of the published employment of the whole, by parts that have five percentiles

Method = Callable[[pd.DataFrame, pd.Series], np.ndarray]


def usable(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with five percentiles and employment."""
    return rows[rows[NAMES].notna().all(axis=1) & (rows["employment"] > 0)]


def by_curves(cells: pd.DataFrame, by: pd.Series) -> np.ndarray:
    """Percentiles of the mixtures of default curves, shape (n_wholes, 5), by ascending label."""
    return wf.fit_table(cells).mixture(by=by, weights=cells["employment"]).ppf(P)


def by_chords(cells: pd.DataFrame, by: pd.Series) -> np.ndarray:
    """Percentiles of the mixtures of cells whose log wages are linear in z between the percentiles and beyond them."""
    z, rows = ndtri(P), []
    for _, parts in cells.groupby(by):
        y, weights = np.log(parts[NAMES].to_numpy()), parts["employment"].to_numpy()
        slope = np.maximum(np.diff(y, axis=1) / np.diff(z), 1e-9)
        rows.append([_root(y, slope, z, weights / weights.sum(), p) for p in P])
    return np.exp(rows)


def _root(y: np.ndarray, slope: np.ndarray, z: np.ndarray, weights: np.ndarray, p: float) -> float:
    cells = np.arange(len(y))

    def excess(at: float) -> float:
        i = np.clip((y <= at).sum(axis=1) - 1, 0, len(z) - 2)
        return float(weights @ methods.ndtr(z[i] + (at - y[cells, i]) / slope[cells, i])) - p

    return float(brentq(excess, y.min() - 3, y.max() + 3, xtol=1e-12))


METHODS: dict[str, Method] = {"curve": by_curves, "piecewise log-linear": by_chords}


def print_head() -> None:
    """The heads of the columns that `print_errors` fills."""
    print(f"{'':24}" + "".join(f"{name.upper():>14}" for name in NAMES))


def print_errors(label: str, mixed: np.ndarray, published: np.ndarray) -> None:
    """Median (95th percentile) over the wholes of the absolute error in percent."""
    errors = 100 * np.abs(mixed / published - 1)
    at = zip(np.median(errors, axis=0), np.quantile(errors, 0.95, axis=0), strict=True)
    print(f"{label:24}" + "".join(f"{median:8.2f} ({far:.1f})" for median, far in at))
