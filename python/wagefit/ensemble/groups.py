"""Cells put together by group."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wagefit.distributions.distribution import Distribution
from wagefit.distributions.mixture import mixture
from wagefit.ensemble.many import ManyDistributions
from wagefit.ensemble.mixture_ensemble import MixtureEnsemble
from wagefit.errors import FactError
from wagefit.shared.arguments import as_figures, unmasked
from wagefit.shared.columns import complete_rows
from wagefit.shared.progress import map_watched
from wagefit.shared.types import Array, Weights


def as_shares(weights: Weights, n: int) -> Array:
    """`weights` as `n` numbers of at least 0, 0 where missing; FactError otherwise."""
    given: Array = np.ones(n) if weights is None else as_figures("weights", weights)
    if given.shape != (n,):
        raise FactError(f"weights has shape {given.shape}; expected ({n},), one for each cell")
    share = np.where(np.isnan(given), 0.0, given)
    for i in np.flatnonzero((share < 0.0) | np.isinf(share)):
        raise FactError(f"weights[{i}] is {share[i]:g}; expected a finite number of at least 0")
    return share


def as_labels(by: ArrayLike, n: int) -> NDArray[Any]:
    """`by` as `n` labels, none of them missing; FactError otherwise."""
    labels = unmasked(by)
    if labels.shape != (n,):
        raise FactError(f"by has shape {labels.shape}; expected ({n},), one label for each cell")
    for i in np.flatnonzero(~complete_rows([labels], n)):
        raise FactError(f"by[{i}] is missing; expected a label for each cell")
    return labels


def group_cells(
    cells: ManyDistributions, labels: NDArray[Any], share: Array, used: NDArray[np.bool_]
) -> MixtureEnsemble:
    """The mixture of the used cells of each label, with weights `share`."""
    try:
        keys, group = np.unique(labels, return_inverse=True)
    except TypeError as error:
        raise FactError("by mixes labels of different types; expected all text or all numbers") from error
    weight = np.bincount(group, share, len(keys))
    coverage = np.bincount(group, share * used, len(keys)) / np.maximum(weight, 1e-300)
    inside = np.flatnonzero(used)
    rows = rows_at(cells, inside)
    members: list[list[int]] = [[] for _ in keys]
    for position, key in enumerate(group[inside].tolist()):
        members[key].append(position)
    mixed = [mixture([rows[j] for j in each], share[inside[each]]) if each else None for each in members]
    return MixtureEnsemble(keys, mixed, coverage, cells.unit)


def rows_at(cells: ManyDistributions, indices: NDArray[np.intp]) -> list[Distribution]:
    """The distributions of those rows at `indices` that have one."""
    found = map_watched("mixing", cells.row, indices.tolist(), len(indices))
    return [row for row in found if row is not None]
