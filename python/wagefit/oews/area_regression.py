"""Estimates of log wages of cells, and how far such estimates are off, learned from published cells.

The median of each figure is linear in `area_predictors`; the size of what it misses is log-linear in the sizes of the
cell, of its area and of what is known of its neighborhood; misses over that size, of all figures of a cell together,
are kept as they are and drawn from, so that no shape of their distribution is assumed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from wagefit.oews.area_predictors import AreaCells, Predictors
from wagefit.oews.robust_regression import fit_median, fit_size
from wagefit.oews.two_way_effects import Codes
from wagefit.shared.arguments import FloatArray

FOLDS = 5  # of areas
MOST_TRAINED = 20_000  # published cells that a regression learns from, evenly spread over the table
BLOCK = 50_000  # cells estimated at once
MOST_MISSES = 20_000  # kept to draw from


@dataclass(frozen=True)
class LogEstimates:
    """Estimates of n cells.

    Attributes
    ----------
    logs, scale : ndarray, shape (n, k)
        Medians of log wages, and the sizes of their errors.
    misses : ndarray, shape (m, k)
        Errors over their sizes of published cells, estimated as if they were not: what the errors of a cell are,
        one of these rows with equal probability, times its sizes.
    """

    logs: FloatArray
    scale: FloatArray
    misses: FloatArray


def estimate_logs(
    cells: AreaCells,
    targets: Codes,
    predict: Callable[[AreaCells, FloatArray], Predictors],
    employment: FloatArray,
) -> LogEstimates:
    """Log wages of the cells at `targets`, by predictors that see each cell with this `employment`."""
    trained = spread(np.flatnonzero(cells.is_known), MOST_TRAINED)
    predictors = predict(cells, employment).within_range_of(trained)
    folds = cells.area[trained] % FOLDS
    k = cells.logs.shape[1]
    logs, scale, misses = np.empty((len(targets), k)), np.empty((len(targets), k)), np.empty((len(trained), k))
    for figure in range(k):
        regressors = predictors.design(figure, trained)
        known = cells.logs[trained, figure] - cells.base[trained, figure]
        fit = fit_median(regressors, known, folds)
        few, sizes = predictors.few_cells, predictors.error_sizes
        size = fit_size(sizes[trained], fit.errors, few[trained])
        misses[:, figure] = fit.errors / (few[trained] * np.exp(sizes[trained] @ size))
        scale[:, figure] = few[targets] * np.exp(sizes[targets] @ size)
        for rows, each in _blocks(targets):
            logs[rows, figure] = cells.base[each, figure] + predictors.design(figure, each) @ fit.coefficients
    return LogEstimates(logs, scale, misses[spread(np.arange(len(misses)), MOST_MISSES)])


def spread(rows: Codes, most: int) -> Codes:
    """At most `most` of the rows, evenly spread."""
    if len(rows) <= most:
        return rows
    return rows[np.linspace(0, len(rows) - 1, most).astype(np.intp)]


def _blocks(targets: Codes) -> list[tuple[slice, Codes]]:
    starts = range(0, len(targets), BLOCK)
    return [(slice(start, start + BLOCK), targets[start : start + BLOCK]) for start in starts]
