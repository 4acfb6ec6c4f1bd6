"""Cells put together by group."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from wagefit.distributions.distribution import Distribution
from wagefit.distributions.mixture import mixture
from wagefit.ensemble.many import ManyDistributions
from wagefit.ensemble.mixture_ensemble import MixtureEnsemble
from wagefit.errors import FactError
from wagefit.shared.arguments import as_array
from wagefit.shared.types import Array, Weights


def as_shares(weights: Weights, n: int) -> Array:
    """`weights` as `n` numbers of at least 0, 0 where missing; FactError otherwise."""
    share: Array = np.ones(n) if weights is None else np.nan_to_num(as_array("weights", weights))
    if share.shape != (n,):
        raise FactError(f"weights has shape {share.shape}; expected ({n},), one for each cell")
    for i in np.flatnonzero(share < 0.0):
        raise FactError(f"weights[{i}] is {share[i]:g}; expected a number of at least 0")
    return share


def group_cells(
    cells: ManyDistributions, labels: NDArray[Any], share: Array, used: NDArray[np.bool_]
) -> MixtureEnsemble:
    """The mixture of the used cells of each label, with weights `share`."""
    if labels.shape != (len(cells),):
        raise FactError(f"by has shape {labels.shape}; expected ({len(cells)},), one label for each cell")
    keys, group = np.unique(labels, return_inverse=True)
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
