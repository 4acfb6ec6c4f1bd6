"""What cells of a level of areas are taken relative to: the rows of the wider areas, and what stands in for them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wagefit.oews.area_predictors import size_weights
from wagefit.oews.areas import NATION
from wagefit.oews.two_way_effects import Codes, is_whole, left_out_means, two_way_effects
from wagefit.shared.arguments import FloatArray

WIDER_SHRINKAGE = 1.0  # of the effects of wider areas on the nation's row, in cells of many people


@dataclass(frozen=True)
class WiderRows:
    """Rows of the nation and the states.

    Attributes
    ----------
    occupation : ndarray of int, shape (n,)
        Code of the occupation.
    key : ndarray of str, shape (n,)
        Key of the area.
    logs : ndarray, shape (n, k)
        Log wages, NaN where a figure is not published.
    employment : ndarray, shape (n,)
    """

    occupation: Codes
    key: NDArray[np.str_]
    logs: FloatArray
    employment: FloatArray

    def row_of(self, occupation: Codes, key: NDArray[np.str_]) -> Codes:
        """Number of the row of each occupation and area, -1 where there is none."""
        keys, number = np.unique(np.concatenate([self.key, key]), return_inverse=True)
        joint = np.concatenate([self.occupation, occupation]).astype(np.int64) * len(keys) + number
        own, asked = joint[: len(self.key)], joint[len(self.key) :]
        if not len(own):
            return np.full(len(asked), -1)
        order = np.argsort(own, kind="stable")
        place = np.minimum(np.searchsorted(own[order], asked), len(own) - 1)
        return np.where(own[order][place] == asked, order[place], -1)


def base_of(
    wider: WiderRows, occupation: Codes, key: NDArray[np.str_], n_figures: int
) -> tuple[FloatArray, FloatArray]:
    """Base of each cell from the wider rows, shape (n, k), and the people in its parent, shape (n,); NaN if unknown.

    The base is the parent's row; where it is not published the nation's row and the effect of the wider area, from
    two-way effects of the published ones relative to the nation, shrunk; 0 for a wider area of which nothing is known.
    """
    parent = wider.row_of(occupation, key)
    nation = wider.row_of(occupation, np.full(len(key), NATION))
    logs = np.vstack([wider.logs, np.full((1, n_figures), np.nan)])  # the last row is the one of number -1
    people = np.append(wider.employment, np.nan)[parent]
    base, stand_in = logs[parent], logs[nation] + _effects_on_nation(wider, key, n_figures)
    has_row = is_whole(base)[:, None]
    return np.where(has_row, base, stand_in), people


def _effects_on_nation(wider: WiderRows, key: NDArray[np.str_], n_figures: int) -> FloatArray:
    """Effect of each key's area relative to the nation's rows, shape (n, k)."""
    nation = wider.row_of(wider.occupation, np.full(len(wider.key), NATION))
    logs = np.vstack([wider.logs, np.full((1, n_figures), np.nan)])
    relative = wider.logs - logs[nation]
    used = np.flatnonzero((wider.key != NATION) & is_whole(relative))
    if not len(used):
        return np.zeros((len(key), n_figures))
    keys, column = np.unique(wider.key[used], return_inverse=True)
    row = np.unique(wider.occupation[used], return_inverse=True)[1]
    weights = size_weights(wider.employment[used])
    effects = two_way_effects(relative[used], row, column, weights, WIDER_SHRINKAGE)
    by_key = np.vstack([effects.mean + effects.column, np.zeros((1, n_figures))])
    place = np.searchsorted(keys, key)
    place = np.where(np.isin(key, keys), place, len(keys))
    found: FloatArray = by_key[place]
    return found


def with_own_occupations(
    logs: FloatArray, base: FloatArray, occupation: Codes, area: Codes, people: FloatArray
) -> FloatArray:
    """`base`, and where it is NaN the effect of the occupation among the other cells, areas' effects taken off.

    All of shape (n, k). It stays NaN where no other cell of the occupation is published.
    """
    is_missing = ~is_whole(base)
    is_known = is_whole(logs)
    used = np.flatnonzero(is_known)
    if not is_missing.any() or not len(used):
        return base
    effects = two_way_effects(logs[used], occupation[used], area[used], size_weights(people[used]), WIDER_SHRINKAGE)
    of_area = np.zeros((int(area.max()) + 1, logs.shape[1]))
    of_area[: len(effects.column)] = effects.column
    weights = np.where(is_known, size_weights(people), 0.0)
    means = left_out_means(occupation, np.where(is_known[:, None], logs - of_area[area], 0.0), weights, 0.0)
    others = np.bincount(occupation, is_known)[occupation] - is_known
    own = np.where(others[:, None] > 0, means, np.nan)
    return np.where(is_missing[:, None], own, base)
