"""Many distributions fitted, held and evaluated together."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from wagefit import _core
from wagefit.distributions.distribution import ANNUAL, Distribution, mixture
from wagefit.distributions.posterior import stream_key
from wagefit.ensemble.mixture_ensemble import MixtureEnsemble
from wagefit.errors import FactError
from wagefit.facts.cell_facts import CellFacts
from wagefit.facts.cell_files import read_cells, write_cells
from wagefit.fitting.fit import describe_curve
from wagefit.shared.arguments import FloatArray, as_array, as_count, as_number, as_unit
from wagefit.shared.frames import make_frame

FITTED = ("exact", "guaranteed", "no_mean")
SHOWN = {"p5": 0.05, "p10": 0.10, "p25": 0.25, "p50": 0.50, "p75": 0.75, "p90": 0.90, "p95": 0.95, "p99": 0.99}
STATUS_NAMES = np.array([_core.status_name(status) for status in _core.Status])


class Ensemble:
    """Distributions of many cells; made by `wagefit.fit_many` and `wagefit.fit_table`.

    A scalar argument gives shape ``(n_cells,)``, one of shape ``(k,)`` gives ``(n_cells, k)``, and ``(n_cells, k)`` is
    taken row by row. Cells that could not be fitted give NaN and say why in `status`.
    """

    __slots__ = ("_core", "_facts", "_index", "_n_threads", "_unit")

    def __init__(self, core: _core.Ensemble, facts: CellFacts, unit: str, n_threads: int, index: Any = None) -> None:
        self._core = core
        self._facts = facts
        self._unit = unit
        self._n_threads = n_threads
        self._index = index  # of the pandas table that the cells come from

    def __len__(self) -> int:
        return len(self._core)

    def label(self, index: Any) -> None:
        """Sets the pandas index that `to_frame` shows; None for none."""
        self._index = index

    @property
    def unit(self) -> str:
        """Unit of the wages."""
        return self._unit

    @property
    def status(self) -> Any:
        """Status of each cell, shape (n_cells,): ``"exact"``, ``"guaranteed"``, ``"no_mean"``, ``"infeasible"``, ..."""
        return STATUS_NAMES[self._core.statuses()]

    def counts(self) -> dict[str, int]:
        """Number of cells of each status that occurs."""
        names, counts = np.unique(self.status, return_counts=True)
        return dict(zip(names.tolist(), counts.tolist(), strict=True))

    def __getitem__(self, key: Any) -> Distribution | Ensemble:
        """One cell as a `Distribution`, FactError if it was not fitted; cells of a slice, mask or index array."""
        if isinstance(key, (int, np.integer)):
            return self._cell(range(len(self))[int(key)])
        indices = np.arange(len(self))[key]
        index = None if self._index is None else self._index[indices]
        return Ensemble(
            self._core.take(indices.tolist()), self._facts.take(indices), self._unit, self._n_threads, index
        )

    def _cell(self, i: int) -> Distribution:
        result = self._core.cell(i)
        if result.curve is None:
            meaning = _core.status_meaning(result.status)
            raise FactError(
                f"cell {i} has no distribution, its status is {_core.status_name(result.status)!r}: {meaning}"
            )
        return describe_curve(result, self._facts.cell(i, self._unit))

    def ppf(self, p: Any) -> FloatArray:
        """Wages at probabilities `p`."""
        return self._evaluate(self._core.ppf, "p", p)

    def isf(self, q: Any) -> FloatArray:
        """Wages that a fraction `q` earns more than."""
        return self._evaluate(self._core.isf, "q", q)

    def cdf(self, x: Any) -> FloatArray:
        """P(X <= x)."""
        return self._evaluate(self._core.cdf, "x", x)

    def sf(self, x: Any) -> FloatArray:
        """P(X > x)."""
        return self._evaluate(self._core.sf, "x", x)

    def pdf(self, x: Any) -> FloatArray:
        """Density of the continuous part at wages `x`."""
        return self._evaluate(self._core.pdf, "x", x)

    def lorenz(self, p: Any) -> FloatArray:
        """Share of all pay that the lowest `p` of people earn."""
        return self._evaluate(self._core.lorenz, "p", p)

    def top_share(self, fraction: Any) -> FloatArray:
        """Share of all pay that the highest `fraction` of people earn."""
        return self._evaluate(self._core.top_share, "fraction", fraction)

    def logpdf(self, x: Any) -> FloatArray:
        """Logarithm of the density at wages `x`; -inf where there is none."""
        return self._evaluate(self._core.logpdf, "x", x)

    def logcdf(self, x: Any) -> FloatArray:
        """Log P(X <= x), accurate far in the lower tail."""
        return self._evaluate(self._core.logcdf, "x", x)

    def logsf(self, x: Any) -> FloatArray:
        """Log P(X > x), accurate far in the upper tail."""
        return self._evaluate(self._core.logsf, "x", x)

    def moment(self, k: Any) -> FloatArray:
        """E[X^k] for real `k`."""
        return self._evaluate(self._core.moment, "k", k)

    def atkinson(self, epsilon: Any) -> FloatArray:
        """Atkinson (1970) index with inequality aversion `epsilon` >= 0."""
        return self._evaluate(self._core.atkinson, "epsilon", epsilon)

    def median(self) -> FloatArray:
        """Median wage of each cell, shape (n_cells,)."""
        return self.ppf(0.5)

    def interval(self, level: float) -> tuple[FloatArray, FloatArray]:
        """Wages between which the middle `level` of each cell's people earn, two arrays of shape (n_cells,)."""
        share = as_number("level", level)
        if not 0.0 <= share <= 1.0:
            raise FactError(f"level is {share:g}; expected a number from 0 to 1")
        tail = 0.5 * (1.0 - share)
        return self.ppf(tail), self.isf(tail)

    def quantile_ratio(self, p1: float, p0: float) -> FloatArray:
        """ppf(p1) / ppf(p0) of each cell, as in "the 90/10 ratio": ``quantile_ratio(.9, .1)``; shape (n_cells,)."""
        return self.ppf(as_number("p1", p1)) / self.ppf(as_number("p0", p0))

    def rvs(self, size: int = 1, rng: Any = None, *, random_state: Any = None) -> FloatArray:
        """Random wages of each cell, shape (n_cells, size), from counter-based streams of their own.

        Parameters
        ----------
        size : int
            Draws a cell.
        rng : numpy.random.Generator, int or None
            Source of the streams' key; the same seed gives the same draws, whatever the number of threads.
            `random_state` is accepted for the same.

        Raises
        ------
        FactError
            `size` is no whole number of at least 0.
        """
        draws = as_count("size", size)
        return self._core.sample(stream_key(rng if rng is not None else random_state), draws, self._n_threads)

    def mean(self) -> FloatArray:
        """Mean wage of each cell, shape (n_cells,)."""
        return self._core.mean(self._n_threads)[:, 0]

    def std(self) -> FloatArray:
        """Standard deviation of each cell, shape (n_cells,)."""
        return np.sqrt(self._core.variance(self._n_threads)[:, 0])

    def var(self) -> FloatArray:
        """Variance of each cell, in squared units, shape (n_cells,)."""
        return self._core.variance(self._n_threads)[:, 0]

    def theil(self) -> FloatArray:
        """Theil's T index of each cell, shape (n_cells,)."""
        return self._core.theil(self._n_threads)[:, 0]

    def gini(self) -> FloatArray:
        """Gini coefficient of each cell, shape (n_cells,)."""
        return self.mean_and_gini()[1]

    def mean_and_gini(self) -> tuple[FloatArray, FloatArray]:
        """Means (in `unit`) and Gini coefficients E[X (2 F(X) - 1)] / E[X], two arrays of shape (n_cells,).

        One pass, in the time of the Gini coefficients alone. Cells without a distribution give NaN.
        """
        both = self._core.mean_and_gini(self._n_threads)
        return both[:, 0], both[:, 1]

    def palma(self) -> FloatArray:
        """Palma ratio of each cell, the highest tenth's pay over that of the lowest four tenths, shape (n_cells,)."""
        return self.top_share(0.1) / self.lorenz(0.4)

    def mean_between(self, p0: float, p1: float) -> FloatArray:
        """Mean wage of the people between the probabilities `p0` < `p1` of each cell, shape (n_cells,)."""
        low, high = as_number("p0", p0), as_number("p1", p1)
        if not 0.0 <= low < high <= 1.0:
            raise FactError(f"p0 is {low:g} and p1 is {high:g}; expected 0 <= p0 < p1 <= 1")
        shares = self.lorenz([low, high])
        return (shares[:, 1] - shares[:, 0]) * self.mean() / (high - low)

    def credible(self, function: str, *args: Any, level: float = 0.9) -> tuple[FloatArray, FloatArray]:
        """Ends of each cell's credible interval, shapes (n_cells,), as `Distribution.credible`; NaN if not fitted."""
        ends = np.full((2, len(self)), np.nan)
        for i in np.flatnonzero(self.is_fitted):
            ends[:, i] = self._cell(int(i)).credible(function, *args, level=level)
        return ends[0], ends[1]

    @property
    def is_fitted(self) -> Any:
        """Whether each cell has a distribution, shape (n_cells,)."""
        return np.isin(self.status, FITTED)

    def mixture(self, by: Any = None, weights: Any = None) -> Distribution | MixtureEnsemble:
        """All cells, or each group of them, as one distribution: states into the nation, occupations into a sector.

        Parameters
        ----------
        by : array_like, shape (n_cells,), optional
            Label of each cell's group.
        weights : array_like, shape (n_cells,), optional
            Such as employment; missing and 0 leave a cell out. Equal without it. Cells without a distribution are left
            out, and the groups' `coverage` says how much of the weight they had.

        Returns
        -------
        Distribution
            Without `by`.
        MixtureEnsemble
            One distribution a group, by ascending label.

        Raises
        ------
        FactError
            A length is wrong, a weight is negative, or no cell with a distribution has a weight.
        """
        share = self._weights(weights)
        used = self.is_fitted & (share > 0.0)
        if by is None:
            if not used.any():
                raise FactError("no cell has both a distribution and a weight above 0; expected at least one")
            return mixture([self._cell(int(i)) for i in np.flatnonzero(used)], share[used])
        return self._groups(np.asarray(by), share, used)

    def _weights(self, weights: Any) -> FloatArray:
        share = np.ones(len(self)) if weights is None else np.nan_to_num(as_array("weights", weights))
        if share.shape != (len(self),):
            raise FactError(f"weights has shape {share.shape}; expected ({len(self)},), one for each cell")
        for i in np.flatnonzero(share < 0.0):
            raise FactError(f"weights[{i}] is {share[i]:g}; expected a number of at least 0")
        return share

    def _groups(self, labels: Any, share: FloatArray, used: Any) -> MixtureEnsemble:
        if labels.shape != (len(self),):
            raise FactError(f"by has shape {labels.shape}; expected ({len(self)},), one label for each cell")
        keys, group = np.unique(labels, return_inverse=True)
        coverage = np.bincount(group, share * used, len(keys)) / np.maximum(
            np.bincount(group, share, len(keys)), 1e-300
        )
        members: list[list[int]] = [[] for _ in keys]
        for i in np.flatnonzero(used):
            members[group[i]].append(int(i))
        mixed = [mixture([self._cell(i) for i in inside], share[inside]) if inside else None for inside in members]
        return MixtureEnsemble(keys, mixed, coverage)

    def to_frame(self, backend: str | None = None) -> Any:
        """A row a cell: status, mean, standard deviation, Gini coefficient and percentiles from P5 to P99.

        Parameters
        ----------
        backend : {"pandas", "polars", "pyarrow"}, optional
            Library of the table; the first of them that is installed when None. A pandas table keeps the index of the
            table that was fitted.
        """
        mean, gini = self.mean_and_gini()
        summary = {"mean": mean, "std": self.std(), "gini": gini}
        wages = self.ppf(list(SHOWN.values()))
        summary |= {name: wages[:, i] for i, name in enumerate(SHOWN)}
        types: dict[str, type] = {"status": str, **dict.fromkeys(summary, float)}
        frame = make_frame(
            {"status": self.status.tolist(), **{k: v.tolist() for k, v in summary.items()}}, types, backend
        )
        if self._index is not None and hasattr(frame, "set_axis"):
            return frame.set_axis(self._index, axis=0)
        return frame

    def save(self, path: Any) -> None:
        """Writes the facts of all cells to ``.npz`` or ``.parquet``.

        `load` fits them again, to the same bits with the same release of wagefit. A file that is there is replaced at
        once when the new one is complete.

        Raises
        ------
        FactError
            The suffix is another.
        """
        write_cells(Path(path), self._facts.to_columns(), {"unit": self._unit, **self._facts.ends()})

    @classmethod
    def load(cls, path: Any, n_threads: int = 0) -> Ensemble:
        """The ensemble that `save` wrote."""
        columns, notes = read_cells(Path(path))
        facts = CellFacts.from_columns(columns, notes)
        threads = as_count("n_threads", n_threads)
        return cls(facts.fit(threads), facts, str(notes["unit"]), threads)

    def _evaluate(self, operation: Any, name: str, points: Any) -> FloatArray:
        array = as_array(name, points)
        if array.ndim > 2 or (array.ndim == 2 and len(array) != len(self)):
            raise FactError(f"{name} has shape {array.shape}; expected a scalar, (k,) or ({len(self)}, k)")
        result: FloatArray = operation(np.atleast_1d(array), self._n_threads)
        return result[:, 0] if array.ndim == 0 else result

    def __repr__(self) -> str:
        counts = ", ".join(f"{count:,} {name}" for name, count in self.counts().items())
        return f"<Ensemble of {len(self):,} cells, {self._unit}: {counts}>"


