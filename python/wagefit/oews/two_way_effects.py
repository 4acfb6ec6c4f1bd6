"""Effects of the rows and columns of an incomplete table of cells, and means of the cells of a group without one."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wagefit.shared.arguments import FloatArray

Codes = NDArray[np.intp]


class TwoWayEffects(NamedTuple):
    """The additive part of a table: value = mean + row effect + column effect + error, for each of k figures."""

    mean: FloatArray
    """Shape (k,)."""
    row: FloatArray
    """Shape (n_rows, k); their mean over the cells is 0."""
    column: FloatArray
    """Shape (n_columns, k)."""


def group_sums(codes: Codes, values: FloatArray, n_groups: int) -> FloatArray:
    """Sums of `values`, shape (n, k), over the cells of each group, shape (n_groups, k)."""
    sums = [np.bincount(codes, column, n_groups) for column in values.T]
    return np.stack(sums, axis=1) if sums else np.zeros((n_groups, 0))


def left_out_means(codes: Codes, values: FloatArray, weights: FloatArray, shrinkage: float) -> FloatArray:
    """For each cell the weighted mean over the other cells of its group, shrunk towards 0.

    Parameters
    ----------
    codes : ndarray of int, shape (n,)
        Group of each cell, counted from 0.
    values : ndarray, shape (n, k)
        Figures of the cells; those of weight 0 are not used and may be NaN.
    weights : ndarray, shape (n,)
        Precision of each cell, at least 0.
    shrinkage : float
        Weight of a further cell of value 0: sigma^2 / tau^2 of a random effect with variance tau^2 whose cells of
        weight 1 have errors of variance sigma^2.

    Returns
    -------
    ndarray, shape (n, k)
        sum(w x) / (sum(w) + shrinkage) over the other cells; 0 where there is none.
    """
    n_groups = int(codes.max(initial=-1)) + 1
    weighted = np.where(weights[:, None] > 0.0, weights[:, None] * values, 0.0)
    sums = group_sums(codes, weighted, n_groups)[codes] - weighted
    total = np.bincount(codes, weights, n_groups)[codes] - weights
    is_alone = total <= 1e-9  # a lone cell's total is 0 but for rounding
    means: FloatArray = np.where(is_alone[:, None], 0.0, sums / np.where(is_alone, 1.0, total + shrinkage)[:, None])
    return means


def is_whole(values: FloatArray) -> NDArray[np.bool_]:
    """Whether all figures of each row are finite, shape (n,)."""
    whole: NDArray[np.bool_] = np.all(np.isfinite(values), axis=1)
    return whole


def two_way_effects(
    values: FloatArray, rows: Codes, columns: Codes, weights: FloatArray, shrinkage: float = 0.0
) -> TwoWayEffects:
    """Weighted least squares of value = mean + row + column, each figure by itself.

    Parameters
    ----------
    values : ndarray, shape (n, k)
        Figures of the cells, finite.
    rows, columns : ndarray of int, shape (n,)
        Row and column of each cell, counted from 0.
    weights : ndarray, shape (n,)
        Precision of each cell, above 0.
    shrinkage : float
        Ridge penalty on each effect, in weights of a cell; see `left_out_means`. With 0, rows and columns of tables
        that fall into separate parts have effects relative to their own part.

    Returns
    -------
    TwoWayEffects
        The rows' effects are eliminated from the normal equations, so that a system of the size of the columns is
        left (Searle, Casella and McCulloch, 1992, "Variance Components", ch. 7, with a fixed ratio of variances).
    """
    n_rows, n_columns = int(rows.max()) + 1, int(columns.max()) + 1
    counted: FloatArray = np.bincount(rows * n_columns + columns, weights, n_rows * n_columns).astype(float)
    cells = counted.reshape(n_rows, n_columns)
    weighted = weights[:, None] * values
    row_sums, column_sums = group_sums(rows, weighted, n_rows), group_sums(columns, weighted, n_columns)
    cross = np.hstack([cells.sum(axis=1, keepdims=True), cells])  # of each row with the mean and the columns
    total = cells.sum(axis=1) + shrinkage
    inverse = np.divide(1.0, total, out=np.zeros_like(total), where=total > 0.0)[:, None]
    system = _mean_and_columns(cells, shrinkage) - cross.T @ (inverse * cross)
    known = np.vstack([weighted.sum(axis=0, keepdims=True), column_sums]) - cross.T @ (inverse * row_sums)
    found = np.linalg.lstsq(system, known, rcond=1e-12)[0]
    row = inverse * (row_sums - cross @ found)
    return _centered(TwoWayEffects(found[0], row, found[1:]), cells)


def _mean_and_columns(cells: FloatArray, shrinkage: float) -> FloatArray:
    """Normal equations of the mean and the columns' effects, shape (n_columns + 1, n_columns + 1)."""
    of_columns = cells.sum(axis=0)
    system = np.diag(np.concatenate([[0.0], of_columns + shrinkage]))
    system[0, 0] = of_columns.sum()
    system[0, 1:] = system[1:, 0] = of_columns
    return system


def _centered(effects: TwoWayEffects, cells: FloatArray) -> TwoWayEffects:
    """The same fit with effects whose means over the cells are 0."""
    row = np.average(effects.row, axis=0, weights=cells.sum(axis=1))
    column = np.average(effects.column, axis=0, weights=cells.sum(axis=0))
    return TwoWayEffects(effects.mean + row + column, effects.row - row, effects.column - column)
