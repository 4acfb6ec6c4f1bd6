"""Published percentiles and means of the national OEWS workbooks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tables import number
from workbooks import FIGURES, sheet_rows, workbook_of

from shape_prior.groups import PROBABILITIES

LARGEST_WAGE = 999_990.0  # 1997 and 1998 print sentinels of nines


@dataclass(frozen=True)
class PublishedRows:
    """Rows with five ascending percentiles and a mean that they allow.

    Attributes
    ----------
    quantiles : (n, 5) array
        Annual P10, P25, P50, P75, P90, in dollars.
    mean : (n,) array
        Annual mean, in dollars.
    """

    quantiles: np.ndarray
    mean: np.ndarray

    def __len__(self) -> int:
        return len(self.mean)


def read_workbook(path: Path) -> PublishedRows:
    """The usable rows of one workbook; aggregates of occupations included."""
    names = [f"a_{figure}" for figure in FIGURES]
    figures = np.array([[number(row[name]) for name in [*names, "a_mean"]] for row in sheet_rows(path)], dtype=float)
    quantiles, mean = figures[:, :5], figures[:, 5]
    usable = np.isfinite(figures).all(axis=1) & (np.diff(quantiles) > 0).all(axis=1)
    usable &= (quantiles[:, -1] < LARGEST_WAGE) & (mean > least_mean(quantiles))
    return PublishedRows(quantiles[usable], mean[usable])


def read_releases(data: Path, years: Iterable[int]) -> PublishedRows:
    """The usable rows of several releases."""
    folder = data / "oews" / "national"
    releases = [read_workbook(workbook_of(year, folder)) for year in years]
    quantiles = np.concatenate([rows.quantiles for rows in releases])
    return PublishedRows(quantiles, np.concatenate([rows.mean for rows in releases]))


def least_mean(quantiles: np.ndarray) -> np.ndarray:
    """The mean with every wage at the quantile below it and none below the first: the infimum of E[X]."""
    return quantiles @ np.diff([*PROBABILITIES, 1.0])
