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
    for i in np.flatnonzero(~complete_rows([labels])):
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
    members: list[list[int]] = [[] for _ in keys]
    for i in np.flatnonzero(used):
        members[group[i]].append(int(i))
    mixed = [_mixed(cells, inside, share) for inside in members]
    return MixtureEnsemble(keys, mixed, coverage, cells.unit)


def _mixed(cells: ManyDistributions, inside: list[int], share: Array) -> Distribution | None:
    components = [row for i in inside if (row := cells.row(i)) is not None]
    return mixture(components, share[inside]) if components else None
