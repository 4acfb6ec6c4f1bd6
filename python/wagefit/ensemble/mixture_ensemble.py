"""Groups of cells, each as one distribution."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, TypeAlias, overload

import numpy as np
from numpy.typing import NDArray

from wagefit.distributions.distribution import Distribution
from wagefit.ensemble.chosen_rows import several_rows
from wagefit.ensemble.labels import as_plain, as_scalars, label_rows, no_group
from wagefit.ensemble.row_ensemble import RowEnsemble
from wagefit.shared.types import Array, Rows

Label: TypeAlias = str | int | float | np.generic | date | tuple[Any, ...]


class MixtureEnsemble(RowEnsemble):
    """One distribution a group; made by `Ensemble.mixture`.

    It has the methods of a `wagefit.Distribution`: a scalar argument gives shape ``(n_groups,)``, one of shape ``(k,)``
    gives ``(n_groups, k)``. A group none of whose cells has a distribution and a weight gives NaN. Rows are named, not
    counted: it is a mapping from a group's label to its distribution, and row i of every result is that of ``keys[i]``.

    Examples
    --------
    >>> cells = wf.fit_many(mean=[44_010, 46_590, 51_330], quantiles={0.9: [66_260, 71_150, 77_810]})
    >>> sectors = cells.mixture(by=["private", "private", "public"], weights=[900, 300, 400])
    >>> list(sectors)
    ['private', 'public']
    >>> sectors.mean().round()
    array([44655., 51330.])
    >>> round(sectors["private"].mean())
    44655
    """

    __slots__ = ("_coverage", "_keys")

    def __init__(
        self, keys: NDArray[Any], distributions: Sequence[Distribution | None], coverage: Array, unit: str | None = None
    ) -> None:
        super().__init__(distributions, unit)
        self._keys = keys
        self._coverage = coverage

    @property
    def keys(self) -> NDArray[Any]:
        """Labels of the groups, ascending, shape (n_groups,)."""
        return self._keys

    @property
    def coverage(self) -> Array:
        """Share of each group's weight that stands on cells with a distribution, shape (n_groups,)."""
        return self._coverage

    def __iter__(self) -> Iterator[Any]:
        return iter(as_scalars(self._keys))

    @overload
    def __getitem__(self, key: Label) -> Distribution: ...
    @overload
    def __getitem__(self, key: Rows) -> MixtureEnsemble: ...
    def __getitem__(self, key: Label | Rows) -> Distribution | MixtureEnsemble:
        """The distribution of the group labeled `key`, or several groups as a `MixtureEnsemble`.

        A list of labels gives their groups, as each label alone does; a slice and a mask, in a list or a column of any
        table, choose by position, and flags in a list are a mask. FactError where no group has a label, or the one
        group has no distribution.
        """
        indices = several_rows(key, len(self), self._numbers_of)
        if indices is not None:
            return self._take(indices)
        pay = self.row(self._number_of(key))
        if pay is None:
            raise no_group(key)
        return pay

    def _number_of(self, label: Any) -> int:
        """Number of the row of a group."""
        return label_rows(self._keys, [label])[0]

    def _numbers_of(self, labels: NDArray[Any]) -> NDArray[np.intp]:
        return np.array(label_rows(self._keys, list(labels)), dtype=np.intp)

    def _take(self, indices: NDArray[np.intp]) -> MixtureEnsemble:
        rows = [self.row(int(i)) for i in indices]
        return MixtureEnsemble(self._keys[indices], rows, self._coverage[indices], self.unit)

    def _with_rows(self, rows: Sequence[Distribution | None], unit: str) -> MixtureEnsemble:
        return MixtureEnsemble(self._keys, rows, self._coverage, unit)

    def _names(self) -> dict[str, list[Any]]:
        return {"group": as_plain(self._keys), "coverage": self._coverage.tolist()}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, MixtureEnsemble):
            return NotImplemented
        same = np.array_equal(self._keys, other._keys) and np.array_equal(self._coverage, other._coverage)
        return same and super().__eq__(other) is True

    def __hash__(self) -> int:
        return super().__hash__()

    def __repr__(self) -> str:
        return f"<MixtureEnsemble of {len(self):,} groups, {self.unit}>"
