"""Groups of cells, each as one distribution."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from wagefit.distributions.distribution import Distribution
from wagefit.errors import FactError
from wagefit.shared.arguments import FloatArray


class MixtureEnsemble:
    """One distribution a group; made by `Ensemble.mixture`.

    A scalar argument gives shape ``(n_groups,)``, one of shape ``(k,)`` gives ``(n_groups, k)``. A group none of whose
    cells has a distribution and a weight gives NaN.
    """

    __slots__ = ("_coverage", "_distributions", "_keys")

    def __init__(self, keys: Any, distributions: Sequence[Distribution | None], coverage: FloatArray) -> None:
        self._keys = keys
        self._distributions = tuple(distributions)
        self._coverage = coverage

    @property
    def keys(self) -> Any:
        """Labels of the groups, ascending, shape (n_groups,)."""
        return self._keys

    @property
    def coverage(self) -> FloatArray:
        """Share of each group's weight that stands on cells with a distribution, shape (n_groups,)."""
        return self._coverage

    def __len__(self) -> int:
        return len(self._distributions)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._keys.tolist())

    def __getitem__(self, key: Any) -> Distribution:
        """The distribution of the group labeled `key`; FactError where there is none."""
        found = np.flatnonzero(self._keys == key)
        pay = self._distributions[int(found[0])] if len(found) else None
        if pay is None:
            raise FactError(f"{key!r} is no group with a distribution; expected one of keys")
        return pay

    def ppf(self, p: Any) -> FloatArray:
        """Wages at probabilities `p`."""
        return self._each("ppf", p)

    def isf(self, q: Any) -> FloatArray:
        """Wages that a fraction `q` earns more than."""
        return self._each("isf", q)

    def cdf(self, x: Any) -> FloatArray:
        """P(X <= x)."""
        return self._each("cdf", x)

    def sf(self, x: Any) -> FloatArray:
        """P(X > x)."""
        return self._each("sf", x)

    def pdf(self, x: Any) -> FloatArray:
        """Density of the continuous part at wages `x`."""
        return self._each("pdf", x)

    def lorenz(self, p: Any) -> FloatArray:
        """Share of all pay that the lowest `p` of people earn."""
        return self._each("lorenz", p)

    def mean(self) -> FloatArray:
        """Mean wage of each group, shape (n_groups,)."""
        return self._each("mean")

    def std(self) -> FloatArray:
        """Standard deviation of each group, shape (n_groups,)."""
        return self._each("std")

    def gini(self) -> FloatArray:
        """Gini coefficient of each group, shape (n_groups,)."""
        return self._each("gini")

    def _each(self, method: str, *points: Any) -> FloatArray:
        nothing = np.full(np.shape(points[0]) if points else (), np.nan)
        rows = [nothing if pay is None else getattr(pay, method)(*points) for pay in self._distributions]
        return np.array(rows, dtype=float)

    def __repr__(self) -> str:
        return f"<MixtureEnsemble of {len(self):,} groups>"
