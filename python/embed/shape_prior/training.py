"""From the public files to the prior."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from shape_prior.ashe import DetailedRows, read_ashe
from shape_prior.cells import cells_of_detailed_rows, cells_of_groups, cells_of_rows
from shape_prior.estimation import estimate
from shape_prior.groups import Groups
from shape_prior.published import PublishedRows, read_releases
from shape_prior.regularization import regularized
from shape_prior.shape import Shape

YEARS = range(2003, 2014)  # of national rows; 2014 and later are kept for testing
DETAILED_YEARS = (2010, 2011)  # of rows with eleven percentiles; 2020 and 2021 are kept for testing
WEIGHT_OF_ROWS, WEIGHT_OF_DETAILED_ROWS = 6000.0, 1500.0  # in groups; chosen by leaving out sources and percentiles


@dataclass(frozen=True)
class TrainingRows:
    """The published rows that the prior is learned from."""

    national: PublishedRows
    detailed: DetailedRows


def read_rows(data: Path) -> TrainingRows:
    """The rows of `YEARS` and of `DETAILED_YEARS`."""
    return TrainingRows(read_releases(data, YEARS), read_ashe(data, DETAILED_YEARS))


def train(groups: Groups, rows: TrainingRows) -> Shape:
    """The prior that groups of people and published rows together make most likely, regularized."""
    samples = [
        cells_of_groups(groups, weights_by_source(groups.source)),
        cells_of_rows(rows.national, WEIGHT_OF_ROWS),
        cells_of_detailed_rows(rows.detailed, WEIGHT_OF_DETAILED_ROWS),
    ]
    return regularized(estimate(samples))


def weights_by_source(source: np.ndarray) -> np.ndarray:
    """Weights with mean 1 that let a source count like the square root of its number of groups."""
    names, counts = np.unique(source, return_counts=True)
    weight = 1 / np.sqrt(counts[np.searchsorted(names, source)])
    return np.asarray(weight / weight.mean())
