"""The one protocol of a distribution and of many: their methods and arguments.

A method of a `wagefit.Distribution` returns a number, or an array of its argument's shape. The method of that name of a
`wagefit.Ensemble` and of a `wagefit.ensemble.MixtureEnsemble`, N distributions, returns the N results:

=================================================  ========================================================
method                                             of many
=================================================  ========================================================
pdf, logpdf, cdf, logcdf, sf, logsf, ppf, isf,     (N,) for a number, (N, k) for an argument of shape (k,),
lorenz, top_share, moment, atkinson                row by row (N, k) for one of shape (N, k)
mean, median, var, std, gini, theil, palma,        (N,)
mean_between, quantile_ratio, expect
support, interval                                  two arrays of shape (N,)
credible                                           two arrays of shape (N,) and the functional's own shape
rvs                                                (N,) and the shape of `size`
atoms, diagnostics                                 lists of length N
status                                             array of N names
scale, truncate, with_pareto_tail, to_hourly,      N distributions
to_annual
posterior_draws                                    a list of N distributions a draw
to_frame                                           a table of N rows
=================================================  ========================================================

A row without a distribution gives NaN and never disturbs its neighbors.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar, overload

from wagefit.shared.types import Array, Backend, Functional, Points, Rng, Values

T_co = TypeVar("T_co", covariant=True)

ONLY_SINGLE = ("core", "name", "plot", "posterior", "title")
"""What only a single distribution has: what it is made of, and its picture."""


class DistributionMethods(Protocol[T_co]):
    """Methods of a distribution (`T_co` is float) and of many (`T_co` is an array of shape (N,)).

    Examples
    --------
    >>> from wagefit.distributions import DistributionMethods
    >>> def spread(pay: DistributionMethods):
    ...     return pay.quantile_ratio(0.9, 0.1)
    >>> facts = {"mean": [44_010, 46_590], "quantiles": {0.1: [26_550, 27_820], 0.9: [66_260, 71_150]}}
    >>> cells = wf.fit_many(**facts)
    >>> spread(cells).round(3)
    array([2.496, 2.558])
    >>> round(spread(cells[0]), 3)
    2.496
    """

    __slots__ = ()

    @property
    def unit(self) -> str:
        """Unit of the wages."""

    @property
    def status(self) -> Any:
        """How the distribution came about."""

    @property
    def diagnostics(self) -> Any:
        """How it met its facts."""

    def pdf(self, x: Points) -> Array:
        """Density of the continuous part."""

    def logpdf(self, x: Points) -> Array:
        """Logarithm of the density."""

    def cdf(self, x: Points) -> Array:
        """P(X <= x)."""

    def logcdf(self, x: Points) -> Array:
        """Log P(X <= x)."""

    def sf(self, x: Points) -> Array:
        """P(X > x)."""

    def logsf(self, x: Points) -> Array:
        """Log P(X > x)."""

    def ppf(self, p: Points) -> Array:
        """Wages at probabilities."""

    def isf(self, q: Points) -> Array:
        """Wages that a fraction earns more than."""

    def lorenz(self, p: Points) -> Array:
        """Share of all pay that the lowest `p` of people earn."""

    def top_share(self, fraction: Points) -> Array:
        """Share of all pay that the highest `fraction` of people earn."""

    def moment(self, k: Points) -> Array:
        """E[X^k]."""

    def atkinson(self, epsilon: Points) -> Array:
        """Atkinson index."""

    def mean(self) -> T_co:
        """Mean wage."""

    def median(self) -> T_co:
        """Median wage."""

    def var(self) -> T_co:
        """Variance."""

    def std(self) -> T_co:
        """Standard deviation."""

    def gini(self) -> T_co:
        """Gini coefficient."""

    def theil(self) -> T_co:
        """Theil's T index."""

    def palma(self) -> T_co:
        """Palma ratio."""

    def mean_between(self, p0: float, p1: float) -> T_co:
        """Mean wage between two probabilities."""

    def quantile_ratio(self, p1: float, p0: float) -> T_co:
        """ppf(p1) / ppf(p0)."""

    def expect(self, f: Callable[[Array], Values] | None = None) -> T_co:
        """E[f(X)]; a jump of `f` is missed by up to 0.02 of its height, see `Distribution.expect`."""

    def support(self) -> tuple[T_co, T_co]:
        """Smallest and largest possible wage."""

    def interval(self, level: float = 0.9) -> tuple[T_co, T_co]:
        """Wages between which the middle `level` of people earn."""

    def atoms(self) -> list[Any]:
        """Wages that carry probability of their own."""

    @overload
    def rvs(self, size: None = None, rng: Rng = None, *, random_state: Rng = None, n_threads: int = 0) -> T_co: ...
    @overload
    def rvs(
        self, size: int | tuple[int, ...], rng: Rng = None, *, random_state: Rng = None, n_threads: int = 0
    ) -> Array: ...
    def rvs(
        self,
        size: int | tuple[int, ...] | None = None,
        rng: Rng = None,
        *,
        random_state: Rng = None,
        n_threads: int = 0,
    ) -> Any:
        """Random wages."""

    def scale(self, k: float) -> DistributionMethods[T_co]:
        """The distribution of k X."""

    def truncate(self, lower: float | None = None, upper: float | None = None) -> DistributionMethods[T_co]:
        """The distribution of X given lower <= X <= upper."""

    def with_pareto_tail(self, p: float, shape: float | None = None) -> DistributionMethods[T_co]:
        """The distribution with a generalized Pareto tail."""

    def to_hourly(self, hours: float = 2080) -> DistributionMethods[T_co]:
        """Annual wages as hourly ones."""

    def to_annual(self, hours: float = 2080) -> DistributionMethods[T_co]:
        """Hourly wages as annual ones."""

    def posterior_draws(self, n: int, rng: Rng = 0) -> Sequence[Any]:
        """Distributions that the facts allow."""

    def credible(
        self, functional: Functional, *args: Any, level: float = 0.9, draws: int = 400, rng: Rng = 0
    ) -> tuple[Any, Any]:
        """Interval that holds a functional with probability `level`, given the facts."""

    def to_frame(self, backend: Backend | None = None) -> Any:
        """The first figures as a table."""
