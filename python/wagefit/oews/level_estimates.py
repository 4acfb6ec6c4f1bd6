"""Estimates of cells of one level of areas, by how much is known of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wagefit.oews.area_predictors import AreaCells, has_own_effect, within_area, without_area
from wagefit.oews.area_regression import LogEstimates, estimate_logs
from wagefit.oews.two_way_effects import Codes
from wagefit.shared.arguments import FloatArray

FARTHEST_MISS = 6.0  # of a published figure from its estimate, in sizes of errors, beyond which more says no more


@dataclass(frozen=True)
class CellEstimates:
    """Estimated figures of n cells.

    Attributes
    ----------
    logs, scale : ndarray, shape (n, k)
        Medians of log wages and sizes of their errors; a published figure is itself, with size 0.
    kind : ndarray of int, shape (n,)
        Which of `misses` the errors of each cell are drawn from.
    misses : list of ndarray, each of shape (m, k)
        Errors over their sizes.
    """

    logs: FloatArray
    scale: FloatArray
    kind: Codes
    misses: list[FloatArray]

    def interval(self, level: float, is_published: NDArray[np.bool_]) -> tuple[FloatArray, FloatArray]:
        """Logs between which each figure lies with probability `level`, percentiles in the last five columns rising."""
        ends = self.error_quantiles((0.5 - 0.5 * level, 0.5 + 0.5 * level))
        low, high = self.logs + self.scale * ends
        for end in (low, high):
            end[:, -5:] = ascending(end[:, -5:], is_published[:, -5:])
        return low, high

    def error_quantiles(self, p: tuple[float, float]) -> FloatArray:
        """Quantiles of the errors over their sizes, shape (2, n, k)."""
        found = np.stack([np.quantile(each, p, axis=0) for each in self.misses], axis=1)
        return found[:, self.kind]

    def row(self, i: int) -> CellEstimates:
        """The estimates of one cell."""
        kind = np.zeros(1, dtype=np.intp)
        return CellEstimates(self.logs[[i]], self.scale[[i]], kind, [self.misses[self.kind[i]]])


def estimate_cells(cells: AreaCells, targets: Codes) -> CellEstimates:
    """The figures of the cells at `targets`: those published as they are, the others estimated."""
    k = cells.logs.shape[1]
    logs, scale, kind = np.empty((len(targets), k)), np.empty((len(targets), k)), np.zeros(len(targets), dtype=np.intp)
    misses: list[FloatArray] = []
    in_area = has_own_effect(cells.area, cells.is_known)[targets]
    has_size = np.isfinite(cells.employment[targets])
    imputed = cells.imputed_employment()
    known = np.where(np.isfinite(cells.employment), cells.employment, imputed)
    for is_in, predict in ((True, within_area), (False, without_area)):
        for is_sized, employment in ((True, known), (False, imputed)):
            chosen = np.flatnonzero((in_area == is_in) & (has_size == is_sized))
            if len(chosen):
                found = estimate_logs(cells, targets[chosen], predict, employment)
                for rows, each in _given_published(found, cells.logs[targets[chosen]]):
                    logs[chosen[rows]], scale[chosen[rows]], kind[chosen[rows]] = each.logs, each.scale, len(misses)
                    misses.append(each.misses)
    return CellEstimates(logs, scale, kind, misses)


def _given_published(found: LogEstimates, published: FloatArray) -> list[tuple[Codes, LogEstimates]]:
    """The estimates given each row's published figures, rows with the same figures published together."""
    patterns, number = np.unique(np.isfinite(published), axis=0, return_inverse=True)
    result = []
    for i, is_given in enumerate(patterns):
        rows = np.flatnonzero(number.ravel() == i)
        own = LogEstimates(found.logs[rows], found.scale[rows], found.misses)
        result.append((rows, given_figures(own, published[rows], is_given) if is_given.any() else own))
    return result


def given_figures(found: LogEstimates, published: FloatArray, is_given: NDArray[np.bool_]) -> LogEstimates:
    """Estimates of rows of which the same figures are published: the others' regression on the errors of these.

    For errors e with covariance S, E[e_2 | e_1] = S_21 S_11^-1 e_1; what is left, e_2 - S_21 S_11^-1 e_1, is kept for
    the intervals. Published errors count up to `FARTHEST_MISS` sizes.
    """
    misses = np.clip(found.misses, -FARTHEST_MISS, FARTHEST_MISS)
    cross = misses.T @ misses / len(misses)
    slope = np.linalg.solve(cross[np.ix_(is_given, is_given)], cross[np.ix_(is_given, ~is_given)])
    own = (published[:, is_given] - found.logs[:, is_given]) / found.scale[:, is_given]
    logs, scale, left = published.copy(), found.scale.copy(), np.zeros_like(found.misses)
    shift = np.clip(own, -FARTHEST_MISS, FARTHEST_MISS) @ slope
    logs[:, ~is_given] = found.logs[:, ~is_given] + found.scale[:, ~is_given] * shift
    left[:, ~is_given] = found.misses[:, ~is_given] - misses[:, is_given] @ slope
    scale[:, is_given] = 0.0
    return LogEstimates(logs, scale, left)


def ascending(logs: FloatArray, is_published: NDArray[np.bool_]) -> FloatArray:
    """Percentiles, shape (n, k), of which none lies below one before it and the published ones stay as they are."""
    below = np.maximum.accumulate(np.where(is_published, logs, -np.inf), axis=1)
    above = np.minimum.accumulate(np.where(is_published, logs, np.inf)[:, ::-1], axis=1)[:, ::-1]
    rising: FloatArray = np.maximum.accumulate(np.where(is_published, logs, np.clip(logs, below, above)), axis=1)
    return rising
