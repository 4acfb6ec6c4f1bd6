"""Cells that tests fit: rows of Occupational Employment and Wage Statistics, and made-up ones at the edges."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

import wagefit as wf

PERCENTILES = (0.10, 0.25, 0.50, 0.75, 0.90)


def row(mean: float | None, *wages: float, **more: Any) -> dict[str, Any]:
    """Arguments of fit for a mean and five percentiles."""
    return {"mean": mean, "quantiles": dict(zip(PERCENTILES, wages, strict=True)), **more}


# May 2018 29-2071 and May 2019 29-2098, national.
TECHNICIANS = row(44_010, 26_550, 32_070, 40_350, 52_730, 66_260)
SPECIALISTS = row(46_590, 27_820, 33_760, 42_630, 56_000, 71_150)
NEWS_PAIR = {"mean": 44_010, "quantiles": {0.9: 63_820}}
ANESTHESIOLOGISTS = {
    "mean": 267_020,
    "quantiles": {0.1: 133_080},
    "at_least": {0.25: 208_000, 0.5: 208_000, 0.75: 208_000, 0.9: 208_000},
}

CELLS: dict[str, dict[str, Any]] = {
    "technicians": TECHNICIANS,
    "specialists": SPECIALISTS,
    "lone quantile and mean": NEWS_PAIR,
    "no mean": row(None, 26_550, 32_070, 40_350, 52_730, 66_260),
    "two quantiles": {"quantiles": {0.1: 26_550, 0.9: 66_260}},
    "mean near its least": row(57_060, 26_665.6, 36_836.8, 52_395.2, 80_891.2, 113_422.4),  # May 1997 13002
    "mean far above": row(400_000, 26_550, 32_070, 40_350, 52_730, 66_260),
    "ties within": row(50_150, 43_870, 51_040, 51_040, 52_170, 53_080),  # May 2008 43-5051
    "ties at the top": row(45_490, 25_650, 46_160, 50_020, 51_040, 51_040),  # May 2008 43-5053
    "ties at the bottom": row(54_370, 39_640, 39_640, 52_440, 67_230, 68_640),  # May 2021 43-5052
    "all equal": row(31_000, 30_000, 30_000, 30_000, 30_000, 30_000),
    "bounded": row(44_010, 26_550, 32_070, 40_350, 52_730, 66_260, lower=15_080, upper=250_000),
    "distant bound": row(44_010, 26_550, 32_070, 40_350, 52_730, 66_260, upper=1e12),
    "floor at P10": row(44_010, 26_550, 32_070, 40_350, 52_730, 66_260, lower=26_550),
    "ceiling at P90": row(43_000, 26_550, 32_070, 40_350, 52_730, 66_260, upper=66_260),
    "top code": ANESTHESIOLOGISTS,
    "one percent steps": {
        "mean": 52_000,
        "quantiles": {0.01: 15_000, 0.05: 20_000, 0.2: 31_000, 0.4: 40_000, 0.6: 52_000, 0.8: 69_000, 0.99: 180_000},
    },
}
SMOOTH = (
    "technicians",
    "specialists",
    "lone quantile and mean",
    "no mean",
    "two quantiles",
    "bounded",
    "one percent steps",
)
TIED = ("ties within", "ties at the top", "ties at the bottom", "all equal", "floor at P10", "ceiling at P90")


@cache
def fitted(name: str) -> wf.Distribution:
    """The cell's curve, fitted once a run."""
    return wf.fit(**CELLS[name])


def read_only(values: Any) -> np.ndarray:
    """An array that refuses to be changed."""
    array = np.array(values, dtype=float)
    array.setflags(write=False)
    return array
