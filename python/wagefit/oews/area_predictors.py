"""What the rest of a table says of an occupation's pay in an area, as predictors of a linear regression.

A cell is an occupation in an area; its parent is the same occupation in the wider area (the state of a metropolitan
area, the nation of a state). The cells' logs are taken relative to a base, the parent's row, and what is left of them,
d = log wage - base, has two-way effects: one for the area, one for the occupation, and their interactions with the
major and minor groups of occupations and with the wider area. Each effect is a mean over the *other* cells of its
group, shrunk where they are few, so that a cell's predictors do not know its own figures, and published cells stand
to their predictors as unpublished ones do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wagefit.oews.two_way_effects import Codes, group_sums, left_out_means
from wagefit.shared.arguments import FloatArray

# Weights of a further cell of value 0, in cells of many people; by the group whose mean is shrunk.
AREA, AREA_BY_GROUP, OCCUPATION, OCCUPATION_BY_PARENT = 0.5, 3.0, 3.0, 1.0
HALF_WEIGHT = 100.0  # people at which a cell's sampling error is as large as what is its own
LEAST_IN_AREA = 10.0  # cells
UNKNOWN_WEIGHT = 0.3  # of a cell whose employment is not published
FARTHEST = 0.7  # a difference of logs that counts in full in a mean: more is trimmed
SHARES = np.array([0.03, 0.1, 0.25, 0.5, 0.85])  # of the parent's employment, between which coefficients are linear
SMALLEST_SHARE = 0.005
FAR_EFFECTS, FAR_SIZES = 0.002, 0.01  # of the learned cells on each side, beyond which they are taken as nearer


@dataclass(frozen=True)
class AreaCells:
    """Cells of one level of areas, such as all metropolitan ones; those to be estimated have no figures.

    Attributes
    ----------
    occupation, area, parent, major, minor : ndarray of int, shape (n,)
        Codes of each cell, counted from 0: its occupation and its groups, its area and the wider one.
    logs : ndarray, shape (n, k)
        Log wages, NaN where a figure is not published.
    base : ndarray, shape (n, k)
        What they are taken relative to.
    is_relative_to_wider : ndarray of bool, shape (n,)
        Whether the base is of wider areas, not of other cells of the occupation.
    is_interstate : ndarray of bool, shape (n,)
        Whether the area reaches into further wider areas than the one that it is taken to be in.
    is_known : ndarray of bool, shape (n,)
        Whether all figures and the base are there, so that other cells can learn from this one.
    employment, parent_employment : ndarray, shape (n,)
        People in the cell and in its parent, NaN where not published.
    parent_total : ndarray, shape (n_parents,)
        People in each wider area, all occupations together.
    """

    occupation: Codes
    area: Codes
    parent: Codes
    major: Codes
    minor: Codes
    logs: FloatArray
    base: FloatArray
    is_relative_to_wider: NDArray[np.bool_]
    is_interstate: NDArray[np.bool_]
    is_known: NDArray[np.bool_]
    employment: FloatArray
    parent_employment: FloatArray
    parent_total: FloatArray

    @cached_property
    def neighborhood(self) -> Codes:
        """Code of each cell's occupation in its wider area, counted from 0."""
        return pair_codes(self.parent, self.occupation)

    @cached_property
    def weights(self) -> FloatArray:
        """Precision of each known cell, from 0 to 1; 0 of the others."""
        weights: FloatArray = size_weights(self.employment) * self.is_known
        return weights

    @cached_property
    def differences(self) -> FloatArray:
        """Log wages less the base, trimmed; 0 of cells that are not known."""
        known = np.where(self.is_known[:, None], self.logs - self.base, 0.0)
        return np.clip(known, -FARTHEST, FARTHEST)

    def imputed_employment(self) -> FloatArray:
        """People that a cell would have if the occupation were as common in its area as in the wider one.

        At most those whom no other published cell holds: (n,), NaN where the parent's employment is not published.
        """
        expected = self.parent_employment * self.area_share()
        return np.minimum(expected, np.maximum(self.unheld(), 0.2 * expected))

    def unheld(self) -> FloatArray:
        """People in the parent who are in no other known cell, shape (n,)."""
        held = np.where(self.is_known, np.nan_to_num(self.employment), 0.0)
        others = np.bincount(self.neighborhood, held)[self.neighborhood] - held
        unheld: FloatArray = self.parent_employment - others
        return unheld

    def area_people(self) -> FloatArray:
        """People in each cell's area, all occupations together, shape (n,)."""
        people = np.bincount(self.area, np.nan_to_num(self.employment))[self.area]
        return np.maximum(people, SMALLEST_SHARE * self.parent_total[self.parent])

    def area_share(self) -> FloatArray:
        """Share of each cell's area in the employment of the wider one, shape (n,)."""
        return np.minimum(self.area_people() / self.parent_total[self.parent], 1.0)


