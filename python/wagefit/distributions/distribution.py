"""Wage distributions with the interface of scipy.stats frozen distributions."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any, overload

import numpy as np

from wagefit import _core
from wagefit.distributions.diagnostics import Diagnostics
from wagefit.distributions.identity import identity
from wagefit.distributions.posterior import DRAWS, PlainPosterior, Posterior, derived, interval, unknown_interval
from wagefit.distributions.protocol import DistributionMethods
from wagefit.distributions.summaries import Summaries
from wagefit.distributions.summary import SHOWN, summary_frame, summary_html, summary_line, summary_table
from wagefit.distributions.transformations import Transform, pareto_tail, scaling, truncation
from wagefit.errors import FactError
from wagefit.plots.density import plot_density
from wagefit.shared.arguments import as_count, as_positive, as_shape
from wagefit.shared.progress import watch_call
from wagefit.shared.streams import Key, stream_key
from wagefit.shared.types import Array, Axes, Backend, Functional, Rng
from wagefit.shared.units import by_period

ANNUAL = "USD/year"
HOURLY = "USD/hour"
DERIVED = "derived"
MANY = 1_000_000  # draws that can take long enough for a bar


class Distribution(Summaries, DistributionMethods[float]):
    """A wage distribution; made by `wagefit.fit`, `wagefit.mixture` or a profile's `pay`.

    Methods take scalars or arrays of any shape and return the same shape. Wages are in `unit`, dollars a year by
    default; probabilities are in [0, 1], and arguments outside give NaN. Two distributions are equal if they are of the
    same kind with the same parameters in the same unit, whatever they were fitted to.

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

    Examples
    --------
    >>> pay = wf.fit(mean=44_010, quantiles={0.1: 26_550, 0.25: 32_070, 0.5: 40_350, 0.75: 52_730, 0.9: 66_260})
    >>> pay
    <curve: mean $44,010, P10 $26,550, median $40,350, P90 $66,260, USD/year>
    >>> round(pay.gini(), 3)
    0.204
    >>> pay.ppf([0.05, 0.95]).round()
    array([23546., 75524.])
    >>> pay == pay.scale(1.0)
    True
    """

    __slots__ = ("_diagnostics", "_posterior", "_title", "_unit")

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

    @property
    def status(self) -> str:
        """Status of the fit, such as ``"exact"``; ``"derived"`` for a distribution made from others."""
        return DERIVED if self._diagnostics is None else self._diagnostics.status

    # -- sampling and transformations --------------------------------------------------------------------------------

    @overload
    def rvs(self, size: None = None, rng: Rng = None, *, random_state: Rng = None, n_threads: int = 0) -> float: ...
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
        """Random wages by inversion of counter-based streams; a mixture draws the component first.

        Parameters
        ----------
        size : int or tuple of int, optional
            Shape of the result; one number without it.
        rng : int, numpy.random.Generator or None
            Selects the stream; the same seed gives the same draws, and more draws begin with fewer. None for fresh
            entropy. `random_state`, scipy's name, is accepted for the same.
        n_threads : int
            0 for all cores. The draws do not depend on it.

        Raises
        ------
        FactError
            `size` or `n_threads` is not made of whole numbers of at least 0, or `rng` is none of the above.
        """
        shape, threads = as_shape("size", size), as_count("n_threads", n_threads)
        key = stream_key(random_state if rng is None else rng)
        n = int(np.prod(shape, dtype=int))
        watch = watch_call(f"drawing {n:,} wages") if n >= MANY else nullcontext()
        with watch:
            return self._core.sample(key, n, threads).reshape(shape)[()]

    def scale(self, k: float) -> Distribution:
        """The distribution of k X, k > 0."""
        return transformed(self, scaling(k))

    def truncate(self, lower: float | None = None, upper: float | None = None) -> Distribution:
        """The distribution of X given lower <= X <= upper, in `unit`; FactError when nothing lies between."""
        return transformed(self, truncation(lower, upper))

    def with_pareto_tail(self, p: float, shape: float | None = None) -> Distribution:
        """The distribution with a generalized Pareto tail above its `p`-quantile u.

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
        return transformed(self, pareto_tail(p, shape))

    def to_hourly(self, hours: float = 2080) -> Distribution:
        """Annual wages as hourly ones, for `hours` of paid work a year; FactError unless the unit is annual."""
        return self._in_unit(by_period(self._unit, "year", "hour"), 1.0 / as_positive("hours", hours))

    def to_annual(self, hours: float = 2080) -> Distribution:
        """Hourly wages as annual ones, for `hours` of paid work a year; FactError unless the unit is hourly."""
        return self._in_unit(by_period(self._unit, "hour", "year"), as_positive("hours", hours))

    def _in_unit(self, unit: str, factor: float) -> Distribution:
        scaled = self.scale(factor)
        return Distribution(scaled.core, unit, posterior=scaled.posterior, title=self._title)

    # -- uncertainty -------------------------------------------------------------------------------------------------

    def posterior_draws(self, n: int, rng: Rng = 0) -> list[Distribution]:
        """`n` distributions that the facts allow, each exact in every fact.

        A draw is the curve plus a deviation from the learned prior given the facts; its sampling part is that of as
        many people as stand behind the facts: (CV / RSE)^2 where `mean_rse` was given, else `employment`. With
        `mean_rse` or `rounding` the facts are uncertain themselves, and each draw meets facts drawn anew. Where one
        quantile is all that is known the draws differ in scale as cells do.

        Parameters
        ----------
        n : int
            Number of draws, at least 1.
        rng : int, numpy.random.Generator or None
            Equal seeds give equal draws.

        Raises
        ------
        FactError
            The distribution did not come from facts, a standard error that it rests on is unknown, or `n` is not a
            positive whole number.
        """
        return draws_of(self, as_count("n", n, 1), stream_key(rng))

    def credible(
        self, functional: Functional, *args: Any, level: float = 0.9, draws: int = DRAWS, rng: Rng = 0
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
        rng : int, numpy.random.Generator or None
            Equal seeds give equal intervals.

        Returns
        -------
        low, high : float or array
            Of the functional's own shape; the functional of the distribution itself lies between them. NaN for the pay
            of a profile whose levels have unknown standard errors: the profile's `notes` name them.

        Raises
        ------
        FactError
            The distribution did not come from facts, `draws` is not a positive whole number, or the functional is
            unknown or gives no numbers.
        """
        evaluate = functional_of(functional, args)
        return credible_interval(self, evaluate, level, as_count("draws", draws, 1), stream_key(rng))

    # -- showing -----------------------------------------------------------------------------------------------------

    def to_frame(self, backend: Backend | None = None) -> Any:
        """A table of one row: status, mean, standard deviation, Gini coefficient and percentiles from P5 to P99.

        Parameters
        ----------
        backend : {"pandas", "polars", "pyarrow"}, optional
            Library of the table; the first of them that is installed when None.
        """
        wages = self.ppf(list(SHOWN.values()))[None, :]
        return summary_frame({}, [self.status], ([self.mean()], [self.std()], [self.gini()]), wages, backend)

    def plot(self, ax: Axes | None = None, **style: Any) -> Axes:
        """Draws the density with its mean, percentiles and credible band; returns the matplotlib axes.

        Parameters
        ----------
        ax : matplotlib axes, optional
            A new figure without it.
        **style
            As in `wagefit.plots.plot_density`: `label`, `color`, `percentiles`, `source`, and `level`, that of the band
            (None for none).
        """
        return plot_density(self, ax, **style)

    def __repr__(self) -> str:
        return f"<{self.title}: {summary_line(self)}>"

    def _repr_html_(self) -> str:
        return summary_html(self)

    def __rich__(self) -> Any:
        return summary_table(self)

    # -- comparing and copying ---------------------------------------------------------------------------------------

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Distribution):
            return NotImplemented
        return self is other or (self._unit, identity(self._core)) == (other._unit, identity(other._core))

    def __hash__(self) -> int:
        return hash((self._unit, identity(self._core)))

    def __copy__(self) -> Distribution:
        return self

    def __deepcopy__(self, memo: Any) -> Distribution:
        return self

    def __getstate__(self) -> tuple[Any, ...]:
        # A derived posterior holds functions, which do not pickle.
        posterior = self._posterior if isinstance(self._posterior, PlainPosterior) else None
        return self._core, self._unit, self._diagnostics, posterior, self._title

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        self._core, self._unit, self._diagnostics, self._posterior, self._title = state


def transformed(pay: Distribution, transform: Transform) -> Distribution:
    """The distribution that `transform` makes, in the same unit, with what the facts leave open of it."""
    posterior = derived([pay.posterior], lambda drawn: transform.apply(drawn[0]))
    title = None if pay.title == pay.name else f"{transform.name} {pay.title}"
    return Distribution(transform.apply(pay.core), pay.unit, posterior=posterior, title=title)


def draws_of(pay: Distribution, n: int, key: Key) -> list[Distribution]:
    """`n` posterior draws from the stream `key`; FactError where nothing says how uncertain the distribution is."""
    if pay.posterior is None:
        raise FactError(f"this {pay.name} was not fitted to facts by a curve, so nothing says how uncertain it is")
    if pay.posterior.gaps:
        raise FactError(f"how uncertain the {pay.title} is, is unknown: {'; '.join(pay.posterior.gaps)}")
    title = None if pay.title == pay.name else pay.title
    return [Distribution(core, pay.unit, title=title) for core in pay.posterior.draw(n, key)]


def credible_interval(
    pay: Distribution, evaluate: Callable[[Distribution], Any], level: float, n: int, key: Key
) -> tuple[Any, Any]:
    """The interval of a functional from `n` draws of the stream `key`; NaN where a standard error is unknown."""
    if pay.posterior is not None and pay.posterior.gaps:
        return unknown_interval(level, evaluate(pay))
    return interval([evaluate(drawn) for drawn in draws_of(pay, n, key)], level, evaluate(pay))


def functional_of(functional: Functional, args: tuple[Any, ...]) -> Callable[[Distribution], Any]:
    """The function of a distribution that a name with arguments, or a function, stands for; FactError if none."""
    if not isinstance(functional, str):
        return functional
    if functional.startswith("_") or not callable(getattr(Distribution, functional, None)):
        expected = "expected the name of a method, such as 'ppf', or a function"
        raise FactError(f"functional is {functional!r}; {expected}")
    return lambda drawn: getattr(drawn, functional)(*args)
