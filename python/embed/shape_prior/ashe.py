"""Published percentiles and means of the United Kingdom's Annual Survey of Hours and Earnings."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

PROBABILITIES = np.array([0.10, 0.20, 0.25, 0.30, 0.40, 0.50, 0.60, 0.70, 0.75, 0.80, 0.90])
PEOPLE_PER_THOUSAND_JOBS = 10.0  # the survey is a one per cent sample
FEWEST_PEOPLE, USUAL_PEOPLE = 50.0, 300.0
_COLUMNS = ["10", "20", "25", "30", "40", "Median", "60", "70", "75", "80", "90", "Mean"]


@dataclass(frozen=True)
class DetailedRows:
    """Rows with eleven ascending percentiles and a mean.

    Attributes
    ----------
    quantiles : (n, 11) array
        Pay at `PROBABILITIES`, in pounds.
    mean : (n,) array
        Mean pay.
    size : (n,) array
        People in the sample, as far as the published number of jobs tells.
    """

    quantiles: np.ndarray
    mean: np.ndarray
    size: np.ndarray

    def __len__(self) -> int:
        return len(self.mean)


def read_ashe(data: Path, years: Iterable[int]) -> DetailedRows:
    """The usable rows of all tables of the years."""
    files = [path for path in sorted((data / "ashe").glob("*.csv")) if any(f"_{year}" in path.stem for year in years)]
    figures = np.concatenate([_read_table(path) for path in files])
    usable = np.isfinite(figures[:, :12]).all(axis=1) & (np.diff(figures[:, :11]) > 0).all(axis=1)
    figures = figures[usable]
    size = np.where(np.isfinite(figures[:, 12]), PEOPLE_PER_THOUSAND_JOBS * figures[:, 12], USUAL_PEOPLE)
    return DetailedRows(figures[:, :11], figures[:, 11], np.maximum(size, FEWEST_PEOPLE))


def _read_table(path: Path) -> np.ndarray:
    """Eleven percentiles, the mean and thousands of jobs of every row, NaN where there is none, shape (n, 13)."""
    with path.open(encoding="latin-1", newline="") as file:
        rows = list(csv.DictReader(file))
    return np.array([[_number(row.get(name, "")) for name in [*_COLUMNS, "No_jobs"]] for row in rows])


def _number(text: str | None) -> float:
    try:
        return float((text or "").replace(",", ""))
    except ValueError:
        return float("nan")
