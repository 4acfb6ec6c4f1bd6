"""From the public files to the prior."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from shape_prior.calibration import calibrate
from shape_prior.estimation import Shape, cells_of_groups, cells_of_rows, estimate
from shape_prior.groups import Groups
from shape_prior.knots import KNOTS, Knots
from shape_prior.published import PublishedRows

YEARS = range(2003, 2014)  # 2014 to 2021 are kept for testing
WEIGHT_OF_ROWS = 2000.0  # in groups; chosen among 300 to 3,000 by leaving out sources and percentiles


def train(groups: Groups, rows: PublishedRows) -> Shape:
    """The prior that groups of people and published rows together make most likely."""
    knots = Knots(np.array(KNOTS))
    weight = weights_by_source(groups.source)
    of_rows = np.full(len(rows), WEIGHT_OF_ROWS / len(rows))
    shape = estimate(knots, [cells_of_groups(knots, groups, weight), cells_of_rows(knots, rows, of_rows)])
    unknown = np.full(len(groups.wages), np.nan)
    with_mean, alone = (calibrate(shape, groups, mean, weight) for mean in (groups.mean, unknown))
    return replace(shape, mean=with_mean, mean_alone=alone)


def weights_by_source(source: np.ndarray) -> np.ndarray:
    """Weights with mean 1 that let a source count like the square root of its number of groups."""
    names, counts = np.unique(source, return_counts=True)
    weight = 1 / np.sqrt(counts[np.searchsorted(names, source)])
    return weight / weight.mean()
