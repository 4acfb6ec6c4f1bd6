"""Published statements about one cell's wages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

from wagefit import _core
from wagefit.errors import FactError
from wagefit.shared.arguments import as_figure, as_pairs, as_support
from wagefit.shared.types import Bounds, Number, Quantiles
from wagefit.shared.units import as_unit

Pairs = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Facts:
    """Statements about one distribution, checked one by one; their agreement is checked by the fit.

    Attributes
    ----------
    quantiles, at_least : tuple of (p, wage)
        Published quantiles and one-sided bounds (top codes), ascending in p.
    mean, mean_at_least : float or None
        The mean, or its lower bound, in `unit`.
    mean_rse : float or None
        Relative standard error of the mean, in percent, as published.
    employment : float or None
        People in the cell.
    lower, upper : float
        Support, in `unit`.
    rounding : float or None
        Step to which the figures are rounded, in `unit`.
    unit : str
        Unit of all wages.

    Examples
    --------
    >>> pay = wf.fit(mean=44_010, quantiles={0.1: 26_550, 0.9: 66_260}, employment=208_650)
    >>> pay.diagnostics.facts.quantiles
    ((0.1, 26550.0), (0.9, 66260.0))
    >>> pay.diagnostics.facts.employment
    208650.0
    """

    quantiles: Pairs
    at_least: Pairs
    mean: float | None
    mean_at_least: float | None
    mean_rse: float | None
    employment: float | None
    lower: float
    upper: float
    rounding: float | None
    unit: str

    @cached_property
    def core(self) -> _core.Facts:
        """What the core fits; FactError for a figure that is meaningless by itself, when it is first asked for."""
        return _core.Facts(
            quantile_p=[p for p, _ in self.quantiles],
            quantile_value=[q for _, q in self.quantiles],
            at_least_p=[p for p, _ in self.at_least],
            at_least_value=[q for _, q in self.at_least],
            mean=self.mean,
            mean_at_least=self.mean_at_least,
            lower=self.lower,
            upper=self.upper,
        )

    def __getstate__(self) -> dict[str, Any]:
        """The figures; the core's facts are made of them anew."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


def read_facts(
    *,
    mean: Number | None = None,
    quantiles: Quantiles | None = None,
    at_least: Bounds | None = None,
    mean_rse: Number | None = None,
    employment: Number | None = None,
    lower: Number | None = None,
    upper: Number | None = None,
    rounding: Number | None = None,
    unit: str = "USD/year",
) -> Facts:
    """Facts from the arguments of `wagefit.fit`; FactError naming the argument that is wrong."""
    bounds, mean_at_least = _split_mean(at_least)
    low, high = as_support(lower, upper)
    facts = Facts(
        quantiles=_sorted_pairs("quantiles", quantiles),
        at_least=_sorted_pairs("at_least", bounds),
        mean=_optional("mean", mean),
        mean_at_least=_optional("at_least['mean']", mean_at_least),
        mean_rse=_precision("mean_rse", mean_rse),
        employment=_precision("employment", employment),
        lower=low,
        upper=high,
        rounding=_precision("rounding", rounding),
        unit=as_unit(unit),
    )
    _ = facts.core  # checks the figures one by one
    return facts


def _split_mean(at_least: Any) -> tuple[Any, Any]:
    """Bounds of quantiles, and that of the mean."""
    if not isinstance(at_least, Mapping):
        return at_least, None
    return {p: value for p, value in at_least.items() if p != "mean"}, at_least.get("mean")


def _sorted_pairs(name: str, facts: Quantiles | None) -> Pairs:
    p, values = as_pairs(name, facts)
    return tuple(sorted(zip(p.tolist(), values.tolist(), strict=True), key=lambda pair: pair[0]))


def _optional(name: str, value: Number | None) -> float | None:
    return None if value is None else as_figure(name, value)


def _precision(name: str, value: Number | None) -> float | None:
    number = _optional(name, value)
    if number is not None and not 0 <= number < float("inf"):
        raise FactError(f"{name} is {number:g}; expected a finite number of at least 0")
    return number
