"""Wage distributions with the interface of scipy.stats frozen distributions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from wagefit import _core
from wagefit.distributions.diagnostics import Diagnostics
from wagefit.distributions.posterior import CurvePosterior, Posterior, derived, interval, stream_key
from wagefit.distributions.summary import summary_html, summary_line, summary_table
from wagefit.errors import FactError
from wagefit.plots.density import plot_density
from wagefit.shared.arguments import FloatArray, as_array, as_count, as_number, as_shape

ANNUAL = "USD/year"
HOURLY = "USD/hour"


class Distribution:
    """A wage distribution; made by `wagefit.fit`, `wagefit.mixture` or a profile's `pay`.

    Methods take scalars or arrays of any shape and return the same shape. Wages are in `unit`, dollars a year by
    default; probabilities are in [0, 1], and arguments outside give NaN.

    Parameters
    ----------
    core : _core.Distribution
        The distribution as the core computes it.
    unit : str
        Unit of its wages.
    diagnostics : Diagnostics, optional
        How it was fitted.
    posterior : Posterior, optional
        What the facts leave open; without it `credible` and `posterior_draws` raise.
    title : str, optional
        Whose pay it is, such as ``"pay of 8 years, RHIT"``; the name of the family by default.
    """

    __slots__ = ("_core", "_diagnostics", "_posterior", "_title", "_unit")

    def __init__(
        self,
        core: _core.Distribution,
        unit: str = ANNUAL,
        diagnostics: Diagnostics | None = None,
        posterior: Posterior | None = None,
        title: str | None = None,
    ) -> None:
        self._core = core
        self._unit = unit
        self._diagnostics = diagnostics
        self._posterior = posterior
        self._title = title

    @property
    def core(self) -> _core.Distribution:
        """The core's distribution."""
        return self._core

    @property
    def unit(self) -> str:
        """Unit of the wages."""
        return self._unit

    @property
    def name(self) -> str:
        """Short name of the family, such as ``"curve"`` or ``"lognormal"``."""
        return self._core.name

    @property
    def title(self) -> str:
        """Whose pay it is, as its printed form says; the name of the family where that is not known."""
        return self._title or self.name

    @property
    def posterior(self) -> Posterior | None:
        """What the facts leave open; None where nothing is known of it."""
        return self._posterior

    @property
    def diagnostics(self) -> Diagnostics | None:
        """Facts in, facts reproduced, residuals, status and path; None for a distribution that was not fitted."""
        return self._diagnostics

    # -- densities and probabilities ---------------------------------------------------------------------------------

    def pdf(self, x: Any) -> Any:
        """Density of the continuous part at wages `x`, per unit of wage; same shape as `x`."""
        return self._core.pdf(as_array("x", x))[()]

    def logpdf(self, x: Any) -> Any:
        """Logarithm of the density at wages `x`; -inf where there is none; same shape as `x`."""
        return self._core.logpdf(as_array("x", x))[()]

    def cdf(self, x: Any) -> Any:
        """P(X <= x); same shape as `x`."""
        return self._core.cdf(as_array("x", x))[()]

    def logcdf(self, x: Any) -> Any:
        """Log P(X <= x), accurate far in the lower tail; same shape as `x`."""
        return self._core.logcdf(as_array("x", x))[()]

    def sf(self, x: Any) -> Any:
        """P(X > x), accurate far in the upper tail; same shape as `x`."""
        return self._core.sf(as_array("x", x))[()]

    def logsf(self, x: Any) -> Any:
        """Log P(X > x); same shape as `x`."""
        return self._core.logsf(as_array("x", x))[()]

    def ppf(self, p: Any) -> Any:
        """Wage inf{x : cdf(x) >= p} at probabilities `p`; same shape as `p`, NaN outside [0, 1]."""
        return self._core.ppf(as_array("p", p))[()]

    def isf(self, q: Any) -> Any:
        """Wage that a fraction `q` earns more than, accurate for tiny `q`; same shape as `q`."""
        return self._core.isf(as_array("q", q))[()]

    # -- summaries ---------------------------------------------------------------------------------------------------

    def mean(self) -> float:
        """Mean wage, atoms included."""
        return self._core.mean()

    def median(self) -> float:
        """Median wage."""
        return float(self.ppf(0.5))

    def var(self) -> float:
        """Variance of wages, in squared units."""
        return self._core.variance()

    def std(self) -> float:
        """Standard deviation of wages."""
        return float(np.sqrt(self._core.variance()))

    def moment(self, k: Any) -> Any:
        """E[X^k] for real `k`; same shape as `k`."""
        return self._core.moment(as_array("k", k))[()]

    def support(self) -> tuple[float, float]:
        """Smallest and largest possible wage."""
        return self._core.support()

    def interval(self, level: float) -> tuple[float, float]:
        """Wages between which the middle `level` of people earn; see `credible` for uncertainty."""
        tail = 0.5 * (1.0 - _probability("level", level))
        return float(self.ppf(tail)), float(self.isf(tail))

    def atoms(self) -> list[tuple[float, float]]:
        """Wages that carry probability of their own, as (wage, probability)."""
        return self._core.atoms()

    def expect(self, f: Callable[[FloatArray], Any] | None = None) -> float:
        """E[f(X)] for a function of an array of wages (the mean without one), by Gauss-Legendre rules in the score."""
        if f is None:
            return self.mean()
        wages, weights = self._core.nodes()
        return float(np.dot(weights, np.broadcast_to(np.asarray(f(wages), dtype=float), wages.shape)))

    # -- inequality --------------------------------------------------------------------------------------------------

    def gini(self) -> float:
        """Gini coefficient, half the relative mean difference."""
        return self._core.gini()

    def lorenz(self, p: Any) -> Any:
        """Share of all pay that the lowest `p` of people earn (Gastwirth 1971); same shape as `p`."""
        return self._core.lorenz(as_array("p", p))[()]

    def mean_between(self, p0: float, p1: float) -> float:
        """Mean wage of the people between the probabilities `p0` < `p1`; FactError otherwise."""
        low, high = _probability("p0", p0), _probability("p1", p1)
        if not low < high:
            raise FactError(f"p0 is {low:g} and p1 is {high:g}; expected p0 below p1")
        return self._core.mean_between(low, high)

    def top_share(self, fraction: Any) -> Any:
        """Share of all pay that the highest `fraction` of people earn; same shape as `fraction`."""
        return self._core.top_share(as_array("fraction", fraction))[()]

    def theil(self) -> float:
        """Theil's T index, E[(X / mean) log(X / mean)]."""
        return self._core.theil()

    def atkinson(self, epsilon: Any) -> Any:
        """Atkinson (1970) index with inequality aversion `epsilon` >= 0; same shape as `epsilon`."""
        return self._core.atkinson(as_array("epsilon", epsilon))[()]

    def palma(self) -> float:
        """Palma ratio: pay of the highest tenth of people over that of the lowest four tenths (Palma 2011)."""
        return float(self.top_share(0.1) / self.lorenz(0.4))

    def quantile_ratio(self, p1: float, p0: float) -> float:
        """ppf(p1) / ppf(p0), as in "the 90/10 ratio": ``quantile_ratio(.9, .1)``."""
        return float(self.ppf(p1) / self.ppf(p0))

    # -- sampling and transformations --------------------------------------------------------------------------------

    def rvs(
        self,
        size: int | tuple[int, ...] | None = None,
        rng: Any = None,
        *,
        random_state: Any = None,
        n_threads: int = 0,
    ) -> Any:
        """Random wages by inversion of counter-based streams.

        Parameters
        ----------
        size : int or tuple of int, optional
            Shape of the result; one number without it.
        rng : numpy.random.Generator, int or None
            Source of the stream's key; the same seed gives the same draws. `random_state` is accepted for the same.
        n_threads : int
            0 for all cores. The draws do not depend on it.

        Raises
        ------
        FactError
            `size` or `n_threads` is not made of whole numbers of at least 0.
        """
        shape, threads = as_shape("size", size), as_count("n_threads", n_threads)
        generator = np.random.default_rng(rng if rng is not None else random_state)
        key = generator.integers(0, 2**64, size=2, dtype=np.uint64).tolist()
        draws = self._core.sample((key[0], key[1]), int(np.prod(shape, dtype=int)), threads)
        return draws.reshape(shape)[()]

    def scale(self, k: float) -> Distribution:
        """The distribution of k X, k > 0."""
        factor = _positive("k", k)
        return self._transformed("scaled", lambda core: core.scaled(factor))

    def truncate(self, lower: float | None = None, upper: float | None = None) -> Distribution:
        """The distribution of X given lower <= X <= upper, in `unit`; FactError when nothing lies between."""
        low = 0.0 if lower is None else as_number("lower", lower)
        high = float("inf") if upper is None else as_number("upper", upper)
        return self._transformed("truncated", lambda core: core.truncated(low, high))

    def _transformed(self, how: str, transform: Callable[[_core.Distribution], _core.Distribution]) -> Distribution:
        posterior = derived([self._posterior], lambda drawn: transform(drawn[0]))
        title = None if self._title is None else f"{how} {self._title}"
        return Distribution(transform(self._core), self._unit, posterior=posterior, title=title)

    def with_pareto_tail(self, p: float, shape: float | None = None) -> Distribution:
        """The same distribution with a generalized Pareto tail above its `p`-quantile u.

        P(X > x) = (1 - p) (1 + shape (x - u) / scale)^(-1 / shape) for x > u (Pickands 1975). The tail keeps the mean
        above u, scale = (1 - shape) E[X - u | X > u]; without `shape` it is the one that makes the density continuous
        at u.

        Parameters
        ----------
        p : float
            In (0, 1).
        shape : float, optional
            Below 1, not 0; the heavier the larger; negative for a tail that ends.

        Raises
        ------
        FactError
            `p` or `shape` is out of range, or a continuous density would need a shape that is.
        """
        at, given = as_number("p", p), None if shape is None else as_number("shape", shape)
        return self._transformed("Pareto-tailed", lambda core: _core.ParetoTail(core, at, given))

    def to_hourly(self, hours: float = 2080) -> Distribution:
        """Annual wages as hourly ones, for `hours` of paid work a year; FactError unless the unit is annual."""
        return self._in_unit(ANNUAL, HOURLY, 1.0 / _positive("hours", hours))

    def to_annual(self, hours: float = 2080) -> Distribution:
        """Hourly wages as annual ones, for `hours` of paid work a year; FactError unless the unit is hourly."""
        return self._in_unit(HOURLY, ANNUAL, _positive("hours", hours))

    def _in_unit(self, expected: str, unit: str, factor: float) -> Distribution:
        if self._unit != expected:
            raise FactError(f"unit is {self._unit!r}; expected {expected!r}")
        scaled = self.scale(factor)
        return Distribution(scaled.core, unit, posterior=scaled._posterior, title=self._title)

    # -- uncertainty -------------------------------------------------------------------------------------------------

    def posterior_draws(self, n: int, rng: Any = 0) -> list[Distribution]:
        """`n` distributions that the facts allow, each exact in every fact.

        A draw is the curve plus a deviation from the learned prior given the facts; its sampling part is that of as
        many people as stand behind the facts: (CV / RSE)^2 where `mean_rse` was given, else `employment`. With
        `mean_rse` or `rounding` the facts are uncertain themselves, and each draw meets facts drawn anew. Where one
        quantile is all that is known the draws differ in scale as cells do.

        Parameters
        ----------
        n : int
            Number of draws, at least 1.
        rng : numpy.random.Generator or int
            The same seed gives the same draws.

        Raises
        ------
        FactError
            The distribution did not come from facts, or `n` is not a positive whole number.
        """
        if self._posterior is None:
            raise FactError(f"this {self.name} was not fitted to facts by a curve, so nothing says how uncertain it is")
        drawn = self._posterior.draw(as_count("n", n, 1), stream_key(rng))
        return [Distribution(core, self._unit, title=self._title) for core in drawn]

    def credible(
        self,
        functional: str | Callable[[Distribution], Any],
        *args: Any,
        level: float = 0.9,
        draws: int = 400,
        rng: Any = 0,
    ) -> tuple[Any, Any]:
        """Interval that holds a functional of the distribution with probability `level`, given the facts.

        Parameters
        ----------
        functional : str or callable
            A method's name, such as ``"ppf"`` or ``"gini"``, with its arguments in `args`; or a function of a
            `Distribution`.
        level : float
            Probability in (0, 1).
        draws : int
            Posterior draws behind the interval.
        rng : numpy.random.Generator or int
            The same seed gives the same interval.

        Returns
        -------
        low, high : float or array
            Of the functional's own shape.

        Raises
        ------
        FactError
            As `posterior_draws`, or for an unknown functional.
        """
        evaluate = self._functional(functional, args)
        return interval([evaluate(drawn) for drawn in self.posterior_draws(draws, rng)], level)

    def _functional(
        self, functional: str | Callable[[Distribution], Any], args: tuple[Any, ...]
    ) -> Callable[[Distribution], Any]:
        if callable(functional):
            return functional
        if functional.startswith("_") or not callable(getattr(self, functional, None)):
            expected = "expected the name of a method, such as 'ppf', or a function"
            raise FactError(f"functional is {functional!r}; {expected}")
        return lambda drawn: getattr(drawn, functional)(*args)

    # -- showing -----------------------------------------------------------------------------------------------------

    def plot(self, ax: Any = None, **style: Any) -> Any:
        """Draws the density with its mean and percentiles; returns the matplotlib axes."""
        return plot_density(self, ax, **style)

    def __repr__(self) -> str:
        return f"<{self.title}: {summary_line(self)}>"

    def _repr_html_(self) -> str:
        return summary_html(self)

    def __rich__(self) -> Any:
        return summary_table(self)

    def __copy__(self) -> Distribution:
        return self

    def __deepcopy__(self, memo: Any) -> Distribution:
        return self

    def __getstate__(self) -> tuple[Any, ...]:
        # A derived posterior holds functions, which do not pickle.
        posterior = self._posterior if isinstance(self._posterior, CurvePosterior) else None
        return self._core, self._unit, self._diagnostics, posterior, self._title

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        self._core, self._unit, self._diagnostics, self._posterior, self._title = state


