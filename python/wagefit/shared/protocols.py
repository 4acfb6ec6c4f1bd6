"""What pictures and tables ask of a distribution, so that they can be drawn without knowing where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol


class FitStatus(Protocol):
    """How a distribution was fitted."""

    @property
    def status(self) -> str:
        """Path of the fit, such as ``"smooth"``."""

    @property
    def residuals(self) -> Mapping[float | str, float]:
        """Relative deviation from each fact, by its probability or ``"mean"``."""


class WageDistribution(Protocol):
    """A distribution of wages in `unit`, such as US dollars a year."""

    @property
    def name(self) -> str:
        """Short name of the family."""

    @property
    def title(self) -> str:
        """Whose pay it is, or the name of the family."""

    @property
    def unit(self) -> str:
        """Unit of the wages."""

    @property
    def diagnostics(self) -> FitStatus | None:
        """How it was fitted, None where it was not."""

    def mean(self) -> float:
        """Mean wage."""

    def std(self) -> float:
        """Standard deviation of wages."""

    def gini(self) -> float:
        """Gini coefficient, in [0, 1)."""

    def ppf(self, p: Any) -> Any:
        """Wage at probabilities `p`, of the same shape."""

    def cdf(self, x: Any) -> Any:
        """Part of the people who earn at most each of the wages `x`, of the same shape."""

    def pdf(self, x: Any) -> Any:
        """Density at wages `x`, of the same shape."""


class UncertainDistribution(WageDistribution, Protocol):
    """A distribution of wages that may know how uncertain it is."""

    @property
    def posterior(self) -> object | None:
        """What the facts leave open, None where nothing is known of it."""

    def lorenz(self, p: Any) -> Any:
        """Part of all wages that the lowest-paid part `p` of the people earns."""

    def credible(self, functional: Any, *args: Any, level: float) -> tuple[Any, Any]:
        """Interval of a functional, NaN where it is unknown."""
