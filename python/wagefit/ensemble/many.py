"""What all kinds of many distributions share: the methods of a distribution, with a result a row."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wagefit.distributions.diagnostics import Diagnostics
from wagefit.distributions.distribution import Distribution, credible_interval, functional_of
from wagefit.distributions.posterior import DRAWS
from wagefit.distributions.protocol import DistributionMethods
from wagefit.distributions.summary import SHOWN, summary_frame
from wagefit.ensemble.many_text import FIRST_ROWS, row_names, rows_html
from wagefit.errors import FactError
from wagefit.plots.ladder import plot_ladder
from wagefit.shared.arguments import as_array, as_count, as_number, as_probability, as_shape
from wagefit.shared.progress import map_watched
from wagefit.shared.streams import Key, stream_key
from wagefit.shared.types import Array, Axes, Backend, Functional, Rng, Values


class ManyDistributions(DistributionMethods[Array]):
    """N distributions with the methods of one; `wagefit.distributions.DistributionMethods` has the table of shapes.

    A kind of many distributions says how many they are, what row `i` is, and how a method is evaluated in all rows.
    """

    __slots__ = ()

    @property
    @abstractmethod
    def status(self) -> NDArray[np.str_]:
        """Status of each row, shape (N,)."""

    @abstractmethod
    def __len__(self) -> int:
        """N."""

    @abstractmethod
    def __getitem__(self, key: Any) -> Any:
        """One distribution, or some of them as an ensemble."""

    @abstractmethod
    def row(self, i: int) -> Distribution | None:
        """The distribution of row `i`, counted from 0; None where there is none."""

    @abstractmethod
    def _at(self, method: str, points: Array) -> Array:
        """A method at points of shape (k,) or (N, k), shape (N, k)."""

    @abstractmethod
    def _of(self, method: str) -> Array:
        """A method without arguments, shape (N,)."""

    @abstractmethod
    def _sample(self, key: Key, n: int, n_threads: int) -> Array:
        """`n` draws of each row, shape (N, n)."""

    @abstractmethod
    def _names(self) -> dict[str, list[Any]]:
        """Columns that say what the rows are."""

    def rows(self) -> Iterator[Distribution | None]:
        """Each row's distribution, None where there is none."""
        return (self.row(i) for i in range(len(self)))

    @property
    def is_fitted(self) -> NDArray[np.bool_]:
        """Whether each row has a distribution, shape (N,)."""
        return np.array([row is not None for row in self.rows()], dtype=bool)

    @property
    def diagnostics(self) -> list[Diagnostics | None]:
        """How each row met its facts; None where it has no distribution or was not fitted."""
        return [None if row is None else row.diagnostics for row in self.rows()]

    def counts(self) -> dict[str, int]:
        """Number of rows of each status that occurs."""
        names, counts = np.unique(self.status, return_counts=True)
        return dict(zip(names.tolist(), counts.tolist(), strict=True))

    # -- at wages, at probabilities, at powers -----------------------------------------------------------------------

    def pdf(self, x: Values) -> Array:
        """Density of the continuous part at wages `x`."""
        return self._evaluate("pdf", "x", x)

    def logpdf(self, x: Values) -> Array:
        """Logarithm of the density at wages `x`; -inf where there is none."""
        return self._evaluate("logpdf", "x", x)

    def cdf(self, x: Values) -> Array:
        """P(X <= x)."""
        return self._evaluate("cdf", "x", x)

    def logcdf(self, x: Values) -> Array:
        """Log P(X <= x), accurate far in the lower tail."""
        return self._evaluate("logcdf", "x", x)

    def sf(self, x: Values) -> Array:
        """P(X > x)."""
        return self._evaluate("sf", "x", x)

    def logsf(self, x: Values) -> Array:
        """Log P(X > x), accurate far in the upper tail."""
        return self._evaluate("logsf", "x", x)

    def ppf(self, p: Values) -> Array:
        """Wages at probabilities `p`."""
        return self._evaluate("ppf", "p", p)

    def isf(self, q: Values) -> Array:
        """Wages that a fraction `q` earns more than."""
        return self._evaluate("isf", "q", q)

    def lorenz(self, p: Values) -> Array:
        """Share of all pay that the lowest `p` of people earn."""
        return self._evaluate("lorenz", "p", p)

    def top_share(self, fraction: Values) -> Array:
        """Share of all pay that the highest `fraction` of people earn."""
        return self._evaluate("top_share", "fraction", fraction)

    def moment(self, k: Values) -> Array:
        """E[X^k] for real `k`."""
        return self._evaluate("moment", "k", k)

    def atkinson(self, epsilon: Values) -> Array:
        """Atkinson (1970) index with inequality aversion `epsilon` >= 0."""
        return self._evaluate("atkinson", "epsilon", epsilon)

    def _evaluate(self, method: str, name: str, points: Values) -> Array:
        array = as_array(name, points)
        if array.ndim > 2 or (array.ndim == 2 and len(array) != len(self)):
            raise FactError(f"{name} has shape {array.shape}; expected a scalar, (k,) or ({len(self)}, k)")
        result = self._at(method, np.atleast_1d(array))
        return result[:, 0] if array.ndim == 0 else result

    # -- summaries ---------------------------------------------------------------------------------------------------

    def mean(self) -> Array:
        """Mean wage of each row, shape (N,)."""
        return self._of("mean")

    def median(self) -> Array:
        """Median wage of each row, shape (N,)."""
        return self.ppf(0.5)

    def var(self) -> Array:
        """Variance of each row, in squared units, shape (N,)."""
        return self._of("var")

    def std(self) -> Array:
        """Standard deviation of each row, shape (N,)."""
        return self._of("std")

    def gini(self) -> Array:
        """Gini coefficient of each row, shape (N,)."""
        return self._of("gini")

    def mean_and_gini(self) -> tuple[Array, Array]:
        """Means (in `unit`) and Gini coefficients E[X (2 F(X) - 1)] / E[X], two arrays of shape (N,)."""
        return self.mean(), self.gini()

    def theil(self) -> Array:
        """Theil's T index of each row, shape (N,)."""
        return self._of("theil")

    def palma(self) -> Array:
        """Palma ratio of each row, the highest tenth's pay over that of the lowest four tenths, shape (N,)."""
        return self.top_share(0.1) / self.lorenz(0.4)

    def mean_between(self, p0: float, p1: float) -> Array:
        """Mean wage of the people between the probabilities `p0` < `p1` of each row, shape (N,)."""
        low, high = as_part(p0, p1)
        shares = self.lorenz([low, high])
        return (shares[:, 1] - shares[:, 0]) * self.mean() / (high - low)

    def quantile_ratio(self, p1: float, p0: float) -> Array:
        """ppf(p1) / ppf(p0) of each row, as in "the 90/10 ratio": ``quantile_ratio(.9, .1)``; shape (N,)."""
        return self.ppf(as_number("p1", p1)) / self.ppf(as_number("p0", p0))

    def support(self) -> tuple[Array, Array]:
        """Smallest and largest possible wage of each row, two arrays of shape (N,)."""
        return self.ppf(0.0), self.isf(0.0)

    def interval(self, level: float = 0.9) -> tuple[Array, Array]:
        """Wages between which the middle `level` of each row's people earn, two arrays of shape (N,)."""
        tail = 0.5 * (1.0 - as_probability("level", level))
        return self.ppf(tail), self.isf(tail)

    def atoms(self) -> list[list[tuple[float, float]]]:
        """Wages that carry probability of their own, a list of (wage, probability) a row; row by row in Python."""
        return [[] if row is None else row.atoms() for row in self.rows()]

    def expect(self, f: Callable[[Array], Values] | None = None) -> Array:
        """E[f(X)] of each row, shape (N,), as `wagefit.Distribution.expect`, whose caution on jumps holds here too.

        Calls `f` once a row.
        """
        if f is None:
            return self.mean()
        expected = map_watched("expect", lambda row: np.nan if row is None else row.expect(f), self.rows(), len(self))
        return np.array(expected, dtype=float)

    # -- sampling and uncertainty ------------------------------------------------------------------------------------

    def rvs(
        self,
        size: int | tuple[int, ...] | None = None,
        rng: Rng = None,
        *,
        random_state: Rng = None,
        n_threads: int = 0,
    ) -> Array:
        """Random wages of each row, shape (N,) followed by `size`.

        Parameters
        ----------
        size : int or tuple of int, optional
            Shape of the draws of one row; a number each without it.
        rng : int, numpy.random.Generator or None
            Selects the streams; the same seed gives the same draws, whatever the number of threads. Rows draw
            independently; row 0 draws what its distribution draws alone. None for fresh entropy. `random_state`,
            scipy's name, is accepted for the same.
        n_threads : int
            0 for those of the fit.

        Raises
        ------
        FactError
            `size` or `n_threads` is not made of whole numbers of at least 0, or `rng` is none of the above.
        """
        shape, threads = as_shape("size", size), as_count("n_threads", n_threads)
        key = stream_key(random_state if rng is None else rng)
        return self._sample(key, int(np.prod(shape, dtype=int)), threads).reshape(len(self), *shape)

    def credible(
        self, functional: Functional, *args: Any, level: float = 0.9, draws: int = DRAWS, rng: Rng = 0
    ) -> tuple[Array, Array]:
        """Ends of each row's credible interval, as `wagefit.Distribution.credible` gives them with the same seed.

        Two arrays of shape (N,) followed by the functional's own shape; NaN in a row without a distribution, or of
        which nothing says how uncertain it is. Row by row in Python: 400 fits a row.
        """
        evaluate, n, key = functional_of(functional, args), as_count("draws", draws, 1), stream_key(rng)

        def ends_of(row: Distribution | None) -> tuple[Any, Any] | None:
            if row is None or row.posterior is None:
                return None
            return credible_interval(row, evaluate, level, n, key)

        ends = map_watched("credible", ends_of, self.rows(), len(self))
        nothing = np.full(next((np.shape(pair[0]) for pair in ends if pair is not None), ()), np.nan)
        low, high = ([nothing if pair is None else pair[end] for pair in ends] for end in (0, 1))
        return np.array(low, dtype=float), np.array(high, dtype=float)

    # -- showing -----------------------------------------------------------------------------------------------------

    def to_frame(self, backend: Backend | None = None) -> Any:
        """A row a distribution: status, mean, standard deviation, Gini coefficient and percentiles from P5 to P99.

        Parameters
        ----------
        backend : {"pandas", "polars", "pyarrow"}, optional
            Library of the table; the first of them that is installed when None.
        """
        mean, gini = self.mean_and_gini()
        moments = (mean.tolist(), self.std().tolist(), gini.tolist())
        wages = self.ppf(list(SHOWN.values()))
        return summary_frame(self._names(), self.status.tolist(), moments, wages, backend)

    def plot(self, ax: Axes | None = None, *, labels: Sequence[str] | None = None, source: str | None = None) -> Axes:
        """Draws a ladder: a row a distribution, by descending median; returns the matplotlib axes.

        Parameters
        ----------
        ax : matplotlib axes, optional
            A new figure without it, high enough for the rows.
        labels : sequence of str, optional
            Name of each row; what is known of the rows when None, such as the titles of places.
        source : str, optional
            Where the figures come from; written below the axes.

        Returns
        -------
        matplotlib axes

        Raises
        ------
        FactError
            There is another number of labels than of rows, or no row has a distribution.
        """
        named = row_names(self._names(), len(self)) if labels is None else labels
        return plot_ladder(self, named, ax, source=source)

    def _repr_html_(self) -> str:
        first = self[:FIRST_ROWS]
        more = "" if len(first) == len(self) else f" The first {len(first)}:"
        return rows_html(first, row_names(first._names(), len(first)), f"{self!r}{more}")


def as_part(p0: float, p1: float) -> tuple[float, float]:
    """Two probabilities that bound a part of the people; FactError unless 0 <= p0 < p1 <= 1."""
    low, high = as_number("p0", p0), as_number("p1", p1)
    if not 0.0 <= low < high <= 1.0:
        raise FactError(f"p0 is {low:g} and p1 is {high:g}; expected 0 <= p0 < p1 <= 1")
    return low, high