def fit_many(
    *,
    mean: Any = None,
    quantiles: Mapping[float, Any] | None = None,
    at_least: Mapping[Any, Any] | None = None,
    mean_rse: Any = None,
    employment: Any = None,
    lower: float | None = None,
    upper: float | None = None,
    unit: str = ANNUAL,
    n_threads: int = 0,
) -> Ensemble:
    """Fits the default curve to each of many cells.

    Parameters
    ----------
    mean : array_like, shape (n_cells,), optional
        Mean wages, in `unit`; NaN where not published.
    quantiles : mapping {p: array_like of shape (n_cells,)}, optional
        Published quantiles; NaN where not published.
    at_least : mapping {p: array_like of shape (n_cells,)}, optional
        One-sided facts such as top codes; the key ``"mean"`` bounds the mean. NaN where there is none.
    mean_rse, employment : array_like, shape (n_cells,), optional
        Published precision, which widens intervals: relative standard error of the mean in percent, people in the cell.
        NaN where not published.
    lower, upper : float, optional
        Support of every cell.
    unit : str
        Unit of all wages.
    n_threads : int
        0 for all cores. The result does not depend on it.

    Returns
    -------
    Ensemble
        A bad cell never raises and never disturbs its neighbors: it gets a `status` and gives NaN.

    Raises
    ------
    FactError
        The arrays are not numbers, or differ in length, or a probability is outside (0, 1).
    """
    threads = as_count("n_threads", n_threads)
    facts = CellFacts(mean, quantiles, at_least, lower, upper, mean_rse, employment)
    return Ensemble(facts.fit(threads), facts, as_unit(unit), threads)
