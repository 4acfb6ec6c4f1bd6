"""Cells of every status, fitted together and alone."""

from __future__ import annotations

from typing import Any

import numpy as np

import wagefit as wf

from .cells import PERCENTILES

NAN = np.nan

# Rows: complete, tied, near the least mean, `#` from P25 up, without a mean, and one of every way to be refused.
FIGURES: list[tuple[str, str, tuple[float, ...], tuple[float, ...], float]] = [
    # name, status, quantiles, bounds, mean
    ("complete", "exact", (26_550, 32_070, 40_350, 52_730, 66_260), (NAN,) * 5, 44_010),
    ("decreasing", "infeasible", (18_304, 27_747.2, 44_075.2, 84_323.2, 20_779.2), (NAN,) * 5, 55_120),
    ("tied", "exact", (43_870, 51_040, 51_040, 52_170, 53_080), (NAN,) * 5, 50_150),
    ("nothing published", "suppressed", (NAN,) * 5, (NAN,) * 5, NAN),
    ("top coded", "exact", (133_080, NAN, NAN, NAN, NAN), (NAN, 208_000, 208_000, 208_000, 208_000), 267_020),
    ("mean too low", "infeasible", (12_180, 13_540, 18_500, 30_850, 49_800), (NAN,) * 5, 18_500),
    ("no mean", "exact_without_mean", (26_550, 32_070, 40_350, 52_730, 66_260), (NAN,) * 5, NAN),
    ("negative wage", "invalid", (-26_550, 32_070, 40_350, 52_730, 66_260), (NAN,) * 5, 44_010),
    ("only the mean", "suppressed", (NAN,) * 5, (NAN,) * 5, 44_010),
    ("infinite wage", "invalid", (26_550, 32_070, 40_350, 52_730, np.inf), (NAN,) * 5, 44_010),
    ("mean almost at its least", "guaranteed", (26_550, 32_070, 40_350, 52_730, 66_260), (NAN,) * 5, 36_696.6),
    ("zero mean", "invalid", (26_550, 32_070, 40_350, 52_730, 66_260), (NAN,) * 5, 0.0),
    ("one quantile and the mean", "exact", (NAN, NAN, NAN, NAN, 63_820), (NAN,) * 5, 44_010),
    ("one quantile", "suppressed", (NAN, NAN, 40_350, NAN, NAN), (NAN,) * 5, NAN),
    (
        "bound and quantile of one probability",
        "invalid",
        (26_550, 32_070, 40_350, 52_730, 66_260),
        (NAN,) * 4 + (6e4,),
        44_010,
    ),
    ("complete again", "exact", (27_820, 33_760, 42_630, 56_000, 71_150), (NAN,) * 5, 46_590),
]

NAMES = [name for name, *_ in FIGURES]
STATUSES = [status for _, status, *_ in FIGURES]
QUANTILES = np.array([quantiles for _, _, quantiles, _, _ in FIGURES], dtype=float)
BOUNDS = np.array([bounds for _, _, _, bounds, _ in FIGURES], dtype=float)
MEANS = np.array([mean for *_, mean in FIGURES], dtype=float)
FITTED = np.isin(STATUSES, ["exact", "guaranteed", "exact_without_mean"])
METHODS = ("ppf", "isf", "cdf", "sf", "pdf", "lorenz", "top_share", "logpdf", "logcdf", "logsf", "moment", "atkinson")
WAGES = np.array([0.0, 10_000, 26_550, 40_350, 51_040, 66_260, 250_000, 1e9])

POINTS = {
    **dict.fromkeys(("ppf", "isf", "lorenz", "top_share"), np.array([0.0, 0.01, 0.1, 0.33, 0.5, 0.9, 0.99, 1.0])),
    "moment": np.array([-1.0, 0.5, 1.0, 2.0]),
    "atkinson": np.array([0.0, 0.5, 1.0, 2.0]),
    **dict.fromkeys(("cdf", "sf", "pdf", "logpdf", "logcdf", "logsf"), WAGES),
}


def fit_all(rows: Any = slice(None), **more: Any) -> wf.Ensemble:
    return wf.fit_many(
        mean=MEANS[rows],
        quantiles=dict(zip(PERCENTILES, QUANTILES[rows].T, strict=True)),
        at_least=dict(zip(PERCENTILES, BOUNDS[rows].T, strict=True)),
        **more,
    )


def fit_row(i: int) -> wf.Distribution:
    """Cell i of many fitted by itself, from the figures that are published."""
    quantiles = {p: q for p, q in zip(PERCENTILES, QUANTILES[i], strict=True) if not np.isnan(q)}
    at_least = {p: q for p, q in zip(PERCENTILES, BOUNDS[i], strict=True) if not np.isnan(q)}
    return wf.fit(mean=None if np.isnan(MEANS[i]) else MEANS[i], quantiles=quantiles, at_least=at_least)
