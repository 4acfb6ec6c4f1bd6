"""Second truth: published rows with one of the five percentiles left out."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import curve
import numpy as np
from methods import BASELINES
from shape_prior.groups import PROBABILITIES
from shape_prior.published import PublishedRows, read_releases

N_FOLDS = 10
METHODS = {name: BASELINES[name] for name in ("lognormal", "piecewise, mean")}
MAY_2025 = ("oews", "may2025", "oews_m2025_national.csv.gz")


def blocks(data: Path) -> dict[str, PublishedRows]:
    """The rows scored: 2014 to 2020 apart from 2021 and May 2025, when BLS estimates otherwise."""
    names = {"2014-2020": range(2014, 2021), "2021": [2021]}
    by_year = {name: read_releases(data, years) for name, years in names.items()}
    return by_year | {"May 2025": read_may_2025(data.joinpath(*MAY_2025))}


def read_may_2025(path: Path) -> PublishedRows:
    """The rows of May 2025 with five ascending percentiles and a mean."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = ["A_PCT10", "A_PCT25", "A_MEDIAN", "A_PCT75", "A_PCT90", "A_MEAN"]
    figures = np.array([[_number(row[name]) for name in names] for row in rows])
    figures = figures[np.isfinite(figures).all(axis=1)]
    figures = figures[(np.diff(figures[:, :5]) > 0).all(axis=1)]
    return PublishedRows(figures[:, :5], figures[:, 5])


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def errors(rows: PublishedRows) -> dict[str, np.ndarray]:
    """Median absolute errors in percent by method, shape (5,)."""
    out = {name: np.full(5, np.nan) for name in (*METHODS, "PCHIP", "regression", "curve")}
    for k in range(5):
        kept = np.delete(np.arange(5), k)
        given = PROBABILITIES[kept], rows.quantiles[:, kept], rows.mean
        fitted = {name: method(*given) for name, method in METHODS.items()} | {"curve": curve.default(*given)}
        if 0 < k < 4:
            fitted["PCHIP"] = BASELINES["PCHIP"](*given)
        estimates = {name: one.ppf(PROBABILITIES[[k]])[:, 0] for name, one in fitted.items()}
        estimates["regression"] = regression(rows, k)
        for name, estimate in estimates.items():
            out[name][k] = np.median(100 * abs(estimate / rows.quantiles[:, k] - 1))
    return out


def regression(rows: PublishedRows, k: int) -> np.ndarray:
    """Percentile `k` from a linear regression of logs on the other four and the mean, shape (n,).

    Rows that print the same values are in one fold, so that no row is predicted from itself or from its twin.
    """
    logs = np.log(np.column_stack([rows.quantiles, rows.mean]))
    twin = np.unique(logs, axis=0, return_inverse=True)[1].ravel()
    fold = np.random.default_rng(0).integers(0, N_FOLDS, twin.max() + 1)[twin]
    design = np.column_stack([np.ones(len(rows)), np.delete(logs, k, axis=1)])
    out = np.empty(len(rows))
    for i in range(N_FOLDS):
        coefficients = np.linalg.lstsq(design[fold != i], logs[fold != i, k], rcond=None)[0]
        out[fold == i] = np.exp(design[fold == i] @ coefficients)
    return out


def print_table(data: Path) -> None:
    """Every block and method."""
    print(f"{'median |error| in %':22}", *(f"{f'P{round(100 * p)}':>7}" for p in PROBABILITIES))
    for label, rows in blocks(data).items():
        n_twins = len(rows) - len(np.unique(np.column_stack([rows.quantiles, rows.mean]), axis=0))
        print(f"{label}: {len(rows):,} rows, {n_twins:,} of which repeat another's values")
        for name, values in errors(rows).items():
            print(f"  {name:20}", *("      -" if np.isnan(value) else f"{value:7.2f}" for value in values))
