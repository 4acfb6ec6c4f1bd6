"""What the facts leave open: posterior draws and credible intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from wagefit import _core
from wagefit.errors import FactError
from wagefit.facts.facts import Facts
from wagefit.shared.arguments import FloatArray
from wagefit.shared.streams import Key

DRAWS = 400  # behind an interval unless asked otherwise


class Posterior(Protocol):
    """Anything that can draw distributions which the facts allow."""

    @property
    def gaps(self) -> tuple[str, ...]:
        """What keeps it from drawing, each a clause such as "no standard error is published"; empty where it draws."""

    def draw(self, n: int, key: Key) -> list[_core.Distribution]:
        """`n` distributions; equal keys give equal draws."""


def fitted_curve(fit: _core.CurveFit) -> _core.Curve:
    """The curve of a successful fit."""
    if fit.curve is None:
        raise ValueError("the fit has no curve")
    return fit.curve


def as_parent(wages: FloatArray | None) -> _core.ParentShape | None:
    """The shape of the parent with these wages of `parent_wages`; None without one."""
    return None if wages is None else _core.ParentShape(wages, _core.shape_prior())


class PlainPosterior(Posterior):
    """A posterior made of values alone, which always draws and is pickled with its distribution."""

    @property
    def gaps(self) -> tuple[str, ...]:
        """None."""
        return ()


@dataclass(frozen=True, eq=False)
class CurvePosterior(PlainPosterior):
    """Posterior of a fitted curve, and the wages of the parent whose shape it borrows: see `Distribution.credible`."""

    facts: Facts
    fit: _core.CurveFit
    parent: FloatArray | None = None

    def draw(self, n: int, key: Key) -> list[_core.Distribution]:
        """`n` curves."""
        draws = self.ensemble(n, key)
        return [curve for i in range(n) if (curve := draws.cell(i).curve) is not None]

    def ensemble(self, n: int, key: Key) -> _core.Ensemble:
        """`n` curves held together in an ensemble, drawn as `draw` does."""
        is_sampled = bool(self.facts.mean_rse)
        return _core.posterior_draws(
            self.facts.core,
            self.fit,
            size=self.effective_size(),
            source=_core.FactSource.sampled if is_sampled else _core.FactSource.own,
            rounding=self.facts.rounding or 0.0,
            n=n,
            key=key,
            prior=_core.shape_prior(),
            parent=as_parent(self.parent),
            n_threads=0,
        )

    def effective_size(self) -> float:
        """People behind the facts: (CV / RSE)^2 where an RSE is published, else employment, else the typical size."""
        if self.facts.mean_rse:
            curve = fitted_curve(self.fit)
            variation = np.sqrt(curve.variance()) / curve.mean()
            return float((100.0 * variation / self.facts.mean_rse) ** 2)
        return self.facts.employment or _core.shape_prior().typical_size


@dataclass(frozen=True)
class DerivedPosterior:
    """Posterior of a distribution made from others: draws of the parts, put together in the same way."""

    parts: Sequence[Posterior]
    combine: Callable[[list[_core.Distribution]], _core.Distribution]

    @property
    def gaps(self) -> tuple[str, ...]:
        """Those of the parts, each once."""
        return tuple(dict.fromkeys(gap for part in self.parts for gap in part.gaps))

    def draw(self, n: int, key: Key) -> list[_core.Distribution]:
        """`n` distributions; parts are drawn independently of each other."""
        streams = [part.draw(n, (key[0], key[1] + i)) for i, part in enumerate(self.parts)]
        return [self.combine(list(drawn)) for drawn in zip(*streams, strict=True)]


def derived(
    parts: Sequence[Posterior | None], combine: Callable[[list[_core.Distribution]], _core.Distribution]
) -> Posterior | None:
    """The derived posterior, or None when a part has none."""
    known = [part for part in parts if part is not None]
    return DerivedPosterior(known, combine) if len(known) == len(parts) else None


def interval(values: Any, level: float, estimate: Any) -> tuple[Any, Any]:
    """Central interval of draws along the first axis, widened to hold the estimate; floats for scalar functionals.

    An estimate lies outside its draws where the facts leave next to no room, at the edge of what is feasible.
    """
    check_level(level)
    _require_numbers(estimate)
    low, high = _quantiles(np.asarray(values, dtype=float), [(1 - level) / 2, (1 + level) / 2])
    low, high = np.fmin(low, estimate), np.fmax(high, estimate)
    return (float(low), float(high)) if low.ndim == 0 else (low, high)


def _quantiles(values: FloatArray, p: Any) -> FloatArray:
    """Quantiles along the first axis; infinite between infinite draws, as of means without a published one."""
    with np.errstate(invalid="ignore"):
        between = np.asarray(np.quantile(values, p, axis=0))
    if np.isfinite(between).all():
        return between
    return np.where(np.isfinite(between), between, np.quantile(values, p, axis=0, method="higher"))


def interval_error(values: Any, level: float) -> float:
    """Monte Carlo standard error of the ends of `interval`, the larger of the two.

    That of a quantile of n draws: half the distance between the draws sqrt(n p (1 - p)) ranks below and above it.
    """
    check_level(level)
    p, n = np.array([(1 - level) / 2, (1 + level) / 2]), len(values)
    spread = np.sqrt(p * (1 - p) / n)
    below, above = _quantiles(np.asarray(values, dtype=float), np.clip([p - spread, p + spread], 0.0, 1.0))
    distances = np.subtract(above, below, out=np.zeros_like(above), where=np.isfinite(above))
    return float(np.max(distances) / 2)


def unknown_interval(level: float, estimate: Any) -> tuple[Any, Any]:
    """NaN for both ends, in the shape of the estimate."""
    check_level(level)
    _require_numbers(estimate)
    nothing = np.full(np.shape(estimate), np.nan)
    return (float("nan"), float("nan")) if nothing.ndim == 0 else (nothing, nothing.copy())


def _require_numbers(estimate: Any) -> None:
    """FactError unless what a functional gives is a number or an array of numbers."""
    try:
        np.asarray(estimate, dtype=float)
    except (TypeError, ValueError) as error:
        raise FactError(f"functional gives {type(estimate).__name__}; expected a number or an array of them") from error


def check_level(level: float) -> None:
    """FactError unless `level` is inside (0, 1)."""
    if not 0.0 < level < 1.0:
        raise FactError(f"level is {level:g}; expected a number inside (0, 1)")