@dataclass(frozen=True)
class Predictors:
    """Predictors of the differences of cells from their base.

    Attributes
    ----------
    effects : tuple of ndarray, each of shape (n, k)
        Effects, one value a figure.
    sizes : ndarray, shape (n, m)
        Sizes and their logs.
    hats : ndarray, shape (n, 5)
        Where the cell's share in its parent lies between the nodes of the coefficients.
    error_sizes : ndarray, shape (n, q)
        What the logs of the sizes of errors depend on.
    few_cells : ndarray, shape (n,)
        By what an area's effect from few cells makes errors larger: sqrt(1 + 1 / number of cells).
    """

    effects: tuple[FloatArray, ...]
    sizes: FloatArray
    hats: FloatArray
    error_sizes: FloatArray
    few_cells: FloatArray

    def within_range_of(self, rows: Codes) -> Predictors:
        """The same, moved into the range of nearly all of `rows`: nothing is known of how wages and errors go on."""

        def moved(values: FloatArray, outside: float) -> FloatArray:
            low, high = np.quantile(values[rows], [outside, 1.0 - outside], axis=0)
            return np.clip(values, low, high)

        return replace(
            self,
            effects=tuple(moved(effect, FAR_EFFECTS) for effect in self.effects),
            sizes=moved(self.sizes, FAR_SIZES),
            error_sizes=moved(self.error_sizes, FAR_SIZES),
        )

    def design(self, figure: int, rows: Codes) -> FloatArray:
        """Regressors of one figure in `rows`: each predictor, and its mean over the figures, times each hat."""
        columns = [np.ones(len(rows))]
        for effect in self.effects:
            chosen = effect[rows]
            columns += [chosen[:, figure], chosen.mean(axis=1)]
        plain = np.column_stack([*columns, self.sizes[rows]])
        hats = self.hats[rows]
        return (plain[:, :, None] * hats[:, None, :]).reshape(len(rows), -1)


def size_weights(people: FloatArray) -> FloatArray:
    """Precision of cells of so many people, from 0 to 1."""
    return np.where(np.isfinite(people), people / (people + HALF_WEIGHT), UNKNOWN_WEIGHT)


