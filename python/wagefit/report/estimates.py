"""Figures that nobody published, with the intervals that the published ones leave them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from wagefit.distributions.distribution import Distribution
from wagefit.distributions.posterior import DRAWS, interval, interval_error
from wagefit.errors import FactError
from wagefit.shared.text import interval_text

LEVEL = 0.90

Functional = Callable[[Distribution], float]


@dataclass(frozen=True)
class Estimate:
    """A figure that nobody published, and its 90 % interval.

    Attributes
    ----------
    name, label : str
    value : float
    low, high : float or None
        Ends of the interval, those of `Distribution.credible`; None where nothing says how uncertain the figure is.
    error : float or None
        Monte Carlo standard error of the ends.
    """

    name: str
    label: str
    value: float
    low: float | None
    high: float | None
    error: float | None

    def interval(self, write: Callable[[float], str]) -> str:
        """The ends as far as the draws tell them apart; empty where there are none."""
        if self.low is None or self.high is None or self.error is None:
            return ""
        return interval_text(self.low, self.value, self.high, self.error, write)


def estimate_all(pay: Distribution, functionals: Mapping[str, tuple[str, Functional]]) -> dict[str, Estimate]:
    """Every functional with its interval, from draws that they share; `functionals` are labels and functions."""
    try:
        draws = pay.posterior_draws(DRAWS)
    except FactError:
        draws = []
    return {name: _estimate(pay, draws, name, *each) for name, each in functionals.items()}


def _estimate(pay: Distribution, draws: list[Distribution], name: str, label: str, functional: Functional) -> Estimate:
    value = functional(pay)
    if not draws:
        return Estimate(name, label, value, None, None, None)
    values = [functional(drawn) for drawn in draws]
    return Estimate(name, label, value, *interval(values, LEVEL, value), interval_error(values, LEVEL))
