"""Percentiles as points on a line: filled where they are published, hollow with an interval where they are not."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from wagefit.plots.figures import GAIN
from wagefit.shared.arguments import FloatArray
from wagefit.shared.protocols import UncertainDistribution
from wagefit.shared.types import Axes

BoolArray: TypeAlias = NDArray[np.bool_]

KNOWN = 1e-6  # relative deviation from a published wage, or width of an interval over the wage, that is none


def draw_points(ax: Axes, pay: UncertainDistribution, p: FloatArray, level: float | None, color: str) -> str:
    """Points on a density at probabilities `p`; the words that say what they mean, empty where that is plain.

    There are none where `level` is None, or where it is unknown how uncertain the distribution is.
    """
    if level is None or pay.posterior is None or not len(p):
        return ""
    wages = pay.ppf(p)
    low, high = pay.credible("ppf", p, level=level)
    if not np.isfinite([low, high]).all():
        return ""
    heights, is_wide = pay.pdf(wages), high - low > KNOWN * wages
    is_fact = ~is_wide | _are_published(pay, p)
    for i in np.flatnonzero(is_wide):
        ends = [low[i], high[i]]
        ax.plot(ends, [heights[i], heights[i]], color=GAIN, lw=2.2, solid_capstyle="butt", zorder=2.5)
    faces = [color if fact else "white" for fact in is_fact]
    ax.scatter(wages, heights, s=18, c=faces, edgecolors=color, linewidths=1.0, zorder=3)
    return _meaning(is_fact, is_wide, level)


def _are_published(pay: UncertainDistribution, p: FloatArray) -> BoolArray:
    """Whether the percentile at each probability is a fact that the distribution was fitted to and meets."""
    residuals = {} if pay.diagnostics is None else pay.diagnostics.residuals
    met = [each for each, residual in residuals.items() if not isinstance(each, str) and abs(residual) < KNOWN]
    return np.array([any(abs(each - fact) < 1e-9 for fact in met) for each in p], dtype=bool)


def _meaning(is_fact: BoolArray, is_wide: BoolArray, level: float) -> str:
    kinds = [word for word, there in (("● published", is_fact.any()), ("○ estimated", not is_fact.all())) if there]
    interval = f", with {100 * level:g} % intervals" if is_wide.any() else ""
    return f"; {', '.join(kinds)}{interval}" if interval or len(kinds) > 1 else ""