def has_own_effect(area: Codes, is_known: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether enough cells of each cell's area are known for an effect of its own: ten, or half of the median area's.

    The regression learns how much an area's effect counts from areas with many cells.
    """
    count = np.bincount(area, is_known)
    least = min(LEAST_IN_AREA, 0.5 * float(np.median(count[count > 0.0]))) if is_known.any() else 1.0
    own: NDArray[np.bool_] = count[area] >= max(least, 1.0)
    return own


def pair_codes(first: Codes, second: Codes) -> Codes:
    """A code for each pair of codes, counted from 0 in ascending order of the pairs that occur."""
    joint = first.astype(np.int64) * (int(second.max(initial=0)) + 1) + second
    codes: Codes = np.unique(joint, return_inverse=True)[1].ravel()
    return codes


def within_area(cells: AreaCells, employment: FloatArray) -> Predictors:
    """Predictors of cells in areas with other published cells, whose `employment` is taken to be this."""
    differences, weights = cells.differences, cells.weights
    area = left_out_means(cells.area, differences, weights, AREA)
    # Both are taken of the same values: what one mean leaves of each cell would tell the other what this cell is.
    rest = differences - area
    major, minor = (
        left_out_means(pair_codes(cells.area, group), rest, weights, AREA_BY_GROUP)
        for group in (cells.major, cells.minor)
    )
    in_area = np.bincount(cells.area, cells.is_known)[cells.area] - cells.is_known
    found = _with_occupations(cells, employment, rest, (area, major, minor), np.log1p(in_area) - 5.5)
    return replace(found, few_cells=np.sqrt(1.0 + 1.0 / np.maximum(in_area, 1.0)))


def without_area(cells: AreaCells, employment: FloatArray) -> Predictors:
    """Predictors of cells in areas without any, as if nothing of the area were published."""
    differences, weights = cells.differences, cells.weights
    area = left_out_means(cells.area, differences, weights, AREA)
    effects = (_remainder_of_area(cells),)
    return _with_occupations(cells, employment, differences - area, effects, np.log(cells.area_share()) + 3.0)


def _with_occupations(
    cells: AreaCells,
    employment: FloatArray,
    differences: FloatArray,
    effects: tuple[FloatArray, ...],
    area_size: FloatArray,
) -> Predictors:
    """The predictors that other areas give; `differences` are without the areas' effects."""
    # What a mean over the occupation leaves of each cell would tell a further mean over it what this cell is.
    weights = cells.weights * cells.is_relative_to_wider
    occupation = left_out_means(cells.occupation, cells.differences, weights, OCCUPATION)
    neighbors = left_out_means(cells.neighborhood, differences, weights, OCCUPATION_BY_PARENT)
    share = np.nan_to_num(employment / cells.parent_employment, nan=0.1)
    log_size = np.log(np.maximum(np.nan_to_num(employment, nan=50.0), 1.0)) - 5.0
    sizes = np.column_stack([log_size, np.log(cells.area_share()) + 3.0])
    effects = (*effects, occupation, neighbors, _remainder(cells, employment))
    error_sizes = _error_sizes(cells, log_size, share, area_size)
    return Predictors(effects, sizes, hats(np.clip(share, SHARES[0], SHARES[-1])), error_sizes, np.ones(len(share)))


def _error_sizes(cells: AreaCells, people: FloatArray, share: FloatArray, area_size: FloatArray) -> FloatArray:
    """What sizes of errors depend on: people in the cell, its share, the area's size, cells nearby, unequal pay.

    An area's effect is as uncertain in a large area as in a small one, while the errors of its cells are smaller: the
    people in the area tell how much of an error is the area's. The wider area tells less of one that lies in several.
    """
    log_share = np.log(np.clip(share, 0.01, 1.0)) + 2.0
    others = np.bincount(cells.neighborhood, cells.is_known)[cells.neighborhood] - cells.is_known
    ratio = cells.base[:, -1] - cells.base[:, 0]
    in_area = np.log(cells.area_people()) - 11.0
    columns = [np.ones(len(people)), people, people**2, log_share, log_share**2, people * log_share]
    columns += [area_size, in_area, cells.is_interstate.astype(float)]
    return np.column_stack([*columns, np.log1p(others), ratio])


def hats(shares: FloatArray) -> FloatArray:
    """The piecewise linear functions that are 1 at one node of `SHARES` and 0 at the others, shape (n, 5)."""
    nodes = np.eye(len(SHARES))
    return np.stack([np.interp(shares, SHARES, node) for node in nodes], axis=1)


def _remainder(cells: AreaCells, employment: FloatArray) -> FloatArray:
    """What the parent's people in no other known cell earn more than the parent, if logs added up as pay does."""
    people = np.where(cells.is_known, np.nan_to_num(cells.employment), 0.0)[:, None]
    group = cells.neighborhood
    paid = people * cells.differences
    others = group_sums(group, paid, int(group.max()) + 1)[group] - paid
    rest = np.maximum(cells.unheld(), 0.3 * employment)[:, None]  # NaN where the parent is not known
    ratio = np.divide(-others, rest, out=np.zeros_like(others), where=rest > 0.0)
    remainder: FloatArray = np.clip(np.nan_to_num(ratio), -1.0, 1.0)
    return remainder


def _remainder_of_area(cells: AreaCells) -> FloatArray:
    """The same over all occupations: what the wider area's people outside its other known areas earn more."""
    is_counted = cells.is_known & np.isfinite(cells.parent_employment)
    people = np.where(is_counted, np.nan_to_num(cells.employment), 0.0)[:, None]
    paid = people * cells.differences
    total = cells.parent_total[cells.parent][:, None]
    n_parents, n_areas = int(cells.parent.max()) + 1, int(cells.area.max()) + 1

    def others(values: FloatArray) -> FloatArray:
        return (
            group_sums(cells.parent, values, n_parents)[cells.parent]
            - group_sums(cells.area, values, n_areas)[cells.area]
        )

    return -others(paid) / np.maximum(total - others(people), 0.05 * total)