def mixture(components: Sequence[Distribution], weights: Any = None) -> Distribution:
    """The distribution of a wage drawn from component i with probability ``weights[i]``.

    Parameters
    ----------
    components : sequence of Distribution
        At least one, all in the same unit; FactError otherwise.
    weights : array_like, shape (n,), optional
        Non-negative with a positive sum, such as employment; normalized. Equal without it.
    """
    if isinstance(components, Distribution) or not isinstance(components, Sequence):
        raise FactError(f"components is {components!r}; expected a list of distributions")
    if not components:
        raise FactError("components is empty; expected at least one distribution")
    for i, component in enumerate(components):
        if not isinstance(component, Distribution):
            raise FactError(f"components[{i}] is {component!r}; expected a Distribution")
    units = sorted({component.unit for component in components})
    if len(units) > 1:
        raise FactError(f"components mix the units {', '.join(units)}; expected one unit")
    share = np.ones(len(components)) if weights is None else as_array("weights", weights)
    if share.shape != (len(components),):
        raise FactError(f"weights has shape {share.shape}; expected ({len(components)},), one for each component")

    def mix(drawn: list[_core.Distribution]) -> _core.Distribution:
        return _core.Mixture(drawn, share)

    posterior = derived([component._posterior for component in components], mix)
    return Distribution(mix([component.core for component in components]), units[0], posterior=posterior)


def _positive(name: str, value: Any) -> float:
    number = as_number(name, value)
    if not 0.0 < number < float("inf"):
        raise FactError(f"{name} is {number:g}; expected a finite number above 0")
    return number


def _probability(name: str, value: Any) -> float:
    number = as_number(name, value)
    if not 0.0 <= number <= 1.0:
        raise FactError(f"{name} is {number:g}; expected a probability in [0, 1]")
    return number
