"""Distributions made from one: scaled, truncated, with another tail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from wagefit import _core
from wagefit.errors import FactError
from wagefit.shared.arguments import as_number, as_positive


@dataclass(frozen=True)
class Transform:
    """A way to make a distribution from another.

    Attributes
    ----------
    name : str
        What the distribution is called for having been made so, such as ``"scaled"``.
    apply : callable
        From the core's distribution to the core's distribution.
    """

    name: str
    apply: Callable[[_core.Distribution], _core.Distribution]


def scaling(k: float) -> Transform:
    """X to k X; FactError unless `k` is finite and above 0."""
    factor = as_positive("k", k)
    return Transform("scaled", lambda core: core.scaled(factor))


def truncation(lower: float | None, upper: float | None) -> Transform:
    """X to X given lower <= X <= upper; the core refuses ends between which nothing lies."""
    low = 0.0 if lower is None else as_number("lower", lower)
    high = float("inf") if upper is None else as_number("upper", upper)
    return Transform("truncated", lambda core: core.truncated(low, high))


def pareto_tail(p: float, shape: float | None) -> Transform:
    """X to X with a generalized Pareto tail above its `p`-quantile; the core refuses a `p` or `shape` out of range."""
    at, given = as_number("p", p), None if shape is None else as_number("shape", shape)
    return Transform("Pareto-tailed", lambda core: _with_tail(core, at, given))


def _with_tail(core: _core.Distribution, p: float, shape: float | None) -> _core.Distribution:
    """The core's distribution with a tail; a shape that was not given is told of as what the density asks for."""
    try:
        return _core.ParetoTail(core, p, shape)
    except FactError as error:
        if shape is None and str(error).startswith("shape is"):
            raise FactError(
                f"p is {p:g}, and the density there asks for a tail that there is not: its {error}"
            ) from error
        raise
